"""What is asked about money: what decides who collects, which differences nobody has signed, by what a charge is paid."""

from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal

from django.db.models import Count, F, OuterRef, Q, Subquery, Window

from menling.journal.cases import visible_to
from menling.journal.models import Deadline, Event
from menling.kernel.actor import Actor
from menling.kernel.money import ZERO
from menling.kernel.refusal import Refused
from menling.kernel.roles import Role
from menling.money.given import Deposit
from menling.money.models import Charge, Handover, Transfer
from menling.premises.models import Office, Staff
from menling.procedures.charge import may_collect

COUNTED = ("collected", "disputed", "waived")
ASKED = ("questioned", "disputed")
"""How a charge stands while the service desk has to explain it."""
CALLS = 12
PAYING = ("collect", "confirm_payment", "draw_down", "open_paid")
"""By what a charge is paid: taken by somebody, found on a statement (MR-23), or paid beforehand (MR-34)."""


def charged_before(orders: Iterable[int | None], *, let_go: bool = False) -> dict[int, Decimal]:
    """Return what the collected charges of some orders (ids of their cases) came to, in yuan, any shortfall included.

    With `let_go` also what was waived or discounted of them, and without what was given back: that counts as not charged (MR-33).
    """
    sums: dict[int, Decimal] = defaultdict(lambda: ZERO)
    rows = Charge.objects.filter(case__parent__in=[each for each in orders if each], case__status__in=COUNTED)
    for parent, due, waived, refunded in rows.values_list("case__parent_id", "due", "waived", "refunded"):
        sums[parent or 0] += due + (waived - refunded if let_go else ZERO)
    return sums


def questioned(office: Office, by: Actor) -> list[Charge]:
    """HC-5.3.8  Return the charges whose resident is promised a call about the price, the first promise on top: one query.

    Each has `asked_at`, the instant of the question; `armed_at` and `due_at` of the promise, None for a question older than it;
    and `whole`, how many there are, for no more than `CALLS` are returned.
    """
    waiting = visible_to(by).filter(office=office, kind="charge", status__in=ASKED, closed_at__isnull=True)
    asked = Event.objects.filter(case=OuterRef("pk"), verb="query_fee").order_by("-pk").values("happened_at")[:1]
    owed = Deadline.objects.filter(case=OuterRef("pk"), key="explain", met_at__isnull=True, released_at__isnull=True)
    rows = Charge.objects.filter(case__in=waiting).annotate(
        asked_at=Subquery(asked), armed_at=Subquery(owed.values("armed_at")[:1]), due_at=Subquery(owed.values("due_at")[:1]),
        whole=Window(Count("*")),
    )  # fmt: skip
    by_promise = (F("due_at").asc(nulls_first=True), "asked_at", "pk")
    return list(rows.select_related("case__unit", "case__parent").order_by(*by_promise)[:CALLS])


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


def collector_of(charge: Charge) -> Staff | None:
    """Return who took the money of a charge: at the door, or, of what was paid beforehand, who took the prepayment (MR-34)."""
    if charge.method != "prepaid":
        return charge.collector
    paid = Transfer.objects.filter(case=charge.case_id, target__startswith="prepaid:").order_by("-pk").first()
    number = paid.target.partition(":")[2] if paid else ""
    held = Deposit.objects.filter(case__number=number, case__office=charge.case.office_id).select_related("taken_by").first()
    return held.taken_by if held else None


def unsigned(by: Actor, office: Office, holder: int | None = None) -> list[Handover]:
    """Return the handovers with a difference the collector has not signed yet, the oldest first; with `holder` that person's own.

    Source: HS-4.1.1.6.
    """
    own = Q(holder_id=holder) if holder else Q()
    rows = Handover.objects.filter(own, case__in=visible_to(by), office=office, unsigned=True)
    return list(rows.select_related("case", "holder").order_by("pk"))
