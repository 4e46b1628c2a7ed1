"""What is shown of what was passed on: to a desk, or to another department (HS-4.1.3, MR-39)."""

from typing import Any

from menling.doorway.masking import masked
from menling.kernel.actor import Actor
from menling.orders.models import Order, Referral
from menling.orders.referred import promised, referral_of


def referral(row: Referral, by: Actor) -> dict[str, Any]:
    """Return the facts of a referral; `of` is the order it was handed on from."""
    return {
        "wanted": row.wanted, "to_desk": row.to_desk, "unit": row.unit_text, "reporter": row.reporter,
        "phone": masked(row.phone), "content": row.content, "urgent": row.urgent, "reason": row.reason,
        "became": row.became.number if row.became else None, "department": row.department,
        "of": row.case.parent.number if row.case.parent else None,
    }  # fmt: skip


def handed_on(order: Order, by: Actor) -> dict[str, Any]:
    """MR-39  With which department an order is, by when that answers, and what it said; the office reads its number too."""
    row = referral_of(order.case)
    due = promised(row.case)
    told = {"department": row.department, "status": row.case.status, "answer": row.reason, "due_at": due.due_at if due else None}
    return told | ({"number": row.case.number} if by.kind == "staff" else {})
