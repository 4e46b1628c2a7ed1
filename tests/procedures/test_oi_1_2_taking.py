"""OI-1, OI-2  An office takes the orders of the call department, and tells back what came of them until it was seen."""

from datetime import timedelta
from typing import Any

import pytest

from menling.doorway.doing import NotThere, find
from menling.jobs.named import JOBS
from menling.journal.models import Case
from menling.kernel.roles import Role as R
from menling.procedures.call_order import CALL_ORDER
from menling.procedures.call_rules import CallPolicy, accepted_at_once, help_offered, result_told, unclear
from menling.procedures.taking import may_decline
from tests.examples import CALLED
from tests.office import World
from tests.procedures.given import NOON, chosen, clock, decide, due, last, promise, refused, told_roles, told_staff

BINDING = chosen(CallPolicy, intake__acceptance_mode="mandatory")
CALLER = "call_department"


def placed(world: World, **facts: Any) -> Case:
    """Return an order as the call department places it."""
    answer = world.answer("place", None, CALLER, kind="call_order", **(CALLED | facts))
    return Case.objects.get(number=answer.body["number"])


def in_hand(world: World, **facts: Any) -> tuple[Case, Case]:
    """Return an order of the call department and the repair it became."""
    call = world.do(placed(world, **facts), "accept", "control_centre")
    world.do(call, "make_order", "control_centre")
    return call, world.child(call, "repair")


@pytest.mark.clause("HS-4.1.1.2", "CF-07")
@pytest.mark.django_db
def test_what_was_placed_for_soon_becomes_an_order_with_the_reason_why_it_is_so_soon(world: World) -> None:
    world.later(-5)  # decided a while ago
    decide(world, "booking.min_lead_applies_to", "all_orders")
    call = world.do(placed(world, visit_at=world.now + timedelta(minutes=40)), "accept", "service_desk")
    world.later(15)
    with refused("HS-4.1.1.2", 409):
        world.do(call, "make_order", "control_centre")
    world.do(call, "make_order", "control_centre", override_reason="老人独自在家")
    assert last(world.child(call, "repair"), "file").facts["override_reason"] == "老人独自在家"


# OI-1.1  The call department's orders are accepted


@pytest.mark.clause("OI-1.1", "CF-03")
def test_a_binding_order_is_accepted_without_a_word_and_never_declined() -> None:
    assert accepted_at_once(BINDING, alone=True)
    assert not accepted_at_once(BINDING, alone=False)
    assert not accepted_at_once(CallPolicy(), alone=True)
    with refused("OI-1.1"):
        may_decline(BINDING)
    may_decline(CallPolicy())


@pytest.mark.clause("OI-1.1", "CF-03")
@pytest.mark.django_db
def test_where_the_office_chose_so_an_order_counts_as_accepted_and_may_go_elsewhere_but_not_back(world: World) -> None:
    judged = placed(world)
    decide(world, "intake.acceptance_mode", "mandatory")
    bound = placed(world)
    assert (judged.status, bound.status) == ("placed", "accepted")
    with refused("HS-4.2.2"):
        world.do(bound, "decline", "service_desk", reason="没人", offered="介绍厂家")
    asked = world.do(bound, "ask_back", "service_desk", question="几号楼？")
    with refused("OI-1.1"):
        world.do(asked, "decline", "service_desk", reason="没人", offered="介绍厂家")
    assert world.do(asked, "clarify", CALLER, answer="三栋").status == "accepted"
    assert world.do(bound, "pass_on", "service_desk", to=world.elsewhere.code).status == "passed_on"


@pytest.mark.clause("HS-4.2.2", "CF-03")
@pytest.mark.django_db
def test_an_office_that_judges_declines_with_reason_and_help_and_both_go_back(world: World) -> None:
    with refused("HS-4.2.2", 422):
        help_offered(" ")
    case = world.do(placed(world), "decline", "service_desk", reason="没有这个工种", offered="介绍厂家热线")
    assert (case.status, last(case, "decline").facts["offered"]) == ("told", "介绍厂家热线")
    assert world.staff[CALLER].pk in told_staff(case)


@pytest.mark.clause("OI-1.1")
@pytest.mark.django_db
def test_what_is_unclear_is_asked_back_and_answered(world: World) -> None:
    with refused("OI-1.1", 422):
        unclear("")
    case = world.do(placed(world), "ask_back", "control_centre", question="哪个房间？")
    assert world.staff[CALLER].pk in told_staff(case)
    assert world.do(case, "clarify", CALLER, content="主卫下水堵").status == "placed"
    case.callorder.refresh_from_db()
    assert (case.callorder.content, case.callorder.question) == ("主卫下水堵", "")


@pytest.mark.clause("OI-1.1")
def test_only_the_call_department_places_and_only_a_desk_takes() -> None:
    with refused("OI-1.1", 403):
        CALL_ORDER.step("place", "new", {R.SERVICE_DESK})
    with refused("OI-1.1", 403):
        CALL_ORDER.step("accept", "placed", {R.CALL_DEPARTMENT})
    for desk in (R.CONTROL_CENTRE, R.SERVICE_DESK):
        assert CALL_ORDER.step("accept", "placed", {desk}).after == "accepted"
        assert CALL_ORDER.step("make_order", "accepted", {desk}).after == "in_hand"


@pytest.mark.clause("OI-1.1")
def test_the_office_answers_within_its_minutes() -> None:
    promised = due(CALL_ORDER, "judge", NOON, chosen(CallPolicy, calls__judge_minutes=20), answer_day=None)
    assert promised is not None
    assert promised.at == NOON + timedelta(minutes=20)
    assert R.SERVICE_DESK in clock(CALL_ORDER, "judge").alerts


@pytest.mark.clause("OI-1.1")
@pytest.mark.django_db
def test_an_accepted_order_becomes_a_repair_with_every_word_and_the_desk_of_repairs_makes_it(world: World) -> None:
    call, order = in_hand(world)
    assert (order.parent_id, order.order.content, order.order.reporter) == (call.pk, CALLED["content"], CALLED["customer"])
    assert call.callorder.became_id == order.pk
    other = world.do(placed(world), "accept", "service_desk")
    with refused("HS-4.1.3", 403):
        world.do(other, "make_order", "service_desk")
    other.refresh_from_db()
    assert other.status == "accepted"


@pytest.mark.clause("OI-1.1")
@pytest.mark.django_db
def test_another_office_does_not_see_it(world: World) -> None:
    case = placed(world)
    with pytest.raises(NotThere):
        find(world.actor("service_desk_elsewhere"), case.number)
    assert find(world.actor(CALLER), case.number) == case


# OI-2  Told until it was seen


@pytest.mark.clause("OI-2")
@pytest.mark.django_db
@pytest.mark.parametrize(
    ("verb", "more", "outcome"), [("cancel", {}, "not_needed"), ("decline", {"offered": "介绍厂家"}, "cannot")]
)
def test_what_became_of_the_order_is_told_back_by_itself(world: World, verb: str, more: dict[str, str], outcome: str) -> None:
    call, order = in_hand(world)
    world.do(order, verb, "control_centre", reason="客户改了主意", **more)
    call.refresh_from_db()
    call.callorder.refresh_from_db()
    assert (call.status, call.callorder.outcome, call.callorder.told) == ("told", outcome, "客户改了主意")
    assert world.staff[CALLER].pk in told_staff(call)


@pytest.mark.clause("OI-2")
@pytest.mark.django_db
def test_a_result_stays_open_and_is_told_again_every_thirty_minutes_until_it_was_seen(world: World) -> None:
    call = world.do(placed(world), "accept", "service_desk")
    with refused("OI-2", 422):
        result_told("cannot", "")
    world.do(call, "tell", "service_desk", outcome="done")
    first, told = promise(call, "seen"), len(told_staff(call))
    assert first.due_at == world.now + timedelta(minutes=30)
    remind = JOBS["callers"].run
    assert remind(first.due_at - timedelta(seconds=1)) == []
    assert len(remind(first.due_at)) == 1
    assert remind(first.due_at) == []
    assert len(told_staff(call)) == told + 1
    assert promise(call, "seen").due_at == first.due_at + timedelta(minutes=30)
    world.later(45)
    with refused("OI-2", 403):
        world.do(call, "see", "service_desk")
    assert world.do(call, "see", CALLER).closed_at == world.now
    assert remind(world.later(600)) == []
    assert promise(call, "seen").broken_at is None


@pytest.mark.clause("OI-2")
@pytest.mark.django_db
def test_the_minutes_between_two_reminders_are_the_offices(world: World) -> None:
    decide(world, "calls.remind_minutes", 10)
    call = world.do(placed(world), "decline", "service_desk", reason="没人", offered="介绍厂家")
    assert promise(call, "seen").due_at == world.now + timedelta(minutes=10)
    assert {"service_desk", "control_centre"} <= told_roles(call)
