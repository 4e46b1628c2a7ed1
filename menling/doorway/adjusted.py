"""What a reader sees of money: what is due and settled, given back or let go, held for a purpose, or invoiced."""

from typing import Any

from menling.kernel.actor import Actor
from menling.money.given import Adjustment, Deposit, TaxInvoice
from menling.money.models import Charge, Settlement
from menling.premises.models import Staff


def charge(row: Charge, by: Actor) -> dict[str, Any]:
    """Return what is due on an order and how it was paid; amounts in yuan as text."""
    return {
        "due": str(row.due), "payer": row.payer, "method": row.method, "receipt": row.receipt,
        "collected": None if row.collected is None else str(row.collected), "shortfall_reason": row.shortfall_reason,
        "responsible": row.responsible, "query": row.query, "waived": str(row.waived), "refunded": str(row.refunded),
    }  # fmt: skip


def settlement(row: Settlement, by: Actor) -> dict[str, Any]:
    """Return how much is settled, in yuan as text."""
    return {"amount": str(row.amount)}


def adjustment(row: Adjustment, by: Actor) -> dict[str, Any]:
    """Return what is given back or let go, why, who asked, decided and paid; amounts in yuan as text."""
    return {
        "order": row.case.parent.number if row.case.parent else None, "charge": row.charge.case.number if row.charge else None,
        "sort": row.sort, "amount": str(row.amount), "reason": row.reason, "item": row.item, "asked_by": _who(row.asked_by),
        "decided_by": _who(row.decided_by), "decision": row.decision, "method": row.method, "paid_to": row.paid_to,
        "paid_by": _who(row.paid_by), "paid_at": row.paid_at,
    }  # fmt: skip


def deposit(row: Deposit, by: Actor) -> dict[str, Any]:
    """Return a deposit: for what, how much, and what became of it; amounts in yuan as text."""
    return {
        "agreement": row.case.parent.number if row.case.parent else None, "unit": row.case.unit.said if row.case.unit else None,
        "purpose": row.purpose, "payer": row.payer, "amount": str(row.amount), "method": row.method, "used": str(row.used),
        "kept": str(row.kept), "reason": row.reason, "returned": str(row.returned), "left": str(row.left),
        "taken_by": _who(row.taken_by), "returned_how": row.returned_how, "returned_to": row.returned_to,
        "returned_at": row.returned_at,
    }  # fmt: skip


def tax_invoice(row: TaxInvoice, by: Actor) -> dict[str, Any]:
    """Return a request for a tax invoice: of what, to whom, and its numbers."""
    return {
        "order": row.case.parent.number if row.case.parent else None, "charge": row.charge.case.number,
        "receipt": row.charge.receipt, "amount": str(row.amount), "made_out_to": row.made_out_to, "title": row.title,
        "tax_number": row.tax_number, "email": row.email, "invoice": row.invoice, "issued_at": row.issued_at,
        "reversal": row.reversal,
    }  # fmt: skip


def _who(staff: Staff | None) -> dict[str, str] | None:
    return {"number": staff.number, "name": staff.name} if staff else None
