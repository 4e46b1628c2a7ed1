"""What is asked about money: what a lead must collect, whose bag holds what, what can be settled, what a day brought in."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal

from django.db.models import Prefetch, Q

from menling.journal.cases import visible_to
from menling.journal.models import Case, Deadline, Event
from menling.kernel.actor import Actor
from menling.kernel.money import ZERO
from menling.kernel.refusal import Refused
from menling.kernel.roles import Role
from menling.money.models import Charge, Handover, Settlement, Transfer
from menling.policies.history import History
from menling.premises.models import Office
from menling.premises.statements import rows_of
from menling.procedures.charge import ChargePolicy, may_collect
from menling.procedures.settlement import SettlementPolicy, may_settle, money_arrived

# Nearly always there is none, and pages that are looked at all day ask for it.
UNSIGNED = "SELECT 1 FROM money_handover WHERE office_id = %(office)s AND unsigned LIMIT 1"
RUNNING = Deadline.objects.filter(met_at__isnull=True, released_at__isnull=True).order_by("due_at")
COUNTED = ("collected", "disputed", "waived")
PAYING = ("collect", "confirm_payment", "draw_down", "open_paid")
"""By what a charge is paid: taken by somebody, found on a statement (MR-23), or paid beforehand (MR-34)."""


@dataclass(frozen=True)
class Due:
    """A charge to be collected: `whole` is the amount of the order, in yuan, which decides who collects (HS-3.3)."""

    charge: Charge
    whole: Decimal
    threshold: Decimal

    @property
    def by_lead(self) -> bool:
        """Tell whether only a business lead or above may collect it."""
        return self.whole >= self.threshold


def due_charges(by: Actor, office: Office) -> list[Due]:
    """Return the charges due or questioned, the oldest first, in three queries."""
    open_ones = visible_to(by).filter(office=office, kind="charge", closed_at__isnull=True, status__in=("due", "questioned"))
    rows = Charge.objects.filter(case__in=open_ones).select_related(
        "case", "case__parent", "case__parent__unit", "case__parent__order__worker"
    )
    charges = list(rows.order_by("case__reported_at", "pk"))
    before, history = charged_before(each.case.parent_id for each in charges), History(office)
    return [Due(each, each.due + before[each.case.parent_id or 0],
                history.at(each.valued_at).policy(ChargePolicy).threshold) for each in charges]  # fmt: skip


def charged_before(orders: Iterable[int | None], *, let_go: bool = False) -> dict[int, Decimal]:
    """Return what the collected charges of some orders (ids of their cases) came to, in yuan, any shortfall included.

    With `let_go` also what was waived or discounted of them (MR-33).
    """
    sums: dict[int, Decimal] = defaultdict(lambda: ZERO)
    rows = Charge.objects.filter(case__parent__in=[each for each in orders if each], case__status__in=COUNTED)
    for parent, due, waived in rows.values_list("case__parent_id", "due", "waived"):
        sums[parent or 0] += due + (waived if let_go else ZERO)
    return sums


def whole_order(charge: Charge) -> Decimal:
    """Return what decides who collects: what is due now with what was collected on the order before, in yuan (HS-3.3)."""
    order = charge.case.parent_id
    return charge.due + charged_before([order])[order or 0]


def collectable(charge: Charge, roles: frozenset[Role]) -> bool:
    """Tell whether somebody with `roles` may collect a charge, judged by the whole order (HS-3.3)."""
    try:
        may_collect(roles, whole_order(charge), charge.policy)
    except Refused:
        return False
    return True


@dataclass(frozen=True)
class Bag:
    """The cash one collector took on a day, in a bag or sealed: how much, since when, by when it is with finance."""

    handover: Handover
    cash: Decimal
    charges: tuple[Charge, ...]
    promise: Deadline | None
    overdue: bool

    @property
    def since(self) -> datetime:
        """Return when the first of it was taken."""
        return self.handover.case.reported_at


def bags(by: Actor, office: Office, now: datetime, holder: int | None = None) -> list[Bag]:
    """Return the cash not yet with finance, the most urgent first, in three queries; with `holder` only that person's."""
    own = Q(holder_id=holder) if holder else Q()
    open_ones = visible_to(by).filter(office=office, kind="handover", closed_at__isnull=True)
    charges = Charge.objects.filter(method="cash").select_related("case", "case__parent", "case__parent__unit").order_by("pk")
    rows = Handover.objects.filter(own, case__in=open_ones).select_related("case", "holder").prefetch_related(
        Prefetch("charges", charges), Prefetch("case__deadlines", RUNNING, to_attr="running")
    )  # fmt: skip
    found = [_bag(row, now) for row in rows]
    return sorted(found, key=lambda each: (each.promise.due_at if each.promise else now, each.handover.pk))


def unsigned(by: Actor, office: Office, holder: int | None = None) -> list[Handover]:
    """Return the handovers with a difference the collector has not signed yet, the oldest first; with `holder` that person's own.

    Source: HS-4.1.1.6.
    """
    if not rows_of(UNSIGNED, {"office": office.pk}):
        return []
    own = Q(holder_id=holder) if holder else Q()
    rows = Handover.objects.filter(own, case__in=visible_to(by), office=office, unsigned=True)
    return list(rows.select_related("case", "holder").order_by("pk"))


def _bag(row: Handover, now: datetime) -> Bag:
    taken = tuple(row.charges.all())
    running: list[Deadline] = getattr(row.case, "running", [])
    promise = running[0] if running else None
    cash = sum((each.collected or ZERO for each in taken), ZERO) if row.sealed is None else row.sealed
    return Bag(row, cash, taken, promise, promise is not None and promise.due_at < now)


@dataclass(frozen=True)
class ToSettle:
    """A collected charge finance closes; `refused` says why not yet. What was done about it: reminded when, prompts read."""

    settlement: Settlement
    refused: Refused | None
    reminded_at: datetime | None
    read: bool


def to_settle(by: Actor, office: Office) -> list[ToSettle]:
    """Return the open settlements, those that can be settled first, in four queries (HS-4.2.3, EN-7.6)."""
    open_ones = visible_to(by).filter(office=office, kind="settlement", closed_at__isnull=True)
    # Found first: joined with so many tables at once, the database begins with every settlement there ever was.
    found_open = list(open_ones.values_list("pk", flat=True))
    rows = Settlement.objects.filter(case__in=found_open).select_related(
        "case", "case__parent", "case__parent__unit", "case__parent__order__worker", "charge__case", "charge__payment"
    )
    history, told = History(office), _told(found_open)
    found = [ToSettle(row, _refused(row, history), *told[row.pk]) for row in rows.order_by("case__reported_at", "pk")]
    return sorted(found, key=lambda each: each.refused is not None)


def _refused(row: Settlement, history: History) -> Refused | None:
    order = row.case.parent
    assert order is not None, "a settlement belongs to an order"
    try:
        policy = history.at(row.valued_at).policy(SettlementPolicy)
        may_settle(order.kind, order.status, row.charge.case.status, policy)
        money_arrived(row.charge.method, policy, confirmed=hasattr(row.charge, "payment"))
    except Refused as refusal:
        return refusal
    return None


def _told(cases: list[int]) -> dict[int, tuple[datetime | None, bool]]:
    told: dict[int, tuple[datetime | None, bool]] = defaultdict(lambda: (None, False))
    rows = Event.objects.filter(case__in=cases, verb__in=("remind", "tick")).order_by("pk")
    for case, verb, at in rows.values_list("case_id", "verb", "happened_at"):
        reminded, read = told[case]
        told[case] = (at, read) if verb == "remind" else (reminded, True)
    return told


@dataclass(frozen=True)
class Collection:
    """One charge collected on a day: how much went where (`amount`), and how much is missing."""

    charge: Charge
    order: Case
    at: datetime
    amount: Decimal
    shortfall: Decimal


NOT_COLLECTED = Q(target__startswith="income:") | Q(target__startswith="written_off:") | Q(target__startswith="prepaid:")
"""Where what was owed goes without anybody having taken it."""


def collections(by: Actor, office: Office, since: datetime, until: datetime) -> list[Collection]:
    """Return what was collected between two instants, in one query over the books."""
    rows = Transfer.objects.filter(
        office=office, source__startswith="owed:", happened_at__gte=since, happened_at__lt=until, case__in=visible_to(by)
    ).exclude(NOT_COLLECTED)
    related = ("case__charge__collector", "case__charge__case", "case__parent__unit", "case__parent__order")
    found: dict[int, Collection] = {}
    for row in rows.select_related(*related).order_by("happened_at", "pk"):
        assert row.case.parent is not None, "a charge belongs to an order"
        blank = Collection(row.case.charge, row.case.parent, row.happened_at, ZERO, ZERO)
        known = found.get(row.case_id, blank)
        short = row.target.startswith("shortfall:")
        found[row.case_id] = replace(known, **{"shortfall" if short else "amount": row.amount})  # type: ignore[arg-type]
    return list(found.values())
