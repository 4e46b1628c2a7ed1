"""The kinds of case of this room, for the doors."""

from menling.errands.commands import buying, registering
from menling.errands.models import Errand
from menling.journal.kinds import Kind
from menling.kernel.words import _
from menling.procedures.errand import ERRAND

SHEET_USED = ("HC-5.4.6", _("A sheet of this number was used already. Please check the number on the pad."))

KINDS = {
    "errand": Kind(
        ERRAND,
        Errand,
        commands={
            "dispatch": registering.dispatch,
            "correct": registering.correct,
            "delay": registering.delay,
            "void": registering.void,
            "tick": registering.tick,
            "reveal": registering.reveal,
            "note": registering.note,
            "advance": buying.advance,
            "buy": buying.buy,
            "deliver": buying.deliver,
            "object": buying.object_to,
            "sign": buying.sign,
            "sign_on_paper": buying.sign_on_paper,
            "settle": buying.settle,
            "not_bought": buying.not_bought,
            "reckon": buying.reckon,
            "archive": buying.archive,
        },
        openings={"file": registering.file},
        related=("office", "unit", "buyer"),
        conflicts={"errand_sheet_once": SHEET_USED},
    ),
}
"""Kinds by name."""
