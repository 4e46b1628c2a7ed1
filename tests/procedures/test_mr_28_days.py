"""MR-28  What belongs to a day of the books: what happened on it while it was open, and then nothing more."""

from datetime import date
from decimal import Decimal
from functools import partial

import pytest

from menling.money import cashier as books
from menling.money.cashier import standing
from menling.money.models import Transfer
from menling.procedures import cashier_day as rules
from tests.cashier import FRIDAY, MONDAY, begun, cash, closed, closing, newest
from tests.office import World
from tests.procedures.given import refused, shanghai
from tests.together import together

d = Decimal


@pytest.mark.clause("MR-28")
@pytest.mark.parametrize(
    ("happened", "through", "booked"),
    [(20, None, 20), (20, 18, 20), (20, 19, 20), (20, 20, 21), (20, 22, 23)],
)
def test_a_movement_belongs_to_its_day_or_to_the_first_that_is_open(happened: int, through: int | None, booked: int) -> None:
    known = date(2026, 11, through) if through else None
    assert rules.booked_on(date(2026, 11, happened), known) == date(2026, 11, booked)


@pytest.mark.clause("MR-28")
@pytest.mark.parametrize(("day", "through", "fine"), [(21, None, False), (20, None, True), (20, 19, True), (20, 20, False)])
def test_a_day_is_begun_on_it_or_after_it_and_never_behind_a_closed_one(day: int, through: int | None, fine: bool) -> None:
    known = date(2026, 11, through) if through else None
    if fine:
        rules.may_begin(date(2026, 11, day), FRIDAY, known)
        return
    with refused("MR-28", 409):
        rules.may_begin(date(2026, 11, day), FRIDAY, known)


@pytest.mark.django_db
@pytest.mark.clause("MR-28")
def test_only_finance_begins_a_day_and_each_once(world: World) -> None:
    with refused("MR-28", 403):
        world.answer("begin", None, "service_desk", kind="cashier_day", amount="0")
    begun(world)
    with refused("MR-28"):
        begun(world)


@pytest.mark.django_db
@pytest.mark.clause("MR-28")
def test_what_happened_on_a_closed_day_and_is_told_later_stands_on_the_next(world: World) -> None:
    handover = cash(world)
    day = begun(world)
    world.later(60)
    told_of = world.now
    world.later(60)
    closed(world, day)
    before = standing(day.cashierday).closing
    world.now = shanghai(23, 9)
    world.do(handover, "receive", "finance", at=told_of)
    row = newest("bag", "safe")
    assert (row.happened_at, row.day) == (told_of, date(2026, 11, 21)), "the first day after what is closed"
    monday = begun(world)
    day.refresh_from_db()
    assert standing(day.cashierday).closing == before
    assert (standing(monday.cashierday).first, standing(monday.cashierday).came[f"safe:{world.office.pk}"]) == (
        date(2026, 11, 21), d("86.00"))  # fmt: skip


@pytest.mark.django_db
@pytest.mark.clause("MR-28")
def test_a_charge_across_midnight_is_owed_on_one_day_and_paid_on_the_next(world: World) -> None:
    world.now = shanghai(20, 23, 55)
    case = world.finished("86.00")
    world.now = shanghai(21, 0, 5)
    world.do(world.child(case, "charge"), "collect", "repair_worker")
    assert [row.day for row in Transfer.objects.order_by("pk")] == [date(2026, 11, 20), date(2026, 11, 21)]


@pytest.mark.django_db
@pytest.mark.clause("MR-28")
def test_days_nobody_began_go_with_the_next_one_that_is_closed(world: World) -> None:
    closed(world, begun(world))
    world.now = shanghai(21, 11)
    cash(world)
    world.now = shanghai(23, 11)
    monday = begun(world)
    now = standing(monday.cashierday)
    assert (now.first, now.last, now.came["owed"]) == (date(2026, 11, 21), MONDAY, d("86.00"))


@pytest.mark.django_db(transaction=True)
@pytest.mark.clause("MR-28")
def test_a_collection_while_the_day_is_closed_stands_whole_on_one_side(world: World) -> None:
    world.actor("repair_worker"), world.actor("finance")
    charges = [world.child(world.finished(amount), "charge") for amount in ("86.00", "5.00", "7.00")]
    day = begun(world)
    together([
        partial(world.answer, "close_day", day, "finance", **closing(world, day)),
        *(partial(world.answer, "collect", charge, "repair_worker") for charge in charges),
    ])  # fmt: skip
    day.refresh_from_db()
    kept = day.cashierday.closing
    assert {place: d(amount) for place, amount in kept.items()} == standing(day.cashierday).closing
    assert Transfer.objects.filter(day__gte=day.cashierday.day).count() == 7


@pytest.mark.django_db
@pytest.mark.clause("MR-28")
def test_another_office_has_days_of_its_own(world: World) -> None:
    closed(world, begun(world))
    assert books.closed_through(world.elsewhere.pk) is None
