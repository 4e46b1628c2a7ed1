"""The cashier's day in figures: what each place held at its begin and at its end, what came and went, who holds what."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from django.db.models import Q, QuerySet, Sum
from django.utils.timezone import get_default_timezone, localtime

from menling.kernel.money import ZERO
from menling.kernel.words import _
from menling.money.models import Charge, Handover, Transfer
from menling.money.sheets import CashBook, CashierDay
from menling.premises.models import Office, Staff
from menling.procedures.accounts import kind_of
from menling.procedures.cashier_day import Status
from menling.procedures.places import in_envelope, safe, unconfirmed

BY_NAME = frozenset({"safe", "bank", "bag", "errand", "envelope", "unconfirmed", "difference", "opening", "shortfall"})
"""Kinds of place each of which is kept by itself; of the others, such as what residents owe, the sum of the kind."""
HOLDING = ("bag", "errand", "envelope")
"""Kinds of place somebody has in hand."""
OWN_MONEY = _("own money laid out for errands, to be given back")
Balances = dict[str, Decimal]


def closed_through(office: int, *, lock: bool = False) -> date | None:
    """Return the day through which the books of an office are closed; with `lock` nothing moves there until the commit."""
    rows = CashBook.objects.filter(office=office)
    if lock:
        CashBook.objects.get_or_create(office_id=office)
        rows = rows.select_for_update()
    return rows.values_list("closed_through", flat=True).first()


def in_safe(office: int) -> Decimal | None:
    """MR-50  Return what the books say lies in the safe, in yuan, and let nothing move there until the commit.

    None before the safe was counted for the first time: until then nobody can know.
    """
    through, place = closed_through(office, lock=True), safe(office)
    if through is None:
        return None
    last = CashierDay.objects.filter(office=office, day=through, case__status=Status.CLOSED).first()
    rows = booked(office, through + timedelta(days=1) if last else None, None)
    sums = rows.aggregate(came=Sum("amount", filter=Q(target=place)), went=Sum("amount", filter=Q(source=place)))
    opened = _read(last.closing).get(place, ZERO) if last else ZERO
    return opened + (sums["came"] or ZERO) - (sums["went"] or ZERO)


def booked(office: int, first: date | None, last: date | None) -> QuerySet[Transfer]:
    """Return the movements of the days of the books from `first` to `last`, both included; None is without end."""
    of_day, older = Q(), Q(day__isnull=True)
    if first is not None:
        of_day, older = of_day & Q(day__gte=first), older & Q(happened_at__gte=_midnight(first))
    if last is not None:
        of_day, older = of_day & Q(day__lte=last), older & Q(happened_at__lt=_midnight(last + timedelta(days=1)))
    return Transfer.objects.filter(Q(of_day, day__isnull=False) | older, office=office)


def day_of(row: Transfer) -> date:
    """Return the day of the books a movement belongs to."""
    return row.day or localtime(row.happened_at).date()


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), get_default_timezone())


def came(rows: QuerySet[Transfer]) -> Balances:
    """Return what came to each place, in yuan."""
    return _summed(rows, "target")


def went(rows: QuerySet[Transfer]) -> Balances:
    """Return what left each place, in yuan."""
    return _summed(rows, "source")


def _summed(rows: QuerySet[Transfer], end: str) -> Balances:
    sums: Balances = defaultdict(lambda: ZERO)
    for place, amount in rows.order_by().values_list(end).annotate(Sum("amount")):
        sums[_kept_as(place)] += amount
    return dict(sums)


def _kept_as(place: str) -> str:
    return place if kind_of(place) in BY_NAME else kind_of(place)


@dataclass(frozen=True)
class Standing:
    """A day in figures, in yuan by place: what was there, what came, what went."""

    first: date
    last: date
    opening: Balances
    came: Balances
    went: Balances

    @property
    def closing(self) -> Balances:
        """Return what is in each place at the end; an empty place is left out."""
        places = sorted({*self.opening, *self.came, *self.went})
        found = {place: self.at_end(place) for place in places}
        return {place: amount for place, amount in found.items() if amount}

    def at_end(self, place: str) -> Decimal:
        """Return what is in one place at the end."""
        return self.opening.get(place, ZERO) + self.came.get(place, ZERO) - self.went.get(place, ZERO)


def standing(day: CashierDay) -> Standing:
    """Return the figures of a day, from the end of the sheet before on; bounded by the days between, not by history."""
    before = previous(day)
    first = before.day + timedelta(days=1) if before else day.day
    rows = booked(day.office_id, first, day.day)
    return Standing(first, day.day, _left_by(before) if before else _read(day.opening), came(rows), went(rows))


def previous(day: CashierDay) -> CashierDay | None:
    """Return the sheet before this one."""
    rows = CashierDay.objects.filter(office=day.office_id, day__lt=day.day).select_related("case")
    return rows.order_by("-day").first()


def _left_by(day: CashierDay) -> Balances:
    return _read(day.closing) if day.case.status == Status.CLOSED else standing(day).closing


def _read(kept: Mapping[str, str]) -> Balances:
    return {place: Decimal(amount) for place, amount in kept.items()}


def written(balances: Balances) -> dict[str, str]:
    """Return balances as JSON keeps them."""
    return {place: str(amount) for place, amount in balances.items()}


def since(day: CashierDay) -> Balances:
    """Return what each place gained, less what it lost, after a day: what a count of today holds beside it."""
    rows = booked(day.office_id, day.day + timedelta(days=1), None)
    gained: Balances = defaultdict(lambda: ZERO, came(rows))
    for place, amount in went(rows).items():
        gained[place] -= amount
    return gained


def own_money(place: str, amount: Decimal) -> bool:
    """Tell whether a place is below zero because somebody spent own money on errands, which the office gives back."""
    return kind_of(place) == "errand" and amount < ZERO


@dataclass(frozen=True)
class Holding:
    """What somebody has in hand at the end of a day; `still` is how much of it is there now, `mark` the envelope's number."""

    place: str
    number: str
    name: str
    amount: Decimal
    still: Decimal
    mark: str = ""

    @property
    def sort(self) -> str:
        """Return the kind of place: bag, errand or envelope."""
        return kind_of(self.place)

    @property
    def laid_out(self) -> bool:
        """Tell whether it is own money spent on errands, which the office gives back: nobody holds that."""
        return own_money(self.place, self.amount)

    @property
    def shown(self) -> Decimal:
        """Return the sum as it is told, in yuan: own money that was laid out is no cash below zero."""
        return abs(self.amount) if self.laid_out else self.amount

    @property
    def to_be_named(self) -> bool:
        """Tell whether a reason is asked for: cash in a bag that is not handed over yet."""
        return self.sort == "bag" and min(self.amount, self.still) > 0


def holdings(office: Office, closing: Balances, gained: Balances) -> list[Holding]:
    """Return who holds what at the end of a day, by place."""
    places = [place for place in sorted(closing) if kind_of(place) in HOLDING]
    people = _people(office, places)
    return [
        Holding(place, *people.get(place, ("", "")), closing[place], closing[place] + gained.get(place, ZERO),
                place.partition(":")[2] if kind_of(place) == "envelope" else "")
        for place in places
    ]  # fmt: skip


def _people(office: Office, places: list[str]) -> dict[str, tuple[str, str]]:
    """Return the work number and name behind each place."""
    ids = {place: int(place.partition(":")[2]) for place in places if kind_of(place) != "envelope"}
    staff = {key: (number, name) for key, number, name in Staff.objects.filter(pk__in=ids.values()).values_list(
        "pk", "number", "name")}  # fmt: skip
    marks = [place.partition(":")[2] for place in places if kind_of(place) == "envelope"]
    sealed = Handover.objects.filter(office=office, envelope__in=marks).values_list("envelope", "holder__number", "holder__name")
    found = {in_envelope(mark): (number, name) for mark, number, name in sealed}
    return found | {place: staff.get(key, ("", "")) for place, key in ids.items()}


@dataclass(frozen=True)
class Unpaid:
    """A payment by QR code that stands on no statement yet, and the day it was recorded."""

    charge: Charge
    on: date


def unpaid(office: Office, until: date) -> list[Unpaid]:
    """Return the QR payments recorded up to a day that stand on no statement yet, the oldest first."""
    charges = list(Charge.objects.filter(awaited_by=office).select_related("case__parent__unit").order_by("pk"))
    booked_on = {each.pk for each in charges} | {each.case.parent_id for each in charges}
    paid = Transfer.objects.filter(case__in=booked_on, target=unconfirmed(office.pk))
    on = {row.case_id: day_of(row) for row in paid.order_by("pk")}
    found = [Unpaid(each, _recorded(each, on)) for each in charges]
    return sorted((each for each in found if each.on <= until), key=lambda each: each.on)


def _recorded(charge: Charge, on: Mapping[int, date]) -> date:
    """Return when a payment was booked: of a deposit or an errand, which are no orders, on their own case (MR-23)."""
    return on.get(charge.pk) or on.get(charge.case.parent_id or 0) or localtime(charge.case.reported_at).date()
