"""The kinds of case of this room, for the doors."""

from menling.journal.kinds import Kind
from menling.procedures.shift_handover import SHIFT_HANDOVER
from menling.shifts.commands import handing_over
from menling.shifts.models import ShiftHandover

KINDS = {
    "shift_handover": Kind(
        SHIFT_HANDOVER,
        ShiftHandover,
        commands={
            "change": handing_over.change,
            "give": handing_over.give,
            "give_to": handing_over.give_to,
            "acknowledge": handing_over.acknowledge,
            "drop": handing_over.drop,
        },
        openings={"prepare": handing_over.prepare},
        related=("office", "giver"),
    ),
}
"""Kinds by name."""
