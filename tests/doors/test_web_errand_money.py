"""Money of errands on the pages: in whose hand it is, and own money that was laid out, which nobody holds (MR-16)."""

from typing import Any

import pytest

from tests.buying import bought, errand
from tests.cashier import begun
from tests.doors.web import browser, words
from tests.office import World

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today"), pytest.mark.clause("MR-16")]


def test_finance_and_the_buyer_read_what_is_in_the_hand_of_the_buyer(world: World) -> None:
    case = world.do(errand(world), "advance", "finance", amount="71.00")
    name = world.staff["repair_worker"].name
    for who, path in (("finance", "/finance"), ("repair_worker", "/errands")):
        page = words(browser(world, who).read(path))
        assert f"{name} {world.staff['repair_worker'].number} ¥71.00 money for errands · {case.number}" in page


def test_own_money_is_no_advance_below_zero(world: World) -> None:
    begun(world)
    world.do(errand(world), "buy", "repair_worker", amount="25.00", invoice="00123456")
    page = words(browser(world, "finance").read("/finance"))
    assert "laid out ¥25.00 of the own money, to be given back" in page
    sheet = words(browser(world, "finance").read("/finance/cashier"))
    assert "own money laid out for errands, to be given back ¥25.00" in sheet
    assert all("−¥25.00" not in each and "-¥25.00" not in each for each in (page, sheet))


def test_what_is_reckoned_is_in_nobodys_hand(world: World) -> None:
    case = bought(world)
    world.do(world.do(world.do(case, "deliver", "repair_worker"), "sign", "customer", checked=True), "settle", "repair_worker")
    world.do(case, "reckon", "finance")
    assert "money for errands" not in words(browser(world, "finance").read("/finance"))


def test_finance_asks_the_same_number_of_questions_however_many_errands_are_out(
    world: World, django_assert_max_num_queries: Any
) -> None:
    for _errand in range(4):
        world.do(errand(world), "advance", "finance", amount="10.00")
    there = browser(world, "finance")
    there.read("/finance")
    with django_assert_max_num_queries(22):
        assert there.read("/finance").count("¥40.00") == 1
