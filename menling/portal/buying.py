"""The page of an errand: what was asked for, what was bought for how much, and the signature for goods and invoice (HC-5.4)."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext

from menling.doorway.customer import Hide, hiding
from menling.errands.models import Errand
from menling.kernel.words import _
from menling.portal.holding import Held
from menling.portal.tracking import News
from menling.printing.wording import moment, money, quantity

THANKS = {
    "sign": _("Thank you for signing."),
    "object": _("We have noted it. It is exchanged or given back."),
}


def errand_sheet(held: Held, typed: Mapping[str, str]) -> dict[str, Any]:
    """Return what the page of an errand shows: its line of the register, the invoice, the form to sign, what is to be paid."""
    row: Errand = held.order
    return {
        "row": row, "news": _news(row, hiding(row.case.office, held.now)), "asked": _asked(row), "bought": _bought(row),
        "amount": money(row.paid) if row.paid is not None else "",
        "to_pay": money(row.paid) if row.case.status == "signed" and row.paid else "",
        "settled": money(row.settled) if row.settled is not None else "",
        "settled_at": moment(row.settled_at) if row.settled_at else "",
        "by_qr": row.method == "qr", "invoice_photo": row.photo, "checked": typed.get("checked", ""),
    }  # fmt: skip


def _news(row: Errand, hide: Hide) -> News:
    status = row.case.status
    if status in ("reckoned", "archived"):
        status = "settled" if row.settled is not None else "voided" if row.paid is None and not row.reason else "not_bought"
    title, text, urgent = SAID[status]
    by = moment(row.buy_by) if row.buy_by else ""
    if status == "registered" and by:
        text = _("It is bought by {by}, or we call you and say why not.")
    known = {"item": row.item, "reason": hide(row.reason), "by": by}
    return News(gettext(title).format(**known), gettext(text).format(**known) if text else "", urgent)


SAID: dict[str, tuple[str, str, bool]] = {
    "registered": (_("We buy {item} for you"), _("You pay what the invoice says, and nothing but that."), False),
    "bought": (_("{item} is bought"), _("It is brought to you, with its invoice."), False),
    "delivered": (_("Please compare goods and invoice"), _("Sign when both are as you asked. If not, tell us below."), True),
    "signed": (_("Signed. Thank you"), _("You pay what the invoice says, and nothing but that."), False),
    "settled": (_("All done. Thank you"), _("Call us any time if something is wrong with it."), False),
    "not_bought": (_("We are sorry: {item} was not bought"), _("{reason} Nothing is to be paid."), False),
    "voided": (_("Nothing is bought"), _("This sheet was voided. Nothing is to be paid."), False),
}
"""Headline, sentence below it, and whether something is asked of the resident, by status."""


def _asked(row: Errand) -> list[tuple[str, str]]:
    said = (
        (_("Goods"), row.item), (_("Brand"), row.brand), (_("Nature"), row.nature), (_("Specification"), row.spec),
        (_("Quantity"), quantity(row.quantity) if row.quantity is not None else ""),
        (_("Price of one, as expected"), money(row.price)),
        (_("Home"), row.unit.code), (_("Customer"), row.customer), (_("Number"), row.sheet or row.case.number),
    )  # fmt: skip
    return [(gettext(title), text) for title, text in said if text]


def _bought(row: Errand) -> list[tuple[str, str]]:
    """HC-5.4.2, HC-5.4.3  The invoice as the buyer brought it."""
    if row.paid is None:
        return []
    said = (
        (_("Number of the invoice"), row.invoice), (_("Bought at"), moment(row.bought_at) if row.bought_at else ""),
        (_("Bought by"), f"{row.buyer.name} {row.buyer.number}" if row.buyer else ""), (_("Signed by"), row.signed_by),
    )  # fmt: skip
    return [(gettext(title), text) for title, text in said if text]
