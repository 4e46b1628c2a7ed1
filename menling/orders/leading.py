"""What waits for somebody to bring people together: large repairs, work put right or continued, times a resident insists on."""

from typing import Any, NamedTuple

from menling.journal.cases import sees_office
from menling.kernel.actor import Actor
from menling.kernel.procedure import Procedure
from menling.orders.days import ORDER_KINDS
from menling.orders.lines import Running
from menling.premises.models import Office
from menling.premises.models.places import with_place_said
from menling.premises.statements import rows_of
from menling.procedures import PROCEDURES
from menling.procedures.repair import Status

STUCK = [Status.OBJECTED.value, Status.UNFINISHED.value, Status.WAITING.value]
OVER = [each.value for each in
        (Status.FINISHED, Status.SIGNED, Status.REVIEWED, Status.SIGNED_OFF, Status.COMPLETED)]  # fmt: skip
MOST = 200


class Stuck(NamedTuple):
    """An order a business lead helps along; what is not known of it is empty. `promise` is the running one that breaks next."""

    number: str
    kind: str
    status: str
    unit: str
    content: str
    is_large: bool
    worker: str
    promise: Running | None

    @property
    def procedure(self) -> Procedure:
        """Return the procedure of this kind of order."""
        return PROCEDURES[self.kind]


# The start page of a business lead asks for it all day.
TO_COORDINATE = """
SELECT c.number, c.kind, c.status, COALESCE(u.code, ''), COALESCE(o.content, ''), COALESCE(o.size = 'big', false),
    COALESCE(w.name, ''), p.key, p.clause, p.armed_at, p.target_at, p.due_at, p.counted, p.broken_at, p.paused_at,
    COALESCE(u.is_public, false)
FROM journal_case c LEFT JOIN orders_order o ON o.case_id = c.id
LEFT JOIN premises_unit u ON u.id = c.unit_id
LEFT JOIN premises_staff w ON w.id = o.worker_id
LEFT JOIN LATERAL (
    SELECT * FROM journal_deadline WHERE case_id = c.id AND met_at IS NULL AND released_at IS NULL ORDER BY due_at, id LIMIT 1
) p ON true
WHERE c.office_id = %(office)s AND c.kind = ANY(%(kinds)s) AND c.closed_at IS NULL AND (
    c.status = ANY(%(stuck)s) OR c.kind = 'repair' AND o.size = 'big' AND c.status <> ALL(%(over)s) OR c.id IN (
        SELECT case_id FROM journal_deadline
        WHERE office_id = %(office)s AND key = 'keep_time' AND met_at IS NULL AND released_at IS NULL))
ORDER BY c.reported_at, c.id LIMIT %(most)s
"""
COLUMNS = len(Stuck._fields) - 1


def to_coordinate(by: Actor, office: Office) -> list[Stuck]:
    """Return the open orders a business lead helps along, the oldest first, for somebody who sees every case of the office.

    Large repairs not done yet, objections, work to be continued, missing material, and a time the resident insists on
    (HC-5.2.4, HC-5.3.7, EN-D.11, EN-4.6, EN-2.7).
    """
    if not sees_office(by, office):
        return []
    asked = {"office": office.pk, "kinds": list(ORDER_KINDS), "stuck": STUCK, "over": OVER, "most": MOST}
    return [_stuck(row) for row in rows_of(TO_COORDINATE, asked)]


def _stuck(row: tuple[Any, ...]) -> Stuck:
    told = with_place_said(row, Stuck._fields.index("unit"))
    return Stuck._make((*told[:COLUMNS], Running(*told[COLUMNS:]) if told[COLUMNS] is not None else None))
