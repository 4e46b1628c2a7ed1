"""MR-39  An order of another department: handed on in one step, answered, told, or taken back as the same order."""

from datetime import timedelta

import pytest

from menling.journal.models import Case, Event, Outgoing
from menling.journal.sweep import sweep
from menling.kernel.refusal import Refused
from menling.kernel.roles import Role
from menling.orders.addresses import Reader
from menling.orders.models import Order
from menling.procedures.referral import REFERRAL, at_this_desk, not_handed_on, still_to_tell
from tests.examples import CALLED, TO_GREENING
from tests.office import World
from tests.procedures.given import due_at, kept, last, promise, refused, shanghai, told_roles

pytestmark = [pytest.mark.clause("MR-39"), pytest.mark.django_db]
SECOND = timedelta(seconds=1)


def fallen_tree(world: World, **facts: object) -> Case:
    """Return what a resident reported of a public place, which is the gardeners' work."""
    return world.file("customer", unit="", place="3栋花坛", content="树倒了", requirements="挡着路", **facts)


def handed(world: World, case: Case) -> Case:
    """Return the referral an order was handed on as."""
    world.do(case, "hand_on", "control_centre", **TO_GREENING)
    return Case.objects.get(parent=case, kind="referral")


def test_it_goes_there_with_place_words_and_reporter_in_one_step_and_the_order_ends(world: World) -> None:
    case = fallen_tree(world)
    away = handed(world, case)
    row = away.referral
    assert (case.status, case.closed_at is not None, away.status) == ("handed_on", True, "passed")
    assert (row.unit_text, row.content, row.reporter) == ("3栋花坛", "树倒了\n挡着路", "王芳")
    assert (row.phone, row.department, row.to_desk) == (case.order.phone, "greening", "control_centre")
    said = last(case, "hand_on").facts
    assert (said["department"], said["taken_by"], said["referral"]) == ("greening", "绿化李工", away.number)
    assert last(away, "pass_on").facts["of"] == case.number


def test_the_promises_of_the_order_are_let_go_and_that_of_the_department_begins(world: World) -> None:
    for case in (fallen_tree(world), world.do(world.file(), "accept", "control_centre"), called_back(world)):
        away = handed(world, case)
        assert not case.deadlines.filter(met_at=None, released_at=None).exists(), case.number
        assert not case.deadlines.filter(broken_at__isnull=False).exists()
        assert promise(away, "department").due_at > world.now


def called_back(world: World) -> Case:
    """Return an order whose worker was called back before the door."""
    return world.do(world.sent(), "release", "control_centre", reason="是绿化的事")


def test_an_emergency_is_answered_within_the_minutes_of_an_urgent_hand_over(world: World) -> None:
    case = world.file(urgency="emergency", content="有人翻墙")
    world.do(case, "hand_on", "control_centre", department="security", taken_by="保安队长")
    away = Case.objects.get(parent=case, kind="referral")
    assert promise(away, "department").due_at == world.now + timedelta(minutes=5)
    assert "security" in told_roles(away)


def test_it_is_refused_without_a_name_or_with_an_unknown_department_and_then_nothing_is_opened(world: World) -> None:
    case = fallen_tree(world)
    for facts in ({"taken_by": " "}, {"department": "环卫"}):
        with refused("MR-39", 422):
            world.do(case, "hand_on", "control_centre", **(TO_GREENING | facts))
    assert (Case.objects.filter(kind="referral").exists(), Case.objects.get(pk=case.pk).status) == (False, "reported")


def test_the_service_desk_hands_on_what_nobody_took_yet_and_follows_it_up(world: World) -> None:
    case = world.do(fallen_tree(world), "hand_on", "service_desk", **TO_GREENING)
    away = Case.objects.get(parent=case, kind="referral")
    assert (case.status, away.referral.to_desk) == ("handed_on", "service_desk")
    taken = world.do(fallen_tree(world), "accept", "control_centre")
    with refused("MR-39", 409):
        world.do(taken, "hand_on", "service_desk", **TO_GREENING)


def test_what_lies_with_a_department_the_service_desk_follows_up_whoever_gave_it_there_and_takes_or_closes_only_its_own() -> None:
    front, centre = frozenset({Role.SERVICE_DESK}), frozenset({Role.CONTROL_CENTRE})
    for verb in ("hand_on", "chase", "answer", "tell"):
        assert at_this_desk(verb, "control_centre", "greening", front)
        assert at_this_desk(verb, "control_centre", "greening", centre)
        assert not at_this_desk(verb, "service_desk", "greening", centre)
        assert not at_this_desk(verb, "control_centre", "", front), "what waits to be taken at the other desk"
    for verb in ("take", "close"):
        assert not at_this_desk(verb, "control_centre", "greening", front)
        assert at_this_desk(verb, "control_centre", "greening", centre)


def test_the_same_step_sent_twice_is_one_and_a_second_one_is_refused(world: World) -> None:
    case = fallen_tree(world)
    for _twice in range(2):
        world.do(case, "hand_on", "control_centre", key="once", **TO_GREENING)
    with refused("MR-39", 409):
        world.do(case, "hand_on", "control_centre", **TO_GREENING)
    assert Case.objects.filter(parent=case, kind="referral").count() == 1


def test_once_somebody_was_sent_it_is_called_back_first_and_no_worker_hands_it_on(world: World) -> None:
    for case, who, status in ((world.sent(), "control_centre", 409), (fallen_tree(world), "repair_worker", 403)):
        with refused("MR-39", status):
            world.do(case, "hand_on", who, **TO_GREENING)


@pytest.mark.parametrize(("hour", "day", "due"), [(10, 20, 18), (17, 20, 18), (18, 21, 8), (20, 21, 8)])
def test_the_reporter_is_told_by_the_end_of_the_shift_or_with_the_start_of_the_next(hour: int, day: int, due: int) -> None:
    terms = {"urgent": False, "department": "greening"}
    assert due_at(REFERRAL, "told", shanghai(20, hour), **terms) == shanghai(day, due)
    assert due_at(REFERRAL, "told", shanghai(20, hour), **(terms | {"urgent": True})) == shanghai(20, hour, 5)


def test_the_department_is_judged_by_its_answer_and_the_desk_by_its_telling(world: World) -> None:
    away = handed(world, fallen_tree(world))
    world.do(away, "answer", "control_centre", answer="已移走")
    due = promise(away, "told").due_at
    assert (sweep(due), sweep(due + SECOND)) == (0, 1)
    assert (kept(away, "department"), kept(away, "told"), told_roles(away)) == (
        True, False, {"service_desk_supervisor", "control_centre"},
    )  # fmt: skip
    world.now = due + timedelta(minutes=1)
    assert world.do(away, "tell", "control_centre").status == "answered"
    assert last(away, "tell").facts["told_resident"] is True


def test_both_at_once_are_two_events_and_nobody_is_told_where_nobody_is_named(world: World) -> None:
    away = handed(world, fallen_tree(world))
    world.do(away, "answer", "control_centre", answer="已移走", told_resident=True)
    assert (away.status, list(Event.objects.filter(case=away).order_by("pk").values_list("verb", flat=True))) == (
        "answered", ["pass_on", "answer", "tell"],
    )  # fmt: skip
    unnamed = world.answer("pass_on", None, "control_centre", kind="referral", wanted="other", content="喷头", **TO_GREENING)
    case = Case.objects.get(number=unnamed.body["number"])
    assert world.do(case, "answer", "control_centre", answer="好了").status == "answered"
    assert last(case, "tell").facts["told_resident"] is False


def test_it_comes_back_as_the_same_order_and_as_no_other(world: World) -> None:
    case = fallen_tree(world)
    away = handed(world, case)
    with refused("MR-39", 409):
        world.do(away, "take", "control_centre", became=world.file().number)
    with refused("MR-39", 409):
        world.do(away, "take", "control_centre", became=case.number)
    with refused("MR-39", 422):
        world.do(case, "take_back", "control_centre", reason=" ")
    world.do(case, "take_back", "control_centre", reason="绿化说是路灯，归维修")
    away.refresh_from_db()
    assert (case.status, away.status, away.referral.became_id) == ("accepted", "taken", case.pk)
    assert not away.deadlines.filter(met_at=None, released_at=None).exists()
    assert promise(case, "dispatch").released_at is None
    again = world.do(case, "hand_on", "control_centre", department="security", taken_by="保安队长")
    assert (again.status, Case.objects.filter(parent=case, kind="referral").count()) == ("handed_on", 2)


def test_an_emergency_taken_back_is_called_out_again_and_owed_since_it_was_reported(world: World) -> None:
    case = world.file(urgency="emergency", content="有人翻墙")
    reported = world.now
    world.do(case, "hand_on", "control_centre", department="security", taken_by="保安队长")
    world.later(2)
    world.do(case, "take_back", "control_centre", reason="归维修")
    running = case.deadlines.filter(met_at=None, released_at=None)
    assert {"emergency", "called"} <= set(running.values_list("key", flat=True))
    assert running.get(key="emergency").due_at == reported + timedelta(minutes=10)


@pytest.mark.parametrize(("later", "stands"), [(179, True), (180, False)])
def test_an_appointment_still_to_come_stands_when_an_order_is_taken_back(world: World, later: int, stands: bool) -> None:
    visit_at = world.now + timedelta(minutes=180)
    case = world.do(world.file(visit_at=visit_at.isoformat()), "accept", "control_centre")
    world.do(case, "hand_on", "control_centre", **TO_GREENING)
    world.later(later)
    world.do(case, "take_back", "control_centre", reason="归维修")
    order = Order.objects.get(pk=case.pk)
    assert (order.visit_at, order.at_once) == ((visit_at, False) if stands else (None, True))


def test_what_was_answered_goes_on_to_another_department_with_a_promise_of_its_own(world: World) -> None:
    away = handed(world, fallen_tree(world))
    world.do(away, "answer", "control_centre", answer="不归我们")
    world.do(away, "hand_on", "control_centre", department="security", taken_by="保安队长")
    away.referral.refresh_from_db()
    assert (away.status, away.referral.department, away.referral.reason) == ("passed", "security", "")
    assert promise(away, "told").released_at is not None
    assert promise(away, "department").met_at is None


def test_only_somebody_named_who_was_not_told_yet_is_still_to_be_told() -> None:
    assert still_to_tell(reporter=True, told_resident=False)
    assert not still_to_tell(reporter=True, told_resident=True)
    assert not still_to_tell(reporter=False, told_resident=False)


def test_what_was_handed_on_from_an_order_is_not_taken_on_its_own() -> None:
    with pytest.raises(Refused):
        not_handed_on("A")
    not_handed_on("")


@pytest.mark.clause("MR-39", "OI-4.2")
def test_the_crew_a_home_is_handed_on_to_reads_of_its_address_what_it_would_of_an_order(world: World) -> None:
    case = world.do(world.file(), "accept", "control_centre")
    world.do(case, "hand_on", "control_centre", department="engineering", taken_by="工程部孙工")
    message = Outgoing.objects.get(case__parent=case, roles__contains=["engineering_crew"])
    reader = Reader(world.actor("engineering_crew_2"), world.now)
    assert message.values["unit"] == case.unit.said
    assert str(case.unit.room) not in str(reader.values(message)["unit"])


@pytest.mark.parametrize(("words", "told"), [("喷头坏了", "喷头坏了"), ("", "3-2-1201")])
def test_an_address_typed_by_hand_goes_to_a_department_only_where_there_are_no_other_words(
    world: World, words: str, told: str
) -> None:
    world.answer("pass_on", None, "control_centre", kind="referral", wanted="other", unit="3-2-1201", content=words,
                 department="engineering", taken_by="工程部孙工")  # fmt: skip
    message = Outgoing.objects.get(roles__contains=["engineering_crew"])
    assert (message.values["content"], message.values.get("unit")) == (told, None)


@pytest.mark.clause("OI-2")
def test_the_call_department_hears_the_answer_of_what_it_had_placed(world: World) -> None:
    placed = world.answer("place", None, "call_department", kind="call_order", **CALLED)
    call = world.do(Case.objects.get(number=placed.body["number"]), "accept", "control_centre")
    world.do(call, "make_order", "control_centre")
    away = handed(world, world.child(call, "repair"))
    call.refresh_from_db()
    assert call.status == "in_hand"
    world.do(away, "answer", "control_centre", answer="已移走")
    call.refresh_from_db()
    assert (call.status, call.callorder.outcome, call.callorder.told) == ("told", "done", "已移走")


@pytest.mark.clause("MR-11")
def test_what_was_declined_takes_a_foreman_to_reopen_with_a_reason_what_was_handed_on_the_desk_takes_back(world: World) -> None:
    declined = world.do(world.file(), "decline", "control_centre", reason="不在服务范围", offered="介绍厂家")
    with refused("MR-11", 403):
        world.do(declined, "reopen", "control_centre", reason="能修")
    with refused("MR-11", 422):
        world.do(declined, "reopen", "team_lead", reason=" ")
    assert world.do(declined, "reopen", "team_lead", reason="能修").status == "accepted"
    away = fallen_tree(world)
    handed(world, away)
    with refused("MR-11", 403):
        world.do(away, "reopen", "control_centre", reason="归维修")
    assert world.do(away, "take_back", "control_centre", reason="归维修").status == "accepted"
