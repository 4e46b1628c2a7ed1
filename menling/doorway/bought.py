"""What a reader sees of an errand, of a pad of numbered sheets and of an inquiry about one."""

from typing import Any

from menling.doorway.masking import masked
from menling.errands.models import Errand
from menling.kernel.actor import Actor
from menling.pads.models import Inquiry, Pad
from menling.premises.models import Staff
from menling.procedures.errand import WITH_BUYER


def errand(row: Errand, by: Actor) -> dict[str, Any]:
    """Return the line of the purchase register, what it cost, and what the buyer holds; money is not for the resident."""
    body: dict[str, Any] = {
        "unit": row.unit.code, "name": row.customer, "item": row.item, "brand": row.brand, "nature": row.nature,
        "quantity": _text(row.quantity), "spec": row.spec, "price": str(row.price), "buy_by": row.buy_by, "sheet": row.sheet,
        "order": row.order.number if row.order else None, "buyer": _who(row.buyer), "invoice": row.invoice, "photo": row.photo,
        "amount": _text(row.paid), "bought_at": row.bought_at, "delivered_at": row.delivered_at, "signed_at": row.signed_at,
        "signed_by": row.signed_by, "settled": _text(row.settled), "method": row.method, "settled_at": row.settled_at,
        "reason": row.reason, "finance_copy_at": row.copy_at,
    }  # fmt: skip
    if by.kind != "staff":
        return body
    held = {"advanced": str(row.advanced), "held": str(sum(row.held.values(), row.advanced * 0))}
    return body | held | {"phone": _phone_for(row, by)}


def _phone_for(row: Errand, by: Actor) -> str:
    """Return the phone in full for the buyer as long as there is something to buy, bring or collect; else masked (OI-4.2)."""
    return row.phone if by.id in row.case.crew and row.case.status in WITH_BUYER else masked(row.phone)


def pad(row: Pad, by: Actor) -> dict[str, Any]:
    """Return a pad: its numbers, who has it, and what became of every sheet so far."""
    sheets = row.sheets.select_related("case").order_by("figure")
    return {
        "form": row.form, "first": row.printed(row.first), "last": row.printed(row.last), "holder": _who(row.holder),
        "issued_by": _who(row.issued_by), "issued_at": row.issued_at, "handed_in_at": row.handed_in_at,
        "sheets": [
            {"number": row.printed(each.figure), "fate": each.fate, "case": each.case.number if each.case else None,
             "reason": each.reason, "at": each.at, "by": each.by}
            for each in sheets
        ],
        "inquiries": list(row.inquiries.order_by("pk").values_list("case__number", flat=True)),
    }  # fmt: skip


def paper_inquiry(row: Inquiry, by: Actor) -> dict[str, Any]:
    """Return an inquiry: which sheet, what is the matter with it, and what was found."""
    return {
        "form": row.form, "sheet": row.number, "sort": row.sort, "pad": row.pad.case.number if row.pad else None,
        "used_on": row.used_on.number if row.used_on else None, "cause": row.cause, "found": row.found,
        "person": _who(row.person), "dealt": row.dealt,
    }  # fmt: skip


def _who(staff: Staff | None) -> dict[str, str] | None:
    return {"number": staff.number, "name": staff.name} if staff else None


def _text(amount: object) -> str | None:
    return None if amount is None else str(amount)
