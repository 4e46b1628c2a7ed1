"""What a resident sees of money given back on an order, and the tax invoice asked for on the own page."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext

from menling.doorway.language import clock_time
from menling.journal.models import Case
from menling.kernel.words import _
from menling.money.given import Adjustment, TaxInvoice
from menling.money.models import Charge
from menling.portal.holding import Held
from menling.printing.wording import money
from menling.procedures.adjustment_rules import SORTS

FIELDS = ("title", "made_out_to", "tax_number", "email")
STANDS = {
    "requested": _("We are looking into it."), "approved": _("Approved. You will get it soon."),
    "booked": _("Taken off what is to be paid."), "paid_out": _("Given back on {day}."),
}  # fmt: skip
INVOICE = {
    "asked": _("Your tax invoice is asked for. We send it to you."), "issued": _("Your tax invoice is issued: {number}"),
    "to_reverse": _("The money was given back, so the tax invoice is withdrawn."),
}  # fmt: skip


def given_back(case: Case, held: Held) -> list[dict[str, str]]:
    """Return what was given back or let go on an order, or is on its way, in the resident's words."""
    rows = Adjustment.objects.filter(case__parent=case, case__status__in=STANDS).select_related("case").order_by("pk")
    return [{"sort": gettext(SORTS[row.sort]), "amount": money(row.amount), "said": _stands(row, held)} for row in rows]


def _stands(row: Adjustment, held: Held) -> str:
    day = clock_time(row.paid_at, held.now) if row.paid_at else ""
    return gettext(STANDS[row.case.status]).format(day=day)


def invoiced(charges: Sequence[Charge], typed: Mapping[str, str]) -> dict[str, Any]:
    """Return how the tax invoices of what was paid stand, and whether one may be asked for, with what was `typed` before.

    Each payment has one of its own, once it came in (MR-35); `invoice_of_each` tells that there are several.
    """
    paid = [each for each in charges if each.collected and each.collected > each.refunded]
    rows = list(TaxInvoice.objects.filter(charge__in=paid, is_valid=True).select_related("case").order_by("charge"))
    asked = {row.charge_id for row in rows}
    return {
        "invoices_said": [gettext(INVOICE[row.case.status]).format(number=row.invoice) for row in rows],
        "can_invoice": any(each.awaited_by_id is None and each.pk not in asked for each in paid),
        "invoice_of_each": len(paid) > 1,
        "typed_invoice": {name: typed.get(name, "") for name in FIELDS},
    }  # fmt: skip


def asked_invoice(form: Mapping[str, str], held: Held) -> dict[str, Any]:
    """Return the body of a request for the tax invoice of an order, as the resident's form says it."""
    told = {name: form.get(name, "").strip() for name in FIELDS}
    known = {"title": told["title"], "order": held.case.number, "office": held.case.office.code}
    return {name: text for name, text in told.items() if text} | known
