"""What is hidden until role and moment need it: telephone numbers and addresses."""

from dataclasses import fields, replace
from datetime import datetime
from typing import Any, TypeVar

from menling.doorway.language import said
from menling.journal.models import Case, Outgoing
from menling.kernel.actor import Actor
from menling.kernel.words import Message
from menling.orders.addresses import VISIT_OPEN, Reader, link_given
from menling.orders.models import Order
from menling.printing.cards import CardFacts
from menling.printing.facts import MessageSlipFacts, RecordFacts, SlipFacts
from menling.procedures.privacy import Told

Paper = TypeVar("Paper", SlipFacts, MessageSlipFacts, RecordFacts, CardFacts)


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
    if by.kind == "staff" and by.id in order.case.crew and order.case.status in VISIT_OPEN:
        return order.phone
    return masked(order.phone)


def paper_shown(facts: Paper, case: Case, by: Actor, now: datetime) -> Paper:
    """Return the facts of a paper about a case as this reader may open it: another address, and no way to the home's page."""
    reader = Reader(by, now)
    changed: dict[str, Any] = {} if link_given(case, by, now) else {"qr_text": case.number}
    if case.unit is None or reader.told(case) is Told.FULL:
        reader.on_record()
        return replace(facts, **changed)
    named = {each.name for each in fields(facts)}
    changed |= {name: said(reader.text(case)) for name in ("unit", "unit_long") if name in named}
    return replace(facts, **changed)


def read_values(message: Outgoing, reader: Reader) -> dict[str, Any]:
    """Return the values of a message with the address as this reader may read it, in the language of the request."""
    return {name: said(value) if isinstance(value, Message) else value for name, value in reader.values(message).items()}


def place_shown(facts: dict[str, Any], case: Case, by: Actor, now: datetime) -> dict[str, Any]:
    """Return the facts of a case with its address as this reader may read it (OI-4.2, CF-04).

    `address` says how much it is: full, building, area, meeting_point or masked. The link to the resident's page names
    the home and is left out until the address is told.
    """
    if case.unit is None or by.kind != "staff":
        return facts
    reader = Reader(by, now)
    told = reader.told(case)
    reader.on_record()
    shown = facts | {"address": told.value}
    if told is not Told.FULL and "unit" in facts:
        shown["unit"] = said(reader.text(case))
    if not link_given(case, by, now):
        shown.pop("resident_link", None)
    return shown
