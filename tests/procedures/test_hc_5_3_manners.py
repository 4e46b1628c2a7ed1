"""HC-5.3  From the bell to the goodbye, an objection, and a question about the fee."""

from decimal import Decimal

import pytest

from menling.kernel.roles import Role as R
from menling.money.books import balance
from menling.orders.models import Order
from menling.procedures.charge import CHARGE, not_questioned
from menling.procedures.repair import REPAIR
from menling.procedures.settlement import amount_confirmed
from tests.office import World
from tests.procedures.given import last, newest_message, refused, told_roles, told_staff
from tests.procedures.reminding import BEFORE, HOME, reminds, ticks

WORKER = frozenset({R.REPAIR_WORKER})
AT_THE_DOOR, LEAVING = BEFORE | HOME, HOME | {"finished"}


# HC-5.3.1 to HC-5.3.6, HC-5.3.9  Manners


@pytest.mark.parametrize(
    ("clause", "card", "at", "zh", "en"),
    [
        pytest.param(clause, card, at, zh, en, marks=pytest.mark.clause(clause), id=clause)
        for clause, card, at, zh, en in (
            ("HC-5.3.1", "at_the_door", AT_THE_DOOR, "敲门三下", "knock three times"),
            ("HC-5.3.2", "at_the_door", AT_THE_DOOR, "工作服", "uniform"),
            ("HC-5.3.3", "at_the_door", AT_THE_DOOR, "鞠躬 30 度", "bow 30 degrees"),
            ("HC-5.3.4", "at_the_door", AT_THE_DOOR, "许可", "after a yes"),
            ("HC-5.3.5", "at_the_door", AT_THE_DOOR, "尽快做好", "as quick as I can"),
            ("HC-5.3.6", "leaving", LEAVING, "收好工具", "put your tools and supplies away"),
            ("HC-5.3.9", "leaving", LEAVING, "带上门", "close the door softly"),
        )
    ],
)
def test_each_line_is_shown_at_its_moment_in_its_own_words(clause: str, card: str, at: set[str], zh: str, en: str) -> None:
    reminds(clause, card, at, zh, en)


@pytest.mark.clause("HC-5.3.1")
def test_the_worker_waits_thirty_seconds_and_after_the_second_try_may_say_that_nobody_is_home() -> None:
    reminds("HC-5.3.1", "at_the_door", AT_THE_DOOR, "等 30 秒", "Wait 30 seconds")
    for status in ("dispatched", "acknowledged", "on_site"):
        open_now = [step.verb for step in REPAIR.open_steps(status, WORKER, assigned=True)]
        assert "absent" in open_now


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("status", "card", "expected"),
    [
        pytest.param("on_site", "at_the_door", {"HC-5.3.1", "HC-5.3.2", "HC-5.3.3", "HC-5.3.4", "HC-5.3.5"}, id="at the door",
                     marks=pytest.mark.clause("HC-5.3.1", "HC-5.3.2", "HC-5.3.3", "HC-5.3.4", "HC-5.3.5")),
        pytest.param("finished", "leaving", {"HC-5.3.6", "HC-5.3.9"}, id="leaving",
                     marks=pytest.mark.clause("HC-5.3.6", "HC-5.3.9")),
    ],
)  # fmt: skip
def test_one_tap_of_the_worker_journals_every_line_of_the_card(world: World, status: str, card: str, expected: set[str]) -> None:
    case = world.at_home() if status == "on_site" else world.finished()
    ticks(world, case, card, expected)


# HC-5.3.7  Not content


@pytest.mark.clause("HC-5.3.7")
def test_when_the_resident_is_not_content_the_worker_is_shown_to_apologise_and_put_it_right() -> None:
    reminds("HC-5.3.7", "objection", {"finished", "signed", "objected"}, "对不起", "sorry")


@pytest.mark.clause("HC-5.3.7")
@pytest.mark.parametrize("status", ["finished", "signed", "reviewed", "signed_off"])
def test_an_objection_is_taken_until_the_slip_is_complete(status: str) -> None:
    assert REPAIR.step("object", status, {R.CUSTOMER}).after == "objected"
    assert REPAIR.step("object", status, WORKER).clauses == ("HC-5.3.7",)


@pytest.mark.clause("HC-5.3.7")
def test_from_an_objection_only_rework_leads_on() -> None:
    onward = {step.verb for step in REPAIR.steps if "objected" in step.before and step.after is not None}
    assert onward == {"rework"}
    assert REPAIR.step("rework", "objected", WORKER).after == "finished"


@pytest.mark.clause("HC-5.3.7")
@pytest.mark.django_db
def test_an_objection_blocks_closing_until_rework_and_a_new_signature(world: World) -> None:
    case = world.signed("86.00")
    world.do(world.child(case, "charge"), "collect", "repair_worker")
    world.do(case, "review", "team_lead")
    seen = newest_message()
    world.do(case, "object", "customer", reason="还在滴水")
    assert told_staff(case, seen) == [world.staff["repair_worker"].pk]
    order = Order.objects.get(pk=case.pk)
    assert (case.status, order.signed_at, order.signed_by) == ("objected", None, "")
    ticks(world, case, "objection", {"HC-5.3.7"})
    for verb, who, cited in (("review", "team_lead", "EN-7.6"), ("sign_off", "repair_worker", "HS-4.2.3"),
                             ("sign", "customer", "HC-5.5.1"), ("archive", "service_desk", "EN-D.20")):  # fmt: skip
        with refused(cited):
            world.do(case, verb, who)
    with refused("HS-4.2.3"):
        world.do(world.child(case, "settlement"), "settle", "finance")
    assert not case.deadlines.filter(key="archive", released_at__isnull=True).exists()
    world.do(case, "rework", "repair_worker", done="更换垫圈")
    assert last(case, "rework").facts["done"] == "更换垫圈"
    for verb, who, cited in (("review", "team_lead", "EN-7.6"), ("sign_off", "repair_worker", "HS-4.2.3")):
        with refused(cited):
            world.do(case, verb, who)
    world.do(case, "sign", "customer")
    assert Order.objects.get(pk=case.pk).signed_at == world.now
    world.do(case, "review", "team_lead")
    world.do(case, "sign_off", "repair_worker")
    assert world.do(case, "archive", "service_desk").status == "archived"


# HC-5.3.8  A question about the fee


@pytest.mark.clause("HC-5.3.8")
def test_the_worker_is_shown_to_leave_a_question_about_the_fee_to_the_service_desk() -> None:
    reminds("HC-5.3.8", "fee", HOME | {"finished", "signed"}, "客户事务助理", "customer affairs assistant")


@pytest.mark.clause("HC-5.3.8")
def test_resident_worker_or_desk_puts_the_question_and_only_the_service_desk_confirms() -> None:
    for role in (R.CUSTOMER, R.REPAIR_WORKER, R.SERVICE_DESK, R.CONTROL_CENTRE):
        assert CHARGE.step("query_fee", "due", {role}).after == "questioned"
        assert CHARGE.step("query_fee", "collected", {role}).after == "disputed"
    assert CHARGE.step("confirm_fee", "questioned", {R.SERVICE_DESK}).after == "due"
    assert CHARGE.step("confirm_fee", "disputed", {R.SERVICE_DESK}).after == "collected"
    for role in (R.CUSTOMER, R.REPAIR_WORKER, R.CONTROL_CENTRE, R.BUSINESS_LEAD):
        with refused("HC-5.3.8", 403):
            CHARGE.step("confirm_fee", "questioned", {role})


@pytest.mark.clause("HC-5.3.8")
def test_nobody_collects_or_settles_an_amount_that_is_questioned() -> None:
    with refused("HC-5.3.8"):
        not_questioned("questioned", WORKER)
    not_questioned("due", WORKER)
    with refused("HC-5.3.8"):
        amount_confirmed("disputed")
    amount_confirmed("collected")


@pytest.mark.clause("HC-5.3.8")
@pytest.mark.django_db
def test_collection_waits_until_the_service_desk_confirmed_the_amount(world: World) -> None:
    case = world.finished("86.00")
    charge = world.child(case, "charge")
    seen = newest_message()
    world.do(charge, "query_fee", "customer", question="为何比上次贵")
    assert told_roles(charge, seen) == {"service_desk"}
    for who in ("repair_worker", "business_lead"):
        with refused("HC-5.3.8"):
            world.do(charge, "collect", who)
    with refused("HC-5.3.8", 403):
        world.do(charge, "confirm_fee", "repair_worker")
    ticks(world, case, "fee", {"HC-5.3.8"})
    world.do(charge, "confirm_fee", "service_desk", explained="按新的收费标准")
    assert last(charge, "confirm_fee").facts["due"] == "86.00"
    assert world.do(charge, "collect", "repair_worker").status == "collected"


@pytest.mark.clause("HC-5.3.8")
@pytest.mark.django_db
def test_a_question_after_the_money_was_taken_holds_the_settlement_and_takes_nothing_twice(world: World) -> None:
    case = world.completed("86.00")
    charge = world.do(world.child(case, "charge"), "collect", "repair_worker")
    settlement = world.child(case, "settlement")
    world.do(charge, "query_fee", "service_desk", question="业主来电: 材料费不对")
    with refused("HC-5.3.8"):
        world.do(settlement, "settle", "finance")
    with refused("HS-3.3"):
        world.do(charge, "collect", "business_lead")
    world.do(charge, "confirm_fee", "service_desk")
    assert world.do(settlement, "settle", "finance").status == "settled"
    assert balance(world.office.pk, f"owed:{charge.number}") == Decimal("0.00")
