"""How far a change of systems has come in an office: what stands here of each list, and who brought it last."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from menling.catalogue.models import PriceItem, StandardItem
from menling.imports.models import Brought, Imported
from menling.imports.registry import LISTS
from menling.imports.sitting import Sort
from menling.journal.models import Counter
from menling.kernel.roles import Role
from menling.premises.models import Occupancy, Office, Post, Shift, Unit

MOST = 10_000
"""Beyond this nobody needs to know exactly."""


@dataclass(frozen=True)
class Place:
    """A list with how many of its rows stand in the books, `many` when there are more, and the last file that changed any.

    `mine` tells whether who looks may bring it.
    """

    sort: Sort
    there: int
    many: bool
    last: Brought | None
    mine: bool

    @property
    def keepers(self) -> list[Role]:
        """Return who may bring it."""
        return sorted(self.sort.keepers)


def _brought(source: str) -> Callable[[Office], QuerySet[Any]]:
    return lambda office: Imported.objects.filter(office=office, source=source)


THERE: dict[str, Callable[[Office], QuerySet[Any]]] = {
    "numbers": lambda office: Counter.objects.filter(office=office),
    "units": lambda office: Unit.objects.filter(office=office),
    "people": lambda office: Occupancy.objects.filter(unit__office=office, until__isnull=True),
    "staff": lambda office: Post.objects.filter(office=office, until__isnull=True, staff__is_active=True),
    "rosters": lambda office: Shift.objects.filter(office=office),
    "standard": lambda office: StandardItem.objects.filter(company_id=office.company_id),
    "prices": lambda office: PriceItem.objects.filter(price_list__office=office),
    "agreements": _brought("agreements"),
    "orders": _brought("orders"),
    "cash": _brought("cash"),
}
"""What stands here of a list: the rows of the book, or, of cases, those brought from the old system."""


def standing(office: Office, held: frozenset[Role]) -> Iterable[Place]:
    """Return every list in the order of a change of systems, with what stands here of it."""
    last: dict[str, Brought] = {}
    for row in Brought.objects.filter(office=office).select_related("who").order_by("kind", "-at").distinct("kind"):
        last[row.kind] = row
    for sort in LISTS.values():
        there = THERE[sort.name](office).order_by()[: MOST + 1].count()
        yield Place(sort, min(there, MOST), there > MOST, last.get(sort.name), bool(sort.keepers & held))
