"""MR-51  An approved month stays as it was approved: whatever differs later is a line of the month in which it became known."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from menling.earnings.lines import Line, Sheet
from menling.earnings.sheets import sheets
from menling.journal.models import Case
from tests.doors.web import browser, words
from tests.earning import settled
from tests.office import World
from tests.procedures.test_mr_37_commission import asked
from tests.procedures.test_mr_51_refunded_commission import DECEMBER, JANUARY, NOVEMBER, approve, at, given_back

BOTH = ("repair_worker", "repair_worker_2")


def d(text: str) -> Decimal:
    return Decimal(text)


def sheet(world: World, first: date, who: str = "repair_worker") -> Sheet:
    (found,) = sheets(world.office, [world.staff[who]], first)
    return found


def line(world: World, first: date, who: str = "repair_worker") -> Line:
    (found,) = sheet(world, first, who).lines
    return found


def totals(world: World, who: str = "repair_worker") -> list[Decimal]:
    return [sheet(world, first, who).total for first in (NOVEMBER, DECEMBER, JANUARY)]


def reopened(world: World, order: Case) -> Case:
    return world.do(order, "reopen", "team_lead", reason="又堵了")


@pytest.mark.django_db
@pytest.mark.clause("MR-51")
def test_an_order_opened_again_and_given_to_another_is_a_difference_of_that_month(world: World) -> None:
    settlement = settled(world)
    world.now = at("2026-12-01 09:00")
    approve(world)
    world.now = at("2026-12-05 09:00")
    order = reopened(world, settlement.parent)
    assert totals(world) == [d("8.60"), d("-8.60"), d("0")]
    world.do(order, "dispatch", "control_centre", worker=world.staff["repair_worker_2"].number)
    assert [totals(world, who) for who in BOTH] == [[d("8.60"), d("-8.60"), d("0")], [d("0"), d("8.60"), d("0")]]
    assert line(world, DECEMBER).taken_back
    world.now = at("2027-01-01 09:00")
    approve(world, "2026-12")
    world.do(order, "reassign", "control_centre", worker=world.staff["repair_worker"].number, reason="又轮到")
    assert totals(world) == [d("8.60"), d("-8.60"), d("8.60")]
    assert totals(world, "repair_worker_2") == [d("0"), d("8.60"), d("-8.60")]


@pytest.mark.django_db
@pytest.mark.clause("MR-51")
@pytest.mark.parametrize(("approved", "months"), [(True, ["0", "8.60"]), (False, ["8.60", "0"])])
def test_a_settlement_written_down_after_the_approval_is_paid_in_the_next_month(
    world: World, approved: bool, months: list[str]
) -> None:
    order = world.completed("86.00")
    world.do(world.child(order, "charge"), "collect", "repair_worker")
    settled_at = world.later(60)
    world.now = at("2026-12-02 09:00")
    if approved:
        approve(world)
    world.do(world.child(order, "settlement"), "settle", "finance", at=settled_at)
    assert totals(world)[:2] == [d(each) for each in months]


@pytest.mark.django_db
@pytest.mark.clause("MR-51", "MR-38")
def test_what_an_answer_adds_after_the_approval_comes_in_its_own_month(world: World) -> None:
    settlement = settled(world)
    world.now = at("2026-11-30 09:00")
    first = asked(world, settlement)
    world.do(first, "answer", "team_lead", answer="确实少算", more="1.40")
    world.now = at("2026-12-01 09:00")
    second = asked(world, settlement)
    approve(world)
    world.do(second, "answer", "team_lead", answer="还少", more="20.00")
    assert totals(world) == [d("10.00"), d("20.00"), d("0")]
    assert [each.case for each in line(world, NOVEMBER).queries] == [first]
    assert [each.case for each in line(world, DECEMBER).queries] == [second]
    page = words(browser(world, "repair_worker").read("/commission/of/A005?month=2026-12"))
    assert "还少" in page
    assert "¥20.00" in page


@pytest.mark.django_db
@pytest.mark.clause("MR-51")
def test_every_month_that_was_approved_stays_and_the_sum_of_all_is_what_stands_now(world: World) -> None:
    settlement = settled(world)
    world.now = at("2026-12-01 09:00")
    approve(world)
    given_back(world, settlement, "43.00")
    world.now = at("2027-01-02 09:00")
    reopened(world, settlement.parent)  # December is over, and not approved yet
    assert totals(world) == [d("8.60"), d("0"), d("-8.60")]
    approve(world, "2026-12")
    assert totals(world) == [d("8.60"), d("0"), d("-8.60")]


@pytest.mark.django_db
@pytest.mark.clause("MR-51")
def test_a_difference_nothing_else_explains_says_where_it_comes_from(world: World) -> None:
    settlement = settled(world)
    world.now = at("2026-12-01 09:00")
    approve(world)
    reopened(world, settlement.parent)
    page = words(browser(world, "repair_worker").read("/commission/of/A005?month=2026-12"))
    assert "Changed after its month was approved" in page
    assert settlement.parent.number in page


@pytest.mark.django_db
@pytest.mark.clause("MR-51")
def test_approved_months_and_their_differences_cost_the_same_queries_however_many_lines(world: World) -> None:
    def queries(first: date) -> int:
        with CaptureQueriesContext(connection) as caught:
            assert sheet(world, first).lines
        return len(caught)

    found = [settled(world) for _each in range(3)]
    world.now = at("2026-12-01 09:00")
    approve(world)
    reopened(world, found[0].parent)
    once = queries(NOVEMBER), queries(DECEMBER)
    for each in found[1:]:
        reopened(world, each.parent)
    assert (queries(NOVEMBER), queries(DECEMBER)) == once
