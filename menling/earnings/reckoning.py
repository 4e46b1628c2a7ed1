"""What settled charges bring those who were sent, reckoned from the rows as they stand (MR-37, MR-38, MR-51)."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from menling.catalogue.quotes import MATERIAL
from menling.commission.models import CommissionQuery
from menling.earnings.lines import NOTHING, Line, Share
from menling.earnings.refunds import Refunds, refunds_of, total
from menling.journal.models import Case
from menling.kernel.money import ZERO
from menling.money.models import Charge, Settlement
from menling.orders.models import Order
from menling.policies.history import History
from menling.premises.models import Office
from menling.procedures.commission import CommissionPolicy, after_refund, commission, labour_within, part_of

Asked = dict[int, list[CommissionQuery]]
"""What was asked about each settlement and not taken back, the oldest first."""


@dataclass(frozen=True)
class Reckoning:
    """What the lines of some settlements are reckoned from."""

    history: History
    before: dict[int, Decimal]
    firsts: frozenset[int]
    refunds: Refunds
    asked: Asked

    def known(self, row: Settlement) -> dict[str, datetime]:
        """Return what changed the line after its settlement, refunds and answers by number, and when each became known."""
        answers = {each.case.number: each.case.closed_at for each in self.asked[row.pk] if each.more and each.case.closed_at}
        return {each.number: each.recorded_at for each in self.refunds[row.charge_id]} | answers

    def shares(self, row: Settlement, known: Collection[str]) -> dict[int, Share]:
        """Return what everybody who was sent has of a settlement, when no refund and answer but those of `known` is reckoned."""
        crew, whole = order_of(row).crew, self._whole(row, known)
        added: dict[int, Decimal] = defaultdict(lambda: ZERO)
        for each in self.asked[row.pk]:
            added[each.staff_id] += each.more if each.case.number in known else ZERO
        return {
            person: Share(whole, part_of(whole, len(crew), place), added[person]) for place, person in enumerate(crew)
        }  # fmt: skip

    def line(self, row: Settlement, person: int, share: Share, known: Collection[str], late_at: datetime | None = None) -> Line:
        """Return the line of one person that holds a share; one known only at `late_at` shows just what it carries."""
        assert row.case.closed_at is not None, "a settled charge was settled at an instant"
        order = order_of(row)
        asked = [each for each in self.asked[row.pk] if each.staff_id == person]
        return Line(
            row.case, order, late_at or row.case.closed_at, row.charge.due, self._labour(row), len(order.crew), share,
            self._policy(row), tuple(each for each in asked if late_at is None or each.case.number in known),
            tuple(each for each in self.refunds[row.charge_id] if each.number in known), late_at is not None,
        )  # fmt: skip

    def _whole(self, row: Settlement, known: Collection[str]) -> Decimal:
        refunded = total(each for each in self.refunds[row.charge_id] if each.number in known)
        whole = commission(self._labour(row), self._policy(row), first=row.charge_id in self.firsts)
        return after_refund(whole, row.charge.collected or ZERO, refunded)

    def _labour(self, row: Settlement) -> Decimal:
        return labour_within(row.charge.due, self.before[row.charge_id], _materials(order_of(row).order))

    def _policy(self, row: Settlement) -> CommissionPolicy:
        return self.history.at(order_of(row).reported_at).policy(CommissionPolicy)


def reckoning(office: Office, rows: Sequence[Settlement]) -> Reckoning:
    """Return what the lines of some settlements are reckoned from, in few queries, however many they are."""
    charges = _charges(rows)
    return Reckoning(History(office), _charged_before(charges), _firsts(charges), refunds_of(row.charge_id for row in rows),
                     asked_about(row.pk for row in rows))  # fmt: skip


def order_of(row: Settlement) -> Case:
    """Return the order a settlement belongs to."""
    assert row.case.parent is not None, "a settlement belongs to an order"
    return row.case.parent


def asked_about(settlements: Iterable[int]) -> Asked:
    """Return what was asked about some settlements, in one query."""
    found: Asked = defaultdict(list)
    queries = CommissionQuery.objects.filter(settlement__in=list(settlements)).exclude(case__status="withdrawn")
    for each in queries.select_related("case", "answered_by").order_by("pk"):
        found[each.settlement_id].append(each)
    return found


def minus(one: dict[int, Share], other: dict[int, Share]) -> dict[int, Share]:
    """Return what each person has in the one and not in the other."""
    return {person: one.get(person, NOTHING) - other.get(person, NOTHING) for person in {**one, **other}}


def plus(one: dict[int, Share], other: dict[int, Share]) -> dict[int, Share]:
    """Return what each person has in both together."""
    return {person: one.get(person, NOTHING) + other.get(person, NOTHING) for person in {**one, **other}}


def _charges(rows: Iterable[Settlement]) -> list[Charge]:
    """Return every charge of the orders of some settlements, the oldest first, in one query."""
    orders = [row.case.parent_id for row in rows]
    found = Charge.objects.filter(case__parent__in=orders).exclude(case__status="void")
    return list(found.select_related("case", "settlement__case").order_by("pk"))


def _charged_before(charges: Iterable[Charge]) -> dict[int, Decimal]:
    """Return what was charged on its order before each charge, in yuan, by charge."""
    sums: dict[int | None, Decimal] = defaultdict(lambda: ZERO)
    before: dict[int, Decimal] = {}
    for charge in charges:
        before[charge.pk] = sums[charge.case.parent_id]
        sums[charge.case.parent_id] += charge.due
    return before


def _firsts(charges: Iterable[Charge]) -> frozenset[int]:
    """Return the charge of each order that was settled first, the oldest of those settled at once."""
    firsts: dict[int | None, tuple[datetime, int]] = {}
    for charge in charges:
        closed_at = charge.settlement.case.closed_at if hasattr(charge, "settlement") else None
        if closed_at:
            order = charge.case.parent_id
            firsts[order] = min(firsts.get(order, (closed_at, charge.pk)), (closed_at, charge.pk))
    return frozenset(charge for _at, charge in firsts.values())


def _materials(order: Order) -> Decimal:
    quoted = [line for line in order.quote if line.get("per") == MATERIAL]
    return sum((Decimal(line["amount"]) for line in [*quoted, *order.materials]), ZERO)
