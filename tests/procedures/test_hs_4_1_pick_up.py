"""HS-4.1.1.3  The pick-ups of housekeeping at 8:00 and 13:30, and what cannot wait for them."""

from datetime import datetime, time, timedelta

import pytest

from menling.journal.sweep import sweep
from menling.kernel.calendars import OfficeCalendar
from menling.kernel.roles import Role as R
from menling.orders.models import Batch
from menling.orders.pickups import waiting
from menling.procedures.batch import BATCH, CLEANING, collected_by, something_to_pick_up
from menling.procedures.housekeeping_policy import HousekeepingPolicy
from menling.procedures.housekeeping_rules import assigners
from menling.procedures.pickup_rules import last_pickup, next_pickup, told_at_once
from tests import cleaning
from tests.office import World
from tests.procedures.given import NOON, chosen, clock, decide, due_at, kept, last, promise, refused, shanghai

DEFAULT = HousekeepingPolicy()
SERVICE = frozenset({R.SERVICE_DESK, R.SERVICE_DESK_SUPERVISOR})


# HS-4.1.1.3  The pick-ups at 8:00 and 13:30, and what cannot wait for them


@pytest.mark.clause("HS-4.1.1.3")
@pytest.mark.parametrize(
    ("at", "before", "after"),
    [
        (shanghai(20, 7, 59, 59), shanghai(19, 13, 30), shanghai(20, 8)),
        (shanghai(20, 8), shanghai(20, 8), shanghai(20, 13, 30)),
        (shanghai(20, 13, 29, 59), shanghai(20, 8), shanghai(20, 13, 30)),
        (shanghai(20, 13, 30), shanghai(20, 13, 30), shanghai(21, 8)),
    ],
)
def test_the_team_comes_daily_at_eight_and_half_past_one(at: datetime, before: datetime, after: datetime) -> None:
    assert last_pickup(at, DEFAULT, OfficeCalendar()) == before
    assert next_pickup(at, DEFAULT, OfficeCalendar()) == after


@pytest.mark.clause("HS-4.1.1.3")
def test_the_office_may_choose_other_hours_and_another_grace() -> None:
    policy = chosen(HousekeepingPolicy, pickup__housekeeping_first="07:30", pickup__housekeeping_second="12:00")
    assert policy.pickups == (time(7, 30), time(12, 0))
    assert next_pickup(shanghai(20, 8), policy, OfficeCalendar()) == shanghai(20, 12)
    longer = chosen(HousekeepingPolicy, pickup__grace_minutes=30)
    assert due_at(BATCH, "pick_up", NOON, longer, pick_up_at=shanghai(20, 13, 30)) == shanghai(20, 14)
    assert due_at(BATCH, "pick_up", NOON, DEFAULT, pick_up_at=shanghai(20, 13, 30)) == shanghai(20, 13, 45)
    assert clock(BATCH, "pick_up").alerts == {R.TEAM_LEAD, R.SERVICE_DESK}


@pytest.mark.clause("HS-4.1.1.3")
@pytest.mark.django_db
@pytest.mark.parametrize(("came", "in_time"), [(shanghai(20, 13, 45), True), (shanghai(20, 13, 45, 1), False)])
def test_a_batch_signed_for_within_a_quarter_of_an_hour_is_in_time(world: World, came: datetime, in_time: bool) -> None:
    world.now = shanghai(20, 11)
    case = cleaning.agreed(world)
    world.now = shanghai(20, 13, 30)
    batch = laid_out(world)
    assert batch.entries == [case.number]
    world.now = came
    with refused("HS-4.1.1.3", 422):
        world.do(batch.case, "pick_up", "service_desk")
    world.do(batch.case, "pick_up", "service_desk", collector=world.staff["housekeeper"].number)
    assert kept(batch.case, "pick_up") is in_time
    assert last(batch.case, "pick_up").facts["collector"] == world.staff["housekeeper"].number


@pytest.mark.clause("HS-4.1.1.3")
@pytest.mark.django_db
def test_a_pick_up_brings_what_was_agreed_since_the_last_one_and_nothing_twice(world: World) -> None:
    world.now = shanghai(20, 11)
    first = cleaning.agreed(world, ahead=1440)
    world.now = shanghai(20, 13, 30)
    assert laid_out(world).entries == [first.number]
    second = cleaning.agreed(world, ahead=1500, at=world.later(1))
    world.now = shanghai(21, 8)
    assert laid_out(world).entries == [second.number]
    with refused("HS-4.1.1.3"):
        world.answer("prepare", None, "service_desk", kind="batch", pick_up_at=world.later(1))


@pytest.mark.django_db
@pytest.mark.clause("HS-4.1.1.3")
def test_a_word_noted_after_the_hour_keeps_no_order_from_its_pick_up_and_brings_none_twice(world: World) -> None:
    case = cleaning.agreed(world)
    pick_up_at = world.later(minutes=5)
    world.later(minutes=2)
    world.do(case, "note", "service_desk", text="门禁要登记")
    assert [each.case for each in waiting(CLEANING, world.office, pick_up_at)] == [case]
    world.answer("prepare", None, "service_desk", kind="batch", pick_up_at=pick_up_at)
    world.later(minutes=1)
    world.do(case, "note", "service_desk", text="带玻璃刮")
    assert not waiting(CLEANING, world.office, world.now)


@pytest.mark.clause("HS-4.1.1.3")
def test_who_came_is_on_record_and_an_empty_batch_is_none() -> None:
    collected_by(own=True, named="", clause="HS-4.1.1.3")
    collected_by(own=False, named="A006", clause="HS-4.1.1.3")
    with refused("HS-4.1.1.3", 422):
        collected_by(own=False, named=" ", clause="HS-4.1.1.3")
    something_to_pick_up(1, CLEANING)
    with refused("HS-4.1.1.3"):
        something_to_pick_up(0, CLEANING)


@pytest.mark.clause("HS-4.1.1.3", "HA-2", "CF-41")
@pytest.mark.parametrize(
    ("visit_at", "told"),
    [(None, True), (shanghai(20, 13, 29, 59), True), (shanghai(20, 13, 30), False), (shanghai(20, 14), False)],
)
def test_what_starts_before_the_next_pick_up_is_told_to_the_leader_at_once(visit_at: datetime | None, told: bool) -> None:
    assert told_at_once(visit_at, shanghai(20, 13, 30), DEFAULT) is told


@pytest.mark.clause("HS-4.1.1.3", "HA-2", "HC-5.1.3", "CF-41")
@pytest.mark.django_db
def test_the_service_desk_assigns_as_well_where_the_office_says_so(world: World) -> None:
    assert assigners(DEFAULT) == {R.TEAM_LEAD}
    numbers = [world.staff["housekeeper"].number]
    with refused("HA-2", 403):
        world.do(cleaning.agreed(world), "dispatch", "service_desk", workers=numbers)
    decide(world, "dispatch.assigner", "service_desk_too")
    assert assigners(chosen(HousekeepingPolicy, dispatch__assigner="service_desk_too")) == {R.TEAM_LEAD} | SERVICE
    case = world.do(cleaning.agreed(world), "dispatch", "service_desk", workers=numbers)
    assert (case.status, last(case, "dispatch").clauses[2]) == ("dispatched", "HS-4.1.1.3")


@pytest.mark.clause("HS-4.1.1.3")
@pytest.mark.django_db
def test_nobody_sent_by_the_agreed_time_and_nobody_at_the_door_are_promises_broken(world: World) -> None:
    case = cleaning.agreed(world)
    visit_at = case.order.visit_at
    assert (promise(case, "dispatch").due_at, promise(case, "dispatch").clause) == (visit_at, "HS-4.1.1.3")
    world.do(case, "dispatch", "team_lead", worker=world.staff["housekeeper"].number)
    assert promise(case, "appointment").due_at == visit_at
    assert visit_at is not None
    sweep(visit_at)
    assert promise(case, "appointment").broken_at is None
    sweep(visit_at + timedelta(seconds=1))
    assert promise(case, "appointment").broken_at == visit_at


def laid_out(world: World) -> Batch:
    """Return the batch the desk lays out now."""
    answer = world.answer("prepare", None, "service_desk", kind="batch", pick_up_at=world.now)
    return Batch.objects.select_related("case").get(case__number=answer.body["number"])
