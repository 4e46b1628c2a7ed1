"""HC-5.3.8  Whoever questions a price is called within the office's minutes of work."""

from datetime import timedelta

import pytest

from menling.journal.replay import differences
from menling.journal.sweep import sweep
from menling.kernel.refusal import Refused
from menling.procedures.charge import CHARGE, ChargePolicy
from tests.office import World
from tests.procedures.given import chosen, decide, due_at, promise, shanghai, told_roles

pytestmark = [pytest.mark.clause("HC-5.3.8"), pytest.mark.django_db]


@pytest.mark.parametrize(
    ("asked", "called"),
    [((20, 10, 5), (20, 11, 5)), ((20, 7, 30), (20, 9)), ((20, 8), (20, 9)), ((20, 17, 59), (20, 18, 59)), ((20, 18), (21, 9)),
     ((20, 22), (21, 9))],
)  # fmt: skip
def test_the_minutes_begin_with_the_question_and_out_of_hours_with_the_next_work(
    asked: tuple[int, ...], called: tuple[int, ...]
) -> None:
    assert due_at(CHARGE, "explain", shanghai(*asked), ChargePolicy()) == shanghai(*called)


@pytest.mark.parametrize("minutes", [1, 90, 1440])
def test_an_office_chooses_its_minutes(minutes: int) -> None:
    own = chosen(ChargePolicy, money__fee_call_minutes=minutes)
    assert due_at(CHARGE, "explain", shanghai(20, 10), own) == shanghai(20, 10) + timedelta(minutes=minutes)


@pytest.mark.parametrize("minutes", [0, 1441])
def test_no_minutes_and_more_than_a_day_are_refused(world: World, minutes: int) -> None:
    with pytest.raises(Refused):
        decide(world, "money.fee_call_minutes", minutes)


@pytest.mark.parametrize("paid", [True, False])
def test_the_promise_is_kept_by_the_confirmation_and_a_late_one_alarms_the_desk(world: World, paid: bool) -> None:
    charge = world.child(world.signed("86.00"), "charge")
    if paid:
        world.do(charge, "collect", "repair_worker")
    world.do(charge, "query_fee", "customer", question="为什么收三十元")
    due = promise(charge, "explain").due_at
    assert due == world.now + timedelta(minutes=60)
    assert (sweep(due), sweep(due + timedelta(seconds=1))) == (0, 1)
    assert {"service_desk", "service_desk_supervisor"} <= told_roles(charge)
    world.now = due + timedelta(minutes=5)
    world.do(charge, "confirm_fee", "service_desk", explained="按起计费")
    row = charge.deadlines.get(key="explain")
    assert (row.met_at, row.broken_at) == (world.now, due)
    assert differences(charge) == []


def test_nobody_is_called_about_a_charge_that_is_due_no_more(world: World) -> None:
    case = world.signed("86.00")
    charge = world.child(case, "charge")
    world.do(charge, "query_fee", "customer", question="为什么收三十元")
    world.do(case, "reopen", "team_lead", reason="还在漏")
    assert charge.deadlines.get(key="explain").released_at == world.now
