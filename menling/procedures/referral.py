"""Referral: what belongs to another desk goes there with the typed text; nobody is sent away (HS-4.1.3, HS-4.2.1, HA-1.2)."""

from collections.abc import Collection
from enum import StrEnum

from menling.kernel.points import rule
from menling.kernel.procedure import Clock, Due, Moment, Procedure, Step, minutes_after
from menling.kernel.refusal import Refused
from menling.kernel.roles import DERIVED, Role
from menling.kernel.roles import Role as R
from menling.kernel.words import Message, _


class Status(StrEnum):
    """Where a referral stands."""

    NEW = "new"
    PASSED = "passed"
    HEARD = "heard"
    TAKEN = "taken"
    ANSWERED = "answered"
    CLOSED = "closed"


S = Status
RECEIVERS = frozenset({R.SERVICE_DESK, R.SERVICE_DESK_SUPERVISOR, R.CONTROL_CENTRE})


DEPARTMENTS = {
    "greening": _("greening"), "security": _("security"), "engineering": _("engineering department"),
}  # fmt: skip
"""Names of the departments most estates have; an office adds its own by their names."""


def taken_up(moment: Moment) -> Due | None:
    """HS-4.1.3, HS-4.2.1  What is passed on is dropped by nobody: what is urgent is taken within the office's minutes (DL-05),
    the rest by the end of the shift, or with the start of the next."""
    if moment.terms.get("department"):  # what was passed on before there were departments has none on record
        return None
    if moment.terms["urgent"]:
        return Due(minutes_after(moment.at, moment.policy.take_over_within))
    return Due(moment.calendar.before_end_of_shift(moment.at))


def answered(moment: Moment) -> Due | None:
    """MR-39  Another department answers what is urgent within the minutes of an urgent hand-over, the rest by the end of the
    office's working days after that of the report."""
    if not moment.terms.get("department"):
        return None
    if moment.terms["urgent"]:
        return Due(minutes_after(moment.at, moment.policy.take_over_within))
    day = moment.calendar.local(moment.at).date()
    for _count in range(moment.policy.department_days):
        day = moment.calendar.next_working_day(day)
    return Due(moment.calendar.at(day, moment.calendar.shift_end))


def told_on(moment: Moment) -> Due:
    """MR-39  Who reported it hears what the department answered: of what is urgent within the minutes of an urgent hand-over, of
    the rest by the end of the shift, or with the start of the next."""
    if moment.terms["urgent"]:
        return Due(minutes_after(moment.at, moment.policy.take_over_within))
    return Due(moment.calendar.before_end_of_shift(moment.at))


WITH_THEM = frozenset({S.PASSED, S.HEARD})
COLLEAGUES = frozenset(Role) - RECEIVERS - DERIVED - {R.CUSTOMER, R.OWNERS_COMMITTEE}
"""Everybody else at work: whoever hears what a resident wants passes it on (HA-1.2)."""

REFERRAL = Procedure(
    kind="referral",
    title=_("Referral"),
    statuses=Status,
    ends=frozenset({S.TAKEN, S.ANSWERED, S.CLOSED}),
    steps=(
        Step(("HS-4.1.3", "HS-4.2.1"), "pass_on", frozenset({S.NEW}), S.PASSED, RECEIVERS),
        Step(("HA-1.2",), "pass_on", frozenset({S.NEW}), S.PASSED, COLLEAGUES),
        Step(("HS-4.1.3", "HS-4.2.1"), "take", frozenset(WITH_THEM), S.TAKEN, RECEIVERS | {R.SYSTEM}),
        Step(("MR-39",), "hand_on", frozenset(WITH_THEM), S.PASSED, RECEIVERS),
        Step(("MR-39",), "chase", frozenset({S.PASSED}), None, RECEIVERS),
        Step(("MR-39",), "answer", frozenset({S.PASSED}), S.HEARD, RECEIVERS),
        Step(("MR-39",), "tell", frozenset({S.HEARD}), S.ANSWERED, RECEIVERS),
        Step(("HS-4.2.2",), "close", frozenset({S.PASSED}), S.CLOSED, RECEIVERS),
    ),
    clocks=(
        Clock(("HS-4.1.3", "HS-4.2.1"), "taken", _("the desk it was passed on to takes it"), frozenset({"pass_on"}),
              frozenset({"take", "close", "hand_on"}), taken_up, frozenset(),
              frozenset({R.SERVICE_DESK_SUPERVISOR, R.CONTROL_CENTRE})),
        Clock(("MR-39",), "department", _("the other department has answered"), frozenset({"pass_on", "hand_on"}),
              frozenset({"answer", "take", "close"}), answered, frozenset(),
              frozenset({R.SERVICE_DESK_SUPERVISOR, R.CONTROL_CENTRE})),
        Clock(("MR-39",), "chased", _("the other department, asked again, has answered"), frozenset({"chase"}),
              frozenset({"answer", "take", "close"}), answered, frozenset({"hand_on"}),
              frozenset({R.SERVICE_DESK_SUPERVISOR, R.CONTROL_CENTRE})),
        Clock(("MR-39",), "told", _("who reported it knows the answer"), frozenset({"answer"}), frozenset({"tell"}), told_on,
              frozenset({"take", "hand_on"}), frozenset({R.SERVICE_DESK_SUPERVISOR, R.CONTROL_CENTRE})),
    ),
)  # fmt: skip
REFERRAL.titles = {
    S.PASSED: _("passed on"), S.HEARD: _("answered, to be told"), S.TAKEN: _("taken"),
    S.ANSWERED: _("the department has answered"), S.CLOSED: _("closed"),
}  # fmt: skip
REFERRAL.verbs = {
    "pass_on": _("Pass on"), "take": _("Take"), "hand_on": _("To another department"), "chase": _("Ask the department again"),
    "answer": _("The department has answered"), "tell": _("Whoever reported it knows"), "close": _("Close"),
}  # fmt: skip

DESKS = {
    "service_desk": frozenset({R.SERVICE_DESK, R.SERVICE_DESK_SUPERVISOR}),
    "control_centre": frozenset({R.CONTROL_CENTRE}),
}
DOES = {"service_desk": "HS-4.2.1", "control_centre": "HS-4.1.3"}
FOLLOWED_UP = frozenset({"hand_on", "chase", "answer", "tell"})
"""Steps by which what lies with a department is followed up."""


@rule("HA-1.2")
def home_noted(unit: str, roles: frozenset[Role]) -> None:
    """Who hears of it on the round notes the home; a desk that hands a call over need not know it yet."""
    if not unit.strip() and not roles & RECEIVERS:
        raise Refused("HA-1.2", _("Please write the room number, so that the office can call."), status=422, field="unit")


@rule("HA-1.2")
def desk_in_charge(wanted: str, repairs_at: str) -> str:
    """Return the desk that hears of it: repairs where the office takes them, everything else at the service desk."""
    return "control_centre" if wanted == "repair" and repairs_at != "service_desk" else "service_desk"


def followed_by(held: set[str]) -> set[str]:
    """MR-39  Return the desks whose reports to a department are followed up at the desks `held`: at the service desk, all."""
    return set(DESKS) if "service_desk" in held else held


@rule("MR-39")
def at_this_desk(verb: str, to_desk: str, department: str, roles: frozenset[Role]) -> bool:
    """Tell whether a step is this desk's: what lies with a `department` the service desk follows up to the end, whoever gave it
    there, because that is whom residents ask; the desk that gave it there does so too, and alone takes it or closes it."""
    held = {desk for desk, of in DESKS.items() if of & roles}
    return to_desk in (followed_by(held) if department and verb in FOLLOWED_UP else held)


@rule("HS-4.1.3", "HS-4.2.1")
def for_this_desk(to_desk: str, roles: frozenset[Role], verb: str = "take", department: str = "") -> None:
    """What was handed to a desk is taken or closed there: neither desk takes what belongs to the other."""
    if not at_this_desk(verb, to_desk, department, roles):
        raise Refused(DOES[to_desk], _("This was handed to the other desk. Please let them take it, or call them."), status=403)


@rule("MR-39")
def department_known(department: str, known: Collection[str], taken_by: str) -> None:
    """What belongs to a department goes to one of the office's list, and somebody there was told, by name."""
    if department not in known:
        raise Refused(
            "MR-39", _("Choose one of the departments of this office: {departments}."), status=422, field="department",
            departments=tuple(Message(DEPARTMENTS.get(each, each)) for each in known),
        )  # fmt: skip
    if not taken_by.strip():
        raise Refused("MR-39", _("Please call the department first and write who took it there."), status=422, field="taken_by")


@rule("MR-39")
def lies_with_a_department(department: str) -> None:
    """Only what lies with another department is asked for there, and answered from there."""
    if not department:
        raise Refused("MR-39", _("This was not given to another department. Please take it, or give it to one first."))


@rule("MR-39")
def asked_again(text: str) -> None:
    """What the department said when it was asked again is on record."""
    if not text.strip():
        raise Refused("MR-39", _("Please write what the department said."), status=422, field="text")


@rule("MR-39")
def answer_on_record(answer: str) -> None:
    """What the department did is on record as soon as it says so."""
    if not answer.strip():
        raise Refused("MR-39", _("Please write what the department did about it."), status=422, field="answer")


@rule("MR-39")
def still_to_tell(*, reporter: bool, told_resident: bool) -> bool:
    """Tell whether somebody who reported it still has to hear the answer: then it is not closed by the answer alone."""
    return reporter and not told_resident


@rule("MR-39")
def back_for_a_reason(reason: str) -> None:
    """An order that comes back says why, so that it does not go round in circles."""
    if not reason.strip():
        raise Refused("MR-39", _("Please write why it comes back."), status=422, field="reason")


@rule("MR-39")
def not_handed_on(order: str) -> None:
    """What was handed on from an order ends with its answer, or when that order is taken back: the resident follows its page."""
    if order:
        why = _("This was handed on from {number}. Please take that order back instead.")
        raise Refused("MR-39", why, number=order)


def keeper(roles: frozenset[Role], wanted: str, repairs_at: str) -> str:
    """Return the desk that follows up what lies with a department: the one that gave it there, else the one in charge."""
    if roles & RECEIVERS:
        return "control_centre" if R.CONTROL_CENTRE in roles else "service_desk"
    return desk_in_charge(wanted, repairs_at)
