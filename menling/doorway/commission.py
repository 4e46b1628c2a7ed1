"""A worker's commission of a month, line by line, with what was asked about it and answered (MR-37, MR-38)."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import chain
from typing import Any

from django.utils.timezone import get_default_timezone, localtime

from menling.catalogue.quotes import MATERIAL
from menling.commission.models import CommissionMonth, CommissionQuery
from menling.doorway.commission_refunds import (
    Approvals,
    Refund,
    Refunds,
    approvals,
    month_of,
    refunded_between,
    refunds_of,
    total,
)
from menling.doorway.month import first_of
from menling.journal.models import Case
from menling.kernel.actor import Actor
from menling.kernel.money import ZERO
from menling.money.models import Charge, Settlement
from menling.orders.models import Order
from menling.policies.history import History
from menling.premises.models import Office, Staff
from menling.procedures.commission import CommissionPolicy, after_refund, commission, labour_within, part_of

Asked = dict[tuple[int, int], list[CommissionQuery]]
LONGEST = timedelta(days=731)
"""What was collected longer ago than this is looked at by hand; a month's sheet reads no older rows."""


@dataclass(frozen=True)
class Line:
    """One settled charge for one person: its labour, what the order brings all who were sent, and this person's part, in yuan.

    `amount` is the part with what answers added; `queries` are what was asked about it, the oldest first. `refunds` are what was
    given back of the charge and lowers the line; in a line that is `taken_back` they came after its month was approved, and
    `whole` and `part` are below zero (MR-51).
    """

    settlement: Case
    order: Case
    charged: Decimal
    labour: Decimal
    whole: Decimal
    people: int
    part: Decimal
    policy: CommissionPolicy
    queries: tuple[CommissionQuery, ...] = ()
    refunds: tuple[Refund, ...] = ()
    taken_back: bool = False

    @property
    def refunded(self) -> Decimal:
        """Return what was given back, in yuan."""
        return total(self.refunds)

    @property
    def at(self) -> datetime | None:
        """Return when it was settled, or what was given back was written down last."""
        return self.refunds[-1].recorded_at if self.taken_back else self.settlement.closed_at

    @property
    def amount(self) -> Decimal:
        """Return what the line comes to, in yuan."""
        return self.part + sum((each.more for each in self.queries), ZERO)

    @property
    def query(self) -> CommissionQuery | None:
        """Return what was asked about it last."""
        return self.queries[-1] if self.queries else None


@dataclass(frozen=True)
class Sheet:
    """The commission of one person in a month."""

    staff: Staff
    lines: tuple[Line, ...]

    @property
    def total(self) -> Decimal:
        """Return the sum of the lines, in yuan."""
        return sum((each.amount for each in self.lines), ZERO)


def sheets(office: Office, staff: Iterable[Staff], first: date) -> list[Sheet]:
    """MR-37, MR-51  Return the sheets of some people for what was settled in a month, in few queries, however many they are.

    What was given back before the month was approved lowers its line; later it is a line below zero in the month it was given.
    """
    people = {each.pk: each for each in staff}
    rows, late = _settled(office, first), _refunded(office, first)
    given = refunds_of(row.charge_id for row in (*rows, *late))
    month = _Month(first, History(office), _charged_before([*rows, *late]), approvals(office), given, _asked(rows, people))
    found: dict[int, list[Line]] = defaultdict(list)
    for person, line in chain.from_iterable((*map(month.earned, rows), *map(month.taken_back, late))):
        found[person].append(line)
    return [Sheet(each, tuple(found[key])) for key, each in people.items()]


def _refunded(office: Office, first: date) -> list[Settlement]:
    """Return the settlements of earlier months whose charges were given back, wholly or in part, in this one."""
    begin, end = _bounds(first)
    charges = refunded_between(office, begin, end, begin - LONGEST)
    rows = Settlement.objects.filter(charge__in=charges, case__status="settled", case__closed_at__lt=begin)
    return list(rows.select_related("case__parent__order", "case__parent__office", "charge").order_by("pk"))


def _bounds(first: date) -> tuple[datetime, datetime]:
    zone = get_default_timezone()
    begin, end = (datetime.combine(day, time(), zone) for day in (first, (first + timedelta(days=31)).replace(day=1)))
    return begin, end


def _settled(office: Office, first: date) -> list[Settlement]:
    begin, end = _bounds(first)
    cases = Case.objects.filter(office=office, kind="settlement", status="settled", closed_at__gte=begin, closed_at__lt=end,
                                reported_at__gte=begin - LONGEST, reported_at__lt=end)  # fmt: skip
    rows = Settlement.objects.filter(case__in=cases).select_related("case__parent__order", "case__parent__office", "charge")
    return list(rows.order_by("case__closed_at", "pk"))


def _charged_before(rows: Iterable[Settlement]) -> dict[int, Decimal]:
    """Return what was charged on its order before each charge, in yuan, by charge."""
    orders = [row.case.parent_id for row in rows]
    sums: dict[int | None, Decimal] = defaultdict(lambda: ZERO)
    before: dict[int, Decimal] = {}
    charges = Charge.objects.filter(case__parent__in=orders).exclude(case__status="void").order_by("pk")
    for charge, order, due in charges.values_list("pk", "case__parent_id", "due"):
        before[charge] = sums[order]
        sums[order] += due
    return before


def _asked(rows: Iterable[Settlement], people: Iterable[int]) -> Asked:
    found: Asked = defaultdict(list)
    queries = CommissionQuery.objects.filter(settlement__in=[row.pk for row in rows], staff__in=list(people))
    kept = queries.exclude(case__status="withdrawn").select_related("case", "answered_by")
    for each in kept.order_by("pk"):
        found[each.settlement_id, each.staff_id].append(each)
    return found


@dataclass(frozen=True)
class _Month:
    """What the lines of a month are reckoned from."""

    first: date
    history: History
    before: dict[int, Decimal]
    approved: Approvals
    given: Refunds
    asked: Asked

    def earned(self, row: Settlement) -> list[tuple[int, Line]]:
        """Return the lines of what was settled, lowered by what was given back before the month was approved."""
        refunds = [each for each in self.given[row.charge_id] if not self._late(each, row)]
        return [
            (person, replace(line, queries=tuple(self.asked[row.pk, person])))
            for person, line in self._shared(row, self._left(row, refunds), ZERO, refunds)
        ]

    def taken_back(self, row: Settlement) -> list[tuple[int, Line]]:
        """Return the lines below zero for what was given back this month of what an approved month was paid for."""
        late = [each for each in self.given[row.charge_id] if self._late(each, row) and self._now(each)]
        if not late:
            return []
        known = [each for each in self.given[row.charge_id] if each.event < late[0].event]
        before, now = self._left(row, known), self._left(row, [*known, *late])
        return [(person, replace(line, taken_back=True)) for person, line in self._shared(row, now, before, late)]

    def _late(self, refund: Refund, row: Settlement) -> bool:
        return refund.event > self.approved.get(month_of(row), refund.event)

    def _now(self, refund: Refund) -> bool:
        return localtime(refund.recorded_at).date().replace(day=1) == self.first

    def _left(self, row: Settlement, refunds: Sequence[Refund]) -> Decimal:
        """Return what the order brings all who were sent once so much was given back, in yuan."""
        order = _order(row)
        policy = self.history.at(order.reported_at).policy(CommissionPolicy)
        whole = commission(self._labour(row), policy)
        return after_refund(whole, row.charge.collected or ZERO, total(refunds))

    def _labour(self, row: Settlement) -> Decimal:
        return labour_within(row.charge.due, self.before[row.charge_id], _materials(_order(row).order))

    def _shared(self, row: Settlement, now: Decimal, before: Decimal, refunds: Sequence[Refund]) -> list[tuple[int, Line]]:
        """Share what is left `now` less what was left `before` among those who were sent."""
        order, labour = _order(row), self._labour(row)
        policy = self.history.at(order.reported_at).policy(CommissionPolicy)
        people = len(order.crew)
        return [
            (person, Line(row.case, order, row.charge.due, labour, now - before, people,
                          part_of(now, people, place) - part_of(before, people, place), policy, refunds=tuple(refunds)))
            for place, person in enumerate(order.crew)
        ]  # fmt: skip


def _order(row: Settlement) -> Case:
    assert row.case.parent is not None, "a settlement belongs to an order"
    return row.case.parent


def _materials(order: Order) -> Decimal:
    quoted = [line for line in order.quote if line.get("per") == MATERIAL]
    return sum((Decimal(line["amount"]) for line in [*quoted, *order.materials]), ZERO)


def my_commission(by: Actor, text: str, now: datetime) -> dict[str, Any]:
    """Return the own commission of a month as JSON, from every office of a worker. Errors: `Malformed`."""
    first, me = first_of(text, now), Staff.objects.get(pk=by.id)
    found = [line for office in Office.objects.filter(pk__in=by.offices) for line in sheets(office, [me], first)[0].lines]
    return {
        "month": f"{first:%Y-%m}", "total": str(sum((each.amount for each in found), ZERO)),
        "lines": [_shown(each) for each in found],
    }  # fmt: skip


def _shown(line: Line) -> dict[str, Any]:
    query = line.query
    return {
        "settlement": line.settlement.number, "order": line.order.number, "office": line.order.office.code,
        "settled_at": line.at, "charged": str(line.charged), "labour": str(line.labour),
        "whole": str(line.whole), "people": line.people, "part": str(line.part), "amount": str(line.amount),
        "refunded": str(line.refunded), "taken_back": line.taken_back,
        "query": {"number": query.case.number, "status": query.case.status, "question": query.question,
                  "answer": query.answer} if query else None,
    }  # fmt: skip


def commission_query(row: CommissionQuery, by: Actor) -> dict[str, Any]:
    """Return a question about a line: whose, which settlement, what was asked and answered, and what was added, in yuan."""
    return {
        "settlement": row.settlement.number, "staff": {"number": row.staff.number, "name": row.staff.name},
        "question": row.question, "answer": row.answer, "more": str(row.more),
        "answered_by": row.answered_by.name if row.answered_by else "",
    }  # fmt: skip


def commission_month(row: CommissionMonth, by: Actor) -> dict[str, Any]:
    """Return the month whose commission was approved."""
    return {"month": f"{row.month:%Y-%m}"}
