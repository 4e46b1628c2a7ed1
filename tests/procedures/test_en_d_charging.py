"""EN-D.13, EN-Q.3  What labour on one slip comes to: by the started block, once, at the highest rate worked in it."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from menling.catalogue.models import PriceItem, PriceList
from menling.doorway.bill import bill_of
from menling.doorway.showing import loaded
from menling.journal.models import Case
from menling.money.models import Charge
from menling.procedures.charging import ChargingPolicy, Share, Work, labour, minutes_as_worked, within_what_was_agreed
from tests.office import World
from tests.procedures.given import chosen, decide, last, refused

SHIPPED = ChargingPolicy()
BULB = Work(Decimal("5.00"), "piece")
TOILET = Work(Decimal("100.00"), "visit")
WIRING = Work(Decimal("50.00"), "block")
CABLE = Work(Decimal("80.00"), "block")


def minutes(text: str) -> timedelta:
    whole, _colon, seconds = text.partition(":")
    return timedelta(minutes=int(whole), seconds=int(seconds or 0))


def taking(work: Work, time: str) -> Work:
    return replace(work, time=minutes(time))


def comes_to(works: list[Work], spent: str | None, policy: ChargingPolicy = SHIPPED) -> Decimal:
    return sum((each.amount for each in labour(works, minutes(spent) if spent else None, policy)), Decimal(0))


# One job, priced by the block


@pytest.mark.clause("EN-D.13", "CF-18")
@pytest.mark.parametrize(
    ("spent", "amount"), [("0:01", "50"), ("5", "50"), ("29:59", "50"), ("30", "50"), ("30:01", "100"), ("60:01", "150")]
)  # fmt: skip
def test_a_block_counts_once_it_is_begun_and_thirty_minutes_are_one(spent: str, amount: str) -> None:
    assert comes_to([WIRING], spent) == Decimal(amount)


@pytest.mark.clause("EN-D.13", "CF-18")
@pytest.mark.parametrize(("unit", "amount"), [("15", "150"), ("30", "100"), ("60", "50"), ("none", "50")])
def test_an_office_chooses_its_block_or_none(unit: str, amount: str) -> None:
    assert comes_to([WIRING], "31", chosen(ChargingPolicy, money__charging_unit_minutes=unit)) == Decimal(amount)


# Several rates in one block


@pytest.mark.clause("EN-D.13")
def test_a_bulb_and_a_toilet_within_thirty_minutes_cost_the_higher_price_only() -> None:
    assert labour([BULB, TOILET], minutes("30"), SHIPPED) == [
        Share(Decimal("0.00"), Decimal(0), under=1), Share(Decimal("100.00"), Decimal(1)),
    ]  # fmt: skip


@pytest.mark.clause("EN-D.13")
def test_a_second_longer_and_it_is_not_known_that_they_shared_a_block() -> None:
    assert comes_to([BULB, TOILET], "30:01") == Decimal("105.00")


@pytest.mark.clause("EN-D.13")
@pytest.mark.parametrize(("wiring", "amount"), [("29", "50.00"), ("30", "55.00"), ("31", "100.00")])
def test_with_its_minutes_known_a_piece_goes_under_the_block_it_was_begun_in(wiring: str, amount: str) -> None:
    """After 30 minutes of wiring the bulb begins a block of its own; after 31 the wiring has begun that one as well."""
    spent = str(int(wiring) + 5)
    assert comes_to([taking(WIRING, wiring), taking(BULB, "5")], spent) == Decimal(amount)


@pytest.mark.clause("EN-D.13")
@pytest.mark.parametrize(("first", "amount"), [("29:59", "160.00"), ("30", "130.00")])
def test_every_block_is_charged_at_the_highest_rate_worked_in_it(first: str, amount: str) -> None:
    assert comes_to([taking(WIRING, first), taking(CABLE, "5")], "36") == Decimal(amount)


@pytest.mark.clause("EN-D.13")
@pytest.mark.parametrize(("rate", "amount"), [("49.99", "50.00"), ("50.00", "50.00"), ("50.01", "50.01")])
def test_never_twice_whichever_of_the_two_is_higher(rate: str, amount: str) -> None:
    assert comes_to([Work(Decimal(rate), "piece"), WIRING], "10") == Decimal(amount)


@pytest.mark.clause("EN-D.13")
@pytest.mark.parametrize(("works", "spent", "amount"), [
    ([taking(WIRING, "10"), taking(TOILET, "20")], "30", "100.00"),  # one block: the dearer of the two
    ([taking(TOILET, "20"), taking(WIRING, "10")], "30", "100.00"),  # in whatever order they were done
    ([taking(TOILET, "30"), taking(WIRING, "10")], "40", "150.00"),  # the piece in the first block, the labour in the second
    ([taking(TOILET, "29:59"), taking(WIRING, "10")], "40", "150.00"),  # a second of labour in the block of the piece is under it
    ([taking(WIRING, "30"), taking(TOILET, "10")], "40", "150.00"),  # the labour in the first block, the piece in the second
    ([taking(WIRING, "30:01"), taking(TOILET, "10")], "41", "150.00"),  # the second block costs the piece, not both
    ([taking(WIRING, "60"), taking(TOILET, "10")], "70", "200.00"),  # two blocks of labour, then the piece
])  # fmt: skip
def test_a_dearer_piece_is_charged_instead_of_the_labour_of_its_block_and_beside_that_of_others(
    works: list[Work], spent: str, amount: str
) -> None:
    assert comes_to(works, spent) == Decimal(amount)


@pytest.mark.clause("EN-D.13")
def test_a_visit_that_reaches_into_the_next_block_is_not_charged_again_there() -> None:
    assert comes_to([taking(TOILET, "45"), taking(WIRING, "15")], "60") == Decimal("150.00")


@pytest.mark.clause("EN-D.13")
def test_an_office_may_add_pieces_and_still_charges_a_block_once() -> None:
    add = chosen(ChargingPolicy, money__piece_items="add")
    assert comes_to([BULB, WIRING, CABLE], "10", add) == Decimal("85.00")
    assert comes_to([BULB, WIRING, CABLE], "10") == Decimal("80.00")


@pytest.mark.clause("EN-D.13")
def test_a_price_of_its_own_is_charged_beside_everything() -> None:
    assert comes_to([Work(Decimal("30.00"), "", shared=False), TOILET], "10") == Decimal("130.00")


@pytest.mark.clause("EN-D.13")
def test_before_the_work_planned_minutes_say_what_it_will_come_to_and_without_them_it_is_the_most() -> None:
    assert comes_to([BULB, TOILET], None) == Decimal("105.00")
    assert comes_to([taking(BULB, "5"), taking(TOILET, "20")], None) == Decimal("100.00")


RATES = st.integers(100, 30000).map(lambda fen: Decimal(fen) / 100)
WORKS = st.lists(st.builds(Work, RATES, st.sampled_from(["block", "piece", "visit"]), st.just(Decimal(1)),
                           st.integers(0, 90).map(lambda each: timedelta(minutes=each))), min_size=1, max_size=5)  # fmt: skip


@pytest.mark.clause("EN-D.13")
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(WORKS)
def test_no_block_costs_more_than_its_highest_rate_and_something_is_always_charged(works: list[Work]) -> None:
    spent = sum((each.time for each in works if each.time), timedelta())
    blocks = max(1, -(-spent // timedelta(minutes=30)))
    total = sum(share.amount for share in labour(works, spent, SHIPPED))
    assert 0 < total <= blocks * max(each.rate for each in works)


@pytest.mark.clause("EN-D.13")
def test_work_of_no_minute_after_a_full_block_goes_with_that_block() -> None:
    assert comes_to([taking(TOILET, "30"), taking(WIRING, "0")], "30") == Decimal("100.00")
    assert comes_to([taking(CABLE, "30"), taking(WIRING, "0")], "30") == Decimal("80.00")


@pytest.mark.clause("EN-D.10B")
@pytest.mark.parametrize("told", [["20", "10"], ["20", "10:01"]])
def test_the_minutes_of_the_jobs_are_at_most_those_at_work(told: list[str]) -> None:
    times = [minutes(each) for each in told]
    if sum(times, timedelta()) <= minutes("30"):
        minutes_as_worked(times, minutes("30"))
        return
    with refused("EN-D.10B", 409):
        minutes_as_worked(times, minutes("30"))


@pytest.mark.clause("EN-3.7", "EN-4.3")
@pytest.mark.parametrize(("due", "fine"), [("99.99", True), ("100.00", True), ("100.01", False)])
def test_never_more_is_charged_than_was_agreed(due: str, fine: bool) -> None:
    assert within_what_was_agreed(Decimal(due), Decimal("100.00")) is fine


# On an order


def by_the_block(world: World) -> None:
    listed = PriceList.objects.get(office=world.office)
    PriceItem.objects.create(
        price_list=listed, code="E05", name="线路检查", name_en="Check the wiring", price=Decimal(30), per="block"
    )


def working(world: World, *items: dict[str, object]) -> Case:
    case = world.at_home()
    world.do(case, "quote", "repair_worker", items=list(items))
    world.do(case, "consent", "customer")
    return world.do(case, "start", "repair_worker")


def due_on(case: Case) -> Decimal:
    due: Decimal = Charge.objects.get(case__parent=case).due
    return due


@pytest.mark.django_db
@pytest.mark.clause("EN-D.13")
def test_five_minutes_are_charged_as_one_block_and_the_page_can_say_why(world: World) -> None:
    by_the_block(world)
    case = working(world, {"code": "E05"})
    world.later(5)
    world.do(case, "finish", "repair_worker", summary="已检查")
    bill = bill_of(loaded(case))
    assert due_on(case) == bill.due == Decimal("30.00")
    assert [each.clause for each in (*bill.lines, *bill.behind)] == ["EN-D.13", "EN-D.10B", "EN-Q.3", "EN-3.7"]
    assert "30" in bill.lines[0].text


@pytest.mark.django_db
@pytest.mark.clause("EN-D.13", "EN-3.7")
def test_a_second_over_the_block_is_not_charged_before_it_is_agreed(world: World) -> None:
    by_the_block(world)
    case = working(world, {"code": "E05"})
    world.later(30, seconds=1)
    world.do(case, "finish", "repair_worker", summary="已检查")
    bill = bill_of(loaded(case))
    assert due_on(case) == bill.due == Decimal("30.00")
    assert last(case, "finish").facts["by_time"] == "60.00"
    assert "60.00" in bill.behind[-1].text


@pytest.mark.django_db
@pytest.mark.clause("EN-D.13", "EN-3.7")
def test_a_second_over_the_block_is_charged_once_it_is_agreed(world: World) -> None:
    by_the_block(world)
    case = working(world, {"code": "E05"})
    world.later(30, seconds=1)
    world.do(case, "quote", "repair_worker", items=[{"code": "E05", "quantity": 2}])
    world.do(case, "consent", "customer")
    world.do(case, "finish", "repair_worker", summary="已检查")
    assert due_on(case) == Decimal("60.00")
    assert "by_time" not in last(case, "finish").facts


@pytest.mark.django_db
@pytest.mark.clause("EN-D.13")
def test_what_took_less_than_was_agreed_is_charged_less_and_says_so(world: World) -> None:
    case = working(world, {"code": "W02"}, {"code": "W03"})
    world.later(20)
    world.do(case, "finish", "repair_worker", summary="已疏通")
    assert (due_on(case), case.order.agreed) == (Decimal("100.00"), Decimal("100.00"))
    assert last(case, "finish").facts["amount"] == "100.00"
    bulb, toilet = case.order.quote
    assert (bulb["amount"], bulb["under"], toilet["amount"]) == ("0.00", "疏通马桶", "100.00")
    assert Charge.objects.get(case__parent=case).due == Decimal("100.00")


@pytest.mark.django_db
@pytest.mark.clause("EN-D.13")
def test_the_minutes_of_each_job_decide_which_block_it_was_in(world: World) -> None:
    case = working(world, {"code": "W03"}, {"code": "W02"})
    world.later(40)
    told = [{"code": "W03", "minutes": 35}, {"code": "W02", "minutes": 5}]
    with refused("EN-D.13", 422):
        world.do(case, "finish", "repair_worker", worked=[{"code": "M01", "minutes": 1}])
    with refused("EN-D.10B", 409):
        world.do(case, "finish", "repair_worker", worked=[{"code": "W03", "minutes": 41}])
    world.do(case, "finish", "repair_worker", summary="已疏通", worked=told)
    assert due_on(case) == Decimal("105.00")


@pytest.mark.django_db
@pytest.mark.clause("EN-D.13")
def test_material_is_charged_beside_the_labour_whatever_the_block(world: World) -> None:
    case = working(world, {"code": "W03"}, {"code": "M01", "quantity": 2})
    world.do(case, "finish", "repair_worker", summary="已换")
    assert due_on(case) == Decimal("150.00")


@pytest.mark.django_db
@pytest.mark.clause("EN-D.13")
def test_an_office_that_adds_pieces_charges_both_on_later_orders(world: World) -> None:
    decide(world, "money.piece_items", "add")
    case = working(world, {"code": "W02"}, {"code": "W03"})
    world.do(case, "finish", "repair_worker", summary="已疏通")
    assert due_on(case) == Decimal("105.00")


@pytest.mark.django_db
@pytest.mark.clause("EN-D.12")
def test_the_bill_shows_how_a_material_off_the_list_got_its_price(world: World) -> None:
    case = world.at_home()
    world.do(case, "add_material", "repair_worker", name="软管", stock_price=Decimal("3.49"))
    line = bill_of(loaded(case)).lines[0]
    assert (line.clause, line.amount) == ("EN-D.12", Decimal("4.50"))
    for said in ("3.49", "30%", "4.50"):
        assert said in line.text


@pytest.mark.django_db
@pytest.mark.clause("EN-D.12")
@pytest.mark.parametrize(
    ("name", "price"), [("三角阀", "25.00"), (" 三角阀 ", "25.00"), ("三角阀（铜）", "1.30"), ("疏通马桶", "1.30")]
)
def test_a_material_named_as_the_table_names_it_has_the_price_of_the_table(world: World, name: str, price: str) -> None:
    case = world.do(world.at_home(), "add_material", "repair_worker", name=name, stock_price=Decimal("1.00"))
    assert case.order.materials[-1]["price"] == price
