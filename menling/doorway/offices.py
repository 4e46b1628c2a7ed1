"""The offices of a company side by side: one grouped question for each figure, however many offices there are."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Avg, Count, Q, Sum

from menling.journal.models import Case, Deadline
from menling.kernel.money import ZERO
from menling.money.models import Charge
from menling.orders.days import BEFORE_DISPATCH, ORDER_KINDS, Span
from menling.orders.models import Order
from menling.premises.models import Office

RATED_WITHIN = timedelta(days=30)


@dataclass(frozen=True)
class Standing:
    """One office: cases as counts, cash in yuan, and the mean of the ratings of thirty days, None without one."""

    office: Office
    reported: int
    open: int
    undispatched: int
    late: int
    cash: Decimal
    unsettled: int
    rating: Decimal | None
    rated: int


def side_by_side(offices: Iterable[Office], today: Span, now: datetime) -> list[Standing]:
    """Return how some offices stand, the one with most late promises first, in five queries."""
    known = list(offices)
    keys = [each.pk for each in known]
    reported, kinds, late = _reported(keys, today), _open(keys), _late(keys, now)
    cash, rated = _cash(keys), _rated(keys, now)
    found = [_standing(each, reported, kinds[each.pk], late, cash, rated) for each in known]
    return sorted(found, key=lambda each: (-each.late, -each.undispatched, -each.open, each.office.code))


Open = dict[tuple[str, str], int]


def _standing(office: Office, reported: dict[int, int], open_ones: Open, late: dict[int, int], cash: dict[int, Decimal],
              rated: dict[int, tuple[Decimal, int]]) -> Standing:  # fmt: skip
    mean, count = rated.get(office.pk, (None, 0))
    orders = {status: 0 for _kind, status in open_ones}
    for (kind, status), number in open_ones.items():
        orders[status] += number if kind in ORDER_KINDS else 0
    return Standing(
        office, reported.get(office.pk, 0), sum(orders.values()), sum(orders.get(each, 0) for each in BEFORE_DISPATCH),
        late.get(office.pk, 0), cash.get(office.pk, ZERO),
        sum(number for (kind, _status), number in open_ones.items() if kind == "settlement"), mean, count,
    )  # fmt: skip


def _reported(offices: list[int], today: Span) -> dict[int, int]:
    rows = Case.objects.filter(office__in=offices, kind__in=ORDER_KINDS, reported_at__gte=today[0], reported_at__lt=today[1])
    return _counted(rows)


def _open(offices: list[int]) -> dict[int, Open]:
    rows = Case.objects.filter(office__in=offices, kind__in=(*ORDER_KINDS, "settlement"), closed_at__isnull=True)
    found: dict[int, Open] = defaultdict(dict)
    for office, kind, status, count in rows.values_list("office_id", "kind", "status").annotate(n=Count("pk")).order_by():
        found[office][kind, status] = count
    return found


def _late(offices: list[int], now: datetime) -> dict[int, int]:
    running = Q(met_at__isnull=True, released_at__isnull=True, counted=True, paused_at__isnull=True)
    return _counted(Deadline.objects.filter(running, office__in=offices, due_at__lt=now))


def _counted(rows: Any) -> dict[int, int]:
    return dict(rows.values_list("office_id").annotate(n=Count("pk")).order_by())


def _cash(offices: list[int]) -> dict[int, Decimal]:
    held = Charge.objects.filter(method="cash", handover__case__kind="handover", handover__case__office__in=offices,
                                 handover__case__closed_at__isnull=True)  # fmt: skip
    return dict(held.values_list("handover__case__office_id").annotate(n=Sum("collected")).order_by())


def _rated(offices: list[int], now: datetime) -> dict[int, tuple[Decimal, int]]:
    rows = Order.objects.filter(case__office__in=offices, case__kind__in=ORDER_KINDS, case__reported_at__gte=now - RATED_WITHIN,
                                case__reported_at__lt=now, rating__isnull=False)  # fmt: skip
    means = rows.values_list("case__office_id").annotate(mean=Avg("rating"), n=Count("pk")).order_by()
    return {office: (Decimal(str(mean)).quantize(Decimal("0.1")), count) for office, mean, count in means}
