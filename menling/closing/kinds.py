"""The kinds of case of this room, for the doors."""

from menling.closing.commands import closing
from menling.closing.models import ClosingSheet
from menling.journal.kinds import Kind
from menling.kernel.words import _
from menling.procedures.closing_sheet import CLOSING_SHEET

LAID_OUT = ("HS-4.3.4", _("The sheet of this desk and day is there already."))

KINDS = {
    "closing_sheet": Kind(
        CLOSING_SHEET,
        ClosingSheet,
        commands={"ask": closing.ask, "close_day": closing.close_day},
        openings={"prepare": closing.prepare},
        related=("office",),
        conflicts={"closing_sheet_once": LAID_OUT},
    ),
}
"""Kinds by name."""
