"""Emergencies: the list of what is done in each, and unsafe things found in a home (HC-5.2.5, CF-08)."""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any

from pydantic import Field

from menling.kernel.actor import Actor
from menling.kernel.roles import Role
from menling.kernel.words import Message, _
from menling.orders.commands.steps import Steps, step, taken, tell_roles
from menling.orders.models import Order
from menling.premises import names
from menling.procedures import emergency as rules
from menling.procedures.repair import Status

Text = Annotated[str, Field(max_length=300)]
Item = Annotated[str, Field(max_length=60)]
UNTAKEN = frozenset({Status.NEW, Status.REPORTED})
BY_STEPS = frozenset({"control_centre", "worker"})
"""What of the list is done by a step of the order; the rest is ticked off by hand."""


def done_items(order: Order) -> Mapping[str, Any]:
    """Return what of the list of an emergency is done: by hand with who and when, else by the steps that do it."""
    by_hand: dict[str, Any] = order.emergency.get("done", {})
    steps = {"control_centre": order.referred_by_id is None or order.case.status not in UNTAKEN,
             "worker": order.issued_at is not None}  # fmt: skip
    return {item: {} for item, done in steps.items() if done} | by_hand


def still_open(order: Order) -> list[str]:
    """Return what of the list of an emergency is still to do; nothing where it is none."""
    if order.urgency != rules.URGENT:
        return []
    return rules.open_items(order.policy.emergency_list, done_items(order))


def emergency_list(order: Order) -> list[dict[str, Any]]:
    """Return the list of an emergency, item by item, with its title, whether it is done, by whom and when; else nothing."""
    if order.urgency != rules.URGENT:
        return []
    done = done_items(order)
    return [{"duty": each, "title": Message(rules.ITEMS.get(each, each)), "done": each in done, **done.get(each, {})}
            for each in order.policy.emergency_list]  # fmt: skip


def check_off(order: Order, *, by: Actor, at: datetime, duty: Item, informed: Text = "", needed: bool = True,
              reason: Text = "") -> Steps:  # fmt: skip
    """HC-5.2.5  One duty on the list of an emergency was done, with who was informed; or was not needed, with why (CF-08)."""
    row = step(order, "check_off", by)
    rules.checked_off(duty, still_open(order), order.policy.emergency_list, needed, reason)
    how = {"informed": names.folded(informed), "needed": needed, "reason": names.folded(reason)}
    done = order.emergency.get("done", {}) | {duty: how | {"by": by.name, "at": at.isoformat()}}
    order.emergency = order.emergency | {"done": done}
    return taken(order, row, by, at, "emergency", facts={"duty": duty} | how)


def report_hazard(order: Order, *, by: Actor, at: datetime, hazard: Text, shown: bool, measures: Text) -> Steps:
    """HC-5.2.5  Something unsafe was found: the resident was shown it, the office hears of it, and what was done stands here."""
    row = step(order, "report_hazard", by)
    rules.hazard_told(hazard, shown, measures)
    found = {"what": names.folded(hazard), "measures": names.folded(measures), "by": by.name, "at": at.isoformat()}
    order.hazards = [*order.hazards, found]
    tell = tell_roles(order, _("{number} at {unit}: unsafe in this home: {what}. Done so far: {measures}."),
                      Role.OFFICE_MANAGER, Role.CONTROL_CENTRE, what=found["what"], measures=found["measures"])  # fmt: skip
    facts = {"hazard": found["what"], "shown": shown, "measures": found["measures"]}
    return taken(order, row, by, at, "hazards", tell=tell, facts=facts)


def remove_hazard(order: Order, *, by: Actor, at: datetime, done: Text) -> Steps:
    """HC-5.2.5  What was unsafe in the home is removed; how stands in the event."""
    row = step(order, "remove_hazard", by)
    rules.something_unsafe(order.hazards)
    removed = {"removed": at.isoformat(), "done": names.folded(done)}
    order.hazards = [each if each.get("removed") else each | removed for each in order.hazards]
    return taken(order, row, by, at, "hazards", done=removed["done"])
