"""Requests for tax invoices: asked for a collected charge, issued by finance in the invoicing package, reversed when refunded."""

import re
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from menling.kernel.money import ZERO
from menling.kernel.points import rule
from menling.kernel.policy import setting
from menling.kernel.procedure import Clock, Due, Moment, Procedure, Step
from menling.kernel.refusal import Refused
from menling.kernel.roles import LEADS_OR_ABOVE
from menling.kernel.roles import Role as R
from menling.kernel.words import _
from menling.procedures.handover import working_days_on


class Status(StrEnum):
    """Where a request for a tax invoice stands."""

    NEW = "new"
    ASKED = "asked"
    ISSUED = "issued"
    TO_REVERSE = "to_reverse"
    VOIDED = "voided"


S = Status
FINANCE = frozenset({R.FINANCE})
ASKERS = frozenset({R.SERVICE_DESK, R.SERVICE_DESK_SUPERVISOR, R.CONTROL_CENTRE, R.FINANCE, R.CUSTOMER})
READERS = (ASKERS - {R.CUSTOMER}) | LEADS_OR_ABOVE
NUMBER = re.compile(r"[0-9A-Z]{15,20}")
ADDRESS = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


def _at(*statuses: Status) -> frozenset[StrEnum]:
    return frozenset(statuses)


def issued_soon(moment: Moment) -> Due:
    """MR-35  An invoice that was asked for is issued by the end of work so many working days on."""
    return Due(working_days_on(moment, moment.policy.issue_days))


TAX_INVOICE = Procedure(
    kind="tax_invoice",
    title=_("Tax invoice"),
    statuses=Status,
    ends=_at(S.ISSUED, S.VOIDED),
    steps=(
        # clauses                    verb        before                         after         by
        Step(("MR-35",), "ask", _at(S.NEW), S.ASKED, ASKERS),
        Step(("MR-35",), "issue", _at(S.ASKED), S.ISSUED, FINANCE),
        Step(("MR-35",), "withdraw", _at(S.ASKED), S.VOIDED, ASKERS),
        Step(("MR-35",), "void", _at(S.ASKED), S.VOIDED, frozenset({R.SYSTEM})),
        Step(("MR-35",), "call_back", _at(S.ISSUED), S.TO_REVERSE, frozenset({R.SYSTEM})),
        Step(("MR-35",), "reverse", _at(S.ISSUED, S.TO_REVERSE), S.VOIDED, FINANCE),
    ),
    clocks=(
        Clock(("MR-35",), "issue", _("the tax invoice is issued"), frozenset({"ask"}), frozenset({"issue"}), issued_soon,
              frozenset({"withdraw", "void"}), frozenset({R.FINANCE})),
        Clock(("MR-35",), "reverse", _("the invoice of refunded money is reversed"), frozenset({"call_back"}),
              frozenset({"reverse"}), issued_soon, frozenset(), frozenset({R.FINANCE})),
    ),
)  # fmt: skip
TAX_INVOICE.titles = {
    S.ASKED: _("asked for"), S.ISSUED: _("issued"), S.TO_REVERSE: _("refunded, to be reversed"), S.VOIDED: _("void"),
}  # fmt: skip
TAX_INVOICE.verbs = {
    "ask": _("Ask for a tax invoice"), "issue": _("Issued"), "withdraw": _("Withdraw"), "void": _("Void"),
    "call_back": _("To be reversed"), "reverse": _("Reversed"),
}  # fmt: skip


@dataclass(frozen=True)
class TaxInvoicePolicy:
    """Values in force for tax invoices."""

    issue_days: int = setting(
        "tax_invoices.issue_days", "MR-35", _("Tax invoices: issued within working days"), 5, unit="d", least=1, most=30,
        in_source=False,
    )  # fmt: skip
    rate: Decimal = setting(
        "tax_invoices.rate_pct", "MR-35", _("Tax invoices: rate of the tax in the price"), Decimal("6"), unit="%",
        least=Decimal(0), most=Decimal(13), in_source=False,
    )  # fmt: skip
    item: str = setting(
        "tax_invoices.item", "MR-35", _("Tax invoices: what is sold, as the tax office names it"), "生活服务",
        shape=r"(?=.{1,40}$).*[\u4e00-\u9fff].*", such_as="生活服务", in_source=False,
    )  # fmt: skip


@rule("MR-35")
def collected(amount: Decimal) -> None:
    """An invoice is for money that came in and was not given back."""
    if amount <= ZERO:
        raise Refused("MR-35", _("Nothing was paid here that is not given back. A tax invoice is for money that was paid."))


@rule("MR-35")
def came_in(method: str, *, confirmed: bool) -> None:
    """What was paid by QR code is money that came in once a statement shows it."""
    if method == "qr" and not confirmed:
        raise Refused(
            "MR-35", _("This payment by QR code stands on no statement yet. Finance matches it first; then ask for the invoice.")
        )


@rule("MR-35")
def titled(made_out_to: str, title: str, tax_number: str) -> None:
    """It is made out to somebody; a company gives its tax number of 15 to 20 figures and capital letters."""
    if not title.strip():
        raise Refused(
            "MR-35", _("Please write the title of the invoice: whose name it is made out to."), status=422, field="title"
        )
    if made_out_to == "company" and not NUMBER.fullmatch(tax_number):
        raise Refused(
            "MR-35", _("An invoice for a company needs its tax number: 15 to 20 figures and capital letters."), status=422,
            field="tax_number",
        )  # fmt: skip


@rule("MR-35")
def reachable(email: str) -> None:
    """It is sent somewhere: an electronic invoice needs an e-mail address, or is handed over at the desk without one."""
    if email and not ADDRESS.fullmatch(email):
        raise Refused("MR-35", _("This is no e-mail address. Please write it as name@example.com."), status=422, field="email")


@rule("MR-35")
def numbered(number: str) -> None:
    """What was issued or reversed has the number of its invoice."""
    if not number.strip():
        raise Refused("MR-35", _("Please write the number of the invoice."), status=422, field="invoice")
