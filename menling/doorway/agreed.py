"""What a reader sees of an agreement."""

from typing import Any

from menling.agreements.days import fell_out, to_come
from menling.agreements.models import Agreement
from menling.doorway.language import said
from menling.doorway.masking import masked
from menling.journal.models import Case
from menling.kernel.actor import Actor
from menling.premises.clock import now
from menling.premises.models import Staff
from menling.procedures.agreement import DESK, MANAGER

NEXT = 8


def agreement(row: Agreement, by: Actor) -> dict[str, Any]:
    """Return the facts of an agreement; the phone in full for its customer and who has to call."""
    named = Staff.objects.in_bulk(row.crew)
    calls = by.kind == "resident" or by.holds(row.case.office_id, *DESK, *MANAGER)
    return {
        "unit": row.unit.code, "customer": row.customer, "phone": row.phone if calls else masked(row.phone),
        "content": row.content, "scope": row.scope, "target": row.target, "requirements": row.requirements,
        "begin": row.begin, "until": row.until, "last_day": row.last_day, "weekdays": row.weekdays,
        "every_weeks": row.every_weeks, "month_day": row.month_day, "clock": row.clock, "minutes": row.minutes,
        "holidays": row.holidays, "price": None if row.price is None else str(row.price), "per": row.per,
        "workers": [{"number": named[each].number, "name": named[each].name} for each in row.crew if each in named],
        "confirmed_by": row.confirmed_by, "manager": row.manager.name if row.manager else "",
        "manager_signed_at": row.manager_signed_at, "signed_at": row.signed_at, "signed_by": row.signed_by,
        "on_paper": bool(row.scan), "suspended_until": row.suspended_until, "stop_on": row.stop_on,
        "next_days": to_come(row, now(), NEXT),
    } | (_office_only(row) if by.kind == "staff" else {})  # fmt: skip


def runs_still(row: Agreement) -> bool:
    """Tell whether the last day of an agreement is not over, so that it can be stopped but not ended (MR-17)."""
    return row.values.calendar.local(now()).date() <= row.last_day


def nothing_fell_out(row: Agreement) -> bool:
    """Tell whether every visit that was due so far was filed, called off or noted (HS-4.3.1)."""
    return not fell_out(row, now())


def _office_only(row: Agreement) -> dict[str, Any]:
    visits = row.days.select_related("order__order").order_by("-day")[:60]
    following = Case.objects.filter(parent=row.case, kind="agreement").order_by("pk").last()
    return {
        "stop_asked_by": row.stop_asked_by, "stop_reason": row.stop_reason, "notice": row.notice, "notice_by": row.notice_by,
        "notice_at": row.notice_at, "renewed_as": following.number if following else None,
        "visits": [
            {"day": each.day, "at": each.comes_at, "state": each.stands, "order": each.order.number if each.order else None,
             "status_title": said(each.order.procedure.status_title(each.order.status)) if each.order else "",
             "asked_by": each.asked_by, "reason": each.reason}
            for each in visits
        ],
    }  # fmt: skip
