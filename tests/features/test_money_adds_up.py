"""After any days at the office the books balance by place, person, order and day, and the events tell the same books."""

from contextlib import suppress
from random import Random

import pytest

from menling.journal.models import Case
from menling.kernel.refusal import Refused
from menling.money.cashier import standing
from menling.money.models import Transfer
from menling.money.sheets import CashierDay
from menling.premises.models import Office
from tests.cashier import begun, closed
from tests.office import World
from tests.recount import recounted, sums, written
from tests.walks import Walk

MONEY = ("charge", "handover", "errand", "cashier_day")


class MoneyWalk(Walk):
    """A walk that follows the money: orders are finished for a price, and what is about money is done first."""

    def case(self) -> Case | None:
        """Return a case of money more often than any other."""
        open_ones = Case.objects.filter(kind__in=MONEY, closed_at__isnull=True).order_by("-last_at", "pk")
        keys = list(open_ones.values_list("pk", flat=True)[:12])
        return Case.objects.get(pk=self.rng.choice(keys)) if keys and self.rng.random() < 0.6 else super().case()

    def paid(self) -> None:
        """Let an order be finished for a price, so that there is something to collect."""
        with suppress(Refused):  # the worker is on the way to another order
            self.world.finished(self.rng.choice(("5.00", "86.00", "99.99", "100.00", "240.50")))

    def one(self) -> None:
        """Finish an order now and then; else do what any walk does."""
        if self.rng.random() < 0.2:
            self.paid()
        else:
            super().one()


def held_true() -> None:
    """Look at the books of every office: told again by the events, with nothing lost, and each sheet as it was closed."""
    for office in Office.objects.all():
        told = recounted(office.pk)
        assert told.moved == written(office.pk)
        assert sums(told.moved) == sums(written(office.pk))
        assert sum(sums(told.moved)["place"].values()) == 0
    for day in CashierDay.objects.select_related("case", "office"):
        now = standing(day)
        if day.case.status == "closed":
            assert {place: str(amount) for place, amount in now.closing.items()} == day.closing
        assert sum(now.closing.values()) == 0


@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(6))
def test_after_random_days_the_books_balance_and_the_events_tell_the_same(world: World, seed: int) -> None:
    walk = MoneyWalk(world, Random(seed))
    begun(world)
    walk.go(90)
    held_true()
    assert Transfer.objects.count() > 10, walk.refused


@pytest.mark.long
@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(100, 130))
def test_after_random_weeks_the_books_balance_and_the_events_tell_the_same(world: World, seed: int) -> None:
    walk = MoneyWalk(world, Random(seed))
    begun(world)
    walk.go(600)
    held_true()


@pytest.mark.django_db
def test_a_movement_that_no_event_tells_is_noticed(world: World) -> None:
    day = begun(world)
    closed(world, day)
    held_true()
    office = world.office.pk
    Transfer.objects.create(office_id=office, case=day, source=f"safe:{office}", target=f"bank:{office}", amount="1.00",
                            happened_at=world.now)  # fmt: skip
    assert recounted(office).moved != written(office)
