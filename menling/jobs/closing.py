"""Before the end of work every desk is given its unsigned orders, and whoever took them is asked (HS-4.3.4)."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from menling.closing.models import ClosingSheet
from menling.journal.when import When
from menling.kernel.actor import SYSTEM
from menling.kernel.refusal import Refused
from menling.kinds import KINDS
from menling.policies.values import values_for
from menling.premises.models import Office
from menling.procedures.closing_sheet import DESKS, ClosingPolicy, registers_of, shift_end
from menling.procedures.repair_policy import RepairPolicy
from menling.reactions import perform

KIND = KINDS["closing_sheet"]


def lay_out(at: datetime) -> list[str]:
    """Lay out the sheet of each desk some time before its end of work. Twice is once: one a desk and shift."""
    return [line for office in Office.objects.order_by("code") for line in _of_office(office, at)]


def _of_office(office: Office, at: datetime) -> Iterator[str]:
    values = values_for(office, at)
    policy = values.policy(ClosingPolicy)
    for desk in sorted(DESKS):
        end = shift_end(desk, at, policy, values.calendar)
        if at < end - timedelta(minutes=policy.ahead) or not registers_of(desk, values.policy(RepairPolicy).desk):
            continue
        if ClosingSheet.objects.filter(office=office, desk=desk, due_at=end).exists():
            continue
        try:
            answer = perform(KIND.openings["prepare"], office, kind=KIND, by=SYSTEM, at=When(at, at),
                             key=f"closing:{office.pk}:{desk}:{end.isoformat()}", facts={"desk": desk})  # fmt: skip
        except Refused:
            continue  # the desk, or another process, was faster
        yield f"{office.code}: {answer.body['number']} laid out for the {desk}"
