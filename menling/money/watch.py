"""What the start pages of finance and of leads show, each list in one plain statement, for they are looked at all day.

Whoever does not see every case of the office is shown none.
"""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from itertools import groupby
from typing import Any, NamedTuple

from menling.journal.cases import sees_office
from menling.journal.models import Case, Deadline
from menling.kernel.actor import Actor
from menling.kernel.money import ZERO
from menling.kernel.procedure import Procedure
from menling.kernel.refusal import Refused
from menling.money.models import Handover, Settlement
from menling.money.queries import COUNTED
from menling.policies.history import History
from menling.premises.models import Office, Staff
from menling.premises.models.places import with_place_said
from menling.premises.statements import Joined, rows_of
from menling.procedures import PROCEDURES
from menling.procedures.charge import ChargePolicy
from menling.procedures.settlement import SettlementPolicy, may_settle, money_arrived

# The open cases of a kind are found first, from their index: joined with so many tables at once, the database begins with
# every case there ever was.
OPEN = """
unnest(ARRAY(SELECT id FROM journal_case WHERE office_id = %(office)s AND kind = '{kind}' AND closed_at IS NULL)) AS chosen(id)
JOIN journal_case c ON c.id = chosen.id
"""


class Due(NamedTuple):
    """A charge to be collected: `whole` is the amount of the order, in yuan, which decides who collects (HS-3.3).

    `kind` is that of the order, `valued_at` when it was reported: its money is judged by the figures of that instant.
    """

    number: str
    status: str
    reported_at: datetime
    due: Decimal
    payer: str
    query: str
    kind: str
    order: str
    valued_at: datetime
    unit: str
    content: str
    worker: str
    whole: Decimal
    threshold: Decimal

    @property
    def by_lead(self) -> bool:
        """Tell whether only a business lead or above may collect it."""
        return self.whole >= self.threshold

    @property
    def procedure(self) -> Procedure:
        """Return the procedure of a charge, which has the words for its status."""
        return PROCEDURES["charge"]


DUE = f"""
SELECT c.number, c.status, c.reported_at, g.due, g.payer, g.query, COALESCE(p.kind, ''), COALESCE(p.number, ''),
    COALESCE(p.reported_at, c.reported_at), COALESCE(u.code, ''), COALESCE(o.content, ''), COALESCE(w.name, ''),
    g.due + COALESCE((SELECT sum(b.due) FROM journal_case k JOIN money_charge b ON b.case_id = k.id
                      WHERE k.parent_id = c.parent_id AND k.status = ANY(%(counted)s)), 0), COALESCE(u.is_public, false)
FROM {OPEN.format(kind="charge")} JOIN money_charge g ON g.case_id = c.id
LEFT JOIN journal_case p ON p.id = c.parent_id
LEFT JOIN premises_unit u ON u.id = p.unit_id
LEFT JOIN orders_order o ON o.case_id = p.id
LEFT JOIN premises_staff w ON w.id = o.worker_id
WHERE c.status IN ('due', 'questioned') ORDER BY c.reported_at, c.id
"""  # noqa: S608  # a part of this statement


def due_charges(by: Actor, office: Office) -> list[Due]:
    """Return the charges due or questioned, the oldest first, in two queries."""
    if not sees_office(by, office):
        return []
    history, at, unit = History(office), Due._fields.index("valued_at"), Due._fields.index("unit")
    return [Due._make((*with_place_said(row, unit), history.at(row[at]).policy(ChargePolicy).threshold))
            for row in rows_of(DUE, {"office": office.pk, "counted": list(COUNTED)})]  # fmt: skip


class Taken(NamedTuple):
    """A charge of which somebody took the cash, in yuan: its number and receipt, the order and its home."""

    number: str
    receipt: str
    order: str
    unit: str
    collected: Decimal | None


@dataclass(frozen=True)
class Bag:
    """The cash one collector took on a day, in a bag or sealed: how much, since when, by when it is with finance."""

    handover: Handover
    cash: Decimal
    charges: tuple[Taken, ...]
    promise: Deadline | None
    overdue: bool

    @property
    def since(self) -> datetime:
        """Return when the first of it was taken."""
        return self.handover.case.reported_at


HANDOVER = Joined(h=Handover, c=Case, s=Staff, d=Deadline)
BAGS = f"""
SELECT {HANDOVER.columns}, k.number, g.receipt, COALESCE(p.number, ''), COALESCE(u.code, ''), g.collected,
    COALESCE(u.is_public, false)
FROM {OPEN.format(kind="handover")} JOIN money_handover h ON h.case_id = c.id
JOIN premises_staff s ON s.id = h.holder_id
LEFT JOIN LATERAL (
    SELECT * FROM journal_deadline WHERE case_id = c.id AND met_at IS NULL AND released_at IS NULL ORDER BY due_at, id LIMIT 1
) d ON true
LEFT JOIN money_charge g ON g.handover_id = h.case_id AND g.method = 'cash'
LEFT JOIN journal_case k ON k.id = g.case_id
LEFT JOIN journal_case p ON p.id = k.parent_id
LEFT JOIN premises_unit u ON u.id = p.unit_id
WHERE h.holder_id = %(holder)s OR %(holder)s = 0 ORDER BY h.case_id, g.case_id
"""  # noqa: S608  # names of columns


def bags(by: Actor, office: Office, now: datetime, holder: int = 0) -> list[Bag]:
    """Return the cash not yet with finance, the most urgent first; with `holder` only that person's."""
    if not sees_office(by, office):
        return []
    rows = groupby(rows_of(BAGS, {"office": office.pk, "holder": holder}), key=lambda row: row[0])
    found = [_bag(list(lines), now) for _handover, lines in rows]
    return sorted(found, key=lambda each: (each.promise.due_at if each.promise else now, each.handover.pk))


def _bag(lines: list[tuple[Any, ...]], now: datetime) -> Bag:
    handover, case, holder, promise, *_first = HANDOVER.parts(lines[0])
    handover.case, handover.holder = case, holder
    unit = Taken._fields.index("unit")
    told = [Taken(*with_place_said(line[-len(Taken._fields) - 1 :], unit)) for line in lines]
    taken = tuple(each for each in told if each.number)
    cash = sum((each.collected or ZERO for each in taken), ZERO) if handover.sealed is None else handover.sealed
    return Bag(handover, cash, taken, promise, promise is not None and promise.due_at < now)


@dataclass(frozen=True)
class ToSettle:
    """A collected charge finance closes; `refused` says why not yet. What was done about it: reminded when, prompts read."""

    settlement: Settlement
    unit: str
    worker: str
    refused: Refused | None
    reminded_at: datetime | None
    read: bool


SETTLEMENT = Joined(s=Settlement, c=Case, p=Case)
PLACE = 3
"""Where the unit stands behind those."""
TO_SETTLE = f"""
SELECT {SETTLEMENT.columns}, COALESCE(u.code, ''), COALESCE(w.name, ''), k.status, g.method,
    EXISTS (SELECT FROM money_statementline l WHERE l.charge_id = g.case_id),
    (SELECT e.happened_at FROM journal_event e WHERE e.case_id = c.id AND e.verb = 'remind' ORDER BY e.id DESC LIMIT 1),
    EXISTS (SELECT FROM journal_event e WHERE e.case_id = c.id AND e.verb = 'tick'),
    COALESCE(u.is_public, false)
FROM {OPEN.format(kind="settlement")} JOIN money_settlement s ON s.case_id = c.id
JOIN journal_case p ON p.id = c.parent_id
JOIN money_charge g ON g.case_id = s.charge_id
JOIN journal_case k ON k.id = g.case_id
LEFT JOIN premises_unit u ON u.id = p.unit_id
LEFT JOIN orders_order o ON o.case_id = p.id
LEFT JOIN premises_staff w ON w.id = o.worker_id
ORDER BY c.reported_at, c.id
"""  # noqa: S608  # names of columns


def to_settle(by: Actor, office: Office) -> list[ToSettle]:
    """Return the open settlements, those that can be settled first, in two queries (HS-4.2.3, EN-7.6)."""
    if not sees_office(by, office):
        return []
    history = History(office)
    found = [_to_settle(row, history) for row in rows_of(TO_SETTLE, {"office": office.pk})]
    return sorted(found, key=lambda each: each.refused is not None)


def _to_settle(row: tuple[Any, ...], history: History) -> ToSettle:
    parts = with_place_said(SETTLEMENT.parts(row), PLACE)
    settlement, case, order, unit, worker, charge, method, confirmed, reminded_at, read = parts
    settlement.case, case.parent = case, order
    refused = _refused(order, charge, method, confirmed=confirmed, history=history)
    return ToSettle(settlement, unit, worker, refused, reminded_at, read)


def _refused(order: Case, charge: str, method: str, *, confirmed: bool, history: History) -> Refused | None:
    """Return why a charge that stands so cannot be settled yet, by the figures of when its order was reported."""
    try:
        policy = history.at(order.reported_at).policy(SettlementPolicy)
        may_settle(order.kind, order.status, charge, policy)
        money_arrived(method, policy, confirmed=confirmed)
    except Refused as refusal:
        return refusal
    return None


class Collection(NamedTuple):
    """One charge collected on a day: how much went where (`amount`), and how much is missing, in yuan.

    `entered` is when it was written down, where that was a minute or more after it was collected (`at`).
    """

    number: str
    receipt: str
    order: str
    unit: str
    payer: str
    method: str
    collector: str
    reason: str
    at: datetime
    entered: datetime | None
    amount: Decimal
    shortfall: Decimal


# Of what was owed, nobody has taken what went to income, was written off or had been paid beforehand.
COLLECTED = """
SELECT k.number, g.receipt, p.number, COALESCE(u.code, ''), g.payer, g.method, COALESCE(s.name, ''), g.shortfall_reason,
    t.happened_at, (SELECT e.recorded_at FROM journal_event e WHERE e.case_id = k.id AND e.verb = 'collect'
        AND e.recorded_at >= e.happened_at + interval '1 minute' ORDER BY e.id DESC LIMIT 1),
    t.amount, t.target LIKE 'shortfall:%%', COALESCE(u.is_public, false)
FROM money_transfer t JOIN journal_case k ON k.id = t.case_id
JOIN money_charge g ON g.case_id = k.id
JOIN journal_case p ON p.id = k.parent_id
LEFT JOIN premises_unit u ON u.id = p.unit_id
LEFT JOIN premises_staff s ON s.id = g.collector_id
WHERE t.office_id = %(office)s AND t.happened_at >= %(since)s AND t.happened_at < %(until)s AND t.source LIKE 'owed:%%'
    AND NOT (t.target LIKE 'income:%%' OR t.target LIKE 'written_off:%%' OR t.target LIKE 'prepaid:%%')
ORDER BY g.receipt, t.id
"""


def collections(by: Actor, office: Office, since: datetime, until: datetime) -> list[Collection]:
    """Return what was collected between two instants by the number of the receipt, in one query over the books."""
    if not sees_office(by, office):
        return []
    found: dict[str, Collection] = {}
    unit = Collection._fields.index("unit")
    for row in rows_of(COLLECTED, {"office": office.pk, "since": since, "until": until}):
        *told, amount, missing = with_place_said(row, unit)
        known = found.get(told[0]) or Collection._make((*told, ZERO, ZERO))
        found[known.number] = known._replace(**{"shortfall" if missing else "amount": amount})
    return list(found.values())
