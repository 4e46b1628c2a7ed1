"""The kinds of case of this room, for the doors."""

from menling.journal.kinds import Kind
from menling.kernel.words import _
from menling.pads.commands import issuing, tracing
from menling.pads.models import Inquiry, Pad
from menling.procedures.pad import PAD
from menling.procedures.paper_inquiry import PAPER_INQUIRY

GIVEN_OUT = ("HC-5.4.6", _("Some of these numbers were given out already. Please check the pad."))
ACCOUNTED = ("HC-5.4.6", _("Somebody recorded this at the same moment. Please look again."))

KINDS = {
    "pad": Kind(
        PAD,
        Pad,
        commands={"use": issuing.use, "void": issuing.void, "give_to": issuing.give_to, "hand_in": issuing.hand_in},
        openings={"issue": issuing.issue},
        related=("office", "holder"),
        conflicts={"one_pad_one_number": GIVEN_OUT, "sheet_once": ACCOUNTED},
    ),
    "paper_inquiry": Kind(
        PAPER_INQUIRY,
        Inquiry,
        commands={"trace": tracing.trace, "close": tracing.close, "note": tracing.note},
        related=("office", "pad__case"),
    ),
}
"""Kinds by name."""
