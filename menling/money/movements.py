"""Every movement of money of a time, with the people and papers it belongs to, and its sums by person and method."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import CharField, Func, QuerySet

from menling.journal.cases import visible_to
from menling.kernel.actor import Actor
from menling.kernel.money import ZERO
from menling.money.cashier import booked, day_of
from menling.money.models import Charge, Transfer
from menling.premises.models import Office, Staff
from menling.procedures.accounts import kind_of, move_word

OF_STAFF = ("bag", "errand")
"""Kinds of place that end in the id of a member of staff."""
COLLECTED = {
    ("owed", "bag"): "cash", ("owed", "unconfirmed"): "qr", ("customer", "errand"): "cash", ("customer", "bank"): "qr",
    ("customer", "unconfirmed"): "qr",
}  # fmt: skip


@dataclass(frozen=True)
class Movement:
    """One transfer of the books; `word` is marked, `person` is who collected or held the money, else empty."""

    row: Transfer
    word: str
    person: str
    charge: Charge | None

    @property
    def day(self) -> date:
        """Return the day of the books it belongs to."""
        return day_of(self.row)

    @property
    def order(self) -> str:
        """Return the number of the order, or of the case itself where it belongs to none."""
        return self.row.case.parent.number if self.row.case.parent else self.row.case.number

    @property
    def method(self) -> str:
        """Return how it was collected (``cash``, ``qr``); empty for what is no collection."""
        return COLLECTED.get((kind_of(self.row.source), kind_of(self.row.target)), "")

    @property
    def party(self) -> str:
        """Return who pays: the home, and the payer of a charge."""
        unit = self.row.case.unit.said if self.row.case.unit else ""
        return f"{unit} {self.charge.payer if self.charge else ''}".strip()


def movements(by: Actor, office: Office, first: date, last: date) -> list[Movement]:
    """MR-28  Return what moved on the days of the books from `first` to `last`, as it was written down, in two queries."""
    return _told(booked(office.pk, first, last).filter(case__in=visible_to(by)).order_by("pk"))


def newest(by: Actor, office: Office, first: date, last: date, kinds: Iterable[str], most: int) -> list[Movement]:
    """Return the newest movements of some days between places of some kinds alone, the newest first, in two queries or three.

    They are chosen before anything is read with them: to plan both at once costs the database ten times what reading does.
    """
    wanted = sorted(kinds)
    rows = booked(office.pk, first, last).annotate(came_from=_Kind("source"), went_to=_Kind("target"))
    rows = rows.filter(came_from__in=wanted, went_to__in=wanted, case__in=visible_to(by)).order_by("-pk")
    chosen = list(rows.values_list("pk", flat=True)[:most])
    return _told(Transfer.objects.filter(pk__in=chosen).order_by("-pk")) if chosen else []


class _Kind(Func):
    """The kind of a place, what stands before its colon, in the database."""

    function, template = "split_part", "%(function)s(%(expressions)s, ':', 1)"
    output_field = CharField()


def _told(rows: QuerySet[Transfer]) -> list[Movement]:
    found = list(rows.select_related("case__parent", "case__unit", "case__charge__collector"))
    names = _names(found)
    return [_movement(row, names) for row in found]


def _movement(row: Transfer, names: dict[int, str]) -> Movement:
    charge: Charge | None = getattr(row.case, "charge", None)
    held = [names.get(key, "") for key in _staff_of(row)]
    collector = charge.collector.name if charge and charge.collector and kind_of(row.source) == "owed" else ""
    return Movement(row, move_word(row.source, row.target), held[0] if held else collector, charge)


def _names(rows: Iterable[Transfer]) -> dict[int, str]:
    keys = {key for row in rows for key in _staff_of(row)}
    return dict(Staff.objects.filter(pk__in=keys).values_list("pk", "name"))


def _staff_of(row: Transfer) -> list[int]:
    return [int(place.partition(":")[2]) for place in (row.target, row.source) if kind_of(place) in OF_STAFF]


@dataclass
class Sum:
    """What one person brought in by one method, or handed over: how many times and how much, in yuan."""

    times: int = 0
    amount: Decimal = ZERO


def by_person(rows: Iterable[Movement]) -> dict[tuple[str, str], Sum]:
    """Return the collections by collector and method; nobody's (paid by the statement alone) under an empty name."""
    sums: dict[tuple[str, str], Sum] = defaultdict(Sum)
    for each in rows:
        if each.method:
            _add(sums[each.person, each.method], each)
    return dict(sorted(sums.items()))


def by_word(rows: Iterable[Movement]) -> dict[str, Sum]:
    """Return the sums of each kind of movement, by its marked words."""
    sums: dict[str, Sum] = defaultdict(Sum)
    for each in rows:
        _add(sums[each.word], each)
    return dict(sums)


def _add(one: Sum, each: Movement) -> None:
    one.times, one.amount = one.times + 1, one.amount + each.row.amount
