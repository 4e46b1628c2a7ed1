"""An entry in the books as people read it: what was changed of what, and how it was before."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from menling.doorway.language import said
from menling.kernel.policy import SETTINGS
from menling.kernel.procedure import ROLE_TITLES
from menling.kernel.roles import Role
from menling.kernel.words import Message
from menling.premises.administration.books import WHAT
from menling.premises.models import Change, Occupancy, Staff
from menling.web.templatetags.show import clock, day
from menling.web.wording import in_words

NAMES = {
    "name": _("Name"), "role": _("Role"), "since": _("From"), "until": _("Until"), "on": _("Last day"), "skills": _("Skills"),
    "from": _("From"), "to": _("Until"), "phone": _("Phone"), "address": _("Address"), "value": _("Value"),
    "works": _("Working day"),
    "days": _("Days"), "items": _("Items"), "gone": _("Items gone"), "last": _("Last number"), "code": _("Unit"),
    "building": _("Building"), "entrance": _("Entrance"), "room": _("Room"), "handed_over_on": _("Handed over"),
    "warranty_until": _("Warranty until"), "developer_contact": _("Developer"), "special_care": _("Special care"),
    "is_public": _("Public area"),
    "title": _("Form of address"), "large_type": _("large type"),
}  # fmt: skip


@dataclass(frozen=True)
class Entry:
    """One entry in words: when, who, what, about whom or what; before and after as (name, value)."""

    row: Change
    what: str
    subject: str
    before: tuple[tuple[str, str], ...]
    after: tuple[tuple[str, str], ...]


def entries(rows: Iterable[Change]) -> list[Entry]:
    """Return entries in the reader's language; whom one is about stands there by name and number."""
    found = list(rows)
    names = dict(Staff.objects.filter(number__in={row.subject for row in found}).values_list("number", "name"))
    return [_entry(row, names) for row in found]


def _entry(row: Change, names: Mapping[str, str]) -> Entry:
    setting = SETTINGS.get(row.subject) if row.what == "figure" else None
    subject = said(setting.title) if setting else f"{names.get(row.subject, '')} {row.subject}".strip()
    return Entry(row, said(Message(WHAT.get(row.what, row.what))), subject, _read(row.before), _read(row.after))


def _read(values: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    return tuple(
        (gettext(NAMES.get(name, name)), _value(name, value)) for name, value in values.items() if value not in (None, "")
    )


def _value(name: str, value: Any) -> str:
    if name == "role":
        return _role(str(value))
    if isinstance(value, bool):
        return in_words(value)
    text = gettext(", ").join(map(str, value)) if isinstance(value, list) else str(value)
    return _time(text) or (in_words(text) if name == "value" else text)


def _role(key: str) -> str:
    return gettext(ROLE_TITLES[Role(key)]) if key in set(Role) else str(dict(Occupancy.Role.choices).get(key, key))


def _time(text: str) -> str:
    try:
        return clock(datetime.fromisoformat(text)) if "T" in text else day(date.fromisoformat(text))
    except ValueError:
        return ""
