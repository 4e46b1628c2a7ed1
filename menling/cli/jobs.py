"""`menling jobs`"""

import argparse
import logging

from django.utils.timezone import localtime

from menling.jobs.app import work
from menling.jobs.named import JOBS
from menling.premises.clock import ClockError, instant, now
from menling.together import end_with_master

NEEDS_DATABASE = True


def arguments(parser: argparse.ArgumentParser) -> None:
    """Without a word: work. `list` names the jobs, `run` does one of them once."""
    words = parser.add_subparsers(dest="word", metavar="WORD")
    words.add_parser("list", help="name the jobs")
    once = words.add_parser("run", help="do one job once, for an instant")
    once.add_argument("name", choices=JOBS, metavar="NAME", help=", ".join(JOBS))
    once.add_argument("--at", type=_instant, help="the instant it is done for, such as 2026-11-21T09:00 (default: now)")


def _instant(text: str) -> object:
    try:
        return instant(text)
    except ClockError as error:
        raise argparse.ArgumentTypeError(str(error)) from error


def run(args: argparse.Namespace) -> int:
    """Carry out the word."""
    {None: _work, "list": _list, "run": _run}[args.word](args)
    return 0


def _work(_args: argparse.Namespace) -> None:
    end_with_master()
    work()


def _list(_args: argparse.Namespace) -> None:
    for job in JOBS.values():
        print(f"{job.name:10} {job.cron:16} {job.queue:10} {job.about}")


def _run(args: argparse.Namespace) -> None:
    logging.getLogger().setLevel(logging.INFO)
    at = args.at or now()
    print(f"{args.name} for {localtime(at):%Y-%m-%d %H:%M:%S %z}")
    for line in JOBS[args.name].run(at) or ["nothing to do"]:
        print(f"  {line}")
