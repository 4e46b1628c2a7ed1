"""A simulated month of all kinds of orders: the journal told again, the registers, the books and the lists of what was late."""

from collections import Counter as Tally
from datetime import timedelta

import pytest
from django.db.models import Sum

from menling.closing.queries import UNANSWERED, late_in
from menling.journal.models import Case, Deadline
from menling.journal.replay import differences
from menling.money.models import Transfer
from menling.orders.days import broken, span
from tests.faults.invariants import carried, charged, numbered
from tests.months import DAYS, FIRST, Month, month
from tests.office import World


def held_true(world: World, played: Month) -> None:
    """Look at everything a month leaves behind."""
    assert {case.number: found for case in Case.objects.all() if (found := differences(case))} == {}
    assert list(numbered()) == []
    assert [*charged(), *carried()] == []
    assert sum(balances().values()) == 0
    once_each(world)


def balances() -> Tally[str]:
    """Return what lies in each place of the books, in yuan."""
    found: Tally[str] = Tally()
    for row in Transfer.objects.values("source", "target").annotate(amount=Sum("amount")):
        found[row["target"]] += row["amount"]
        found[row["source"]] -= row["amount"]
    return found


def once_each(world: World) -> None:
    """Every broken promise stands on the list of exactly one day of its office, and once on that of its month."""
    for office, who in ((world.office, "office_manager"), (world.elsewhere, "office_manager_elsewhere")):
        rows = Deadline.objects.filter(broken_at__isnull=False, office=office).select_related("case")
        days = [broken(world.actor(who), office, span(FIRST + timedelta(days=day), world.now)) for day in range(DAYS)]
        listed = Tally((line.case.number, line.clause, line.at) for lines in days for line in lines)
        assert listed == Tally((row.case.number, row.clause, row.broken_at) for row in rows)
        months = [late_in(office, each, world.now) for each in (FIRST, FIRST + timedelta(days=DAYS))]
        assert sum(line.promise != UNANSWERED for lines in months for line in lines) == rows.count()
    late = Deadline.objects.filter(met_at=None, released_at=None, broken_at=None, paused_at=None, counted=True)
    assert not late.filter(due_at__lt=world.now).exists()


@pytest.mark.django_db
def test_a_month_of_a_hundred_orders_leaves_registers_books_and_lists_in_order(world: World) -> None:
    played = month(world, 100)
    held_true(world, played)
    assert sum(played.filed.values()) > 90, played.refused
    assert Case.objects.filter(kind="repair", status="archived").exists(), played.refused


@pytest.mark.long
@pytest.mark.django_db
@pytest.mark.parametrize("estate", [1, 2])
def test_a_month_of_three_thousand_orders_leaves_registers_books_and_lists_in_order(world: World, estate: int) -> None:
    """Half of them at each of two estates, so that two processes play them side by side."""
    played = month(world, 1500, seed=estate)
    held_true(world, played)
    assert sum(played.filed.values()) > 1450, played.refused
    assert {"repair", "housekeeping", "alarm", "errand", "agreement", "charge", "settlement", "handover", "coordination", "batch",
            "call_order"} <= set(Case.objects.values_list("kind", flat=True))  # fmt: skip
