"""HS-4.1.2.3  Who collected the slip of a home alarm signs it off; finance settles after that; the desk spot-checks."""

import pytest

from menling.journal.cases import visible_to
from menling.journal.models import Outgoing
from menling.journal.replay import differences
from menling.orders.alarms.checking import spot_check_pool
from menling.orders.models import Order
from menling.procedures.alarm_policy import AlarmPolicy
from menling.procedures.alarm_rules import (
    found_by_check,
    signed_off_by_collector,
    spot_checks_due,
)
from menling.procedures.settlement import SettlementPolicy, may_settle
from tests import alarms
from tests.office import World
from tests.procedures.given import (
    chosen,
    newest_message,
    refused,
    shanghai,
    told_roles,
)

DEFAULT = AlarmPolicy()


# HS-4.1.2.3  Signed off by who collected the slip, and spot-checked


@pytest.mark.django_db
@pytest.mark.clause("HS-4.1.2.3")
def test_who_collected_the_slip_signs_it_off_and_nobody_else(world: World) -> None:
    waiting = alarms.accepted(world)
    world.do(alarms.laid_out(world), "pick_up", "engineering_crew_2")
    case = world.do(waiting, "dispatch", "team_lead", worker=world.staff["engineering_crew"].number)
    for verb, facts in (("arrive", {}), ("finish", {"summary": "已开通"})):
        world.do(case, verb, "engineering_crew", **facts)
    world.do(case, "sign", "customer", rating=5)
    for who in ("engineering_crew", "team_lead"):
        with refused("HS-4.1.2.3", 403):
            world.do(case, "sign_off", who)
    assert case in visible_to(world.actor("engineering_crew_2"))
    assert world.do(case, "sign_off", "engineering_crew_2").status == "signed_off"
    assert world.do(case, "archive", "service_desk").status == "archived"
    assert differences(case) == []


@pytest.mark.django_db
@pytest.mark.clause("HS-4.1.2.3")
def test_a_slip_told_directly_is_signed_off_by_who_was_told(world: World) -> None:
    case = alarms.signed(world, ahead=60)
    with refused("HS-4.1.2.3", 403):
        world.do(case, "sign_off", "engineering_crew_2")
    assert world.do(case, "sign_off", "engineering_crew").status == "signed_off"
    signed_off_by_collector(7, 7)
    with refused("HS-4.1.2.3", 403):
        signed_off_by_collector(7, None)


@pytest.mark.django_db
@pytest.mark.clause("HS-3.5", "HS-4.1.2.3")
def test_the_fee_is_settled_after_the_slip_was_signed_off(world: World) -> None:
    case = alarms.signed(world, "60")
    charge = world.child(case, "charge")
    world.do(charge, "collect", "engineering_crew")
    settlement = world.child(case, "settlement")
    with refused("HS-3.5"):
        world.do(settlement, "settle", "finance")
    world.do(case, "sign_off", "engineering_crew")
    assert world.do(settlement, "settle", "finance").status == "settled"
    with refused("HS-3.5"):
        may_settle("alarm", "signed", "collected", settlement_policy())
    may_settle("alarm", "archived", "collected", settlement_policy())


def settlement_policy() -> SettlementPolicy:
    """Return the order of settlement as it is shipped."""
    return SettlementPolicy()


@pytest.mark.django_db
@pytest.mark.clause("HS-4.1.2.3")
def test_the_service_desk_spot_checks_and_reports_what_is_not_in_order(world: World) -> None:
    case = alarms.finished(world)
    with refused("HS-4.1.2.3", 422):
        world.do(case, "spot_check", "service_desk", result="quality_problem")
    before = newest_message()
    world.do(case, "spot_check", "service_desk", result="quality_problem", remark="探头松动")
    assert told_roles(case, before) == {"service_desk_supervisor", "office_manager"}
    assert Outgoing.objects.latest("pk").values["found"] == "探头松动"
    world.do(case, "close_nonconformity", "office_manager", done="已紧固")
    assert Order.objects.get(pk=case.pk).nonconformity == ""
    assert found_by_check("satisfied", "") == ""


@pytest.mark.clause("HS-4.1.2.3")
@pytest.mark.parametrize(("finished", "checks"), [(0, 0), (1, 1), (10, 3), (11, 4), (100, 30), (101, 21), (300, 60), (301, 31)])
def test_without_a_rate_of_its_own_the_spot_check_takes_those_of_the_return_visits(finished: int, checks: int) -> None:
    assert spot_checks_due(finished, DEFAULT) == checks


@pytest.mark.django_db
@pytest.mark.clause("HS-4.1.2.3")
def test_finished_orders_are_in_the_pool_until_they_are_checked(world: World) -> None:
    month = (shanghai(1, 0), shanghai(30, 0))
    assert spot_checks_due(11, chosen(AlarmPolicy, alarm__spot_check_pct="50")) == 6
    alarms.accepted(world)
    one = alarms.finished(world, ahead=200)
    two = alarms.finished(world, ahead=500)
    pool = spot_check_pool(world.office, month, DEFAULT)
    assert (pool.finished, pool.checked, pool.due, pool.short, [case.number for case in pool.waiting]) == (
        2, 0, 1, 1, [two.number, one.number],
    )  # fmt: skip
    world.do(one, "spot_check", "service_desk", result="satisfied")
    pool = spot_check_pool(world.office, month, DEFAULT)
    assert (pool.checked, pool.short, [case.number for case in pool.waiting]) == (1, 0, [two.number])
