"""MR-27  Worth a second look: facts about orders and money, each at, below and above its figure."""

from datetime import datetime, timedelta
from decimal import Decimal
from io import BytesIO
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from menling.doorway.leaks import BELOW, DOOR, FREE, NOBODY, SPLIT, leaks
from menling.journal.models import Case
from menling.procedures.leaks import LeakPolicy, is_cluster, is_split, is_usual, just_below, sort_of_job
from tests.doors.web import browser, words
from tests.office import World, make_unit
from tests.procedures.given import decide

pytestmark = [pytest.mark.django_db, pytest.mark.clause("MR-27")]
SINCE = datetime(2026, 11, 1, tzinfo=ZoneInfo("Asia/Shanghai"))
MONTH = {"month": "2026-11"}


def d(text: str) -> Decimal:
    return Decimal(text)


def found(world: World) -> list[tuple[str, str, Decimal]]:
    until = world.now + timedelta(minutes=1)
    return [(each.sort, each.case.number, each.amount) for each in leaks(world.actor("quality"), world.office, SINCE, until)]


def gone(world: World) -> Case:
    """An order whose price the resident refuses at the door, and which is cancelled then."""
    case = world.at_home()
    world.do(case, "quote", "repair_worker", amount=d("86.00"), description="疏通")
    world.do(case, "refuse_price", "repair_worker", reason="太贵")
    return world.do(case, "cancel", "repair_worker", reason="业主不修了")


def homes(world: World, count: int) -> list[str]:
    return [make_unit(world.office, "9", "1", f"{room:03d}").code for room in range(count)]


@pytest.mark.parametrize(("amount", "near"), [("89.99", False), ("90.00", True), ("99.99", True), ("100.00", False)])
def test_just_below_the_limit_is_within_the_margin_and_not_the_limit_itself(amount: str, near: bool) -> None:
    assert just_below(d(amount), d("100.00"), LeakPolicy()) is near


def test_two_amounts_are_no_cluster_and_three_and_four_are() -> None:
    assert [is_cluster(count, LeakPolicy()) for count in (2, 3, 4)] == [False, True, True]


def test_orders_are_split_when_each_is_below_the_limit_and_together_they_reach_it() -> None:
    limit = d("100.00")
    assert is_split([d("50.00"), d("50.00")], limit)
    assert not is_split([d("50.00"), d("49.99")], limit)
    assert not is_split([d("100.00"), d("5.00")], limit)
    assert not is_split([d("99.99")], limit)


def test_a_whole_order_of_the_same_day_hides_no_split_job_and_makes_none() -> None:
    limit = d("100.00")
    assert is_split([d("50.00"), d("100.00"), d("50.00")], limit)
    assert not is_split([d("50.00"), d("100.00"), d("49.99")], limit)
    assert not is_split([d("99.99"), d("100.00")], limit)


def test_a_charge_is_usual_from_four_of_five_jobs_and_never_from_four_jobs() -> None:
    assert [is_usual(*each, LeakPolicy()) for each in ((4, 5), (3, 5), (9, 10), (4, 4))] == [True, False, True, False]
    assert sort_of_job("repair", "马桶堵了") == sort_of_job("repair", "地漏返水") != sort_of_job("repair", "换灯泡")


def test_what_was_cancelled_before_anybody_came_is_not_listed_and_at_the_door_is(world: World) -> None:
    world.do(world.sent(), "cancel", "control_centre", reason="不修了")
    at_door = gone(world)
    assert found(world) == [(DOOR, at_door.number, d("0"))]


def test_nobody_home_is_listed_until_a_new_time_is_agreed(world: World) -> None:
    case = world.do(world.sent(), "acknowledge", "repair_worker")
    world.do(case, "absent", "repair_worker", slip="0001")
    assert found(world) == [(NOBODY, case.number, d("0"))]
    world.do(case, "move", "control_centre", visit_at=world.now + timedelta(days=1), reason="业主约明天")
    assert found(world) == []


def test_three_amounts_just_below_the_limit_are_listed_and_with_a_smaller_margin_they_are_not(world: World) -> None:
    units = homes(world, 3)
    cases = [world.finished(amount, unit=unit) for unit, amount in zip(units, ("90.00", "95.00", "99.99"), strict=True)]
    assert found(world) == [(BELOW, each.number, d(due)) for each, due in zip(cases, ("90.00", "95.00", "99.99"), strict=True)]
    decide(world, "money.leak_margin", "9.99")
    assert found(world) == []


def test_two_orders_of_a_home_and_day_that_reach_the_limit_are_listed_and_of_two_homes_are_not(world: World) -> None:
    first, second = world.finished("50.00"), world.finished("50.00")
    world.finished("60.00", unit=homes(world, 1)[0])
    world.finished("100.00")
    assert found(world) == [(SPLIT, first.number, d("50.00")), (SPLIT, second.number, d("50.00"))]


def test_a_job_without_charge_is_listed_where_four_of_five_have_one(world: World) -> None:
    units = homes(world, 5)
    for unit in units[:3]:
        world.signed("20.00", unit=unit)
    free = world.signed(unit=units[3])
    assert found(world) == []
    world.signed("20.00", unit=units[4])
    assert found(world) == [(FREE, free.number, d("0"))]


def test_the_page_leads_to_the_order_and_its_call_and_names_what_came_of_it(world: World) -> None:
    case = gone(world)
    there = browser(world, "quality")
    page = there.read("/leaks", MONTH)
    assert f'href="/orders/{case.number}"' in page
    assert f'action="/steps/{case.number}/note"' in page
    assert "not called yet" in page
    there.post(f"/steps/{case.number}/note", {"text": "业主说自己修的", "follow_up": "reached", "next": "/leaks"})
    called = there.read("/leaks", MONTH)
    assert "not called yet" not in called
    assert "业主说自己修的" in called
    book = load_workbook(BytesIO(there.get("/leaks.xlsx", MONTH).content))
    assert book.active is not None
    assert [row[1] for row in book.active.iter_rows(min_row=2, values_only=True)] == [case.number]


def test_quality_and_managers_read_it_and_nobody_else(world: World) -> None:
    gone(world)
    for who in ("repair_worker", "finance", "control_centre", "team_lead"):
        assert browser(world, who).get("/leaks").status_code == 403, who
    assert "Nothing stands out" in words(browser(world, "office_manager_elsewhere").read("/leaks", MONTH))


def test_it_asks_the_same_number_of_questions_however_much_stands_out(world: World) -> None:
    there = browser(world, "quality")

    def asked() -> int:
        with CaptureQueriesContext(connection) as caught:
            there.read("/leaks", MONTH)
        return len(caught)

    gone(world)
    before = asked()
    for _each in range(3):
        gone(world)
    assert asked() == before
