"""The kinds of case of this room, for the doors."""

from menling.catalogue.commands import pricing, reviewing
from menling.catalogue.models import ContractReview, FeeStandard
from menling.journal.kinds import Kind
from menling.procedures.contract_review import CONTRACT_REVIEW
from menling.procedures.fee_standard import FEE_STANDARD

KINDS = {
    "fee_standard": Kind(
        FEE_STANDARD,
        FeeStandard,
        commands={
            "file_finance": pricing.file_finance,
            "file_quality": pricing.file_quality,
            "send_back": pricing.send_back,
            "withdraw": pricing.withdraw,
        },
        openings={"file": pricing.file},
        related=("office",),
    ),
    "contract_review": Kind(
        CONTRACT_REVIEW,
        ContractReview,
        commands={"approve": reviewing.approve, "decline": reviewing.decline, "withdraw": reviewing.withdraw},
        openings={"file": reviewing.file},
        related=("case__parent",),
    ),
}
"""Kinds by name."""
