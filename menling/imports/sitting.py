"""One import from beginning to end: every row is carried out and told about, and everything is kept or nothing."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any, Literal
from uuid import uuid4
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.timezone import localtime

from menling.imports.cells import Field, Wrong
from menling.imports.models import Brought
from menling.imports.workbooks import Flaw, Line, Unreadable, lines
from menling.journal.facts import Malformed
from menling.kernel.actor import Actor
from menling.kernel.refusal import Refused
from menling.kernel.roles import Role
from menling.kernel.words import Message, _
from menling.premises.administration.books import Pen, may_keep
from menling.premises.models import Office

SAME = _("Row {row} is about the same. Please delete one of them.")
What = Literal["new", "changed", "unchanged"]
SEEN = 20
"""So many of the rows that change something are shown before they are kept."""


@dataclass
class Sitting:
    """Who imports what, where and when; `known` is what a list looked up once for all its rows."""

    office: Office
    by: Actor
    now: datetime
    run: str = field(default_factory=lambda: uuid4().hex[:12])
    known: dict[str, Any] = field(default_factory=dict)
    entries: int = 0

    def pen(self) -> Pen:
        """Return the pen of the next entry in the books, under a key of its own."""
        self.entries += 1
        return Pen(self.by, self.now, f"import-{self.run}-{self.entries}")

    @property
    def today(self) -> date:
        """Return the day of the import."""
        return localtime(self.now).date()

    def at(self, wall: datetime) -> datetime:
        """Return an instant from what the clock on the wall of the office said."""
        return wall.replace(tzinfo=ZoneInfo(self.office.zone))

    def on(self, day: date, hour: time) -> datetime:
        """Return an instant of a day."""
        return self.at(datetime.combine(day, hour))


@dataclass(frozen=True)
class Sort:
    """A list that can be imported: its columns, who may, and how one row is carried out.

    `write` says whether the row was new, changed or unchanged, and raises `Wrong` or `Refused`; `finish` follows the last row
    and says how many entries are gone because no row names them.
    """

    name: str
    title: str
    about: str
    fields: tuple[Field, ...]
    keepers: frozenset[Role]
    write: Callable[[Sitting, dict[str, Any]], What]
    key: tuple[str, ...]
    finish: Callable[[Sitting], int] | None = None


@dataclass(frozen=True)
class Report:
    """What an import did or would do: rows by outcome, and what is wrong where. `kept` says that it is in the books now.

    `seen` are the first rows that change something, each with its outcome.
    """

    sort: Sort
    rows: dict[What, list[int]]
    flaws: tuple[Flaw, ...]
    kept: bool
    gone: int = 0
    seen: tuple[tuple[What, Line], ...] = ()

    @property
    def good(self) -> bool:
        """Tell whether nothing is wrong."""
        return not self.flaws

    @property
    def changes(self) -> int:
        """Return how many entries are new, changed or gone."""
        return len(self.rows["new"]) + len(self.rows["changed"]) + self.gone


def carry_out(sort: Sort, office: Office, by: Actor, now: datetime, data: bytes, *, keep: bool) -> Report:
    """Import a workbook, or, without `keep`, find out what importing it would do. One wrong row and nothing is kept.

    Errors: `Refused` MR-12 (403) for somebody who does not keep this list.
    """
    may_keep(by.roles_in(office.pk), sort.keepers)
    rows: dict[What, list[int]] = {"new": [], "changed": [], "unchanged": []}
    try:
        found = lines(data, sort.fields)
    except Unreadable as unreadable:
        return Report(sort, rows, unreadable.flaws, kept=False)
    if not found:
        return Report(sort, rows, (Flaw(0, "", Message(_("There is no row below the titles."))),), kept=False)
    flaws = [flaw for line in found for flaw in line.flaws] + _twice(sort, found)
    with transaction.atomic():
        sitting = Sitting(office, by, now)
        for line in found:
            flaws += [] if line.flaws else _written(sort, sitting, line, rows)
        gone = 0
        if sort.finish and not flaws:
            gone, flaws = _finished(sort.finish, sitting)
        if flaws or not keep:
            transaction.set_rollback(True)
        elif rows["new"] or rows["changed"] or gone:
            Brought.objects.create(office=office, kind=sort.name, who_id=by.id, at=now, new=len(rows["new"]),
                                   changed=len(rows["changed"]) + gone)  # fmt: skip
    return Report(sort, rows, tuple(sorted(flaws, key=lambda flaw: flaw.row)), kept=keep and not flaws, gone=gone,
                  seen=_seen(found, rows))  # fmt: skip


def _seen(found: Sequence[Line], rows: dict[What, list[int]]) -> tuple[tuple[What, Line], ...]:
    outcomes: tuple[What, ...] = ("new", "changed")
    of = {row: what for what in outcomes for row in rows[what]}
    return tuple((of[line.row], line) for line in found if line.row in of)[:SEEN]


def _twice(sort: Sort, found: Sequence[Line]) -> list[Flaw]:
    """Return the rows that say again what an earlier row says: which of them is meant, nobody knows."""
    first: dict[tuple[Any, ...], int] = {}
    flaws = []
    for line in found:
        key = tuple(line.said[name] for name in sort.key)
        if first.setdefault(key, line.row) != line.row:
            flaws.append(Flaw(line.row, "", Message(SAME, {"row": first[key]})))
    return flaws


def _finished(finish: Callable[[Sitting], int], sitting: Sitting) -> tuple[int, list[Flaw]]:
    try:
        return finish(sitting), []
    except Refused as refused:
        return 0, [Flaw(0, "", refused.why)]


def _written(sort: Sort, sitting: Sitting, line: Line, rows: dict[What, list[int]]) -> list[Flaw]:
    try:
        with transaction.atomic():
            rows[sort.write(sitting, line.said)].append(line.row)
    except Wrong as wrong:
        return [Flaw(line.row, _title(sort, wrong.field), wrong.why)]
    except Refused as refused:
        return [Flaw(line.row, _title(sort, refused.field), refused.why)]
    except Malformed as malformed:
        return [_unreadable(sort, line, each) for each in malformed.errors]
    return []


def _unreadable(sort: Sort, line: Line, error: dict[str, str]) -> Flaw:
    return Flaw(line.row, _title(sort, error["path"]), Message("{why}", {"why": error["message"]}))


def _title(sort: Sort, key: str) -> str:
    return next((each.title for each in sort.fields if each.key == key), "")
