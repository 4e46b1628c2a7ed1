"""From a command's facts to the fields of a form, and from a form that was sent back to facts."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.http import QueryDict
from django.utils.translation import gettext, gettext_noop

from menling.doorway.labels import LABELS
from menling.journal.facts import Malformed
from menling.kernel.recording import SOURCES
from menling.web.labels import CHOICES, IN_STEP
from menling.web.typed import read_instant

LONG = frozenset({"content", "reason", "text", "plan", "done", "summary", "told", "answers", "note", "remark", "what", "offered",
                  "value", "explained", "question", "description", "opinions"})  # fmt: skip
MONEY = frozenset({"amount", "price", "stock_price"})
WIDGETS = {"worker": "worker", "workers": "crew", "photo": "photos", "photos": "photos", "worked": "worked",
           "count": "count", "witnesses": "numbers", "tracker": "tracker"}  # fmt: skip
SECOND = {"worker": "workers"}
"""Facts that are not asked for beside another one that says the same of several."""
CHECKED = frozenset({"card", "needed"})
"""Boxes ticked beforehand, because they mostly hold; never one that says somebody did or said something."""
MANY = frozenset({"photos", "crew", "parts", "numbers"})
"""Widgets whose field comes several times."""
HIDDEN = frozenset({"signature", "follow_up", "untimed", "arrived_at", "early", "length"})
TIME_HINT = gettext_noop("14:30, tomorrow 9:00, 11-23 14:30")


@dataclass(frozen=True)
class Field:
    """One field: its fact's name, what it is called, which widget asks for it, and its choices.

    One that is not `required` is needed `sometimes`, depending on what the others say, or may always be left empty.
    Of a `choice` that is required the first stands chosen; of a `pick` nothing does, because each leads somewhere else.
    """

    name: str
    label: str
    widget: str
    required: bool = False
    choices: tuple[tuple[str, str], ...] = ()
    hint: str = ""
    checked: bool = False
    value: str = ""
    sometimes: bool = False


def fields_of(action: Mapping[str, Any], initial: Mapping[str, str] | None = None) -> list[Field]:
    """Return the fields of a verb, as `offered.actions` describes it, with what is known already filled in."""
    given = initial or {}
    asked = [*action["required"], *action["optional"]]
    made = [_field(action, name, given.get(name, "")) for name in asked if name not in HIDDEN and SECOND.get(name) not in asked]
    return made + _record_fields() if action.get("on_behalf") else made


def _field(action: Mapping[str, Any], name: str, value: str) -> Field:
    schema = action["facts"].get(name, {})
    widget = WIDGETS.get(name) or _widget(name, schema)
    offered = _pieces(schema) if widget == "count" else schema.get("enum", ())
    choices = tuple((key, gettext(CHOICES.get(name, {}).get(key, key))) for key in offered)
    label = IN_STEP.get((action["verb"], name)) or LABELS.get("failed" if widget == "parts" else name, name)
    return Field(
        name, gettext(label), widget, name in action["required"], choices, gettext(TIME_HINT) if widget == "instant" else "",
        name in CHECKED, value or str(schema.get("default") or "") if "enum" in schema else value, name in action["sometimes"],
    )  # fmt: skip


def _pieces(schema: Mapping[str, Any]) -> list[str]:
    """Return the notes and coins a count takes: of the safe to the fen."""
    return next((each["propertyNames"]["enum"] for each in (schema, *schema.get("anyOf", ())) if "propertyNames" in each), [])


def _widget(name: str, schema: Mapping[str, Any]) -> str:
    kinds = {schema.get("type"), *(each.get("type") for each in schema.get("anyOf", ()))}
    formats = {schema.get("format"), *(each.get("format") for each in schema.get("anyOf", ()))}
    if "enum" in schema:
        return "choice"
    if name == "items":
        lists = (schema, *schema.get("anyOf", ()))
        return "parts" if any(each.get("items", {}).get("type") == "string" for each in lists) else "items"
    if "date-time" in formats:
        return "instant"
    if "date" in formats:
        return "day"
    if "boolean" in kinds:
        return "yes"
    if name in MONEY or "number" in kinds:
        return "money"
    return "long" if name in LONG else "line"


def _record_fields() -> list[Field]:
    told_by, true_time = LABELS["source"], LABELS["happened_at"]
    words = CHOICES["source"]
    sources = tuple((each, gettext(words[each])) for each in SOURCES)
    return [
        Field("source", gettext(told_by), "choice", True, sources, value="radio"),
        Field("happened_at", gettext(true_time), "instant", False, hint=gettext("now, if left empty; or 14:30")),
    ]


def read_facts_of(sent: QueryDict, asked: Iterable[Field], now: datetime, zone: ZoneInfo) -> dict[str, Any]:
    """Return what a form says, as a door's body: what was left empty is absent, so that its default counts.

    Errors: `Malformed` for a time that cannot be read.
    """
    body: dict[str, Any] = {}
    for field in asked:
        value = _read(sent, field, now, zone)
        if value not in (None, "", []) or (field.required and field.widget in ("line", "long", "choice")):
            body[field.name] = value
    return body


def _read(sent: QueryDict, field: Field, now: datetime, zone: ZoneInfo) -> Any:
    text = sent.get(field.name, "").strip()
    if field.widget == "yes":
        return field.name in sent
    if field.widget == "instant":
        return instant(field.name, text, now, zone)
    if field.widget == "items":
        return [{"code": name[6:], "quantity": value} for name, value in sent.items() if name.startswith("items:") and value]
    if field.widget == "worked":
        return [{"code": name[7:], "minutes": value} for name, value in sent.items() if name.startswith("worked:") and value]
    if field.widget == "count":
        return {name[6:]: value for name, value in sent.items() if name.startswith("count:") and value} or None
    if field.widget in MANY:
        return [each.strip() for each in sent.getlist(field.name) if each.strip()]
    return text


def instant(name: str, text: str, now: datetime, zone: ZoneInfo) -> datetime | None:
    """Return a typed time. Errors: `Malformed` naming the field."""
    try:
        return read_instant(text, now, zone)
    except ValueError as error:
        raise Malformed([{"path": name, "message": text, "type": "typed_time"}]) from error
