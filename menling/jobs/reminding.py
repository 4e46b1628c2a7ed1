"""Results nobody of the call department has seen: told again every so many minutes (OI-2)."""

from datetime import datetime

from menling.journal.models import Deadline
from menling.journal.when import When
from menling.kernel.actor import SYSTEM
from menling.kernel.refusal import Refused
from menling.kinds import KINDS
from menling.procedures.call_order import CALL_ORDER, Status
from menling.reactions import perform

KIND = KINDS[CALL_ORDER.kind]
BATCH = 500


def remind_callers(at: datetime) -> list[str]:
    """Remind of every result whose time came; twice is once, for the key names the promise."""
    waiting = Deadline.objects.filter(
        key="seen", due_at__lte=at, met_at__isnull=True, released_at__isnull=True, case__kind=CALL_ORDER.kind,
        case__status=Status.TOLD,
    )  # fmt: skip
    return [_remind(each, at) for each in waiting.select_related("case").order_by("due_at")[:BATCH]]


def _remind(promise: Deadline, at: datetime) -> str:
    case, key = promise.case, f"calls:remind:{promise.pk}"
    try:
        perform(KIND.commands["remind"], case, kind=KIND, by=SYSTEM, at=When(at, at), key=key, facts={})
    except Refused as refusal:
        return f"{case.number}: {refusal}"
    return f"{case.number}: the call department was reminded"
