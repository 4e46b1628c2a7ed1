"""Whether what the books say somebody has in hand is what the records say, place by place (HS-4.1.1.6, MR-16, MR-23, MR-25)."""

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from django.db.models import Q, Sum

from menling.errands.models import Errand
from menling.kernel.money import ZERO
from menling.money.models import Charge, Handover, Transfer
from menling.premises.models import Office
from menling.procedures.handover import Status
from menling.procedures.places import bag, in_envelope, purse, unconfirmed

LOOKED_AT = ("bag", "envelope", "errand", "unconfirmed")
STILL_HELD = (Status.OPEN, Status.HANDED_OVER)
Sums = dict[tuple[int, str], Decimal]


class Astray(NamedTuple):
    """A place that holds another sum than the records say, in yuan; `office` is the code."""

    office: str
    place: str
    booked: Decimal
    meant: Decimal


def astray() -> list[Astray]:
    """Return the places that differ, by office and place. Everything ever booked is read: for the doctor, not for a page."""
    booked, meant = _booked(), _meant()
    codes = dict(Office.objects.values_list("pk", "code"))
    found = sorted({*booked, *meant})
    return [Astray(codes[office], place, booked.get((office, place), ZERO), meant.get((office, place), ZERO))
            for office, place in found if booked.get((office, place), ZERO) != meant.get((office, place), ZERO)]  # fmt: skip


def _booked() -> Sums:
    """Return what is in each place, but for what two people corrected in the books, which no record of a place knows (MR-29)."""
    sums: Sums = defaultdict(lambda: ZERO)
    for end, sign in (("target", 1), ("source", -1)):
        kinds = Q()
        for kind in LOOKED_AT:
            kinds |= Q(**{f"{end}__startswith": f"{kind}:"})
        rows = Transfer.objects.filter(kinds).exclude(case__kind="cashier_day").order_by()
        for office, place, amount in rows.values_list("office", end).annotate(Sum("amount")):
            sums[office, place] += sign * amount
    return sums


def _meant() -> Sums:
    sums: Sums = defaultdict(lambda: ZERO)
    for office, place, amount in (*_in_bags(), *_counted_less(), *_sealed(), *_purses(), *_awaited()):
        sums[office, place] += amount
    return sums


def _in_bags() -> Iterator[tuple[int, str, Decimal]]:
    rows = Charge.objects.filter(handover__case__status__in=STILL_HELD, method="cash", collected__isnull=False)
    for office, holder, amount in rows.values_list("handover__office", "handover__holder", "collected"):
        yield office, bag(holder), amount or ZERO


def _counted_less() -> Iterator[tuple[int, str, Decimal]]:
    """What finance found missing stays booked where it was until the collector owned up to it (HS-4.1.1.6)."""
    rows = Handover.objects.filter(unsigned=True, case__status=Status.RECEIVED)
    for each in rows.annotate(due=Sum("charges__collected", filter=Q(charges__method="cash"))):
        told = each.sealed if each.sealed is not None else each.due or ZERO
        place = bag(each.holder_id) if each.sealed is None else in_envelope(each.envelope)
        yield each.office_id, place, max(told - (each.amount or ZERO), ZERO)


def _sealed() -> Iterator[tuple[int, str, Decimal]]:
    for each in Handover.objects.filter(case__status=Status.SEALED):
        yield each.office_id, in_envelope(each.envelope), each.sealed or ZERO


def _purses() -> Iterator[tuple[int, str, Decimal]]:
    for each in Errand.objects.filter(is_home=False, case__closed_at__isnull=True).select_related("case"):
        for holder, amount in each.held.items():
            yield each.office_id, purse(holder), amount


def _awaited() -> Iterator[tuple[int, str, Decimal]]:
    rows = Charge.objects.filter(awaited_by__isnull=False).order_by()
    for office, amount in rows.values_list("awaited_by").annotate(Sum("collected")):
        yield office, unconfirmed(office), amount
