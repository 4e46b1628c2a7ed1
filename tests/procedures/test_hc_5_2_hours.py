"""HC-5.2.4  Small repairs within a day, large ones answered within three."""

from datetime import timedelta

import pytest

from menling.journal.models import Case
from menling.journal.replay import differences
from menling.journal.sweep import sweep
from menling.kernel.roles import Role as R
from menling.procedures.repair import REPAIR
from menling.procedures.repair_policy import RepairPolicy
from tests.office import World
from tests.procedures.given import (
    NOON,
    chosen,
    clock,
    decide,
    due_at,
    last,
    newest_message,
    promise,
    shanghai,
    told_roles,
)
from tests.procedures.reminding import BEFORE, HOME

WORKER = frozenset({R.REPAIR_WORKER})
AT_THE_DOOR, LEAVING = BEFORE | HOME, HOME | {"finished"}


# HC-5.2.4  Small in a day, big answered in three


@pytest.mark.clause("HC-5.2.4")
def test_a_small_repair_is_due_in_24_hours_and_a_big_one_answered_in_72_by_the_clock_on_the_wall() -> None:
    assert due_at(REPAIR, "complete", NOON) == NOON + timedelta(hours=24)
    assert due_at(REPAIR, "answer", NOON, size="big") == NOON + timedelta(hours=72)
    assert due_at(REPAIR, "complete", NOON, size="big") is None
    assert due_at(REPAIR, "answer", NOON) is None


@pytest.mark.clause("HC-5.2.4")
def test_a_later_visit_the_resident_asked_for_moves_the_limit_and_an_earlier_one_does_not() -> None:
    later, earlier = NOON + timedelta(hours=30), NOON + timedelta(hours=3)
    assert due_at(REPAIR, "complete", NOON, visit_at=later) == later
    assert due_at(REPAIR, "complete", NOON, visit_at=earlier) == NOON + timedelta(hours=24)


@pytest.mark.clause("HC-5.2.4")
@pytest.mark.django_db
def test_a_later_time_the_resident_asks_for_afterwards_moves_the_limit_and_one_we_could_not_keep_does_not(
    world: World,
) -> None:
    asked, ours, sooner = world.file(), world.file(), world.file()
    limit, monday = asked.reported_at + timedelta(hours=24), shanghai(23, 15)
    world.later(60)
    world.do(asked, "move", "control_centre", visit_at=monday, asked_by="resident")
    world.do(ours, "move", "control_centre", visit_at=monday, apologised=True)
    world.do(sooner, "move", "control_centre", visit_at=shanghai(20, 16), asked_by="resident")
    assert [promise(case, "complete").due_at for case in (asked, ours, sooner)] == [monday, limit, limit]
    for case in (asked, ours, sooner):
        assert case.deadlines.filter(key="complete").count() == 1
        assert not differences(case)


@pytest.mark.clause("HC-5.2.4")
@pytest.mark.django_db
def test_a_limit_that_has_passed_is_not_moved_any_more(world: World) -> None:
    case = world.file()
    limit = case.reported_at + timedelta(hours=24)
    world.now = limit + timedelta(seconds=1)
    world.do(case, "move", "control_centre", visit_at=shanghai(23, 15), asked_by="resident")
    assert (promise(case, "complete").due_at, promise(case, "complete").broken_at) == (limit, limit)
    assert not differences(case)


@pytest.mark.clause("HC-5.2.4")
@pytest.mark.django_db
def test_a_moved_limit_is_kept_at_the_appointment_and_broken_a_second_later(world: World) -> None:
    case, monday = world.sent(), shanghai(23, 15)
    world.do(case, "move", "control_centre", visit_at=monday, asked_by="resident")
    sweep(monday)
    assert promise(case, "complete").broken_at is None
    sweep(monday + timedelta(seconds=1))
    assert promise(case, "complete").broken_at == monday
    assert not differences(case)


@pytest.mark.clause("HC-5.2.4")
def test_the_office_may_promise_other_hours() -> None:
    policy = chosen(RepairPolicy, repair__small_hours=12, repair__big_hours=48)
    assert due_at(REPAIR, "complete", NOON, policy) == NOON + timedelta(hours=12)
    assert due_at(REPAIR, "answer", NOON, policy, size="big") == NOON + timedelta(hours=48)


@pytest.mark.clause("HC-5.2.4")
def test_the_desk_and_the_manager_hear_of_either_promise_broken() -> None:
    for key in ("complete", "answer"):
        assert clock(REPAIR, key).alerts == {R.CONTROL_CENTRE, R.OFFICE_MANAGER}


@pytest.mark.clause("HC-5.2.4")
@pytest.mark.django_db
@pytest.mark.parametrize(("late", "broken"), [(-1, False), (0, False), (1, True)])
def test_a_small_repair_is_finished_in_24_hours_to_the_second(world: World, late: int, broken: bool) -> None:
    begun, case = world.now, world.at_home()
    world.now = begun + timedelta(hours=24, seconds=late)
    world.do(case, "finish", "repair_worker")
    row = promise(case, "complete")
    assert (row.due_at, row.clause) == (begun + timedelta(hours=24), "HC-5.2.4")
    assert (row.met_at, row.broken_at is not None) == (world.now, broken)


@pytest.mark.clause("HC-5.2.4")
@pytest.mark.django_db
@pytest.mark.parametrize(("late", "broken"), [(-1, False), (0, False), (1, True)])
def test_a_big_repair_is_answered_in_72_hours_to_the_second(world: World, late: int, broken: bool) -> None:
    begun, case = world.now, world.do(world.file(size="big"), "accept", "control_centre")
    world.now = begun + timedelta(hours=72, seconds=late)
    world.do(case, "answer", "control_centre", plan="下周一更换立管")
    row = promise(case, "answer")
    assert (row.due_at, row.met_at, row.broken_at is not None) == (begun + timedelta(hours=72), world.now, broken)
    assert last(case, "answer").facts["plan"] == "下周一更换立管"
    assert not case.deadlines.filter(key="complete").exists()


@pytest.mark.clause("HC-5.2.4")
@pytest.mark.django_db
def test_a_small_repair_that_is_late_is_told_to_the_desk_and_the_manager(world: World) -> None:
    case = world.at_home()
    seen = newest_message()
    sweep(case.reported_at + timedelta(hours=24))
    assert not told_roles(case, seen)
    sweep(case.reported_at + timedelta(hours=24, seconds=1))
    assert told_roles(case, seen) == {"control_centre", "office_manager"}


@pytest.mark.clause("HC-5.2.4")
@pytest.mark.django_db
def test_other_hours_bind_what_is_reported_from_then_on(world: World) -> None:
    before = world.file()
    decide(world, "repair.small_hours", 12)
    decide(world, "repair.big_hours", 48)
    small, big = world.file(), world.file(size="big")
    assert hours(before, "complete") == 24
    assert hours(small, "complete") == 12
    assert hours(big, "answer") == 48


def hours(case: Case, key: str) -> float:
    """Return how long a promise of a case runs, in hours."""
    row = promise(case, key)
    length: timedelta = row.due_at - row.armed_at
    return length / timedelta(hours=1)


# HC-5.2.6  Valuables
