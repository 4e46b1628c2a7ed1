"""A worker's commission as the doors tell it: the own month, questions about it, and approved months (MR-37, MR-38, MR-51)."""

from datetime import datetime
from typing import Any

from menling.commission.models import CommissionMonth, CommissionQuery
from menling.doorway.month import first_of
from menling.earnings.lines import Line
from menling.earnings.sheets import sheets
from menling.kernel.actor import Actor
from menling.kernel.money import ZERO
from menling.premises.models import Office, Staff


def my_commission(by: Actor, text: str, now: datetime) -> dict[str, Any]:
    """Return the own commission of a month as JSON, from every office of a worker. Errors: `Malformed`."""
    first, me = first_of(text, now), Staff.objects.get(pk=by.id)
    found = [line for office in Office.objects.filter(pk__in=by.offices) for line in sheets(office, [me], first)[0].lines]
    return {
        "month": f"{first:%Y-%m}", "total": str(sum((each.amount for each in found), ZERO)),
        "lines": [_shown(each) for each in found],
    }  # fmt: skip


def _shown(line: Line) -> dict[str, Any]:
    query = line.query
    return {
        "settlement": line.settlement.number, "order": line.order.number, "office": line.order.office.code,
        "settled_at": line.at, "charged": str(line.charged), "labour": str(line.labour),
        "whole": str(line.whole), "people": line.people, "part": str(line.part), "amount": str(line.amount),
        "refunded": str(line.refunded), "taken_back": line.taken_back,
        "query": {"number": query.case.number, "status": query.case.status, "question": query.question,
                  "answer": query.answer} if query else None,
    }  # fmt: skip


def commission_query(row: CommissionQuery, by: Actor) -> dict[str, Any]:
    """Return a question about a line: whose, which settlement, what was asked and answered, and what was added, in yuan."""
    return {
        "settlement": row.settlement.number, "staff": {"number": row.staff.number, "name": row.staff.name},
        "question": row.question, "answer": row.answer, "more": str(row.more),
        "answered_by": row.answered_by.name if row.answered_by else "",
    }  # fmt: skip


def commission_month(row: CommissionMonth, by: Actor) -> dict[str, Any]:
    """Return the month whose commission was approved."""
    return {"month": f"{row.month:%Y-%m}"}
