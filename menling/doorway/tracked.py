"""What a reader sees of a coordination order and of a closing sheet."""

from datetime import datetime
from typing import Any

from menling.closing.models import ClosingSheet
from menling.journal.models import Case
from menling.kernel.actor import Actor
from menling.kernel.calendars import OfficeCalendar
from menling.orders.addresses import reads_all
from menling.tracking.models import Coordination

CHECKS = {"review": "foreman", "supervise": "supervisor"}


def coordination(order: Coordination, by: Actor) -> dict[str, Any]:
    """Return the facts of a coordination order; its entries are events, for the staff alone."""
    body: dict[str, Any] = {
        "of": order.case.parent.number if order.case.parent else None,
        "unit": order.case.unit.said if order.case.unit else "", "reason": order.reason, "clause": order.clause,
        "warranty": order.warranty, "result": order.result, "signed_at": order.signed_at, "signed_by": order.signed_by,
        "tracker": {"number": order.tracker.number, "name": order.tracker.name} if order.tracker else None,
    }  # fmt: skip
    if by.kind == "staff":
        body |= {
            "owner_told_at": order.owner_told_at, "entries": order.entries, "last_entry_at": order.last_entry_at,
            "attested": order.attested, "tracker_signed_at": order.tracker_signed_at,
            "checks": checks(order.case, order.values.calendar),
        }  # fmt: skip
    return body


def checks(case: Case, calendar: OfficeCalendar) -> list[dict[str, Any]]:
    """Return the signed checks of foreman and supervisor by month, the first one first (EN-D.7)."""
    rows = case.events.filter(verb__in=CHECKS).order_by("happened_at", "pk")
    return [
        {"month": f"{calendar.local(row.happened_at):%Y-%m}", "by": CHECKS[row.verb], "name": row.actor_name,
         "at": row.happened_at, "remark": row.facts.get("remark", "")}
        for row in rows
    ]  # fmt: skip


def closing_sheet(sheet: ClosingSheet, by: Actor) -> dict[str, Any]:
    """Return the facts of a closing sheet: desk, day, until when, and its lines as they were last looked at."""
    # each line names another home: who may not read every address reads none here
    lines = sheet.lines if reads_all(by, sheet.case.office_id) else [line | {"unit": ""} for line in sheet.lines]
    return {"desk": sheet.desk, "day": sheet.day, "due_at": sheet.due_at, "lines": lines}


def age_days(case: Case, now: datetime) -> int:
    """Return how many whole days a case is old."""
    return (now - case.reported_at).days
