"""What is asked about errands: who has how much of their money in hand, and who laid out own money (MR-16)."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from menling.errands.models import Errand
from menling.journal.cases import visible_to
from menling.kernel.actor import Actor
from menling.kernel.money import ZERO
from menling.premises.models import Office, Staff


@dataclass(frozen=True)
class Purse:
    """What one person has in hand for errands that are not reckoned yet, in yuan by the number of each errand.

    Below zero is own money that was laid out and is to be given back: nobody holds that.
    """

    number: str
    name: str
    errands: tuple[tuple[str, Decimal], ...]

    @property
    def cash(self) -> Decimal:
        """Return the money of the office in that person's hand."""
        return sum((amount for _errand, amount in self.errands if amount > 0), ZERO)

    @property
    def laid_out(self) -> Decimal:
        """Return the own money the office owes that person."""
        return -sum((amount for _errand, amount in self.errands if amount < 0), ZERO)


def purses(by: Actor, office: Office) -> list[Purse]:
    """Return who has money of open errands in hand or laid out own, by work number, as far as `by` sees them; two queries."""
    cases = visible_to(by).filter(kind="errand", office=office, closed_at__isnull=True)
    return purses_of(Errand.objects.filter(case__in=cases, is_home=False).select_related("case").order_by("pk"))


def purses_of(errands: Iterable[Errand]) -> list[Purse]:
    """Return the purses of some errands, which come with their cases, by work number, in one query."""
    found: dict[int, list[tuple[str, Decimal]]] = defaultdict(list)
    for errand in errands:
        for holder, amount in errand.held.items():
            found[holder].append((errand.case.number, amount))
    people = Staff.objects.filter(pk__in=found).order_by("number").values_list("pk", "number", "name") if found else []
    return [Purse(number, name, tuple(found[key])) for key, number, name in people]
