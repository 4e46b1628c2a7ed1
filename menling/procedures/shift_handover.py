"""Shift hand-over: what is open goes from the one who leaves to the one who comes, both by name (MR-14)."""

from dataclasses import dataclass
from enum import StrEnum

from menling.kernel.points import rule
from menling.kernel.policy import setting
from menling.kernel.procedure import Clock, Due, Moment, Procedure, Step, minutes_after
from menling.kernel.refusal import Refused
from menling.kernel.roles import Role as R
from menling.kernel.words import _


class Status(StrEnum):
    """Where a hand-over stands."""

    NEW = "new"
    PREPARED = "prepared"
    GIVEN = "given"
    ACKNOWLEDGED = "acknowledged"
    DROPPED = "dropped"


S = Status
WATCH = frozenset({R.CONTROL_CENTRE, R.SERVICE_DESK, R.SERVICE_DESK_SUPERVISOR, R.TEAM_LEAD})
"""Who works in shifts at a place that is never left alone."""


@dataclass(frozen=True)
class ShiftPolicy:
    """Values in force for one hand-over."""

    acknowledge_within: int = setting(
        "shift.acknowledge_minutes", "MR-14", _("Shift taken within"), 15, unit="min", least=1, most=720, in_source=False
    )


def acknowledged(moment: Moment) -> Due:
    """MR-14  Who comes takes the shift within the office's minutes."""
    return Due(minutes_after(moment.at, moment.policy.acknowledge_within))


SHIFT_HANDOVER = Procedure(
    kind="shift_handover",
    title=_("Shift hand-over"),
    statuses=Status,
    ends=frozenset({S.ACKNOWLEDGED, S.DROPPED}),
    steps=(
        Step(("MR-14",), "prepare", frozenset({S.NEW}), S.PREPARED, WATCH),
        Step(("MR-14",), "change", frozenset({S.PREPARED}), None, WATCH, own=True),
        Step(("MR-14",), "give", frozenset({S.PREPARED}), S.GIVEN, WATCH, own=True),
        Step(("MR-14",), "acknowledge", frozenset({S.GIVEN}), S.ACKNOWLEDGED, WATCH, own=True),
        Step(("MR-14",), "give_to", frozenset({S.GIVEN}), None, WATCH),
        Step(("MR-14",), "drop", frozenset({S.PREPARED}), S.DROPPED, WATCH),
    ),
    clocks=(
        Clock(("MR-14",), "acknowledge", _("the shift is taken"), frozenset({"give", "give_to"}), frozenset({"acknowledge"}),
              acknowledged, frozenset(), frozenset({R.TEAM_LEAD, R.OFFICE_MANAGER})),
    ),
)  # fmt: skip
SHIFT_HANDOVER.titles = {
    S.PREPARED: _("being written"), S.GIVEN: _("given, not yet taken"), S.ACKNOWLEDGED: _("taken"), S.DROPPED: _("dropped"),
}  # fmt: skip
SHIFT_HANDOVER.verbs = {
    "prepare": _("Prepare"), "change": _("Change"), "give": _("Hand over the shift"), "acknowledge": _("Take the shift"),
    "give_to": _("Somebody else takes it"), "drop": _("Drop"),
}  # fmt: skip


@rule("MR-14")
def two_people(giver: int, taker: int) -> None:
    """Nobody hands a shift over to oneself."""
    if giver == taker:
        raise Refused("MR-14", _("A shift goes to somebody else. Please choose who comes."), field="to")
