"""What is hidden until role and moment need it: telephone numbers and addresses."""

import re
from dataclasses import fields, replace
from datetime import datetime
from typing import Any, TypeVar

from menling.doorway.language import said
from menling.journal.models import Case, Outgoing
from menling.kernel.actor import Actor
from menling.kernel.words import Message
from menling.orders.addresses import VISIT_OPEN, Reader, estate_of, link_given, reads_all
from menling.orders.models import Order
from menling.premises.models import Unit
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
    """Return what is told of a case with its address as this reader may read it, wherever it was written (OI-4.2, CF-04).

    `address` says how much it is: full, building, area, meeting_point or masked. The link to the resident's page names
    the home and is left out until the address is told.
    """
    if by.kind != "staff" or (case.unit is None and reads_all(by, case.office_id)):
        return facts
    reader = Reader(by, now)
    told = reader.told(case)
    reader.on_record()
    shown = facts if told is Told.FULL else _without_home(facts, case, reader)
    if not link_given(case, by, now):
        shown = {name: value for name, value in shown.items() if name != "resident_link"}
    return shown | {"address": told.value} if case.unit else shown


def _without_home(facts: dict[str, Any], case: Case, reader: Reader) -> dict[str, Any]:
    instead = said(reader.text(case)) or said(estate_of(case))
    told = facts if case.unit is None else _replaced(facts, _written(case.unit), instead)
    return told | {"unit": instead} if told.get("unit") else told


BETWEEN = r"[\s\-－—栋幢座号楼单元弄]{1,4}"
"""What people write between the parts of a home's number: 3-2-1201, 3栋2单元1201."""


def _written(unit: Unit) -> re.Pattern[str]:
    """Return what finds a home in any text, however its number is written, and no longer number that holds it."""
    home = BETWEEN.join(re.escape(part) for part in unit.code.split("-"))
    return re.compile(rf"(?<![0-9A-Za-z-])(?:{home}|{re.escape(unit.said)})(?![0-9A-Za-z-])")


def _replaced(value: Any, home: re.Pattern[str], instead: str) -> Any:
    if isinstance(value, str):
        return home.sub(lambda _found: instead, value)
    if isinstance(value, dict):
        return {name: _replaced(each, home, instead) for name, each in value.items()}
    return [_replaced(each, home, instead) for each in value] if isinstance(value, list | tuple) else value
