"""Tax invoices: asked for by desk or resident, issued by finance, void once the money is given back."""

from datetime import datetime
from typing import Annotated, Literal

from django.db.models import F
from pydantic import Field

from menling.journal.cases import open_case, visible_to
from menling.journal.take import take
from menling.journal.taken import Taken, Tell
from menling.kernel.actor import SYSTEM, Actor
from menling.kernel.money import ZERO
from menling.kernel.refusal import Refused
from menling.kernel.words import Message, _
from menling.money.given import TaxInvoice
from menling.money.models import Charge, StatementLine
from menling.policies.values import values_for
from menling.premises import names
from menling.premises.models import Office
from menling.procedures import tax_invoice as rules
from menling.procedures.tax_invoice import TAX_INVOICE, Status

Steps = list[tuple[TaxInvoice, Taken]]
Buyer = Literal["person", "company"]
Title = Annotated[str, Field(max_length=100)]
TaxNumber = Annotated[str, Field(max_length=20)]
Address = Annotated[str, Field(max_length=100)]
InvoiceNumber = Annotated[str, Field(max_length=40)]
Reason = Annotated[str, Field(max_length=300)]


def ask(office: Office, *, by: Actor, at: datetime, order: Annotated[str, Field(max_length=30)], title: Title,
        made_out_to: Buyer = "person", tax_number: TaxNumber = "", email: Address = "") -> Steps:  # fmt: skip
    """MR-35  Ask for the tax invoice of what was paid on an order; `order` is its number or that of one of its charges."""
    row = TAX_INVOICE.step("ask", Status.NEW, by.roles_in(office.pk))
    charge = _meant(order, office, by)
    figure, sent = tax_number.replace(" ", "").upper(), names.folded(email)
    rules.titled(made_out_to, title, figure)
    rules.reachable(sent)
    asked = TaxInvoice(
        charge=charge, amount=(charge.collected or ZERO) - charge.refunded, made_out_to=made_out_to,
        title=names.folded(title)[:100], tax_number=figure if made_out_to == "company" else "", email=sent,
    )  # fmt: skip
    rules.collected(asked.amount)
    rules.came_in(charge.method, confirmed=StatementLine.objects.filter(charge=charge).exists())
    asked.values = values_for(office, at)
    asked.case = open_case("tax_invoice", office, at, year=asked.values.calendar.local(at).year, parent=charge.case.parent,
                           unit=charge.case.unit_id)  # fmt: skip
    asked.save(force_insert=True)
    text = Message(_("{number}: a tax invoice of ¥{amount} is asked for."), {"number": asked.case.number, "amount": asked.amount})
    facts = {"charge": charge.case.number, "amount": asked.amount, "made_out_to": made_out_to, "title": asked.title,
             "tax_number": asked.tax_number, "email": asked.email}  # fmt: skip
    return [(asked, take(asked, row, by=by, at=at, facts=facts, tell=(Tell(text, roles=("finance",)),)))]


def _meant(number: str, office: Office, by: Actor) -> Charge:
    """Return, locked, the charge named, or the newest of the order of which something stays paid and that has no invoice."""
    named = visible_to(by).filter(number=number.strip(), office=office).first()
    if named is None:
        raise Refused("MR-8", _("There is no order {number} here."), status=422, number=number[:30], field="order")
    rows = Charge.objects.filter(case=named) if named.kind == "charge" else Charge.objects.filter(case__parent=named)
    paid = rows.filter(collected__gt=0).order_by("-pk")
    open_ones = paid.filter(collected__gt=F("refunded")).exclude(tax_invoices__is_valid=True)
    shown = open_ones.filter(awaited_by=None)
    keys = (rows.values_list("pk", flat=True).first() for rows in (shown, open_ones, paid))
    key = next((each for each in keys if each), None)
    if key is None:
        raise Refused("MR-35", _("Nothing was paid here that is not given back. A tax invoice is for money that was paid."))
    found = Charge.objects.select_related("case", "case__parent")
    return found.select_for_update(of=("self",), no_key=True).get(pk=key)


def issue(asked: TaxInvoice, *, by: Actor, at: datetime, invoice: InvoiceNumber) -> Steps:
    """MR-35  Finance has issued it in the invoicing package; its number stands here."""
    row = TAX_INVOICE.step("issue", asked.case.status, by.roles_in(asked.case.office_id))
    rules.numbered(invoice)
    asked.invoice, asked.issued_at = names.folded(invoice), at
    asked.save(update_fields=["invoice", "issued_at"])
    return [(asked, take(asked, row, by=by, at=at, facts={"invoice": asked.invoice, "amount": asked.amount}))]


def withdraw(asked: TaxInvoice, *, by: Actor, at: datetime, reason: Reason = "") -> Steps:
    """MR-35  It is not wanted any more, or was asked for wrongly; it may be asked for anew."""
    row = TAX_INVOICE.step("withdraw", asked.case.status, by.roles_in(asked.case.office_id))
    _ended(asked)
    return [(asked, take(asked, row, by=by, at=at, facts={"reason": names.folded(reason)}))]


def reverse(asked: TaxInvoice, *, by: Actor, at: datetime, invoice: InvoiceNumber, reason: Reason = "") -> Steps:
    """MR-35  Finance has reversed an invoice; `invoice` is the number of the reversing one."""
    row = TAX_INVOICE.step("reverse", asked.case.status, by.roles_in(asked.case.office_id))
    rules.numbered(invoice)
    asked.reversal = names.folded(invoice)
    asked.save(update_fields=["reversal"])
    _ended(asked)
    return [(asked, take(asked, row, by=by, at=at, facts={"invoice": asked.reversal, "reason": names.folded(reason)}))]


def refunded(charge: Charge, why: str, *, at: datetime) -> Steps:
    """MR-35  Money of a charge was given back: what was asked for is void, what was issued is to be reversed."""
    rows = TaxInvoice.objects.filter(charge=charge, is_valid=True).select_related("case", "case__office")
    asked = rows.select_for_update(of=("self", "case"), no_key=True).first()
    if asked is None or asked.case.status == Status.TO_REVERSE:
        return []
    asked.values = values_for(asked.case.office, asked.valued_at)
    verb = "void" if asked.case.status == Status.ASKED else "call_back"
    row = TAX_INVOICE.step(verb, asked.case.status, SYSTEM.roles_in(asked.case.office_id))
    if verb == "void":
        _ended(asked)
    text = Message(_("{number}: the money was given back; reverse invoice {invoice}."),
                   {"number": asked.case.number, "invoice": asked.invoice})  # fmt: skip
    tell = (Tell(text, roles=("finance",)),) if verb == "call_back" else ()
    return [(asked, take(asked, row, by=SYSTEM, at=max(at, asked.case.last_at), facts={"for": why}, tell=tell))]


def _ended(asked: TaxInvoice) -> None:
    asked.is_valid = False
    asked.save(update_fields=["is_valid"])
