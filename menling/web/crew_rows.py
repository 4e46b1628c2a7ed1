"""A whole crew's day written down afterwards: one row an order, one step after the other, each as if it came alone."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from menling.doorway.doing import Asked, KeyMissing, act
from menling.doorway.language import said
from menling.journal.facts import Malformed
from menling.journal.models import Case
from menling.kernel.refusal import Refused
from menling.orders.models import Visit
from menling.procedures.afterwards import follow_one_another
from menling.web.typed import read_instant

LEFT = {
    "dispatched": ("arrive", "start", "finish"), "acknowledged": ("arrive", "start", "finish"), "on_site": ("start", "finish"),
    "working": ("finish",),
}  # fmt: skip
"""The steps still to be written down, by status; where there are none, the row shows how it stands."""
SOURCES = ("paper", "phone", "radio")


@dataclass
class Row:
    """One order of the page: who went, the steps left, what was typed, and what is in the way."""

    case: Case
    crew: tuple[Visit, ...]
    key: str
    typed: Mapping[str, str] = field(default_factory=dict)
    why: str = ""
    clause: str = ""

    @property
    def left(self) -> tuple[str, ...]:
        """Return the steps still to be written down."""
        return LEFT.get(self.case.status, ())

    @property
    def fields(self) -> list[tuple[str, str]]:
        """Return a field for each time of the row, with what was typed in it; a step already taken has None."""
        return [(verb, self.typed.get(verb, "") if verb in self.left else None) for verb in LEFT["dispatched"]]  # type: ignore[misc]

    @property
    def is_filled(self) -> bool:
        """Tell whether anything is typed in this row."""
        return any(self.typed.get(verb, "").strip() for verb in (*self.left, "summary"))


def typed_in(post: Mapping[str, str], number: str) -> dict[str, str]:
    """Return what was typed in the row of an order, by the bare name of its field."""
    mark = f".{number}"
    return {name.removesuffix(mark): value for name, value in post.items() if name.endswith(mark)}


def record(row: Row, asked: Asked, zone: ZoneInfo) -> bool:
    """Carry out the typed steps of a row in their order, up to the first that cannot; True when all were taken.

    What is in the way stands in the row with its clause; the steps before it stay taken. A row whose times do not follow one
    another is given back whole: a step taken at a wrong time could not be typed again.
    """
    try:
        follow_one_another(_told_times(row, asked, zone))
        for verb in row.left:
            if row.typed.get(verb, "").strip():
                act(_step(row, verb, asked, zone), row.case.number, verb, ("housekeeping",))
    except (Refused, Malformed, KeyMissing, ValueError) as problem:
        row.why, row.clause = _told(problem), getattr(problem, "clause", "")
        return False
    return True


def _told_times(row: Row, asked: Asked, zone: ZoneInfo) -> list[datetime]:
    typed = [read_instant(row.typed[verb], asked.now, zone) for verb in row.left if row.typed.get(verb, "").strip()]
    return [at for at in typed if at]


def _step(row: Row, verb: str, asked: Asked, zone: ZoneInfo) -> Asked:
    at = read_instant(row.typed[verb], asked.now, zone)
    source = row.typed.get("source", "")
    body: dict[str, Any] = {
        "happened_at": _instant(at), "on_behalf_of": row.crew[0].worker.number,
        "source": source if source in SOURCES else SOURCES[0],
    }  # fmt: skip
    if verb == "finish":
        body["summary"] = row.typed.get("summary", "").strip()
    return Asked(asked.by, f"{row.key}-{verb}" if row.key else "", asked.now, body)


def _instant(at: datetime | None) -> str:
    return at.isoformat() if at else ""


def _told(problem: Exception) -> str:
    if isinstance(problem, Refused):
        return said(problem.why)
    if isinstance(problem, KeyMissing):
        return _("This page is too old to send from. Please reload it; what you typed is kept.")
    return _("A time cannot be read. Please type it like 14:30.")
