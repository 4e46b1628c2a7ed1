"""The kinds of case of this room, for the doors."""

from menling.agreements.commands import drafting, ending, serving, signing
from menling.agreements.models import Agreement
from menling.journal.kinds import Kind
from menling.kernel.words import _
from menling.procedures.agreement import AGREEMENT

FILED = ("MR-7", _("The visit of this day is filed already."))
KINDS = {
    "agreement": Kind(
        AGREEMENT,
        Agreement,
        commands={
            "change": drafting.change,
            "submit": drafting.submit,
            "send_back": drafting.send_back,
            "drop": drafting.drop,
            "note": drafting.note,
            "sign_office": signing.sign_office,
            "sign": signing.sign,
            "sign_on_paper": signing.sign_on_paper,
            "lay_out": serving.lay_out,
            "miss": serving.miss,
            "skip": serving.skip,
            "move": serving.move,
            "assign": serving.assign,
            "suspend": serving.suspend,
            "resume": serving.resume,
            "stop": ending.stop,
            "end": ending.end,
            "remind": ending.remind,
            "ask_renewal": ending.ask_renewal,
            "renew": ending.renew,
        },
        openings={"draft": drafting.draft},
        related=("unit",),
        conflicts={"agreement_day_once": FILED},
    ),
}
"""Kinds by name."""
