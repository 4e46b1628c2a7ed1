"""Money that is given back, held or invoiced: refunds and waivers, deposits, tax invoices."""

from collections.abc import Iterator

from menling.doorway.language import said
from menling.imports.exports.books import CHUNK
from menling.imports.exports.listing import Export, Scope, cases_of, local, status_of
from menling.kernel.words import _
from menling.money.given import Adjustment, Deposit, TaxInvoice
from menling.printing.facts import Kind, Row
from menling.procedures import adjustment, deposit, tax_invoice
from menling.procedures.adjustment_rules import SORTS, WAYS
from menling.procedures.deposit import PURPOSES

MOMENT, TEXT, AMOUNT = Kind.MOMENT, Kind.TEXT, Kind.MONEY


def _adjustments(scope: Scope) -> Iterator[Row]:
    rows = Adjustment.objects.filter(case__in=cases_of(scope, "adjustment"))
    rows = rows.select_related("case__parent", "case__unit", "charge__case", "asked_by", "decided_by", "paid_by")
    for row in rows.order_by("case__reported_at", "pk").iterator(CHUNK):
        case = row.case
        yield {
            "number": case.number, "sort": said(SORTS[row.sort]), "order": case.parent.number if case.parent else None,
            "charge": row.charge.case.number if row.charge else None, "unit": case.unit.said if case.unit else None,
            "amount": row.amount, "reason": f"{row.item} {row.reason}".strip(), "status": status_of(case),
            "at": local(case.reported_at), "asked_by": row.asked_by.name,
            "decided_by": row.decided_by.name if row.decided_by else None,
            "decision": row.decision, "paid_at": local(row.paid_at), "method": said(WAYS.get(row.method, "")),
            "paid_to": row.paid_to, "paid_by": row.paid_by.name if row.paid_by else None,
        }  # fmt: skip


ADJUSTMENT_COLUMNS = (
    ("number", _("Number"), 8.0, TEXT), ("sort", _("Sort"), 5.0, TEXT), ("order", _("Order"), 8.0, TEXT),
    ("charge", _("Charge number"), 8.0, TEXT), ("unit", _("Unit"), 6.0, TEXT), ("amount", _("Amount"), 6.0, AMOUNT),
    ("reason", _("Reason"), 14.0, TEXT), ("status", _("Status"), 6.0, TEXT), ("at", _("Asked for at"), 10.0, MOMENT),
    ("asked_by", _("Asked for by"), 6.0, TEXT), ("decided_by", _("Approved or not by"), 6.0, TEXT),
    ("decision", _("Decision"), 10.0, TEXT), ("paid_at", _("Paid out at"), 10.0, MOMENT), ("method", _("Paid by"), 5.0, TEXT),
    ("paid_to", _("Paid to"), 6.0, TEXT), ("paid_by", _("Paid out by"), 6.0, TEXT),
)  # fmt: skip


def _deposits(scope: Scope) -> Iterator[Row]:
    rows = Deposit.objects.filter(case__in=cases_of(scope, "deposit"))
    rows = rows.select_related("case__parent", "case__unit", "taken_by")
    for row in rows.order_by("case__reported_at", "pk").iterator(CHUNK):
        case = row.case
        yield {
            "number": case.number, "unit": case.unit.said if case.unit else None, "payer": row.payer,
            "purpose": said(PURPOSES[row.purpose]), "agreement": case.parent.number if case.parent else None,
            "amount": row.amount, "method": said(WAYS[row.method]), "at": local(case.reported_at), "used": row.used,
            "kept": row.kept, "reason": row.reason, "returned": row.returned, "left": row.left, "status": status_of(case),
            "taken_by": row.taken_by.name, "returned_at": local(row.returned_at), "returned_to": row.returned_to,
        }  # fmt: skip


DEPOSIT_COLUMNS = (
    ("number", _("Number"), 8.0, TEXT), ("unit", _("Unit"), 6.0, TEXT), ("payer", _("Payer"), 5.0, TEXT),
    ("purpose", _("Purpose"), 7.0, TEXT), ("agreement", _("Agreement"), 8.0, TEXT), ("amount", _("Amount"), 6.0, AMOUNT),
    ("method", _("Paid by"), 5.0, TEXT), ("at", _("Paid in at"), 10.0, MOMENT), ("used", _("Used by visits"), 6.0, AMOUNT),
    ("kept", _("Kept"), 6.0, AMOUNT), ("reason", _("Reason"), 12.0, TEXT), ("returned", _("Given back"), 6.0, AMOUNT),
    ("left", _("Left"), 6.0, AMOUNT), ("status", _("Status"), 7.0, TEXT), ("taken_by", _("Cashier"), 6.0, TEXT),
    ("returned_at", _("Given back at"), 10.0, MOMENT), ("returned_to", _("Paid to"), 6.0, TEXT),
)  # fmt: skip


def _tax_invoices(scope: Scope) -> Iterator[Row]:
    rows = TaxInvoice.objects.filter(case__in=cases_of(scope, "tax_invoice"))
    for row in rows.select_related("case__parent", "case__unit", "charge").order_by("case__reported_at", "pk").iterator(CHUNK):
        case = row.case
        yield {
            "number": case.number, "order": case.parent.number if case.parent else None, "receipt": row.charge.receipt,
            "unit": case.unit.said if case.unit else None, "amount": row.amount, "buyer": said(BUYERS[row.made_out_to]),
            "title": row.title, "tax_number": row.tax_number, "email": row.email, "at": local(case.reported_at),
            "status": status_of(case), "invoice": row.invoice, "issued_at": local(row.issued_at), "reversal": row.reversal,
        }  # fmt: skip


BUYERS = {"person": _("a person"), "company": _("a company")}
TAX_INVOICE_COLUMNS = (
    ("number", _("Number"), 8.0, TEXT), ("order", _("Order"), 8.0, TEXT), ("receipt", _("Receipt"), 9.0, TEXT),
    ("unit", _("Unit"), 6.0, TEXT), ("amount", _("Amount with tax"), 6.0, AMOUNT), ("buyer", _("Made out to"), 5.0, TEXT),
    ("title", _("Title of the invoice"), 12.0, TEXT), ("tax_number", _("Tax number"), 10.0, TEXT),
    ("email", _("E-mail"), 10.0, TEXT), ("at", _("Asked for at"), 10.0, MOMENT), ("status", _("Status"), 6.0, TEXT),
    ("invoice", _("Number of the invoice"), 10.0, TEXT), ("issued_at", _("Issued at"), 10.0, MOMENT),
    ("reversal", _("Reversed by invoice"), 10.0, TEXT),
)  # fmt: skip
GIVEN = (
    Export("adjustments", _("Refunds and waivers"), ADJUSTMENT_COLUMNS, _adjustments, adjustment.READERS),
    Export("deposits", _("Deposits"), DEPOSIT_COLUMNS, _deposits, deposit.READERS),
    Export("tax-invoices", _("Tax invoices"), TAX_INVOICE_COLUMNS, _tax_invoices, tax_invoice.READERS),
)
