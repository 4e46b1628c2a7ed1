"""Reading public records: which request, from when to when, about what, or why it cannot have been so."""

import csv
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from pathlib import Path
from zoneinfo import ZoneInfo

from menling.kernel.words import Message, _
from menling.premises import names

Row = Mapping[str, str]
LONGEST = 300


@dataclass(frozen=True)
class Request:
    """One request: its row in the file, its number there, when it was made and closed, how it ended and what it was about.

    `ending` is ``done``, ``dropped`` (a duplicate, passed on elsewhere) or empty while it is open.
    """

    row: int
    key: str
    created_at: datetime
    closed_at: datetime | None
    ending: str
    content: str
    urgency: str = "ordinary"


@dataclass(frozen=True)
class Unfit:
    """A row that is not replayed, and why."""

    row: int
    key: str
    why: Message


@dataclass(frozen=True)
class Form:
    """How one publisher writes its records: the columns of the number, the words and the urgency."""

    name: str
    key: Callable[[Row], str]
    content: Callable[[Row], str]
    urgency: Callable[[Row], str]


def _joined(*parts: str) -> str:
    return ": ".join(dict.fromkeys(names.folded(part) for part in parts if part.strip()))[:LONGEST]


CITY_311 = Form(
    "city-311", lambda row: row["request_id"].strip(),
    lambda row: _joined(row["category"], row["subcategory"], row["detail"]), lambda row: "ordinary",
)  # fmt: skip
SFHA = Form(
    "sfha", lambda row: row["request_id"].strip(), lambda row: _joined(row["trade"], row["close_note"]),
    lambda row: "emergency" if row["priority"] == "Emergency" else "ordinary",
)  # fmt: skip
FORMS = {form.name: form for form in (CITY_311, SFHA)}


def read(path: Path, form: Form, zone: ZoneInfo, now: datetime, most: int | None = None) -> list[Request | Unfit]:
    """Return the first `most` rows of a file in the order of the file; row 2 is the first below the titles.

    Times without a zone are times of the office. Errors: OSError, UnicodeDecodeError, KeyError for a missing column.
    """
    with path.open(encoding="utf-8-sig", newline="") as opened:
        return list(_once(_judged(number, row, form, zone, now)
                          for number, row in enumerate(islice(csv.DictReader(opened), most), start=2)))  # fmt: skip


def _once(rows: Iterable[Request | Unfit]) -> Iterator[Request | Unfit]:
    """Let every number pass once."""
    first: dict[str, int] = {}
    for each in rows:
        known = first.setdefault(each.key, each.row)
        same = known != each.row and isinstance(each, Request)
        yield Unfit(each.row, each.key, Message(_("the same number stands in row {row}"), {"row": known})) if same else each


def _judged(number: int, row: Row, form: Form, zone: ZoneInfo, now: datetime) -> Request | Unfit:
    key = form.key(row)
    created, closed = (_time(row[name], zone) for name in ("created_at", "closed_at"))
    why = _impossible(key, row, created, closed, now)
    if why is not None or created is None:
        return Unfit(number, key, why or Message(_("the time of the report is missing")))
    content = f"[{key}] {form.content(row)}"
    return Request(number, key, created, closed, _ending(row["status"], closed), content, form.urgency(row))


def _time(text: str, zone: ZoneInfo) -> datetime | None:
    """Return an instant, None for none; what is no time counts as none."""
    try:
        read_at = datetime.fromisoformat(text.strip())
    except ValueError:
        return None
    return read_at if read_at.tzinfo else read_at.replace(tzinfo=zone)


def _impossible(key: str, row: Row, created: datetime | None, closed: datetime | None, now: datetime) -> Message | None:
    """Return why a row cannot have been so, or None."""
    flaws = (
        (not key, _("it has no number")),
        (created is None, _("the time of the report is missing")),
        (created is not None and created > now, _("it was reported in the future")),
        (closed is None and bool(row["closed_at"].strip()), _("the time of closing is no time")),
        (closed is None and row["status"].startswith("Closed"), _("it was closed, but nobody wrote when")),
        (closed is not None and closed > now, _("it was closed in the future")),
        (bool(created and closed and closed < created), _("it was closed before it was reported")),
    )
    return next((Message(sentence) for flawed, sentence in flaws if flawed), None)


def _ending(status: str, closed: datetime | None) -> str:
    if closed is None:
        return ""
    return "dropped" if "(" in status else "done"
