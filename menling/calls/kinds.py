"""The kinds of case of this room, for the doors."""

from menling.calls.commands import calling, telling
from menling.calls.models import CallOrder
from menling.journal.kinds import Kind
from menling.procedures.call_order import CALL_ORDER

KINDS = {
    "call_order": Kind(
        CALL_ORDER,
        CallOrder,
        commands={
            "accept": calling.accept,
            "decline": calling.decline,
            "ask_back": calling.ask_back,
            "clarify": calling.clarify,
            "pass_on": calling.pass_on,
            "make_order": calling.make_order,
            "withdraw": calling.withdraw,
            "tell": telling.tell,
            "remind": telling.remind,
            "see": telling.see,
            "tick": telling.tick,
            "follow_up": telling.follow_up,
            "promise_answer": telling.promise_answer,
            "call_back": telling.call_back,
            "note": telling.note,
        },
        openings={"place": calling.place},
        related=("case__parent",),
    ),
}
"""Kinds by name."""
