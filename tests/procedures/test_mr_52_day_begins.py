"""MR-52  The cashier's day begins by itself on working days, with what the day before left."""

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from menling.jobs.named import JOBS
from menling.money.cashier import standing
from menling.money.sheets import CashierDay
from menling.procedures.cashier_day import CashierPolicy, opens_by_itself
from tests.cashier import FRIDAY, MONDAY, begun, brought_in, closed
from tests.office import World
from tests.procedures.given import chosen, decide, refused, shanghai

SHIPPED, BY_HAND = CashierPolicy(), chosen(CashierPolicy, cashier__opens_itself=False)


def run(at: datetime) -> list[str]:
    return JOBS["cashier"].run(at)


def days(world: World) -> list[date]:
    return list(CashierDay.objects.filter(office=world.office).order_by("day").values_list("day", flat=True))


@pytest.mark.clause("MR-52")
@pytest.mark.parametrize(("at_work", "policy", "through", "begins"), [
    (True, SHIPPED, FRIDAY - timedelta(days=1), True), (True, SHIPPED, FRIDAY, False), (True, SHIPPED, None, False),
    (False, SHIPPED, FRIDAY - timedelta(days=1), False), (True, BY_HAND, FRIDAY - timedelta(days=1), False),
])  # fmt: skip
def test_it_begins_where_the_office_works_and_its_books_have_begun(
    at_work: bool, policy: CashierPolicy, through: date | None, begins: bool
) -> None:
    assert opens_by_itself(FRIDAY, at_work, policy, through) is begins


@pytest.mark.django_db
@pytest.mark.clause("MR-52")
def test_the_next_working_day_begins_with_what_the_day_before_left_and_twice_is_once(world: World) -> None:
    friday = begun(world)
    brought_in(world)
    closed(world, friday)
    assert run(shanghai(23, 7, 59, 59)) == []
    assert [len(run(shanghai(23, 8))), len(run(shanghai(23, 8))), len(run(shanghai(23, 12)))] == [1, 0, 0]
    assert days(world) == [FRIDAY, MONDAY]
    monday = CashierDay.objects.get(office=world.office, day=MONDAY)
    assert (monday.case.status, standing(monday).opening[f"safe:{world.office.pk}"]) == ("open", Decimal("186.00"))


@pytest.mark.django_db
@pytest.mark.clause("MR-52")
def test_a_day_off_begins_nothing_and_an_office_whose_safe_was_never_counted_neither(world: World) -> None:
    assert run(shanghai(20, 9)) == []
    begun(world)
    assert (run(shanghai(21, 9)), run(shanghai(22, 23))) == ([], [])


@pytest.mark.django_db
@pytest.mark.clause("MR-52")
def test_a_day_that_finance_began_or_closed_is_left_alone_and_finance_goes_on_on_its_sheet(world: World) -> None:
    friday = begun(world)
    assert run(shanghai(20, 11)) == []
    closed(world, friday)
    assert run(shanghai(20, 12)) == []
    run(shanghai(23, 8))
    world.now = shanghai(23, 9)
    with refused("MR-28"):
        begun(world)


@pytest.mark.django_db
@pytest.mark.clause("MR-52")
def test_an_office_may_have_finance_begin_its_days(world: World) -> None:
    decide(world, "cashier.opens_itself", False)
    closed(world, begun(world))
    assert run(shanghai(23, 9)) == []


@pytest.mark.django_db
@pytest.mark.clause("MR-52")
def test_looking_for_the_days_to_begin_is_one_query_where_all_have_begun(world: World) -> None:
    closed(world, begun(world))
    assert run(shanghai(23, 8, 30))
    with CaptureQueriesContext(connection) as caught:
        assert run(shanghai(23, 8, 45)) == []
    assert len(caught) == 1
