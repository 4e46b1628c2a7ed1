"""Money that is on its way while a history is measured: unpaid orders, cash in bags, lines of statements, the cashier's day."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from menling.bench.loader import load_closed
from menling.bench.plays import CLOSED, UNPAID, Play, in_the_bag
from menling.bench.town import Team
from menling.journal.facts import read_facts
from menling.journal.models import Case
from menling.journal.when import When
from menling.kinds import KINDS
from menling.money.models import StatementLine
from menling.premises.actors import staff_actor
from menling.reactions import perform

WEEKS = 9
"""So many weeks before the present hold the same orders, whatever the history before them; a whole month lies within."""
RECENT = 9000
"""Orders closed in these weeks."""
LINES = 10
"""Lines of statements in each office that nobody has matched; every other one has the amount of a payment."""
IN_SAFE = {"100": 10}
DAY, BETWEEN = timedelta(days=1), timedelta(hours=1)


def unpaid_of(open_orders: int) -> tuple[int, int]:
    """Return of how many open orders the money is not there yet, and of how many it is in somebody's bag."""
    return open_orders // 10, open_orders // 20


def load_recent(teams: Sequence[Team], open_orders: int, monday: datetime, instant: datetime, *, closed: int = RECENT) -> None:
    """Load the orders closed in the weeks before `monday`, those that are not paid yet, cash in bags, and lines of statements."""
    homes = len(teams[0].homes)
    unpaid, in_bags = unpaid_of(open_orders)
    load_closed(teams, CLOSED, closed, monday, weeks=WEEKS, homes=homes)
    load_closed(teams, UNPAID, unpaid, monday + BETWEEN, weeks=WEEKS, homes=homes)
    for at in range(in_bags):
        team, turn = teams[at % len(teams)], at // len(teams) + 1
        play = Play(team, team.homes[-turn], team.crew[-turn % len(team.crew)], instant - DAY - timedelta(hours=4), f"bag-{at}")
        in_the_bag(play)
    StatementLine.objects.bulk_create(
        StatementLine(office=team.office, account="bank", trade=f"bench-{at}", paid_at=instant - DAY, imported_at=instant,
                      amount=Decimal("86.00") + at % 2 * at)
        for team in teams for at in range(LINES)
    )  # fmt: skip


def open_days(teams: Sequence[Team], instant: datetime) -> None:
    """Begin the books of every office a day before, close that day and begin the one of `instant` (MR-28, MR-30)."""
    for team in teams:
        begun = _begin(team, instant - DAY, {"count": IN_SAFE})
        case = Case.objects.select_related("office").get(number=begun)
        waits = {"*": "测量"}
        _perform(team, "close_day", case, instant, {"count": IN_SAFE, "held": waits, "unpaid": waits})
        _begin(team, instant, {})


def _begin(team: Team, at: datetime, facts: dict[str, Any]) -> str:
    return _perform(team, "begin", team.office, at, facts)


def _perform(team: Team, verb: str, subject: Any, at: datetime, facts: dict[str, Any]) -> str:
    kind = KINDS["cashier_day"]
    command = kind.openings[verb] if verb in kind.openings else kind.commands[verb]
    answer = perform(command, subject, kind=kind, by=staff_actor(team.finance, at.date()), at=When(at, at),
                     key=f"till-{team.office.pk}-{at.isoformat()}-{verb}", facts=read_facts(command, facts))  # fmt: skip
    return str(answer.body["number"])
