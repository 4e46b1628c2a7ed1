"""Who read the address of a home, and the words of a message as its reader sees them (OI-4.2, CF-04)."""

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from menling.doorway.language import clock_time, said
from menling.journal.models import Case, Outgoing
from menling.kernel.words import Message
from menling.orders.addresses import views_of
from menling.printing.wording import day as written_day

DAY = re.compile(r"\d{4}-\d\d-\d\d")
INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d")


def who_read(case: Case, now: datetime) -> list[dict[str, Any]]:
    """Return who read the address of a case and when, the newest first; `message` is the text it was sent with, if it was."""
    return [
        {"by": row.staff.name, "number": row.staff.number, "at": row.at,
         "message": message_text(row.message, row.message.values, now) if row.message else ""}
        for row in views_of(case)
    ]  # fmt: skip


def message_text(message: Outgoing, values: Mapping[str, Any], now: datetime) -> str:
    """Return a message in the language of the request, with these of its values."""
    shown: dict[str, object] = {name: _readable(str(value), now) for name, value in values.items()}
    return said(Message(message.sentence, shown))


def _readable(value: str, now: datetime) -> str:
    """A day or an instant among the values as people write it; words that only look like one stay as they were typed."""
    try:
        if DAY.fullmatch(value):
            return written_day(date.fromisoformat(value))
        return clock_time(datetime.fromisoformat(value), now) if INSTANT.match(value) else value
    except ValueError:
        return value
