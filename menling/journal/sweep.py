"""Promises that broke: claimed once, by whichever process comes first, and told to those who must know."""

import json
from datetime import datetime

from django.db import connection, transaction

from menling.journal.models import Case, Deadline, Event
from menling.journal.replay import CALLED
from menling.kernel.procedure import Clock
from menling.kernel.words import _
from menling.procedures import PROCEDURES

BATCH = 500
BROKEN = _("{unit}: “{promise}” was due {due} and is late.")
BROKEN_AT = _("{number} at {unit}: “{promise}” was due {due} and is late.")
"""What is told of a promise: with the home, for whoever is called about it; a case without one goes by its number alone."""
CLAIM = """
WITH late AS (
    SELECT id FROM journal_deadline
    WHERE met_at IS NULL AND released_at IS NULL AND broken_at IS NULL AND counted AND paused_at IS NULL
        AND due_at < %(now)s
    ORDER BY due_at, id LIMIT %(batch)s FOR UPDATE SKIP LOCKED
), broken AS (
    UPDATE journal_deadline d SET broken_at = d.due_at, level = 1 FROM late WHERE d.id = late.id
    RETURNING d.id, d.case_id, d.office_id, d.key, d.clause, d.due_at
), events AS (
    INSERT INTO journal_event (case_id, office_id, verb, clauses, actor, actor_name, recorder_name, source, before,
        after, happened_at, recorded_at, facts, terms)
    SELECT b.case_id, b.office_id, 'break', ARRAY[b.clause], 'system:0', 'Menling', '', '', c.status, c.status,
        b.due_at, %(now)s, jsonb_build_object('promise', b.key), '{}'::jsonb
    FROM broken b JOIN journal_case c ON c.id = b.case_id ORDER BY b.due_at, b.id
)
SELECT b.case_id, b.office_id, b.key, b.due_at, c.kind, c.number, u.code
FROM broken b JOIN journal_case c ON c.id = b.case_id LEFT JOIN premises_unit u ON u.id = c.unit_id
ORDER BY b.due_at, b.id
"""
TELL = """
INSERT INTO journal_outgoing (case_id, office_id, staff_id, roles, phone, sentence, values, created_at, attempts, error)
VALUES (%(case)s, %(office)s, NULL, %(roles)s, '', %(sentence)s, %(values)s::jsonb, %(now)s, 0, '')
"""

Late = tuple[int, int, str, datetime, str, str, str | None]
"""A broken promise: case, office, key, when it was due, kind and number of its case, and its home if it has one."""


def sweep(now: datetime) -> int:
    """Break every promise overdue at `now`, each once, and leave a message for its roles. Returns how many broke.

    Any number of processes may run it: rows another one holds are left to it. What is due exactly now is not late.
    """
    broken = 0
    while rows := _claim(now):
        broken += len(rows)
    return broken


def _claim(now: datetime) -> list[Late]:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(CLAIM, {"now": now, "batch": BATCH})
        rows: list[Late] = cursor.fetchall()
        for case_id, office_id, key, due_at, kind, number, unit in rows:
            clock = clock_of(kind, key)
            if clock and clock.alerts:
                told = {"number": number, "unit": unit or number, "promise": clock.promise, "due": due_at.isoformat()}
                cursor.execute(TELL, {
                    "case": case_id, "office": office_id, "roles": sorted(role.value for role in clock.alerts),
                    "sentence": BROKEN_AT if unit else BROKEN, "values": json.dumps(told), "now": now,
                })  # fmt: skip
    return rows


def called_out(promise: Deadline, level: int, now: datetime, who: dict[str, object]) -> None:
    """Write into the timeline that the next person, or the roles, were called out for a promise nobody kept yet."""
    case = promise.case
    Event.objects.create(
        case=case, office_id=case.office_id, verb=CALLED, clauses=[promise.clause], actor="system:0", actor_name="Menling",
        before=case.status, after=case.status, happened_at=now, recorded_at=now,
        facts={"promise": promise.key, "level": level} | who, terms={},
    )  # fmt: skip


def clock_of(kind: str, key: str) -> Clock | None:
    """Return the clock of a kind by its key, or None when the procedure no longer has it."""
    return next((clock for clock in PROCEDURES[kind].clocks if clock.key == key), None)


def open_promises(case: Case) -> list[Deadline]:
    """Return the promises of a case that are neither kept nor let go, the next one first."""
    return list(case.deadlines.filter(met_at__isnull=True, released_at__isnull=True).order_by("due_at"))
