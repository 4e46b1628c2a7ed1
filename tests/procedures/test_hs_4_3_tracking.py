"""HS-4.3  Keeping track: what comes too late, what changes after dispatch, and nobody home."""

from datetime import datetime, timedelta

import pytest

from menling.journal.models import Outgoing
from menling.journal.sweep import sweep
from menling.kernel.roles import Role as R
from menling.money.models import Charge, Transfer
from menling.orders.models import MessageSlip, Order, Visit
from menling.procedures.repair import REPAIR
from menling.procedures.repair_policy import RepairPolicy
from menling.procedures.repair_rules import delay_explained, slip_left
from tests.office import World
from tests.procedures.given import (
    NOON,
    cards,
    chosen,
    clock,
    decide,
    due_at,
    in_five,
    kept,
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
    world.do(case, "move", "control_centre", visit_at=new, agreed_by="王芳")
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


# HS-4.3.3  Nobody home


@pytest.mark.clause("HS-4.3.3")
def test_nobody_home_needs_the_number_of_the_slip_on_the_door() -> None:
    for slip in ("", "  "):
        with refused("HS-4.3.3", 422):
            slip_left(slip)
    slip_left("0001")
    for status in ("dispatched", "acknowledged", "on_site"):
        step = REPAIR.step("absent", status, WORKER)
        assert (step.after, step.clauses[0]) == ("nobody_home", "HS-4.3.3")


@pytest.mark.clause("HS-4.3.3")
def test_the_worker_is_shown_to_leave_a_slip_and_bring_the_stub_back() -> None:
    for status in ("dispatched", "acknowledged", "on_site", "nobody_home"):
        assert cards("HS-4.3.3", status) == ["nobody_home"]
    assert not cards("HS-4.3.3", "working")
    assert worded("HS-4.3.3", "留言条", "message slip")


@pytest.mark.clause("HS-4.3.3")
def test_the_stub_goes_to_the_service_desk() -> None:
    assert REPAIR.step("return_stub", "nobody_home", {R.SERVICE_DESK}).clauses == ("HS-4.3.3",)
    for role in (R.REPAIR_WORKER, R.CONTROL_CENTRE):
        with refused("HS-4.3.3", 403):
            REPAIR.step("return_stub", "nobody_home", {role})


@pytest.mark.clause("HS-4.3.3", "CF-35")
@pytest.mark.parametrize(
    ("posted", "until"),
    [
        (shanghai(20, 17, 59), shanghai(20, 18)),
        (shanghai(20, 18), shanghai(21, 8)),
        (shanghai(20, 18, 1), shanghai(21, 8)),
    ],
)
def test_the_stub_is_back_before_the_end_of_work_or_at_the_next_start(posted: datetime, until: datetime) -> None:
    assert due_at(REPAIR, "stub", posted) == until
    assert clock(REPAIR, "stub").alerts == {R.SERVICE_DESK}


@pytest.mark.clause("HS-4.3.3")
@pytest.mark.django_db
def test_a_slip_is_posted_with_unit_time_and_worker_and_its_stub_is_received_in_time(world: World) -> None:
    case = world.do(world.sent(), "acknowledge", "repair_worker")
    world.later(10)
    with refused("HS-4.3.3", 422):
        world.do(case, "absent", "repair_worker", slip=" ")
    seen = newest_message()
    world.do(case, "absent", "repair_worker", slip="0001")
    slip = MessageSlip.objects.get(number="0001")
    assert (slip.order.unit, slip.posted_at, slip.order.worker) == (world.unit, world.now, world.staff["repair_worker"])
    assert last(case, "absent").clauses[0] == "HS-4.3.3"
    assert "control_centre" in told_roles(case, seen), "the owner of the order sees it too"
    world.do(case, "tick", "repair_worker", group="nobody_home")
    assert "HS-4.3.3" in last(case, "tick").clauses
    world.now = shanghai(20, 18)
    with refused("HS-4.3.3", 422):
        world.do(case, "return_stub", "service_desk", slip="0002")
    world.do(case, "return_stub", "service_desk", slip="0001")
    slip.refresh_from_db()
    assert slip.stub_returned_at == world.now
    assert kept(case, "stub")


@pytest.mark.clause("HS-4.3.3")
@pytest.mark.django_db
def test_a_stub_that_is_not_back_at_the_end_of_work_is_told_to_the_service_desk(world: World) -> None:
    case = world.do(world.sent(), "absent", "repair_worker", slip="0001")
    world.do(case, "move", "control_centre", visit_at=shanghai(21, 9))
    sweep(shanghai(20, 18))
    assert promise(case, "stub").broken_at is None
    seen = newest_message()
    sweep(shanghai(20, 18, 0, 1))
    assert promise(case, "stub").broken_at == shanghai(20, 18)
    assert told_roles(case, seen) == {"service_desk"}


@pytest.mark.clause("HS-4.3.3", "CF-35")
@pytest.mark.django_db
def test_a_repair_keeps_the_end_of_work_of_its_report(world: World) -> None:
    before = world.sent()
    decide(world, "calendar.shift_end", "17:00")
    after = world.do(world.file(visit_at=shanghai(20, 15)), "accept", "control_centre")
    world.do(after, "dispatch", "control_centre", worker=world.staff["repair_worker_2"].number)
    world.do(before, "absent", "repair_worker", slip="0001")
    world.do(after, "absent", "repair_worker_2", slip="0002")
    assert promise(before, "stub").due_at == shanghai(20, 18)
    assert promise(after, "stub").due_at == shanghai(20, 17)


@pytest.mark.clause("HS-4.3.3")
@pytest.mark.django_db
def test_a_number_of_the_pad_is_used_once(world: World) -> None:
    world.do(world.sent(), "absent", "repair_worker", slip="0001")
    with refused("HS-4.3.3"):
        world.do(world.sent(), "absent", "repair_worker", slip="0001")


@pytest.mark.clause("HS-4.3.3", "CF-09")
@pytest.mark.django_db
def test_an_office_that_only_rebooks_asks_for_no_slip_and_waits_for_no_stub(world: World) -> None:
    before = world.sent()
    decide(world, "visit.nobody_home", "rebook_only")
    after = world.do(world.file(visit_at=shanghai(20, 15)), "accept", "control_centre")
    world.do(after, "dispatch", "control_centre", worker=world.staff["repair_worker_2"].number)
    with refused("HS-4.3.3", 422):
        world.do(before, "absent", "repair_worker", slip="")
    assert world.do(after, "absent", "repair_worker_2", slip="").status == "nobody_home"
    assert not after.deadlines.filter(key="stub").exists()
    assert world.do(before, "absent", "repair_worker", slip="0001").deadlines.filter(key="stub").exists()
