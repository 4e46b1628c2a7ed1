"""MR-51  What is given back lowers the commission of its order: in its month, or after the approval in a later one."""

from datetime import date, datetime
from decimal import Decimal

import pytest
from django.utils.timezone import make_aware

from menling.earnings.lines import Line
from menling.earnings.sheets import sheets
from menling.journal.models import Case
from menling.kernel.roles import Role
from menling.procedures.commission import COMMISSION_MONTH, after_refund, month_over
from tests import giving
from tests.doors.api import caller
from tests.doors.web import browser, words
from tests.earning import settled
from tests.office import World
from tests.procedures.given import refused

NOVEMBER, DECEMBER, JANUARY = date(2026, 11, 1), date(2026, 12, 1), date(2027, 1, 1)


def d(text: str) -> Decimal:
    return Decimal(text)


def at(text: str) -> datetime:
    return make_aware(datetime.fromisoformat(text))


def lines_of(world: World, first: date = NOVEMBER, who: str = "repair_worker") -> tuple[Line, ...]:
    (found,) = sheets(world.office, [world.staff[who]], first)
    return found.lines


def amounts(world: World, first: date = NOVEMBER) -> list[Decimal]:
    return [each.amount for each in lines_of(world, first)]


def given_back(world: World, settlement: Case, amount: str) -> Case:
    return giving.refunded(world, settlement.settlement.charge, amount)


def approve(world: World, month: str = "2026-11", who: str = "office_manager") -> Case:
    answer = world.answer("approve", None, who, kind="commission_month", month=month)
    return Case.objects.get(number=answer.body["number"])


@pytest.mark.clause("MR-51")
@pytest.mark.parametrize(("refunded", "left"), [
    ("0.00", "8.60"), ("0.01", "8.60"), ("0.06", "8.59"), ("43.00", "4.30"), ("85.99", "0.00"), ("86.00", "0.00"),
])  # fmt: skip
def test_commission_falls_by_the_part_that_was_given_back(refunded: str, left: str) -> None:
    assert after_refund(d("8.60"), d("86.00"), d(refunded)) == d(left)


@pytest.mark.clause("MR-51")
@pytest.mark.parametrize(("today", "passes"), [(date(2026, 11, 30), False), (date(2026, 12, 1), True), (date(2027, 1, 1), True)])
def test_a_month_is_approved_once_it_is_over(today: date, passes: bool) -> None:
    if passes:
        month_over(NOVEMBER, today)
    else:
        with refused("MR-51", 409):
            month_over(NOVEMBER, today)


@pytest.mark.clause("MR-51")
def test_the_manager_alone_approves() -> None:
    assert {role for step in COMMISSION_MONTH.steps for role in step.roles} == {Role.OFFICE_MANAGER}


@pytest.mark.django_db
@pytest.mark.clause("MR-51")
def test_until_the_month_is_approved_its_line_falls_and_names_the_refund(world: World) -> None:
    line = settled(world)
    first, second = given_back(world, line, "43.00"), given_back(world, line, "20.00")
    (found,) = lines_of(world)
    assert (found.amount, found.whole, found.refunded) == (d("2.30"), d("2.30"), d("63.00"))
    assert [each.number for each in found.refunds] == [first.number, second.number]
    world.now = at("2026-12-03 10:00")
    given_back(world, line, "23.00")  # a later month, and November still not approved
    assert (amounts(world), amounts(world, DECEMBER)) == ([d("0.00")], [])


@pytest.mark.django_db
@pytest.mark.clause("MR-51")
def test_once_approved_the_sheet_stays_and_the_month_of_the_refund_carries_it(world: World) -> None:
    line = settled(world)
    given_back(world, line, "21.50")
    world.now = at("2026-12-01 00:00")
    approve(world)
    assert (amounts(world), amounts(world, DECEMBER)) == ([d("6.45")], [])
    refund = given_back(world, line, "43.00")
    assert amounts(world) == [d("6.45")]
    (taken,) = lines_of(world, DECEMBER)
    assert (taken.amount, taken.whole, taken.taken_back, taken.order) == (d("-4.30"), d("-4.30"), True, line.parent)
    assert [each.number for each in taken.refunds] == [refund.number]
    world.now = at("2027-01-05 10:00")
    given_back(world, line, "21.50")
    assert [amounts(world, each) for each in (NOVEMBER, DECEMBER, JANUARY)] == [[d("6.45")], [d("-4.30")], [d("-2.15")]]


@pytest.mark.django_db
@pytest.mark.clause("MR-51")
def test_a_refund_written_down_late_does_not_touch_an_approved_month(world: World) -> None:
    """What counts is when it was written down, not when the money went out."""
    line = settled(world)
    case = world.do(giving.asked(world, line.settlement.charge, "86.00"), "approve", "business_lead")
    paid_at = world.later(60)
    world.now = at("2026-12-02 10:00")
    approve(world)
    world.do(case, "pay_out", "finance", at=paid_at)
    assert (amounts(world), amounts(world, DECEMBER)) == ([d("8.60")], [d("-8.60")])


@pytest.mark.django_db
@pytest.mark.clause("MR-51")
def test_a_month_is_approved_once_and_shows_it(world: World) -> None:
    world.now = at("2026-10-15 10:00")
    line = settled(world)
    with refused("MR-51", 409):
        approve(world, "2026-10")
    world.now = at("2026-11-01 09:00")
    with refused("MR-51", 403):
        approve(world, "2026-10", who="team_lead")
    manager = browser(world, "office_manager")
    assert "Once approved the sheets of this month stay as they are." in words(manager.read("/commission?month=2026-10"))
    assert manager.post("/commission/approve", {"month": "2026-10"}).status_code in (200, 204, 302)
    assert "What is given back from now on" in words(manager.read("/commission?month=2026-10"))
    with refused("MR-51", 409):
        approve(world, "2026-10")
    refund = given_back(world, line, "43.00")
    page = words(manager.read(f"/commission/of/{world.staff['repair_worker'].number}?month=2026-11"))
    assert refund.number in page
    found = caller(world, "repair_worker").get("/my/commission", month="2026-11").json()
    assert (found["total"], found["lines"][0]["refunded"], found["lines"][0]["taken_back"]) == ("-4.30", "43.00", True)
