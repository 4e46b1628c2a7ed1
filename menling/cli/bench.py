"""`menling bench`"""

import argparse
import os
import shutil
import subprocess
import sys
from datetime import timedelta

from django.conf import settings
from django.core.management import call_command
from django.db import connection

from menling import embedded
from menling.bench.loader import load_open
from menling.bench.meter import Reading
from menling.bench.plays import OPEN
from menling.bench.rounds import sorts_of
from menling.bench.scale import REACHED, Plan, measure
from menling.bench.steps import Steps
from menling.bench.town import build_town
from menling.premises.clock import now

NEEDS_DATABASE = False
PURPOSE = "bench-"
"""Begins the purpose of the scratch database; the number of the process follows."""
QUICK_CALLS, CALLS, FEWEST_CALLS = 1000, 400, 10
MOST_QUERIES, MOST_CPU = 12, 12.0
HEAD = f"{'call':14}{'calls':>7}{'queries':>9}{'python':>9}{'postgres':>10}{'cpu':>8}{'p50':>8}{'p95':>8}"


def arguments(parser: argparse.ArgumentParser) -> None:
    """How large."""
    parser.add_argument("--quick", action="store_true", help="a small town in this process, about a minute")
    parser.add_argument("--open", type=_several, default=2000, metavar="N", help="open orders in the tables (default: 2000)")
    parser.add_argument(
        "--closed", type=_sizes, default="10000,1000000", metavar="N,N", help="closed orders, a database for each number"
    )
    parser.add_argument("--rounds", type=_several, default=5, metavar="N", help="rounds, small and large in turn (default: 5)")
    parser.add_argument(
        "--only", type=_calls, default="", metavar="CALL,CALL", help="calls whose names begin so, such as file,board"
    )
    parser.add_argument("--calls", type=_calls_each, metavar="N", help="calls of each sort (default: 1000 quick, 400 a round)")
    parser.add_argument("--workers", type=_several, default=1, metavar="N", help="processes of the server (default: 1)")
    parser.add_argument("--check", action="store_true", help="fail when a target is missed")


def _several(text: str) -> int:
    """Read a number of something there is at least one of."""
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text}: a number from 1 on")
    return int(text)


def _calls_each(text: str) -> int:
    """Read how many calls of each sort: of fewer nothing can be said."""
    if _several(text) < FEWEST_CALLS:
        raise argparse.ArgumentTypeError(f"{text}: at least {FEWEST_CALLS} calls")
    return int(text)


def _sizes(text: str) -> list[int]:
    """Read the lengths of the histories, such as 10000,1000000."""
    sizes = [_several(each) for each in text.split(",")]
    if len(set(sizes)) != len(sizes):
        raise argparse.ArgumentTypeError(f"{text}: each number once")
    return sizes


def _calls(text: str) -> list[str]:
    """Read which calls are measured. Errors: a word no call begins with."""
    words = [each for each in text.split(",") if each]
    for word in words:
        if not sorts_of([word]):
            raise argparse.ArgumentTypeError(f"{word}: no call begins so; there are {', '.join(sorts_of([]))}")
    return sorts_of(words)


def run(args: argparse.Namespace) -> int:
    """Measure on a database of its own, which is made and dropped by the run."""
    return _measured(args) if settings.PURPOSE.startswith(PURPOSE) else _apart()


def _apart() -> int:
    """Run once more as a process whose settings name the scratch database."""
    purpose = f"{PURPOSE}{os.getpid()}"
    home = embedded.Place.of(purpose).home
    surroundings = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    command = [sys.executable, "-m", "menling.cli.main", *sys.argv[1:]]
    process = subprocess.Popen(command, env=surroundings | {"MENLING_PURPOSE": purpose})
    try:
        return process.wait()
    finally:
        # told to stop, it ends its servers and its database first
        process.terminate()
        process.wait()
        shutil.rmtree(home, ignore_errors=True)


def _measured(args: argparse.Namespace) -> int:
    return _quick(args) if args.quick else _whole(args)


def _whole(args: argparse.Namespace) -> int:
    """Measure through real servers, at every size."""
    plan = Plan(args.open, args.closed, args.rounds, args.calls or CALLS, args.only, ["--workers", str(args.workers)])
    line = ""
    for line in measure(plan, settings.PURPOSE, now()):
        print(line, flush=True)
    return 1 if args.check and line != REACHED else 0


def _quick(args: argparse.Namespace) -> int:
    """Measure in this process."""
    embedded.ensure(settings.PURPOSE)
    call_command("migrate", interactive=False, verbosity=0)
    instant = now()
    (town,) = build_town(instant - timedelta(days=30))
    load_open([town], OPEN, args.open, instant - timedelta(days=20))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    print(f"{args.open} open orders; budget a call: {MOST_QUERIES} queries, {MOST_CPU:.0f} ms of processor. Times in ms.")
    print(HEAD)
    readings = []
    for reading in Steps(town, args.calls or QUICK_CALLS, instant - timedelta(days=10), instant).readings():
        readings.append(reading)
        print(_line(reading), flush=True)
    over = [reading.name for reading in readings if reading.queries > MOST_QUERIES or reading.cpu_ms > MOST_CPU]
    print(f"over budget: {', '.join(over)}" if over else "all within budget")
    return 1 if over and args.check else 0


def _line(reading: Reading) -> str:
    return (
        f"{reading.name:14}{reading.calls:>7}{reading.queries:>9.1f}{reading.python_ms:>9.2f}{reading.database_ms:>10.2f}"
        f"{reading.cpu_ms:>8.2f}{reading.p50_ms:>8.2f}{reading.p95_ms:>8.2f}"
    )
