"""HS-4.3.3  Nobody home: a numbered slip on the door, its stub back at the desk."""

from datetime import datetime

import pytest

from menling.journal.sweep import sweep
from menling.kernel.roles import Role as R
from menling.orders.models import MessageSlip
from menling.procedures.repair import REPAIR
from menling.procedures.repair_rules import slip_left
from tests.office import World
from tests.procedures.given import (
    cards,
    clock,
    decide,
    due_at,
    kept,
    last,
    newest_message,
    promise,
    refused,
    shanghai,
    told_roles,
    worded,
)

WORKER = frozenset({R.REPAIR_WORKER})
DESK = frozenset({R.REPAIR_DESK})


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
