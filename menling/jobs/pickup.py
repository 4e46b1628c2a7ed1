"""The pick-ups: at their hours what waits is laid out for housekeeping (HS-4.1.1.3) and for engineering (HS-4.1.2.2)."""

from collections.abc import Iterator
from datetime import datetime

from menling.journal.when import When
from menling.kernel.actor import SYSTEM
from menling.kernel.refusal import Refused
from menling.kinds import KINDS
from menling.orders.models import Batch
from menling.orders.pickups import waiting
from menling.policies.values import values_for
from menling.premises.models import Office
from menling.procedures.batch import TEAMS, Team
from menling.procedures.pickup_rules import last_pickup
from menling.reactions import perform


def pick_up(at: datetime) -> list[str]:
    """Prepare the last pick-up of every team in every office where orders wait. Twice is once."""
    return [line for team in TEAMS.values() for line in _of_team(team, at)]


def _of_team(team: Team, at: datetime) -> Iterator[str]:
    offices = Office.objects.filter(case__status=team.waits, case__kind=team.kind, case__closed_at__isnull=True)
    for office in offices.distinct().order_by("code"):
        yield from _of_office(team, office, at)


def _of_office(team: Team, office: Office, at: datetime) -> Iterator[str]:
    values = values_for(office, at)
    pickup = last_pickup(at, values.policy(team.policy), values.calendar)
    laid_out = Batch.objects.filter(office=office, case__kind=team.batch, pick_up_at=pickup)
    if laid_out.exists() or not waiting(team, office, pickup):
        return
    kind, key = KINDS[team.batch], f"{team.batch}:{office.pk}:{pickup.isoformat()}"
    try:
        answer = perform(kind.openings["prepare"], office, kind=kind, by=SYSTEM, at=When(pickup, at), key=key,
                         facts={"pick_up_at": pickup})  # fmt: skip
    except Refused:
        return  # the desk, or another process, was faster
    yield f"{office.code}: {answer.body['number']} prepared for {team.name}"
