"""HC-5.3.8, EN-Q.2, CF-28  A question about the price: the worker explains once, then the desk, and what is due waits."""

import pytest

from menling.journal.models import Case
from menling.journal.replay import differences
from menling.procedures.conduct import explained_once
from menling.procedures.conduct_policy import ConductPolicy
from tests.features.test_money import again
from tests.office import World
from tests.procedures.given import chosen, decide, refused, told_roles
from tests.procedures.reminding import says


def charge_of(world: World, case: Case) -> Case:
    """Return the charge of an order as it stands."""
    return world.child(case, "charge")


@pytest.mark.clause("HC-5.3.8", "CF-28")
def test_a_worker_explains_the_price_once() -> None:
    explained_once(said_before=False)
    with refused("HC-5.3.8"):
        explained_once(said_before=True)


@pytest.mark.clause("HC-5.3.8", "EN-Q.2", "EN-Q.3", "CF-28")
def test_the_office_chooses_whether_the_worker_explains_at_all() -> None:
    assert ConductPolicy().fee_dispute == "worker_then_desk"
    assert any("explain once" in said for said in says("EN-Q.2", ConductPolicy(), "on_site") or ())
    silent = chosen(ConductPolicy, scripts__fee_dispute="desk_only")
    assert says("EN-Q.2", silent, "on_site") is says("EN-Q.3", silent, "on_site") is None
    assert any("do not explain" in said for said in says("HC-5.3.8", silent, "on_site") or ())


@pytest.mark.clause("HC-5.3.8", "CF-28")
@pytest.mark.django_db
def test_a_question_that_stays_goes_to_the_desk_and_nothing_is_collected_or_settled_until_it_confirmed(world: World) -> None:
    case = world.finished("86.00")
    world.do(case, "tick", "repair_worker", group="asked_price")
    with refused("HC-5.3.8"):
        world.do(case, "tick", "repair_worker", group="asked_price")
    world.do(case, "tick", "repair_worker", group="fee")
    assert "service_desk" in told_roles(case)
    charge = charge_of(world, case)
    assert charge.status == "questioned"
    with refused("HC-5.3.8"):
        world.do(charge, "collect", "repair_worker")
    world.do(charge, "confirm_fee", "service_desk", explained="按起计费")
    assert world.do(charge, "collect", "repair_worker").status == "collected"
    assert differences(case) == differences(charge) == []


@pytest.mark.clause("HC-5.3.8", "CF-28")
@pytest.mark.django_db
def test_after_a_second_visit_the_question_holds_what_is_due_now_and_not_what_was_paid_before(world: World) -> None:
    case = world.signed("86.00")
    world.do(charge_of(world, case), "collect", "repair_worker")
    world.do(case, "reopen", "team_lead", reason="又堵了")
    again(world, case, "90.00")
    world.do(case, "tick", "repair_worker", group="fee")
    charges = case.children.filter(kind="charge").order_by("pk")
    assert [each.status for each in charges] == ["collected", "questioned"]


@pytest.mark.clause("HC-5.3.8", "CF-28")
@pytest.mark.django_db
def test_a_question_after_paying_holds_the_settlement(world: World) -> None:
    case = world.completed("86.00")
    charge = charge_of(world, case)
    world.do(charge, "collect", "repair_worker")
    world.do(charge, "query_fee", "customer", question="为什么收半小时")
    with refused("HC-5.3.8"):
        world.do(world.child(case, "settlement"), "settle", "finance")


@pytest.mark.clause("HC-5.3.8", "CF-28")
@pytest.mark.django_db
def test_a_question_before_anything_is_due_is_told_to_the_desk(world: World) -> None:
    case = world.at_home()
    world.do(case, "tick", "repair_worker", group="fee")
    assert "service_desk" in told_roles(case)
    assert not case.children.filter(kind="charge").exists()


@pytest.mark.clause("EN-Q.2", "CF-28")
@pytest.mark.django_db
def test_where_only_the_desk_explains_the_worker_has_no_such_card(world: World) -> None:
    decide(world, "scripts.fee_dispute", "desk_only")
    case = world.at_home()
    with refused("MR-10", 409):
        world.do(case, "tick", "repair_worker", group="asked_price")
