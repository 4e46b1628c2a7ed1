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
QUICK_CALLS, CALLS = 1000, 400
MOST_QUERIES, MOST_CPU = 12, 12.0
HEAD = f"{'call':14}{'calls':>7}{'queries':>9}{'python':>9}{'postgres':>10}{'cpu':>8}{'p50':>8}{'p95':>8}"


def arguments(parser: argparse.ArgumentParser) -> None:
    """How large."""
    parser.add_argument("--quick", action="store_true", help="a small town in this process, about a minute")
    parser.add_argument("--open", type=int, default=2000, metavar="N", help="open orders in the tables (default: 2000)")
    parser.add_argument("--closed", default="10000,1000000", metavar="N,N", help="closed orders, a database for each number")
    parser.add_argument("--rounds", type=int, default=5, metavar="N", help="rounds, small and large in turn (default: 5)")
    parser.add_argument("--only", default="", metavar="CALL,CALL", help="calls whose names begin so, such as file,board")
    parser.add_argument("--calls", type=int, metavar="N", help="calls of each sort (default: 1000 quick, 400 a round)")
    parser.add_argument("--workers", type=int, default=1, metavar="N", help="processes of the server (default: 1)")
    parser.add_argument("--check", action="store_true", help="fail when a target is missed")


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
    closed = [int(each) for each in args.closed.split(",")]
    plan = Plan(args.open, closed, args.rounds, args.calls or CALLS, sorts_of(args.only.split(",") if args.only else []),
                ["--workers", str(args.workers)])  # fmt: skip
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
