"""Inquiry about a numbered sheet: it is missing, or turned up where it should not; the cause is found and named (HC-5.4.6)."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from menling.kernel.points import rule
from menling.kernel.policy import setting
from menling.kernel.procedure import Asks, Clock, Due, Moment, Procedure, Step, minutes_after
from menling.kernel.refusal import Refused
from menling.kernel.roles import Role as R
from menling.kernel.words import _
from menling.procedures.pad import KEEPERS


class Status(StrEnum):
    """Where an inquiry stands."""

    NEW = "new"
    OPEN = "open"
    TRACED = "traced"
    CLOSED = "closed"


S = Status
BY_PERSONS = frozenset({"lost", "misused"})
"""Causes that somebody answers for."""


@dataclass(frozen=True)
class InquiryPolicy:
    """Values in force for one inquiry."""

    trace_days: int = setting(
        "paper.trace_days", ("HC-5.4.6",), _("Missing sheet traced within"), 3, unit="d", least=1, most=30, in_source=False
    )


def traced_in_time(moment: Moment) -> Due:
    """HC-5.4.6  The cause is found within the office's days."""
    return Due(minutes_after(moment.at, 24 * 60 * moment.policy.trace_days))


def how_dealt_with(_status: str, terms: Mapping[str, Any]) -> frozenset[str]:
    """HC-5.4.6  Where a person caused it, the end asks for how that was dealt with."""
    return frozenset({"dealt"}) if terms["caused"] else frozenset()


PAPER_INQUIRY = Procedure(
    kind="paper_inquiry",
    title=_("Inquiry about a sheet"),
    statuses=Status,
    ends=frozenset({S.CLOSED}),
    steps=(
        Step(("HC-5.4.6",), "open", frozenset({S.NEW}), S.OPEN, frozenset({R.SYSTEM})),
        Step(("HC-5.4.6",), "trace", frozenset({S.OPEN, S.TRACED}), S.TRACED, KEEPERS),
        Step(("HC-5.4.6",), "close", frozenset({S.TRACED}), S.CLOSED, frozenset({R.OFFICE_MANAGER})),
        Step(("HC-5.4.6",), "note", frozenset({S.OPEN, S.TRACED, S.CLOSED}), None, KEEPERS),
    ),
    clocks=(
        Clock(("HC-5.4.6",), "trace", _("the cause of the missing sheet is known"), frozenset({"open"}), frozenset({"trace"}),
              traced_in_time, frozenset(), frozenset({R.OFFICE_MANAGER, R.SERVICE_DESK_SUPERVISOR})),
    ),
)  # fmt: skip
PAPER_INQUIRY.titles = {S.OPEN: _("to be traced"), S.TRACED: _("cause known"), S.CLOSED: _("closed")}
PAPER_INQUIRY.verbs = {"open": _("Open"), "trace": _("Name the cause"), "close": _("Close"), "note": _("Add a note")}
PAPER_INQUIRY.asks = {"trace": Asks(sometimes=("person",)), "close": Asks(by_case=how_dealt_with)}


@rule("HC-5.4.6")
def cause_named(cause: str, found: str, person: str) -> None:
    """What happened is written down, and where a person caused it, who."""
    if not found.strip():
        raise Refused("HC-5.4.6", _("Please write what was found out about the sheet."), status=422, field="found")
    if cause in BY_PERSONS and not person.strip():
        raise Refused("HC-5.4.6", _("Somebody caused this. Please name who, by work number."), status=422, field="person")


@rule("HC-5.4.6")
def dealt_with(caused: bool, dealt: str) -> None:
    """Where a person caused it, what was done about that is written down before the inquiry closes."""
    if caused and not dealt.strip():
        raise Refused("HC-5.4.6", _("A person caused this. Please write how it was dealt with."), status=422, field="dealt")
