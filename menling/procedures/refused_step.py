"""Refused step: what a phone could only send later and the office then refused; what was typed is not lost (MR-41)."""

import json
from collections.abc import Mapping
from enum import StrEnum
from typing import Any, TypeVar

from menling.kernel.points import rule
from menling.kernel.procedure import Clock, Due, Moment, Procedure, Step
from menling.kernel.refusal import Refused
from menling.kernel.roles import RECORDERS, WORKERS
from menling.kernel.roles import Role as R
from menling.kernel.words import _

Found = TypeVar("Found")


class Status(StrEnum):
    """Where a refused step stands."""

    NEW = "new"
    KEPT = "kept"
    RECORDED = "recorded"
    DISMISSED = "dismissed"


S = Status
SENDERS = WORKERS | {R.TEAM_LEAD, R.TRACKER}
"""Who carries a phone that waits for a network."""
LONGEST = 20_000
"""Characters of what was typed, as JSON."""


def looked_at(moment: Moment) -> Due:
    """MR-41  Somebody decides on it before the end of the shift, or with the start of the next."""
    return Due(moment.calendar.before_end_of_shift(moment.at))


REFUSED_STEP = Procedure(
    kind="refused_step",
    title=_("Refused step"),
    statuses=Status,
    ends=frozenset({S.RECORDED, S.DISMISSED}),
    steps=(
        Step(("MR-41",), "keep", frozenset({S.NEW}), S.KEPT, SENDERS),
        Step(("MR-41",), "record", frozenset({S.KEPT}), S.RECORDED, RECORDERS),
        Step(("MR-41",), "dismiss", frozenset({S.KEPT}), S.DISMISSED, RECORDERS),
    ),
    clocks=(
        Clock(("MR-41",), "look", _("somebody has decided on a refused step"), frozenset({"keep"}),
              frozenset({"record", "dismiss"}), looked_at, frozenset(), frozenset({R.TEAM_LEAD, R.CONTROL_CENTRE})),
    ),
)  # fmt: skip
REFUSED_STEP.titles = {S.KEPT: _("to be decided"), S.RECORDED: _("written down after all"), S.DISMISSED: _("not written down")}
REFUSED_STEP.verbs = {"keep": _("Keep"), "record": _("Write it down"), "dismiss": _("Do not write it down")}


@rule("MR-41")
def typed_in_full(verb: str, facts: Mapping[str, Any]) -> None:
    """What was typed is kept as it was, up to a length nobody types."""
    if not verb.strip() or len(json.dumps(facts, ensure_ascii=False)) > LONGEST:
        raise Refused("MR-41", _("A refused step is kept with its name and at most {most} characters."), status=422, most=LONGEST,
                      field="facts")  # fmt: skip


@rule("MR-41")
def known_here(found: Found | None, verb: str) -> Found:
    """Return the case a step belongs to; a step that belongs to nothing here is set aside, not written down."""
    if found is None:
        raise Refused("MR-41", _("There is no such step here: {verb}. Please set it aside with a reason."), verb=verb)
    return found


@rule("MR-41")
def dismissed_with_reason(reason: str) -> None:
    """Who decides that it is not written down says why; what was typed stays."""
    if not reason.strip():
        raise Refused("MR-41", _("Please write why this is not written down."), status=422, field="reason")
