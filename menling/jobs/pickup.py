"""The pick-ups of housekeeping: at 8:00 and 13:30 the agreed orders are laid out for the team (HS-4.1.1.3)."""

from collections.abc import Iterator
from datetime import datetime

from menling.journal.when import When
from menling.kernel.actor import SYSTEM
from menling.kernel.refusal import Refused
from menling.kinds import KINDS
from menling.orders.commands.picking import waiting
from menling.orders.models import Batch
from menling.policies.values import values_for
from menling.premises.models import Office
from menling.procedures.batch import BATCH
from menling.procedures.housekeeping import HOUSEKEEPING, Status
from menling.procedures.housekeeping_policy import HousekeepingPolicy
from menling.procedures.housekeeping_rules import last_pickup
from menling.reactions import perform

KIND = KINDS[BATCH.kind]


def pick_up(at: datetime) -> list[str]:
    """Prepare the batch of the last pick-up in every office where agreed orders wait. Twice is once."""
    offices = Office.objects.filter(case__status=Status.AGREED, case__kind=HOUSEKEEPING.kind, case__closed_at__isnull=True)
    return [line for office in offices.distinct().order_by("code") for line in _of_office(office, at)]


def _of_office(office: Office, at: datetime) -> Iterator[str]:
    values = values_for(office, at)
    pickup = last_pickup(at, values.policy(HousekeepingPolicy), values.calendar)
    if Batch.objects.filter(office=office, pick_up_at=pickup).exists() or not waiting(office, pickup).exists():
        return
    key, facts = f"pick_up:{office.pk}:{pickup.isoformat()}", {"pick_up_at": pickup}
    try:
        answer = perform(KIND.openings["prepare"], office, kind=KIND, by=SYSTEM, at=When(pickup, at), key=key, facts=facts)
    except Refused:
        return  # the desk, or another process, was faster
    yield f"{office.code}: {answer.body['number']} prepared for the team"
