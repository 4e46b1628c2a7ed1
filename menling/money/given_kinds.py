"""The kinds of case about money that is given back, let go, held or invoiced."""

from menling.journal.kinds import Kind
from menling.kernel.words import _
from menling.money.commands import adjusting, depositing, invoicing
from menling.money.given import Adjustment, Deposit, TaxInvoice
from menling.procedures.adjustment import ADJUSTMENT
from menling.procedures.deposit import DEPOSIT
from menling.procedures.tax_invoice import TAX_INVOICE

ASKED = ("MR-35", _("A tax invoice of this payment is asked for already. Withdraw or reverse that one first."))
MORE = ("MR-33", _("More would be given back than was paid. Please look again at what was given back before."))

GIVEN_KINDS = {
    "adjustment": Kind(
        ADJUSTMENT,
        Adjustment,
        commands={
            "approve": adjusting.approve,
            "decline": adjusting.decline,
            "withdraw": adjusting.withdraw,
            "pay_out": adjusting.pay_out,
        },
        openings={"request": adjusting.request},
        related=("case__parent",),
        conflicts={"refunded_at_most_paid": MORE},
    ),
    "deposit": Kind(
        DEPOSIT,
        Deposit,
        commands={
            "keep_part": depositing.keep_part,
            "keep_all": depositing.keep_all,
            "give_back": depositing.give_back,
        },
        openings={"take_in": depositing.take_in},
        related=("case__parent", "case__unit"),
    ),
    "tax_invoice": Kind(
        TAX_INVOICE,
        TaxInvoice,
        commands={"issue": invoicing.issue, "withdraw": invoicing.withdraw, "reverse": invoicing.reverse},
        openings={"ask": invoicing.ask},
        related=("case__parent",),
        conflicts={"one_tax_invoice": ASKED},
    ),
}
"""Kinds by name."""
