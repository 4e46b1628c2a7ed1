"""What a customer never gets: the number of a worker (OI-4.1, CF-05). What a worker gets of an address, and when (OI-4.2)."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from menling.kernel.points import rule
from menling.kernel.policy import setting
from menling.kernel.words import _

HIDDEN = "***"
UNSAID = "…"
"""Stands in a group where somebody typed something: it may name a home, a person or a number."""
NEVER_TYPED = frozenset({
    "again", "amount", "at", "begin", "building", "by", "channel", "code", "count", "day", "days", "due", "envelope", "error",
    "estate", "first", "invoice", "last", "name", "names", "next", "number", "numbers", "office", "order", "price", "promise",
    "sheet", "time", "to", "until", "wanted", "worker",
})  # fmt: skip
"""The values of messages that are numbers, times, sums, words of ours or names of those who work here."""
SHORTEST = 7
"""Digits a number has at least; less is a room or a price."""


@dataclass(frozen=True)
class PrivacyPolicy:
    """What stands where a worker's number was written."""

    worker_phone: str = setting(
        "privacy.worker_phone_to_customer",
        ("OI-4.1", "CF-05"),
        _("Where a customer would read a worker's number"),
        "office_number_only",
        options=("never", "office_number_only"),
    )
    address: str = setting(
        "privacy.address_release",
        ("OI-4.2", "CF-04"),
        _("When the worker sent reads the address"),
        "at_dispatch",
        options=("at_dispatch", "day_before", "on_acceptance", "never_escorted"),
    )
    route_days: int = setting("repair.route_days", "OC-1.3", _("The route is known ahead by"), 1, unit="d", least=1, most=7)


class Told(StrEnum):
    """How much of an address somebody reads."""

    FULL = "full"
    BUILDING = "building"
    AREA = "area"
    MEETING_POINT = "meeting_point"
    MASKED = "masked"


@rule("OI-4.1")
def for_customer(text: str, phones: Iterable[str], office_phone: str, policy: PrivacyPolicy) -> str:
    """Return a text as a customer may read it: a worker's number gives way to the office's, or to nothing (CF-05).

    A number is found however it is spaced. `office_phone` empty, or the choice ``never``, leaves stars.
    """
    instead = office_phone if policy.worker_phone == "office_number_only" and office_phone else HIDDEN
    for phone in phones:
        digits = re.sub(r"\D", "", phone)
        if len(digits) >= SHORTEST:
            text = re.sub(r"(?<!\d)" + r"[\s\-–—.]*".join(digits) + r"(?!\d)", instead, text)
    return text


@dataclass(frozen=True)
class Standing:
    """How a worker stands to a home: `sent` there, `over` when that ended, `accepted` by the worker, `there` since the door.

    `called` is who was called out to an emergency nobody has answered yet: to be there within minutes, like somebody sent
    now. `days_ahead` counts the days of the calendar until the visit: 0 on its day, or where it is for now.
    """

    sent: bool
    over: bool = False
    accepted: bool = False
    there: bool = False
    days_ahead: int = 0
    called: bool = False


@rule("OI-4.2", "OC-1.3", "HC-5.2.5")
def told_of_address(standing: Standing, policy: PrivacyPolicy) -> Told:
    """Return how much of an address a worker reads (CF-04): the area before being sent or called, nothing after it.

    In between the office's choice decides. For a job of a later day the building is told ahead, so that the way can be
    learnt, and the room on the day itself.
    """
    if standing.over:
        return Told.MASKED
    if not (standing.sent or standing.called):
        return Told.AREA
    if policy.address == "never_escorted":
        return Told.MEETING_POINT
    if standing.there:
        return Told.FULL
    return _on_the_way(standing, policy)


@rule("OI-4.2", "CF-04")
def views_on_record(told: Mapping[int, Told]) -> list[int]:
    """Return the cases whose room a worker was told: that they were read is written down."""
    return sorted(case for case, much in told.items() if much is Told.FULL)


@rule("OI-4.2", "CF-04")
def for_a_group(values: Mapping[str, Any], place: object) -> dict[str, Any]:
    """Return the values of a message as a group may read them, whoever is in it: who read them could be put on no record.

    In the place of the home stand the words of `place`. What was typed stays where it was typed, behind the case's number.
    """
    told = {name: value if name in NEVER_TYPED else UNSAID for name, value in values.items()}
    return told | ({"unit": place} if "unit" in values else {})


def _on_the_way(standing: Standing, policy: PrivacyPolicy) -> Told:
    if policy.address == "day_before":
        return Told.FULL if standing.days_ahead <= 1 else Told.AREA
    if policy.address == "on_acceptance" and not standing.accepted:
        return Told.AREA
    if standing.days_ahead == 0:
        return Told.FULL
    return Told.BUILDING if standing.days_ahead <= policy.route_days else Told.AREA
