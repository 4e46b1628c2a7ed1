"""EN-2  The time of the visit: 15 minutes for at-once orders, 3 minutes before an appointment, and what follows a delay."""

from datetime import timedelta

import pytest

from menling.doorway.showing import deadline
from menling.journal.models import Case
from menling.journal.sweep import sweep
from menling.procedures.repair import REPAIR
from menling.procedures.repair_policy import RepairPolicy
from menling.procedures.repair_rules import delay_explained, may_come_at_once
from tests.office import World
from tests.procedures.given import (
    NOON,
    chosen,
    clock,
    decide,
    due,
    due_at,
    kept,
    last,
    newest_message,
    promise,
    refused,
    shanghai,
    told_roles,
    told_staff,
)
from tests.procedures.reminding import BEFORE, reminds, ticks

FOREMAN_AND_DESKS = {"team_lead", "control_centre", "service_desk"}


def arrived(world: World, seconds: int) -> Case:
    """Return an at-once repair whose worker was at the door some seconds after the slip."""
    case = world.sent()
    world.later(seconds=seconds)
    return world.do(case, "arrive", "repair_worker")


# EN-2.1  On site within 15 minutes


@pytest.mark.django_db
@pytest.mark.clause("EN-2.1", "CF-06")
@pytest.mark.parametrize(("seconds", "in_time"), [(14 * 60 + 59, True), (15 * 60, True), (15 * 60 + 1, False)])
def test_the_worker_is_at_the_door_fifteen_minutes_after_the_slip(world: World, seconds: int, in_time: bool) -> None:
    case = arrived(world, seconds)
    assert "EN-2.1" in last(case, "arrive").clauses
    assert promise(case, "arrive").met_at == world.now
    assert kept(case, "arrive") is in_time


@pytest.mark.django_db
@pytest.mark.clause("EN-2.1")
@pytest.mark.parametrize(("seconds", "in_time"), [(9 * 60 + 59, True), (10 * 60, True), (10 * 60 + 1, False)])
def test_an_office_may_promise_another_arrival(world: World, seconds: int, in_time: bool) -> None:
    decide(world, "repair.arrive_minutes", 10)
    assert kept(arrived(world, seconds), "arrive") is in_time


@pytest.mark.django_db
@pytest.mark.clause("EN-2.1")
def test_a_report_made_before_a_new_limit_keeps_the_old_one(world: World) -> None:
    before = world.file()
    decide(world, "repair.arrive_minutes", 10)
    world.do(before, "accept", "control_centre")
    world.do(before, "dispatch", "control_centre", worker=world.staff["repair_worker_2"].number)
    after = world.sent()
    world.later(seconds=10 * 60 + 1)
    world.do(before, "arrive", "repair_worker_2")
    world.do(after, "arrive", "repair_worker")
    assert (kept(before, "arrive"), kept(after, "arrive")) == (True, False)


@pytest.mark.clause("EN-2.1")
def test_the_fifteen_minutes_run_day_and_night_and_aim_three_minutes_early() -> None:
    for slip in (shanghai(20, 3), shanghai(20, 12), shanghai(21, 23, 55)):
        promised = due(REPAIR, "arrive", slip)
        assert promised is not None
        assert (promised.at - slip, promised.at - promised.target) == (timedelta(minutes=15), timedelta(minutes=3))


@pytest.mark.clause("EN-2.1", "CF-06")
def test_each_promise_of_an_at_once_report_runs_by_a_clock_of_its_own() -> None:
    promised = {key: due_at(REPAIR, key, NOON) for key in ("dispatch", "arrive", "appointment", "complete", "answer")}
    assert promised == {
        "dispatch": NOON + timedelta(minutes=5), "arrive": NOON + timedelta(minutes=15), "appointment": None,
        "complete": NOON + timedelta(hours=24), "answer": None,
    }  # fmt: skip


@pytest.mark.django_db
@pytest.mark.clause("EN-2.1")
def test_a_late_arrival_alerts_the_foreman_and_the_customer_centre_once(world: World) -> None:
    case = world.do(world.sent(), "acknowledge", "repair_worker")
    since = newest_message()
    assert [sweep(world.later(seconds=seconds)) for seconds in (15 * 60, 1, 60)] == [0, 1, 0]
    assert last(case, "break").facts["promise"] == "arrive"
    assert told_roles(case, since) == FOREMAN_AND_DESKS


# EN-2.2, EN-2.3  Not within 15 minutes: the customer centre agrees another time


@pytest.mark.django_db
@pytest.mark.clause("EN-2.2")
def test_who_cannot_make_it_tells_foreman_and_customer_centre_at_once(world: World) -> None:
    case = world.sent()
    since = newest_message()
    world.do(case, "delay", "repair_worker", reason="上一单未完", can_come_at=world.now + timedelta(minutes=40))
    assert told_roles(case, since) == FOREMAN_AND_DESKS
    assert "EN-2.2" in last(case, "delay").clauses


@pytest.mark.django_db
@pytest.mark.clause("EN-2.2")
@pytest.mark.parametrize(("limit", "seconds", "in_time"), [
    (5, 299, True), (5, 300, True), (5, 301, False), (8, 479, True), (8, 480, True), (8, 481, False),
])  # fmt: skip
def test_the_owner_agrees_to_a_new_time_within_minutes(world: World, limit: int, seconds: int, in_time: bool) -> None:
    decide(world, "repair.rebook_minutes", limit)
    case = world.sent()
    world.do(case, "delay", "repair_worker", reason="堵车", can_come_at=world.now + timedelta(minutes=40))
    world.later(seconds=seconds)
    new = world.now + timedelta(minutes=40)
    world.do(case, "move", "control_centre", visit_at=new, agreed_by="王芳本人", apologised=True)
    assert kept(case, "rebook") is in_time
    assert last(case, "move").facts["agreed_by"] == "王芳本人"


@pytest.mark.clause("EN-2.2")
def test_an_unanswered_delay_alerts_foreman_and_customer_centre() -> None:
    assert {role.value for role in clock(REPAIR, "rebook").alerts} == FOREMAN_AND_DESKS


@pytest.mark.django_db
@pytest.mark.clause("EN-2.3")
def test_beyond_fifteen_minutes_the_customer_centre_agrees_a_visit_time_with_the_owner(world: World) -> None:
    case = world.sent()
    assert promise(case, "arrive").due_at == world.now + timedelta(minutes=15)
    agreed = world.now + timedelta(hours=2)
    since = newest_message()
    world.do(case, "move", "control_centre", visit_at=agreed)
    case.order.refresh_from_db()
    assert (case.status, case.order.visit_at, case.order.at_once) == ("dispatched", agreed, False)
    assert "EN-2.3" in last(case, "move").clauses
    assert promise(case, "arrive").released_by == "move"
    assert promise(case, "appointment").due_at == agreed
    assert told_staff(case, since) == [world.staff["repair_worker"].pk]


@pytest.mark.django_db
@pytest.mark.clause("EN-2.3")
def test_a_worker_does_not_put_off_the_owner_alone(world: World) -> None:
    case = world.sent()
    with refused("HS-4.3.1", 403):
        world.do(case, "move", "repair_worker", visit_at=world.now + timedelta(hours=2))
    assert world.do(case, "move", "team_lead", visit_at=world.now + timedelta(hours=2)).status == "dispatched"


@pytest.mark.clause("EN-2.3")
@pytest.mark.parametrize("limit", [10, 15, 20])
def test_the_limit_of_an_at_once_visit_is_the_office_s(limit: int) -> None:
    policy = chosen(RepairPolicy, repair__arrive_minutes=limit)
    assert due_at(REPAIR, "arrive", NOON, policy) == NOON + timedelta(minutes=limit)
    assert due_at(REPAIR, "arrive", NOON, policy, at_once=False, visit_at=NOON) is None


# EN-2.4  Three minutes before the appointment


@pytest.mark.django_db
@pytest.mark.clause("EN-2.4")
@pytest.mark.parametrize(("early", "seconds", "on_target", "in_time"), [
    (3, -181, True, True), (3, -180, True, True), (3, -179, False, True), (3, 0, False, True), (3, 1, False, False),
    (5, -300, True, True), (5, -299, False, True), (5, 0, False, True), (5, 1, False, False),
])  # fmt: skip
def test_an_appointment_is_met_early_marked_late_or_broken(
    world: World, early: int, seconds: int, on_target: bool, in_time: bool
) -> None:
    decide(world, "repair.early_minutes", early)
    case = world.sent(visit_at=world.now + timedelta(hours=1))
    world.later(60, seconds)
    world.do(case, "arrive", "repair_worker")
    shown = deadline(promise(case, "appointment"), "repair", world.now)
    assert (shown["on_target"], shown["state"]) == (on_target, "met" if in_time else "met_late")
    assert kept(case, "appointment") is in_time
    assert "EN-2.4" in last(case, "arrive").clauses


@pytest.mark.django_db
@pytest.mark.clause("EN-2.4")
def test_an_appointment_made_before_a_new_figure_keeps_its_three_minutes(world: World) -> None:
    before = world.file(visit_at=world.now + timedelta(hours=1))
    decide(world, "repair.early_minutes", 10)
    world.do(before, "accept", "control_centre")
    world.do(before, "dispatch", "control_centre", worker=world.staff["repair_worker"].number)
    row = promise(before, "appointment")
    assert row.target_at is not None
    assert row.due_at - row.target_at == timedelta(minutes=3)


@pytest.mark.django_db
@pytest.mark.clause("EN-2.4")
def test_the_foreman_hears_of_a_missed_appointment(world: World) -> None:
    case = world.do(world.sent(visit_at=world.now + timedelta(hours=1)), "acknowledge", "repair_worker")
    since = newest_message()
    sweep(world.later(60))
    assert promise(case, "appointment").broken_at is None
    sweep(world.later(seconds=1))
    assert promise(case, "appointment").broken_at is not None
    assert told_roles(case, since) == {"team_lead"}


# EN-2.5  No appointment where 15 minutes are certain


@pytest.mark.clause("EN-2.5")
def test_an_order_without_an_appointment_is_taken_only_where_the_office_is_sure_of_its_minutes() -> None:
    may_come_at_once(RepairPolicy(), None)
    unsure = chosen(RepairPolicy, repair__at_once_allowed=False)
    may_come_at_once(unsure, NOON)
    with refused("EN-2.5", 422):
        may_come_at_once(unsure, None)


@pytest.mark.django_db
@pytest.mark.clause("EN-2.5", "CF-07")
def test_an_at_once_order_needs_no_lead_and_an_unsure_office_books_every_visit(world: World) -> None:
    assert world.sent().order.visit_at == world.now + timedelta(minutes=15)
    decide(world, "repair.at_once_allowed", False)
    with refused("EN-2.5", 422):
        world.file()
    assert world.file(visit_at=world.now + timedelta(hours=1)).status == "reported"


# EN-2.6, EN-2.7  Calling about another time


@pytest.mark.django_db
@pytest.mark.clause("EN-2.6")
def test_the_worker_is_given_the_words_for_asking_another_time(world: World) -> None:
    reminds("EN-2.6", "late", BEFORE, "您看行吗", "would that suit you")
    ticks(world, world.sent(), "late", ["EN-2.6"])


@pytest.mark.clause("EN-2.6")
@pytest.mark.parametrize(("reason", "can_come"), [(" ", True), ("上一单未完", False)])
def test_a_delay_names_its_reason_and_the_time_that_is_possible(reason: str, can_come: bool) -> None:
    delay_explained("上一单未完", NOON)
    with refused("HS-4.3.1", 422):
        delay_explained(reason, NOON if can_come else None)


@pytest.mark.django_db
@pytest.mark.clause("EN-2.7")
def test_the_desk_is_told_what_to_do_when_the_owner_keeps_to_the_time(world: World) -> None:
    reminds("EN-2.7", "time_refused", BEFORE | {"nobody_home", "unfinished"}, "工程班长", "foreman of engineering", "desk")
    ticks(world, world.sent(), "time_refused", ["EN-2.7"], who="control_centre")


@pytest.mark.django_db
@pytest.mark.clause("EN-2.7")
def test_an_owner_who_keeps_to_the_time_is_handed_to_the_foreman_as_a_task(world: World) -> None:
    case = world.sent(visit_at=world.now + timedelta(hours=1))
    since = newest_message()
    world.do(case, "refuse_move", "control_centre", reason="下午要出门")
    assert told_roles(case, since) == {"team_lead", "control_centre"}
    task = promise(case, "keep_time")
    assert (task.due_at, task.met_at, task.counted) == (case.order.visit_at, None, False)
    world.later(59)
    world.do(case, "arrive", "repair_worker")
    assert kept(case, "keep_time")
