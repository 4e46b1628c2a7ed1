"""HS-4.3  Keeping track: what comes too late, what changes after dispatch, and nobody home."""

from datetime import datetime, timedelta

import pytest

from menling.journal.models import Outgoing
from menling.journal.replay import differences
from menling.journal.sweep import sweep
from menling.kernel.roles import Role as R
from menling.money.models import Charge, Transfer
from menling.orders.models import Order, Visit
from menling.procedures.repair import REPAIR
from menling.procedures.repair_policy import RepairPolicy
from menling.procedures.repair_rules import delay_explained
from tests import alarms, cleaning
from tests.office import World
from tests.procedures.given import (
    NOON,
    cards,
    chosen,
    clock,
    decide,
    due_at,
    in_five,
    last,
    newest_message,
    promise,
    refused,
    shanghai,
    told_roles,
    told_staff,
    worded,
)

WORKER = frozenset({R.REPAIR_WORKER})
DESK = frozenset({R.REPAIR_DESK})


# HS-4.3.1  Late: explain, apologise, agree a new time


@pytest.mark.clause("HS-4.3.1")
def test_who_will_be_late_says_why_and_when_the_visit_is_possible() -> None:
    for reason, can_come_at in (("", NOON), (" ", NOON), ("上一单未完", None)):
        with refused("HS-4.3.1", 422):
            delay_explained(reason, can_come_at)
    delay_explained("上一单未完", NOON)


@pytest.mark.clause("HS-4.3.1")
def test_the_worker_tells_and_the_desk_agrees_a_new_time() -> None:
    assert "HS-4.3.1" in REPAIR.step("delay", "acknowledged", WORKER).clauses
    for status in ("reported", "accepted", "dispatched", "acknowledged"):
        assert REPAIR.step("move", status, DESK).after is None
    for status in ("nobody_home", "unfinished"):
        assert REPAIR.step("move", status, DESK).after == "accepted"
    with refused("HS-4.3.1", 403):
        REPAIR.step("move", "dispatched", WORKER)


@pytest.mark.clause("HS-4.3.1")
def test_the_desk_is_shown_to_apologise_and_explain_while_it_calls() -> None:
    for status in ("accepted", "dispatched", "acknowledged", "nobody_home", "unfinished"):
        assert cards("HS-4.3.1", status) == ["call_late"]
    assert not cards("HS-4.3.1", "on_site")
    assert worded("HS-4.3.1", "道歉", "apologises")


@pytest.mark.clause("HS-4.3.1")
def test_the_desk_has_the_minutes_of_the_office_to_agree_a_new_time() -> None:
    assert due_at(REPAIR, "rebook", NOON) == in_five(NOON)
    assert due_at(REPAIR, "rebook", NOON, chosen(RepairPolicy, repair__rebook_minutes=12)) == NOON + timedelta(minutes=12)
    assert R.CONTROL_CENTRE in clock(REPAIR, "rebook").alerts


@pytest.mark.clause("HS-4.3.1")
@pytest.mark.django_db
@pytest.mark.parametrize(("late", "broken"), [(-1, False), (0, False), (1, True)])
def test_a_delay_is_told_to_the_desk_which_moves_the_visit_and_keeps_both_times(world: World, late: int, broken: bool) -> None:
    old, new = shanghai(20, 15), shanghai(20, 16, 30)
    case = world.do(world.sent(visit_at=old), "acknowledge", "repair_worker")
    seen, told_at = newest_message(), world.now
    with refused("HS-4.3.1", 422):
        world.do(case, "delay", "repair_worker", reason="上一单未完")
    world.do(case, "delay", "repair_worker", reason="上一单未完", can_come_at=new)
    assert told_roles(case, seen) >= {"control_centre", "team_lead"}
    world.do(case, "tick", "control_centre", group="call_late")
    assert last(case, "tick").clauses == ["HS-4.3.1"]
    world.now = in_five(told_at, late)
    seen = newest_message()
    world.do(case, "move", "control_centre", visit_at=new, agreed_by="王芳", apologised=True)
    moved = last(case, "move")
    assert (datetime.fromisoformat(moved.facts["old"]), datetime.fromisoformat(moved.facts["visit_at"])) == (old, new)
    assert moved.clauses[0] == "HS-4.3.1"
    assert (promise(case, "rebook").broken_at is not None) is broken
    assert told_staff(case, seen) == [world.staff["repair_worker"].pk]
    assert Order.objects.get(pk=case.pk).visit_at == new


@pytest.mark.clause("HS-4.3.1")
@pytest.mark.django_db
def test_a_worker_does_not_tick_that_the_desk_apologised(world: World) -> None:
    case = world.sent()
    with refused("MR-10", 403):
        world.do(case, "tick", "repair_worker", group="call_late")


@pytest.mark.clause("HS-4.3.1")
@pytest.mark.django_db
def test_after_nobody_was_home_a_new_time_sends_the_repair_back_to_be_dispatched(world: World) -> None:
    case = world.do(world.sent(), "absent", "repair_worker", slip="0001")
    world.do(case, "move", "control_centre", visit_at=shanghai(21, 9))
    assert (case.status, case.assignee_id) == ("accepted", None)


@pytest.mark.clause("HS-4.3.1")
@pytest.mark.django_db
def test_other_minutes_to_agree_a_new_time_bind_later_reports(world: World) -> None:
    before = world.sent()
    decide(world, "repair.rebook_minutes", 12)
    after = world.do(world.file(visit_at=shanghai(20, 15)), "accept", "control_centre")
    world.do(after, "dispatch", "control_centre", worker=world.staff["repair_worker_2"].number)
    world.do(before, "delay", "repair_worker", reason="堵车", can_come_at=shanghai(20, 15))
    world.do(after, "delay", "repair_worker_2", reason="堵车", can_come_at=shanghai(20, 16))
    assert promise(before, "rebook").due_at == in_five(world.now)
    assert promise(after, "rebook").due_at == world.now + timedelta(minutes=12)


# HS-4.3.2  Changed or cancelled after dispatch


@pytest.mark.clause("HS-4.3.2")
def test_the_desk_changes_or_cancels_and_the_worker_acknowledges_at_any_status() -> None:
    for status in ("reported", "accepted", "dispatched", "acknowledged"):
        assert REPAIR.step("change", status, DESK).after is None
        assert REPAIR.step("cancel", status, DESK).after == "cancelled"
        assert REPAIR.step("cancel", status, {R.CUSTOMER}).after == "cancelled"
    for status in ("acknowledged", "cancelled"):
        assert REPAIR.step("acknowledge", status, WORKER).clauses == ("HS-4.3.2",)


@pytest.mark.clause("HS-4.3.2")
def test_a_change_is_acknowledged_within_the_minutes_of_the_office_and_only_where_somebody_was_sent() -> None:
    assert due_at(REPAIR, "change_seen", NOON) == in_five(NOON)
    assert due_at(REPAIR, "change_seen", NOON, worker=None) is None
    policy = chosen(RepairPolicy, repair__change_seen_minutes=3)
    assert due_at(REPAIR, "change_seen", NOON, policy) == NOON + timedelta(minutes=3)
    assert clock(REPAIR, "change_seen").alerts == {R.CONTROL_CENTRE}


@pytest.mark.clause("HS-4.3.2")
@pytest.mark.django_db
@pytest.mark.parametrize(
    ("verb", "facts"),
    [
        ("change", {"content": "改修水龙头"}),
        ("move", {"visit_at": shanghai(20, 16).isoformat()}),
        ("cancel", {"reason": "不修了"}),
    ],
)
@pytest.mark.parametrize(("late", "broken"), [(-1, False), (0, False), (1, True)])
def test_the_worker_sent_is_told_at_once_and_acknowledges_in_five_minutes_to_the_second(
    world: World, verb: str, facts: dict[str, str], late: int, broken: bool
) -> None:
    case = world.do(world.sent(), "acknowledge", "repair_worker")
    world.later(1)
    seen, told_at = newest_message(), world.now
    world.do(case, verb, "control_centre", **facts)
    message = Outgoing.objects.get(case=case, pk__gt=seen)
    assert (message.staff_id, message.created_at) == (world.staff["repair_worker"].pk, told_at)
    assert not Order.objects.get(pk=case.pk).change_seen
    world.now = in_five(told_at, late)
    world.do(case, "acknowledge", "repair_worker")
    assert Order.objects.get(pk=case.pk).change_seen
    assert (promise(case, "change_seen").broken_at is not None) is broken


@pytest.mark.django_db
@pytest.mark.clause("HS-4.3.2", "MR-42")
@pytest.mark.parametrize("kind", ["repair", "housekeeping", "alarm"])
def test_a_change_nobody_looked_at_is_no_longer_asked_about_once_the_work_is_finished(world: World, kind: str) -> None:
    worker = {"repair": "repair_worker", "housekeeping": "housekeeper", "alarm": "engineering_crew"}[kind]
    case = world.sent() if kind == "repair" else cleaning.sent(world) if kind == "housekeeping" else alarms.sent(world)
    world.do(case, "change", "team_lead", requirements="带鞋套")
    world.do(case, "arrive", worker)
    assert promise(case, "change_seen").released_at is None
    if kind == "housekeeping":
        world.do(case, "start", worker)
    world.do(case, "finish", worker, summary="做完")
    seen = promise(case, "change_seen")
    assert (seen.met_at, seen.released_at) == (None, world.now)
    assert differences(case) == []


@pytest.mark.django_db
@pytest.mark.clause("HS-4.3.2")
def test_who_was_sent_by_words_that_are_corrected_is_told_and_acknowledges(world: World) -> None:
    case = world.sent()
    before = newest_message()
    world.do(case, "correct", "control_centre", field="content", value="卫生间下水堵", reason="听错")
    assert told_staff(case, before) == [world.staff["repair_worker"].pk]
    case.order.refresh_from_db()
    assert case.order.change_seen is False
    world.do(case, "acknowledge", "repair_worker")
    case.order.refresh_from_db()
    assert case.order.change_seen is True


@pytest.mark.django_db
@pytest.mark.clause("EN-D.9")
def test_a_correction_after_the_work_calls_nobody(world: World) -> None:
    case = world.finished()
    before = newest_message()
    world.do(case, "correct", "control_centre", field="reporter", value="王方", reason="写错字")
    case.order.refresh_from_db()
    assert (told_staff(case, before), case.order.change_seen) == ([], True)


@pytest.mark.clause("HS-4.3.2")
@pytest.mark.django_db
def test_a_change_nobody_acknowledged_is_told_to_the_control_centre(world: World) -> None:
    case = world.do(world.sent(), "acknowledge", "repair_worker")
    world.do(case, "change", "control_centre", content="改修水龙头")
    seen = newest_message()
    sweep(in_five(world.now))
    assert not told_roles(case, seen)
    sweep(in_five(world.now, 1))
    assert told_roles(case, seen) == {"control_centre"}


@pytest.mark.clause("HS-4.3.2")
@pytest.mark.django_db
def test_before_anybody_is_sent_there_is_nobody_to_tell(world: World) -> None:
    case = world.do(world.file(), "change", "control_centre", content="改修水龙头")
    assert not told_staff(case)
    assert not case.deadlines.filter(key="change_seen").exists()


@pytest.mark.clause("HS-4.3.2")
@pytest.mark.django_db
def test_a_change_keeps_the_old_words_and_must_say_something(world: World) -> None:
    case = world.sent()
    with refused("HS-4.3.2", 422):
        world.do(case, "change", "control_centre", content=" ")
    world.do(case, "change", "control_centre", content="改修水龙头", reason="业主来电")
    assert last(case, "change").facts["old"] == {"content": "厨房下水堵"}
    with refused("HS-4.3.2", 422):
        world.do(case, "cancel", "control_centre", reason=" ")


@pytest.mark.clause("HS-4.3.2")
@pytest.mark.django_db
def test_other_minutes_to_acknowledge_a_change_bind_later_reports(world: World) -> None:
    before = world.sent()
    decide(world, "repair.change_seen_minutes", 3)
    after = world.do(world.file(visit_at=shanghai(20, 15)), "accept", "control_centre")
    world.do(after, "dispatch", "control_centre", worker=world.staff["repair_worker_2"].number)
    for case in (before, after):
        world.do(case, "change", "control_centre", content="改修水龙头")
    assert promise(before, "change_seen").due_at == in_five(world.now)
    assert promise(after, "change_seen").due_at == world.now + timedelta(minutes=3)


@pytest.mark.clause("HS-4.3.2", "CF-19")
@pytest.mark.django_db
def test_cancelling_after_dispatch_costs_nothing_and_frees_the_worker(world: World) -> None:
    case = world.do(world.sent(), "cancel", "customer", reason="自己修好了")
    assert case.status == "cancelled"
    assert not Charge.objects.exists()
    assert not Transfer.objects.exists()
    assert not Visit.objects.filter(order_id=case.pk, active=True).exists()
