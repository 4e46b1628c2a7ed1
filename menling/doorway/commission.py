"""A worker's commission of a month, line by line, with what was asked about it and answered (MR-37, MR-38)."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django.utils.timezone import get_default_timezone

from menling.catalogue.quotes import MATERIAL
from menling.commission.models import CommissionQuery
from menling.doorway.month import first_of
from menling.journal.models import Case
from menling.kernel.actor import Actor
from menling.kernel.money import ZERO
from menling.money.models import Charge, Settlement
from menling.orders.models import Order
from menling.policies.history import History
from menling.premises.models import Office, Staff
from menling.procedures.commission import CommissionPolicy, commission, labour_within, part_of

Asked = dict[tuple[int, int], list[CommissionQuery]]
LONGEST = timedelta(days=731)
"""What was collected longer ago than this is looked at by hand; a month's sheet reads no older rows."""


@dataclass(frozen=True)
class Line:
    """One settled charge for one person: its labour, what the order brings all who were sent, and this person's part, in yuan.

    `amount` is the part with what answers added; `queries` are what was asked about it, the oldest first.
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
    """MR-37  Return the sheets of some people for what was settled in a month, in four queries, however many they are."""
    people = {each.pk: each for each in staff}
    rows = _settled(office, first)
    before, history = _charged_before(rows), History(office)
    asked = _asked(rows, people)
    found: dict[int, list[Line]] = defaultdict(list)
    for row in rows:
        for each in _lines(row, before[row.charge_id], history, asked):
            found[each[0]].append(each[1])
    return [Sheet(each, tuple(found[key])) for key, each in people.items()]


def _settled(office: Office, first: date) -> list[Settlement]:
    zone = get_default_timezone()
    begin, end = (datetime.combine(day, time(), zone) for day in (first, (first + timedelta(days=31)).replace(day=1)))
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


def _lines(row: Settlement, before: Decimal, history: History,
           asked: Asked) -> list[tuple[int, Line]]:  # fmt: skip
    case = row.case.parent
    assert case is not None, "a settlement belongs to an order"
    policy = history.at(case.reported_at).policy(CommissionPolicy)
    labour = labour_within(row.charge.due, before, _materials(case.order))
    whole = commission(labour, policy)
    people = len(case.crew)
    return [
        (person, Line(row.case, case, row.charge.due, labour, whole, people, part_of(whole, people, place), policy,
                      tuple(asked[row.pk, person])))
        for place, person in enumerate(case.crew)
    ]  # fmt: skip


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
        "settled_at": line.settlement.closed_at, "charged": str(line.charged), "labour": str(line.labour),
        "whole": str(line.whole), "people": line.people, "part": str(line.part), "amount": str(line.amount),
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
