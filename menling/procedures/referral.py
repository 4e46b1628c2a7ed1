"""Referral: what belongs to another desk goes there with the typed text; nobody is sent away (HS-4.1.3, HS-4.2.1, HA-1.2)."""

from enum import StrEnum

from menling.kernel.points import rule
from menling.kernel.procedure import Clock, Due, Moment, Procedure, Step, minutes_after
from menling.kernel.refusal import Refused
from menling.kernel.roles import DERIVED, Role
from menling.kernel.roles import Role as R
from menling.kernel.words import _


class Status(StrEnum):
    """Where a referral stands."""

    NEW = "new"
    PASSED = "passed"
    TAKEN = "taken"
    CLOSED = "closed"


S = Status
RECEIVERS = frozenset({R.SERVICE_DESK, R.SERVICE_DESK_SUPERVISOR, R.CONTROL_CENTRE})


def taken_up(moment: Moment) -> Due:
    """HS-4.1.3, HS-4.2.1  What is passed on is dropped by nobody: what is urgent is taken within the office's minutes (DL-05),
    the rest by the end of the shift, or with the start of the next."""
    if moment.terms["urgent"]:
        return Due(minutes_after(moment.at, moment.policy.take_over_within))
    return Due(moment.calendar.before_end_of_shift(moment.at))


COLLEAGUES = frozenset(Role) - RECEIVERS - DERIVED - {R.CUSTOMER, R.OWNERS_COMMITTEE}
"""Everybody else at work: whoever hears what a resident wants passes it on (HA-1.2)."""

REFERRAL = Procedure(
    kind="referral",
    title=_("Referral"),
    statuses=Status,
    ends=frozenset({S.TAKEN, S.CLOSED}),
    steps=(
        Step(("HS-4.1.3", "HS-4.2.1"), "pass_on", frozenset({S.NEW}), S.PASSED, RECEIVERS),
        Step(("HA-1.2",), "pass_on", frozenset({S.NEW}), S.PASSED, COLLEAGUES),
        Step(("HS-4.1.3", "HS-4.2.1"), "take", frozenset({S.PASSED}), S.TAKEN, RECEIVERS),
        Step(("HS-4.2.2",), "close", frozenset({S.PASSED}), S.CLOSED, RECEIVERS),
    ),
    clocks=(
        Clock(("HS-4.1.3", "HS-4.2.1"), "taken", _("the desk it was passed on to takes it"), frozenset({"pass_on"}),
              frozenset({"take", "close"}), taken_up, frozenset(), frozenset({R.SERVICE_DESK_SUPERVISOR, R.CONTROL_CENTRE})),
    ),
)  # fmt: skip
REFERRAL.titles = {S.PASSED: _("passed on"), S.TAKEN: _("taken"), S.CLOSED: _("closed")}
REFERRAL.verbs = {"pass_on": _("Pass on"), "take": _("Take"), "close": _("Close")}

DESKS = {
    "service_desk": frozenset({R.SERVICE_DESK, R.SERVICE_DESK_SUPERVISOR}),
    "control_centre": frozenset({R.CONTROL_CENTRE}),
}
DOES = {"service_desk": "HS-4.2.1", "control_centre": "HS-4.1.3"}


@rule("HA-1.2")
def home_noted(unit: str, roles: frozenset[Role]) -> None:
    """Who hears of it on the round notes the home; a desk that hands a call over need not know it yet."""
    if not unit.strip() and not roles & RECEIVERS:
        raise Refused("HA-1.2", _("Please write the room number, so that the office can call."), status=422, field="unit")


@rule("HA-1.2")
def desk_in_charge(wanted: str, repairs_at: str) -> str:
    """Return the desk that hears of it: repairs where the office takes them, everything else at the service desk."""
    return "control_centre" if wanted == "repair" and repairs_at != "service_desk" else "service_desk"


@rule("HS-4.1.3", "HS-4.2.1")
def for_this_desk(to_desk: str, roles: frozenset[Role]) -> None:
    """What was handed to a desk is taken or closed there: neither desk takes what belongs to the other."""
    if not DESKS[to_desk] & roles:
        raise Refused(DOES[to_desk], _("This was handed to the other desk. Please let them take it, or call them."), status=403)
