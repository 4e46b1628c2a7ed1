"""The whole measurement: a company with open orders, histories of several lengths, servers, rounds, report."""

import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.management import call_command
from django.db import connection
from django.utils.timezone import localtime

from menling import embedded
from menling.bench.calls import Calls
from menling.bench.loader import load_closed, load_open, served
from menling.bench.plays import CLOSED, OPEN
from menling.bench.report import table as report_table
from menling.bench.report import targets, verdicts
from menling.bench.rounds import Rounds
from menling.bench.served import copied, serving, use, written_down
from menling.bench.tills import WEEKS, load_recent, open_days, unpaid_of
from menling.bench.town import Team, build_town

OFFICES, CREW, HOMES = 40, 25, 500
REACHED = "all targets reached"


@dataclass(frozen=True)
class Plan:
    """How large, how often, and which calls; `options` are those of `menling serve`."""

    open: int
    closed: Sequence[int]
    rounds: int
    calls: int
    sorts: Sequence[str]
    options: Sequence[str] = ()
    offices: int = OFFICES


def measure(plan: Plan, purpose: str, instant: datetime) -> Iterator[str]:
    """Measure and return what to print, line by line; the last line counts the targets that were missed."""
    server, instant = embedded.ensure(purpose), localtime(instant)
    call_command("migrate", interactive=False, verbosity=0)
    teams = build_town(instant - timedelta(days=1500), offices=plan.offices, crew=CREW, homes=HOMES)
    load_recent(teams, plan.open, _monday(instant), instant)
    load_open(teams, OPEN, plan.open - sum(unpaid_of(plan.open)), instant - timedelta(hours=8))
    yield f"{plan.open} open orders in {plan.offices} offices; times in ms; {', '.join(map(str, plan.closed))} closed orders"
    with ExitStack() as stack:
        sizes = []
        for closed in sorted(plan.closed):
            begin = time.monotonic()
            database = f"closed_{closed}"
            copied(server, database)
            calls = _filled(database, teams, closed, instant)
            sizes.append((stack.enter_context(serving(server, closed, database, list(plan.options))), calls))
            yield f"{closed} closed orders loaded in {time.monotonic() - begin:.0f} s"
        written_down(server)
        rounds = Rounds(sizes, plan.sorts, plan.calls)
        queries = rounds.queries()
        for _run in rounds.play(plan.rounds):
            pass
        yield from report_table(rounds, queries)
        yield ""
        yield from verdicts(rounds)
        missed = sum(not reached for *_known, reached in targets(rounds))
        yield f"{missed} targets missed" if missed else REACHED


def _filled(database: str, teams: list[Team], closed: int, instant: datetime) -> Calls:
    use(database)
    monday = _monday(instant)
    load_closed(teams, CLOSED, closed, monday - timedelta(weeks=WEEKS))
    with connection.cursor() as cursor:
        cursor.execute("VACUUM (ANALYZE, FREEZE)")
    open_days(teams, instant)
    calls = Calls(teams, served(teams, closed), (monday - timedelta(weeks=WEEKS // 3)).date())
    calls.log_in()
    return calls


def _monday(instant: datetime) -> datetime:
    """Return the begin of work on the Monday of the week before an instant."""
    return (instant - timedelta(days=instant.weekday() + 7)).replace(hour=8, minute=30, second=0, microsecond=0)
