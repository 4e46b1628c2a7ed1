"""The 9:00 hand-over: yesterday's repair register of every office goes to the service desk (HS-4.2.4)."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from menling.journal.when import When
from menling.kernel.actor import SYSTEM
from menling.kernel.refusal import Refused
from menling.kinds import KINDS
from menling.orders.models import RegisterCopy
from menling.policies.values import Values, values_for
from menling.premises.models import Office
from menling.procedures.register_copy import REGISTER_COPY, Status
from menling.procedures.repair_policy import RepairPolicy
from menling.reactions import perform

KIND = KINDS[REGISTER_COPY.kind]
AHEAD = timedelta(hours=1)
"""Delivered this long before it is late: the register of a day is complete at midnight."""
FURTHEST_BACK = 7
"""Days made up for after a standstill."""


def hand_over(at: datetime) -> list[str]:
    """Prepare the copy of yesterday, and of days missed before it, and deliver what is due within the hour.

    A copy is prepared soon after midnight, so that its promise exists and breaks when nobody delivers. Twice is once:
    the keys of the commands name office and day.
    """
    return [line for office in Office.objects.order_by("code") for line in _of_office(office, at)]


def _of_office(office: Office, at: datetime) -> Iterator[str]:
    values = values_for(office, at)
    for day in _days(office, values.calendar.local(at).date()):
        if not RegisterCopy.objects.filter(office=office, day=day).exists():
            yield from _prepare(office, day, at)
    due_by = at + AHEAD
    for copy in RegisterCopy.objects.filter(office=office, case__status=Status.PREPARED).select_related("case").order_by("day"):
        if _due_at(copy, values) <= due_by:
            yield _deliver(copy, at)


def _days(office: Office, today: date) -> list[date]:
    """Return the days to prepare: yesterday, and whatever is missing since the copy before it."""
    yesterday = today - timedelta(days=1)
    before = RegisterCopy.objects.filter(office=office, day__lt=yesterday, day__gte=today - timedelta(days=FURTHEST_BACK))
    last = before.order_by("-day").values_list("day", flat=True).first()
    first = last + timedelta(days=1) if last else yesterday
    return [first + timedelta(days=count) for count in range((today - first).days)]


def _due_at(copy: RegisterCopy, values: Values) -> datetime:
    return values.calendar.at(copy.due_day, values.policy(RepairPolicy).register_at)


def _prepare(office: Office, day: date, at: datetime) -> Iterator[str]:
    key = f"register:prepare:{office.pk}:{day}"
    try:
        answer = perform(KIND.openings["prepare"], office, kind=KIND, by=SYSTEM, at=When(at, at), key=key, facts={"day": day})
    except Refused:
        return  # the control centre, or another process, was faster
    yield f"{office.code}: {answer.body['number']} prepared, the register of {day}"


def _deliver(copy: RegisterCopy, at: datetime) -> str:
    key = f"register:deliver:{copy.office_id}:{copy.day}"
    try:
        answer = perform(KIND.commands["deliver"], copy.case, kind=KIND, by=SYSTEM, at=When(at, at), key=key, facts={})
    except Refused as refusal:
        return f"{copy.case.number}: {refusal}"
    return f"{answer.body['number']} delivered, the register of {copy.day}"
