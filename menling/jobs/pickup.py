"""The pick-ups: at their hours what waits is laid out for housekeeping (HS-4.1.1.3) and for engineering (HS-4.1.2.2)."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from menling.journal.when import When
from menling.kernel.actor import SYSTEM
from menling.kernel.refusal import Refused
from menling.kinds import KINDS
from menling.orders.commands import collecting, picking
from menling.orders.models import Batch
from menling.policies.values import values_for
from menling.premises.models import Office
from menling.procedures import alarm, alarm_rules, housekeeping, housekeeping_rules
from menling.procedures.alarm_policy import AlarmPolicy
from menling.procedures.housekeeping_policy import HousekeepingPolicy
from menling.reactions import perform


@dataclass(frozen=True)
class Team:
    """Who comes for which orders: the kind of its pick-up, of its orders and where they wait, and the hours."""

    name: str
    batch: str
    kind: str
    status: str
    policy: type
    last: Callable[[datetime, Any, Any], datetime]
    waiting: Callable[[Office, datetime], QuerySet[Any]]


TEAMS = (
    Team("the team", "batch", "housekeeping", housekeeping.Status.AGREED, HousekeepingPolicy, housekeeping_rules.last_pickup,
         picking.waiting),
    Team("engineering", "alarm_batch", "alarm", alarm.Status.ACCEPTED, AlarmPolicy, alarm_rules.last_pickup, collecting.waiting),
)  # fmt: skip


def pick_up(at: datetime) -> list[str]:
    """Prepare the last pick-up of every team in every office where orders wait. Twice is once."""
    return [line for team in TEAMS for line in _of_team(team, at)]


def _of_team(team: Team, at: datetime) -> Iterator[str]:
    offices = Office.objects.filter(case__status=team.status, case__kind=team.kind, case__closed_at__isnull=True)
    for office in offices.distinct().order_by("code"):
        yield from _of_office(team, office, at)


def _of_office(team: Team, office: Office, at: datetime) -> Iterator[str]:
    values = values_for(office, at)
    pickup = team.last(at, values.policy(team.policy), values.calendar)
    laid_out = Batch.objects.filter(office=office, case__kind=team.batch, pick_up_at=pickup)
    if laid_out.exists() or not team.waiting(office, pickup).exists():
        return
    kind, key = KINDS[team.batch], f"{team.batch}:{office.pk}:{pickup.isoformat()}"
    try:
        answer = perform(kind.openings["prepare"], office, kind=kind, by=SYSTEM, at=When(pickup, at), key=key,
                         facts={"pick_up_at": pickup})  # fmt: skip
    except Refused:
        return  # the desk, or another process, was faster
    yield f"{office.code}: {answer.body['number']} prepared for {team.name}"
