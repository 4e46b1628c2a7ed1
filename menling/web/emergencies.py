"""What a desk asks about an emergency while somebody is on the line, and what it tells at once (HC-5.2.5)."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from menling.doorway.showing import loaded
from menling.journal.models import Case
from menling.orders.commands.emergencies import still_open
from menling.policies.values import values_for
from menling.procedures.emergency import ITEMS, KINDS, counts
from menling.procedures.repair_policy import RepairPolicy
from menling.web.fields import instant
from menling.web.session import StaffRequest, figures
from menling.web.steps import Button


@dataclass(frozen=True)
class Questions:
    """The office's kinds of emergency as (name, title), the minutes to the door, and whether they count for one of now."""

    kinds: tuple[tuple[str, str], ...]
    minutes: int
    window: tuple[str, str]
    counts_now: bool


def questions(request: StaffRequest) -> Questions:
    """Return what is asked and told in the office looked at."""
    values = figures(request)
    policy = values.policy(RepairPolicy)
    kinds = tuple((each, _(KINDS[each]) if each in KINDS else each) for each in policy.emergency_kinds)
    window = (f"{policy.emergency_from:%H:%M}", f"{policy.emergency_until:%H:%M}")
    return Questions(kinds, policy.emergency_within, window, counts(request.now, policy, values.calendar))


def emergency_body(request: StaffRequest) -> dict[str, Any]:
    """Return the facts of an emergency from the form, nothing where it is none. Errors: `Malformed` for an unreadable time."""
    sent: Mapping[str, str] = request.POST
    if sent.get("urgency") != "emergency" and sent.get("do") != "urgent":
        return {}
    zone = values_for(request.office, request.now).calendar.zone
    at: datetime | None = instant("occurred_at", sent.get("occurred_at", ""), request.now, zone)
    told: dict[str, Any] = {name: sent.get(name, "").strip() for name in ("emergency", "hazards")}
    return {"urgency": "emergency"} | {name: value for name, value in (told | {"occurred_at": at}).items() if value}


def with_duties(made: Button, case: Case, chosen: str) -> Button:
    """Return the form of `check_off` with what is still open on the list of this emergency to choose from; others as they are."""
    if made.verb != "check_off":
        return made
    items = tuple((each, _(ITEMS[each]) if each in ITEMS else each) for each in still_open(loaded(case)))
    first = next((each for each, _title in items if each == chosen), items[0][0] if items else "")
    fields = tuple(replace(each, widget="choice", choices=items, value=first) if each.name == "duty" else each
                   for each in made.fields)  # fmt: skip
    return replace(made, fields=fields)
