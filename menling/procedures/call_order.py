"""An order of the call department: taken by an office, worked on there, its result told back until it was seen (OI)."""

from enum import StrEnum

from menling.kernel.procedure import Asks, Clock, Procedure, Step
from menling.kernel.roles import Role as R
from menling.kernel.words import _
from menling.procedures import call_rules as due


class Status(StrEnum):
    """Where an order of the call department stands."""

    NEW = "new"
    PLACED = "placed"
    ASKED = "asked_back"
    ACCEPTED = "accepted"
    IN_HAND = "in_hand"
    TOLD = "told"
    SEEN = "seen"
    PASSED = "passed_on"
    GONE = "taken_elsewhere"
    WITHDRAWN = "withdrawn"


S = Status
CALLERS = frozenset({R.CALL_DEPARTMENT})
DESK = frozenset({R.CONTROL_CENTRE, R.SERVICE_DESK, R.SERVICE_DESK_SUPERVISOR})
ITSELF = frozenset({R.SYSTEM})
UNDECIDED = frozenset({S.PLACED, S.ASKED})
WITH_OFFICE = frozenset({S.PLACED, S.ASKED, S.ACCEPTED, S.IN_HAND})
KNOWN = frozenset(S) - {S.NEW}


def _at(*statuses: Status) -> frozenset[StrEnum]:
    return frozenset(statuses)


CALL_ORDER = Procedure(
    kind="call_order",
    title=_("Order of the call department"),
    statuses=Status,
    ends=_at(S.SEEN, S.PASSED, S.GONE, S.WITHDRAWN),
    steps=(
        # clauses               verb              before                       after        by
        Step(("OI-1.1",), "place", _at(S.NEW), S.PLACED, CALLERS | ITSELF),
        Step(("OI-1.1", "HS-4.2.2"), "accept", _at(S.PLACED), S.ACCEPTED, DESK | ITSELF),
        Step(("HS-4.2.2",), "decline", frozenset(UNDECIDED), S.TOLD, DESK),
        Step(("OI-1.1",), "ask_back", _at(S.PLACED, S.ACCEPTED), S.ASKED, DESK),
        Step(("OI-1.1",), "clarify", _at(S.ASKED), S.PLACED, CALLERS),
        Step(("OI-4.3",), "pass_on", _at(S.PLACED, S.ASKED, S.ACCEPTED), S.PASSED, DESK | CALLERS),
        Step(("OI-4.3",), "give_way", frozenset(UNDECIDED), S.GONE, ITSELF),
        Step(("OI-1.1",), "make_order", _at(S.ACCEPTED), S.IN_HAND, DESK),
        Step(("OI-2",), "tell", _at(S.ACCEPTED, S.IN_HAND, S.TOLD), S.TOLD, DESK | ITSELF),
        Step(("OI-2",), "remind", _at(S.TOLD), None, DESK | ITSELF),
        Step(("OI-2",), "see", _at(S.TOLD), S.SEEN, CALLERS),
        Step(("OI-3",), "follow_up", frozenset(WITH_OFFICE), None, CALLERS),
        Step(("OI-4.4",), "promise_answer", frozenset(WITH_OFFICE), None, DESK | CALLERS),
        Step(("OI-4.4",), "call_back", frozenset(KNOWN - {S.PASSED, S.GONE}), None, DESK),
        Step(("OI-1.1",), "withdraw", _at(S.PLACED, S.ASKED, S.ACCEPTED), S.WITHDRAWN, CALLERS),
        Step(("MR-10",), "tick", frozenset(WITH_OFFICE), None, DESK),
        Step(("EN-D.9",), "note", frozenset(KNOWN), None, DESK | CALLERS),
    ),
    clocks=(
        Clock(("OI-1.1",), "judge", _("the office answers the call department"), frozenset({"place", "clarify"}),
              frozenset({"accept", "decline", "ask_back"}), due.judged, frozenset({"pass_on", "give_way", "withdraw"}),
              DESK),
        Clock(("OI-2",), "seen", _("the call department has seen the result"), frozenset({"tell", "decline", "remind"}),
              frozenset({"see"}), due.seen),
        Clock(("OI-4.4",), "answer", _("the customer is called back on the day asked for"),
              frozenset({"place", "promise_answer"}), frozenset({"call_back"}), due.answered,
              frozenset({"pass_on", "give_way"}), frozenset({R.SERVICE_DESK, R.SERVICE_DESK_SUPERVISOR})),
    ),
)  # fmt: skip
CALL_ORDER.titles = {
    S.PLACED: _("to be answered"), S.ASKED: _("asked back"), S.ACCEPTED: _("accepted"), S.IN_HAND: _("in hand"),
    S.TOLD: _("told back, not yet seen"), S.SEEN: _("seen by the call department"), S.PASSED: _("with another office"),
    S.GONE: _("taken by another office"), S.WITHDRAWN: _("withdrawn"),
}  # fmt: skip
CALL_ORDER.verbs = {
    "place": _("Place the order"), "accept": _("Accept"), "decline": _("Decline"), "ask_back": _("Ask back"),
    "clarify": _("Clarify"), "pass_on": _("Pass to another office"), "give_way": _("Taken elsewhere"),
    "make_order": _("Make it an order"), "tell": _("Tell the result"), "remind": _("Remind"), "see": _("Seen"),
    "follow_up": _("Asked how it stands"), "promise_answer": _("Promise an answer"), "call_back": _("Customer called back"),
    "withdraw": _("Withdraw"), "tick": _("Done"), "note": _("Add a note"),
}  # fmt: skip
CALL_ORDER.asks = {
    "clarify": Asks(sometimes=("content", "phone", "unit", "answer")), "tell": Asks(sometimes=("words",)),
    "make_order": Asks(sometimes=("unit", "visit_at", "override_reason")),
}  # fmt: skip
