"""Slips for money that is given back, or held as a deposit: the receipt's two parts with words of their own."""

from dataclasses import dataclass
from typing import Any, Literal

from django.utils.translation import pgettext

from menling.printing.facts import ReceiptFacts
from menling.printing.stubs import receipt_sheet
from menling.printing.typesetting import pdf

Sort = Literal["refund", "damage", "deposit", "deposit_back", "prepaid", "prepaid_back"]


@dataclass(frozen=True, kw_only=True)
class MoneySlipFacts(ReceiptFacts):
    """What a receipt says, of money taken as a ``deposit`` or ``prepaid`` for an agreement, or given to the resident.

    `sort` says which.
    """

    sort: Sort


def money_slip_pdf(facts: MoneySlipFacts) -> bytes:
    """Return the slip on A5: the resident's part above the cut line, the stub of the office, signed by the resident, below it.

    Errors: `ValueError` for an amount that cannot be stated in capitals.
    """
    sheet: dict[str, Any] = receipt_sheet(facts)
    own = {"title": _titles()[facts.sort], "customer_part": pgettext("paper", "Resident's part")}
    paid_out = {} if facts.sort in ("deposit", "prepaid") else _paid_out()
    of = {"order": pgettext("paper", "Agreement")} if facts.sort in ("prepaid", "prepaid_back") else {}
    return pdf("receipt", sheet | {"label": sheet["label"] | own | paid_out | of})


def _titles() -> dict[str, str]:
    return {
        "refund": pgettext("paper", "Refund"), "damage": pgettext("paper", "Compensation for damage"),
        "deposit": pgettext("paper", "Receipt for a deposit"), "deposit_back": pgettext("paper", "Deposit given back"),
        "prepaid": pgettext("paper", "Receipt for a prepayment"), "prepaid_back": pgettext("paper", "Prepayment given back"),
    }  # fmt: skip


def _paid_out() -> dict[str, str]:
    return {
        "payer": pgettext("paper", "Recipient"), "method": pgettext("paper", "Given by"),
        "purpose": pgettext("paper", "Paid out for"), "seal": pgettext("paper", "Seal of who pays"),
        "collector": pgettext("paper", "Paid out by"), "collected_at": pgettext("paper", "Paid out"),
        "payer_signature": pgettext("paper", "Recipient's signature"),
    }  # fmt: skip
