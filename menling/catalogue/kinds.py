"""The kinds of case of this room, for the doors."""

from menling.catalogue.commands import pricing
from menling.catalogue.models import FeeStandard
from menling.journal.kinds import Kind
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
}
"""Kinds by name."""
