"""What a line of a list tells of a case: read in one plain statement, no object is made of the rest."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from menling.journal.models import Case, Deadline
from menling.kernel.procedure import Procedure
from menling.orders.days import ORDER_KINDS
from menling.premises.models.places import place_said
from menling.premises.statements import rows_of
from menling.procedures import PROCEDURES


class Running(NamedTuple):
    """The promise of a case that breaks next."""

    key: str
    clause: str
    armed_at: datetime
    target_at: datetime | None
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


class Line(NamedTuple):
    """A case as a list tells it. From `reporter` on it is told of orders alone; `unit` is the whole address, `is_public` tells
    that nobody lives there."""

    pk: int
    kind: str
    number: str
    status: str
    reported_at: datetime
    closed_at: datetime | None
    office: str
    unit: str | None
    is_public: bool
    reporter: str | None
    phone: str
    content: str | None
    urgency: str | None
    visit_at: datetime | None
    at_once: bool | None
    worker_number: str | None
    worker_name: str | None
    next_promise: Running | None

    @property
    def procedure(self) -> Procedure:
        """Return the procedure of this kind of case."""
        return PROCEDURES[self.kind]

    @property
    def where(self) -> str | None:
        """Return the address as people say it: a public place in words (MR-39)."""
        return place_said(self.unit) if self.unit and self.is_public else self.unit


TOLD = """
SELECT c.id, c.kind, c.number, c.status, c.reported_at, c.closed_at, f.code, u.code, COALESCE(u.is_public, false), o.reporter,
    COALESCE(o.phone, ''), o.content, o.urgency, o.visit_at, o.at_once, w.number, w.name,
    p.key, p.clause, p.armed_at, p.target_at, p.due_at, p.counted, p.broken_at, p.paused_at
"""
BESIDE = """
JOIN premises_office f ON f.id = c.office_id
LEFT JOIN premises_unit u ON u.id = c.unit_id
LEFT JOIN premises_staff w ON w.id = o.worker_id
LEFT JOIN LATERAL (
    SELECT * FROM journal_deadline d WHERE d.case_id = c.id AND d.met_at IS NULL AND d.released_at IS NULL
    ORDER BY d.due_at, d.id LIMIT 1
) p ON true
"""
ASKED = "reporter, phone, content, urgency, visit_at, at_once, worker_id"
LINES = f"""
{TOLD}
FROM unnest(%(cases)s::bigint[]) WITH ORDINALITY AS chosen(id, turn)
JOIN journal_case c ON c.id = chosen.id
LEFT JOIN orders_order o ON o.case_id = c.id
{BESIDE}
ORDER BY chosen.turn
"""
# Every order and every case is looked at once: a home's orders lie on as many pages as there are orders, which are rarely in
# memory. OFFSET 0 keeps the database from walking the cases of the whole office instead of looking them up by id.
CALLED = f"""
WITH called AS MATERIALIZED (
    SELECT case_id, {ASKED} FROM orders_order WHERE phone = %(phone)s AND phone <> ''
), chosen AS MATERIALIZED (
    SELECT c.*, {ASKED}
    FROM called o CROSS JOIN LATERAL (
        SELECT id, kind, number, status, reported_at, closed_at, office_id, unit_id
        FROM journal_case WHERE id = o.case_id OFFSET 0
    ) c
    WHERE c.office_id = ANY(%(offices)s) AND c.kind = ANY(%(kinds)s)
    ORDER BY c.reported_at DESC, c.id DESC LIMIT %(most)s
)
{TOLD}
FROM chosen c CROSS JOIN LATERAL (SELECT {ASKED}) o
{BESIDE}
ORDER BY c.reported_at DESC, c.id DESC
"""  # noqa: S608  # our own words
COLUMNS = len(Line._fields) - 1


def lines_of(cases: Sequence[int]) -> list[Line]:
    """Return the cases with these ids, which the caller has found among those somebody may see, in the order of the ids."""
    if not cases:
        return []
    return [_line(row) for row in rows_of(LINES, {"cases": list(cases)})]


def lines_called_from(phone: str, offices: Sequence[int], kinds: Sequence[str], most: int) -> list[Line]:
    """Return the newest orders of some kinds that came from a phone (digits, not empty), of offices whose cases the caller may
    see whole: at most `most`, the newest report first."""
    asked = {"phone": phone, "offices": list(offices), "kinds": list(kinds), "most": most}
    return [_line(row) for row in rows_of(CALLED, asked)]


def _line(row: tuple[Any, ...]) -> Line:
    return Line._make((*row[:COLUMNS], Running(*row[COLUMNS:]) if row[COLUMNS] is not None else None))


def line_of(case: Case) -> Line:
    """Return a case that is loaded already, with its `running` promises and an order's row, as a line."""
    order = case.order if case.kind in ORDER_KINDS else None
    worker = order.worker if order else None
    running: Sequence[Deadline] = getattr(case, "running", ())
    told = (order.reporter, order.phone, order.content, order.urgency, order.visit_at, order.at_once) if order else UNTOLD
    sent = (worker.number, worker.name) if worker else (None, None)
    known = (case.pk, case.kind, case.number, case.status, case.reported_at, case.closed_at, case.office.code)
    place = (case.unit.code, case.unit.is_public) if case.unit else (None, False)
    return Line._make((*known, *place, *told, *sent, _running(running[0]) if running else None))


UNTOLD = (None, "", None, None, None, None)


def _running(row: Deadline) -> Running:
    return Running._make(getattr(row, name) for name in Running._fields)
