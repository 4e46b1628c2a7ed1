"""Emergencies: what is one, when its ten minutes count, what is done about each, and unsafe things found in a home (HC-5.2.5)."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from menling.kernel.calendars import OfficeCalendar
from menling.kernel.points import rule
from menling.kernel.refusal import Refused
from menling.kernel.words import Message, _
from menling.procedures.repair_policy import RepairPolicy

URGENT = "emergency"
KINDS = {"burst_pipe": _("burst pipe"), "leak": _("leak at a vital place"), "power_cut": _("power cut")}
"""Names of the kinds the procedure gives; an office adds its own by their names."""
ITEMS = {
    "control_centre": _("control centre informed"), "worker": _("worker sent"),
    "departments": _("departments concerned notified"), "authorities": _("authorities called, or not needed"),
}  # fmt: skip
"""Names of the items of the list the procedure gives."""


@rule("HC-5.2.5")
def counts(occurred_at: datetime, policy: RepairPolicy, calendar: OfficeCalendar) -> bool:
    """Tell whether the ten minutes count: it occurred from 9:00:00 to 22:00:00, both included; or the office counts nights."""
    clock = calendar.local(occurred_at).time()
    return policy.emergency_from <= clock <= policy.emergency_until or policy.emergency_night == "counted"


@rule("HC-5.2.5")
def urgency_of(urgency: str, kind: str, policy: RepairPolicy) -> str:
    """Return the urgency of a report: what is named as one of the office's kinds of emergency is one."""
    if kind and kind not in policy.emergency_kinds:
        raise Refused(
            "HC-5.2.5", _("“{kind}” is not on this office's list of emergencies: {kinds}."), status=422, kind=kind[:40],
            kinds=tuple(Message(KINDS.get(each, each)) for each in policy.emergency_kinds), field="emergency",
        )  # fmt: skip
    return URGENT if kind else urgency


@rule("HC-5.2.5")
def not_urgent_yet(urgency: str, reason: str) -> None:
    """What was heard that makes an emergency of a repair is written down; one that is one already stays one."""
    if urgency == URGENT:
        raise Refused("HC-5.2.5", _("This repair is an emergency already."))
    if not reason.strip():
        raise Refused("HC-5.2.5", _("Please write what was heard."), status=422, field="reason")


def occurred(occurred_at: datetime | None, reported_at: datetime) -> None:
    """Nothing is reported before it occurred (MR-8)."""
    if occurred_at is not None and occurred_at > reported_at:
        raise Refused(
            "MR-8", _("It cannot have occurred after it was reported. Please correct the time."),
            field="occurred_at",
        )  # fmt: skip


@rule("HC-5.2.5")
def over_by_the_desk(over: bool, resident: bool) -> None:
    """That an emergency is over, so that nobody is called out, is for a desk or foreman to say, never for the caller."""
    if over and resident:
        raise Refused(
            "HC-5.2.5", _("What is over already is written down by the desk. Please ring it."), status=403, field="over",
        )  # fmt: skip


@rule("HC-5.2.5")
def handling_begun(urgency: str, begun: bool) -> None:
    """Being there in time is not all: in an emergency the worker begins within the same visit."""
    if urgency == URGENT and not begun:
        raise Refused("HC-5.2.5", _("This is an emergency: start work first. Leaving without having begun is not enough."))


@rule("HC-5.2.5")
def open_items(items: Sequence[str], done: Iterable[str]) -> list[str]:
    """Return what of the list of an emergency is still to do (CF-08)."""
    ticked = set(done)
    return [each for each in items if each not in ticked]


@rule("HC-5.2.5")
def checked_off(duty: str, still_open: Sequence[str], listed: Sequence[str], needed: bool, reason: str) -> None:
    """An item is on the list and open; what was not needed says why (CF-08)."""
    if duty not in still_open:
        raise Refused(
            "HC-5.2.5", _("“{duty}” is not open on the list of this emergency."), status=409 if duty in listed else 422,
            duty=duty[:60], field="duty",
        )  # fmt: skip
    if not needed and not reason.strip():
        raise Refused("HC-5.2.5", _("Please write why it was not needed."), status=422, field="reason")


@rule("HC-5.2.5")
def all_done(still_open: Sequence[str], hazards: Iterable[Mapping[str, Any]]) -> None:
    """A slip is filed when the list of the emergency is done and what was unsafe in the home is removed."""
    if still_open:
        raise Refused(
            "HC-5.2.5", _("The list of this emergency is not done yet: {items}."),
            items=tuple(Message(ITEMS.get(each, each)) for each in still_open),
        )  # fmt: skip
    for each in dangerous(hazards):
        raise Refused("HC-5.2.5", _("Still unsafe in this home: {what}. Record what removed it, then file."), what=each["what"])


def dangerous(hazards: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Return the hazards that were not removed yet."""
    return [each for each in hazards if not each.get("removed")]


@rule("HC-5.2.5")
def hazard_told(hazard: str, shown: bool, measures: str) -> None:
    """An unsafe thing in the home is named, shown to the resident, and something is done about it."""
    if not hazard.strip():
        raise Refused("HC-5.2.5", _("Please write what is unsafe."), status=422, field="hazard")
    if not shown:
        raise Refused("HC-5.2.5", _("Show it to the resident first, then record it."), status=422, field="shown")
    if not measures.strip():
        raise Refused("HC-5.2.5", _("Please write what was done so that nobody is hurt."), status=422, field="measures")


@rule("HC-5.2.5")
def something_unsafe(hazards: Iterable[Mapping[str, Any]]) -> None:
    """Only what was found can be removed."""
    if not dangerous(hazards):
        raise Refused("HC-5.2.5", _("Nothing unsafe is on record in this home."))
