"""What is hidden until role and moment need it: telephone numbers."""

from typing import Any

from menling.kernel.actor import Actor
from menling.orders.models import Order

PHONE_SHOWN = frozenset({"dispatched", "acknowledged", "on_site", "quoted", "working", "nobody_home", "unfinished",
                         "waiting_material", "finished", "objected", "signed", "reviewed", "site_accepted", "team_accepted",
                         "office_accepted"})  # fmt: skip


def without_phones(facts: dict[str, Any]) -> dict[str, Any]:
    """Return the facts of an event with every phone masked: in a change by its name, in a correction by its field."""
    hidden = {"phone"} | ({"old", "new"} if facts.get("field") == "phone" else set())
    shown: dict[str, Any] = {}
    for name, value in facts.items():
        if isinstance(value, dict):
            shown[name] = without_phones(value)
        else:
            shown[name] = masked(value) if name in hidden and isinstance(value, str) else value
    return shown


def masked(phone: str) -> str:
    """Return a phone as it is shown until revealed: 138 **** 5678."""
    return f"{phone[:3]} **** {phone[-4:]}" if len(phone) >= 8 else "*" * len(phone)


def phone_for(order: Order, by: Actor) -> str:
    """Return the phone in full for the assigned worker from dispatch to sign-off; else masked."""
    if by.kind == "staff" and by.id in order.case.crew and order.case.status in PHONE_SHOWN:
        return order.phone
    return masked(order.phone)
