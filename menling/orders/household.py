"""What is known of a home at the counter: its open orders, and what was before."""

from datetime import datetime
from typing import NamedTuple

from menling.journal.cases import sees_whole, visible_to
from menling.journal.models import Case
from menling.kernel.actor import Actor
from menling.kernel.procedure import Procedure
from menling.orders.board import UNDONE
from menling.orders.watch import Work, told
from menling.premises.models import Unit
from menling.premises.statements import rows_of
from menling.procedures import PROCEDURES

KINDS = ("repair", "housekeeping", "alarm")
OPEN_SHOWN, PAST_SHOWN = 20, 20


class Past(NamedTuple):
    """What the counter tells of an order of before; `worker` is empty where nobody went."""

    pk: int
    number: str
    kind: str
    status: str
    reported_at: datetime
    content: str
    rating: int | None
    worker: str

    @property
    def procedure(self) -> Procedure:
        """Return the procedure of this kind of order."""
        return PROCEDURES[self.kind]


OPEN = """
SELECT id FROM journal_case
WHERE unit_id = %(unit)s AND kind = ANY(%(kinds)s) AND closed_at IS NULL AND status = ANY(%(undone)s)
ORDER BY reported_at DESC LIMIT %(most)s
"""
# The home first, the reader afterwards: asked for both at once, the database reads the history of the whole office.
BEFORE = """
SELECT c.id, c.number, c.kind, c.status, c.reported_at, o.content, o.rating, COALESCE(w.name, '')
FROM (
    SELECT * FROM journal_case WHERE unit_id = %(unit)s AND kind = ANY(%(kinds)s) AND NOT status = ANY(%(undone)s)
    ORDER BY reported_at DESC LIMIT %(most)s
) c JOIN orders_order o ON o.case_id = c.id LEFT JOIN premises_staff w ON w.id = o.worker_id
ORDER BY c.reported_at DESC
"""


def open_orders(unit: Unit, by: Actor) -> list[Work]:
    """Return the orders of a home not done yet, the newest first, in one query, or two where there is any."""
    found = [key for (key,) in rows_of(OPEN, _asked(unit, OPEN_SHOWN))]
    seen = _seen(found, unit, by)
    return told([key for key in found if key in seen])


def newest_order(unit: int, by: Actor) -> Case | None:
    """Return the newest order of a home, open or not, or None."""
    return visible_to(by).filter(unit=unit, kind__in=KINDS).order_by("-reported_at").first()


def past_orders(unit: Unit, by: Actor) -> list[Past]:
    """Return those one may see of the last twenty orders of a home that were done or ended otherwise, the newest first, in
    one query; one more for who does not see the whole office."""
    found = [Past._make(row) for row in rows_of(BEFORE, _asked(unit, PAST_SHOWN))]
    seen = _seen([each.pk for each in found], unit, by)
    return [each for each in found if each.pk in seen]


def _asked(unit: Unit, most: int) -> dict[str, object]:
    return {"unit": unit.pk, "kinds": list(KINDS), "undone": [status.value for status in UNDONE], "most": most}


def _seen(cases: list[int], unit: Unit, by: Actor) -> set[int]:
    """Return which of some cases of a home one may see."""
    if not cases or sees_whole(by, unit.office_id):
        return set(cases)
    return set(visible_to(by).filter(pk__in=cases).values_list("pk", flat=True))
