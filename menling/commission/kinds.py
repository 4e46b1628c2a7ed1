"""The kinds of case of this room, for the doors."""

from menling.commission.commands import approving, asking
from menling.commission.models import CommissionMonth, CommissionQuery
from menling.journal.kinds import Kind
from menling.kernel.words import _
from menling.procedures.commission import COMMISSION_MONTH, COMMISSION_QUERY

ASKED = ("MR-38", _("You have asked about this line already. Please wait for the answer."))

APPROVED = ("MR-51", _("The commission of this month is approved already."))

KINDS = {
    "commission_month": Kind(
        COMMISSION_MONTH,
        CommissionMonth,
        commands={},
        openings={"approve": approving.approve},
        related=("office",),
        conflicts={"commission_month_once": APPROVED},
    ),
    "commission_query": Kind(
        COMMISSION_QUERY,
        CommissionQuery,
        commands={"answer": asking.answer, "withdraw": asking.withdraw},
        openings={"file": asking.file},
        related=("staff", "settlement__parent"),
        conflicts={"one_open_commission_query": ASKED},
    ),
}
"""Kinds by name."""
