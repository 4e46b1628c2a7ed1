"""What boards show of orders that are not done yet: each with its home, worker and running promises, in one plain statement."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import groupby
from typing import Any, NamedTuple

from menling.kernel.procedure import Procedure
from menling.orders.board import MOST, UNDISPATCHED, UNDONE
from menling.premises.models import Office
from menling.premises.models.places import place_said
from menling.premises.statements import rows_of
from menling.procedures import PROCEDURES


class Promise(NamedTuple):
    """A promise that runs."""

    key: str
    armed_at: datetime
    due_at: datetime
    counted: bool
    broken_at: datetime | None
    paused_at: datetime | None

    @property
    def met_at(self) -> datetime | None:
        """Return None: a running promise is not kept yet."""
        return None

    @property
    def released_at(self) -> datetime | None:
        """Return None: a running promise was not let go."""
        return None


class Work(NamedTuple):
    """An order as a board tells it; nothing else of it is read. `unit` and `worker` are empty where there is none, `is_public`
    tells that nobody lives there.

    `collected` tells that a team has signed for it and has sent nobody yet.
    """

    pk: int
    kind: str
    number: str
    status: str
    reported_at: datetime
    unit: str
    is_public: bool
    content: str
    urgency: str
    visit_at: datetime | None
    at_once: bool
    worker_id: int | None
    worker: str
    collected: bool
    running: tuple[Promise, ...]

    @property
    def procedure(self) -> Procedure:
        """Return the procedure of this kind of order."""
        return PROCEDURES[self.kind]

    @property
    def where(self) -> str:
        """Return the address as people say it: a public place in words (MR-39)."""
        return place_said(self.unit) if self.is_public else self.unit


# Every screen of a control room asks for this all the time: what a row shows is read, and no object is made of the rest.
TOLD = """
SELECT c.id, c.kind, c.number, c.status, c.reported_at, COALESCE(u.code, ''), COALESCE(u.is_public, false), o.content,
    o.urgency, o.visit_at, o.at_once, o.worker_id, COALESCE(w.name, ''), b.collected_at IS NOT NULL AND o.issued_at IS NULL,
    p.key, p.armed_at, p.due_at, p.counted, p.broken_at, p.paused_at
FROM ({chosen}) c JOIN orders_order o ON o.case_id = c.id
LEFT JOIN premises_unit u ON u.id = c.unit_id
LEFT JOIN premises_staff w ON w.id = o.worker_id
LEFT JOIN orders_batch b ON b.case_id = o.batch_id
LEFT JOIN journal_deadline p ON p.case_id = c.id AND p.met_at IS NULL AND p.released_at IS NULL
ORDER BY c.{order}, c.id, p.due_at, p.id
"""
LYING = """
SELECT k FROM unnest(%(kinds)s::text[]) k
WHERE EXISTS (SELECT FROM journal_case WHERE office_id = %(office)s AND kind = k AND closed_at IS NULL)
"""
NEWEST = 100
COLUMNS = len(Work._fields) - 1
# Where more lies undone than a board can show, the oldest are told and what was reported last: an emergency is new.
OF_OFFICE = TOLD.format(order="reported_at", chosen="""
    WITH undone AS NOT MATERIALIZED (
        SELECT * FROM journal_case WHERE office_id = %(office)s AND kind = ANY(%(kinds)s) AND closed_at IS NULL
            AND status = ANY(%(undone)s))
    (SELECT * FROM undone ORDER BY reported_at, id LIMIT %(most)s)
    UNION (SELECT * FROM undone ORDER BY reported_at DESC, id DESC LIMIT %(newest)s)""")  # fmt: skip
OF_CASES = TOLD.format(order="reported_at DESC", chosen="SELECT * FROM journal_case WHERE id = ANY(%(cases)s)")


def watched(office: Office, most: int = MOST, newest: int = NEWEST) -> list[Work]:
    """Return what is not done yet in an office, the oldest first, from the index of open work.

    Of more than can be shown: the `most` oldest and the `newest` ones.
    """
    return _read(OF_OFFICE, {
        "office": office.pk, "kinds": list(UNDISPATCHED), "undone": [status.value for status in UNDONE], "most": most,
        "newest": newest,
    })  # fmt: skip


def lying(office: Office, kinds: Sequence[str]) -> set[str]:
    """Return which of some kinds have an open case in an office, from the index of open work: what is not there is not read."""
    return {kind for (kind,) in rows_of(LYING, {"office": office.pk, "kinds": list(kinds)})}


def told(cases: Iterable[int]) -> list[Work]:
    """Return the orders with these ids, which the caller has found among those somebody may see, the newest first."""
    chosen = list(cases)
    return _read(OF_CASES, {"cases": chosen}) if chosen else []


def _read(statement: str, values: dict[str, Any]) -> list[Work]:
    rows = rows_of(statement, values)
    return [Work._make((*known, _running(list(lines)))) for known, lines in groupby(rows, key=lambda row: row[:COLUMNS])]


def _running(lines: list[tuple[Any, ...]]) -> tuple[Promise, ...]:
    return tuple(Promise(*line[COLUMNS:]) for line in lines if line[COLUMNS] is not None)
