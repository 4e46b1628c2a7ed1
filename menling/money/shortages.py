"""What is missing from a bag or an envelope and was owned up to: owed by the person responsible, until it is paid back.

It is recorded and never deducted (OC-4.4); the bag shows from then on what is in it. Places below stand in the books.
"""

from collections.abc import Iterable
from decimal import Decimal
from typing import NamedTuple

from menling.kernel.money import ZERO
from menling.money.books import balance
from menling.money.cashier import closed_through
from menling.money.models import Handover
from menling.premises.statements import rows_of
from menling.procedures.places import owed_by

Moves = list[list[object]]


def owned_up(handover: Handover, source: str, missing: Decimal) -> Moves:
    """Return what moves once a collector stands to the `missing` yuan: from `source`, as far as it is booked there still."""
    amount = min(missing, balance(handover.office_id, source)) if missing > ZERO else ZERO
    return [[source, owed_by(handover.holder.number), amount]] if amount > ZERO else []


def paid_back(handover: Handover, target: str, surplus: Decimal) -> Moves:
    """Return what moves to `target` of a `surplus` in yuan: it makes up first for what the collector still owes."""
    if surplus <= ZERO:
        return []
    closed_through(handover.office_id, lock=True)  # of two bags counted at once each would pay back the whole
    place = owed_by(handover.holder.number)
    amount = min(surplus, balance(handover.office_id, place))
    return [[place, target, amount]] if amount > ZERO else []


def total(moves: Moves) -> Decimal:
    """Return what was moved, in yuan."""
    return sum((Decimal(str(amount)) for _source, _target, amount in moves), ZERO)


class Owed(NamedTuple):
    """What somebody owes an office for what was missing, in yuan, and the case by which it was last booked."""

    office: str
    number: str
    name: str
    amount: Decimal
    case: str
    kind: str
    status: str


# Asked person by person, so that each is found by the index of the places; a list of all places would read the books through.
OWED = """
SELECT o.code, s.number, s.name, m.amount, c.number, c.kind, c.status
FROM premises_office o JOIN premises_staff s ON s.company_id = o.company_id
CROSS JOIN LATERAL (SELECT %(owed)s || s.number AS place) p
CROSS JOIN LATERAL (
    SELECT COALESCE((SELECT sum(amount) FROM money_transfer t WHERE t.office_id = o.id AND t.target = p.place), 0)
         - COALESCE((SELECT sum(amount) FROM money_transfer t WHERE t.office_id = o.id AND t.source = p.place), 0) AS amount
) m
LEFT JOIN LATERAL (
    SELECT case_id FROM money_transfer t WHERE t.office_id = o.id AND t.target = p.place ORDER BY t.id DESC LIMIT 1
) last ON true
LEFT JOIN journal_case c ON c.id = last.case_id
WHERE o.id = ANY(%(offices)s) AND (%(staff)s = 0 OR s.id = %(staff)s) AND m.amount > 0
ORDER BY o.code, s.number
"""


def owed(offices: Iterable[int], staff: int = 0) -> list[Owed]:
    """Return who owes some offices (their keys) for a shortage, in one query; with `staff` only that person (OC-4.4)."""
    values = {"owed": owed_by(""), "offices": list(offices), "staff": staff}
    return [Owed._make(row) for row in rows_of(OWED, values)]
