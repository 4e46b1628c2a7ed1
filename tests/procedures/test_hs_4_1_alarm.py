"""HS-3.1, HS-3.4, HS-4.1.2  Home alarms: the service desk registers them, engineering collects, does and signs them off."""

from datetime import datetime, time, timedelta
from typing import Any

import pytest

from menling.jobs.pickup import pick_up
from menling.journal.cases import visible_to
from menling.journal.models import Case
from menling.journal.replay import differences
from menling.journal.sweep import sweep
from menling.kernel.calendars import OfficeCalendar
from menling.kernel.roles import Role as R
from menling.orders.models import Batch, Order
from menling.procedures.alarm_policy import AlarmPolicy
from menling.procedures.alarm_rules import (
    assigners,
    performers,
    takers,
)
from menling.procedures.batch import ALARM_BATCH, ENGINEERING, collected_by, something_to_pick_up
from menling.procedures.pickup_rules import last_pickup, next_pickup, told_at_once
from tests import alarms
from tests.office import World
from tests.procedures.given import (
    NOON,
    chosen,
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
    told_staff,
)

DEFAULT = AlarmPolicy()
SERVICE = frozenset({R.SERVICE_DESK, R.SERVICE_DESK_SUPERVISOR})


# HS-3.1, HS-3.4  Whose work it is


@pytest.mark.django_db
@pytest.mark.clause("HS-3.1")
def test_the_service_desk_takes_home_alarms_and_the_office_may_let_the_manager_take_them(world: World) -> None:
    assert takers(DEFAULT) == SERVICE
    assert takers(chosen(AlarmPolicy, intake__alarm__desk="office")) == SERVICE | {R.OFFICE_MANAGER}
    case = alarms.filed(world)
    assert (case.number, last(case, "file").clauses) == ("XH-A26-00001", ["HS-4.1.2.1", "HS-3.1"])
    for who, cited in (("office_manager", "HS-3.1"), ("team_lead", "HS-3.1"), ("control_centre", "HS-4.2.1")):
        with refused(cited, 403):
            alarms.filed(world, who)
    decide(world, "intake.alarm.desk", "office")
    assert alarms.filed(world, "office_manager").status == "reported"


@pytest.mark.django_db
@pytest.mark.clause("HS-3.4")
@pytest.mark.parametrize("who", ["repair_worker", "housekeeper", "engineering_crew_elsewhere"])
def test_only_engineerings_crew_of_the_office_is_sent(world: World, who: str) -> None:
    assert performers() == {R.ENGINEERING_CREW}
    case = alarms.accepted(world)
    with refused("HS-3.4", 422):
        world.do(case, "dispatch", "team_lead", worker=world.staff[who].number)
    world.do(case, "dispatch", "team_lead", worker=world.staff["engineering_crew"].number)
    with refused("HS-3.4", 422):
        world.do(case, "reassign", "team_lead", worker=world.staff[who].number, reason="生病")
    world.do(case, "reassign", "team_lead", worker=world.staff["engineering_crew_2"].number, reason="生病")
    assert case.assignee_id == world.staff["engineering_crew_2"].pk


# HS-4.1.2.1  A time is agreed, and the alarm register filled in


@pytest.mark.django_db
@pytest.mark.clause("HS-4.1.2.1")
@pytest.mark.parametrize("facts", [{"visit_at": None}, {"job": ""}, {"reporter": ""}, {"unit": ""}])
def test_without_an_agreed_time_and_a_full_entry_nothing_is_registered(world: World, facts: dict[str, Any]) -> None:
    with refused("HS-4.1.2.1", 422):
        alarms.filed(world, **facts)
    assert not Case.objects.filter(kind="alarm").exists()
    for job in ("activation", "relocation", "repair"):
        case = alarms.filed(world, job=job)
        assert (Order.objects.get(pk=case.pk).job, last(case, "file").facts["job"]) == (job, job)


@pytest.mark.django_db
@pytest.mark.clause("HS-4.1.2.1")
def test_the_time_is_not_before_the_report_and_may_be_that_instant(world: World) -> None:
    with refused("MR-8", 409):
        alarms.filed(world, visit_at=world.now - timedelta(seconds=1))
    assert alarms.filed(world, visit_at=world.now).status == "reported"


@pytest.mark.django_db
@pytest.mark.clause("HS-4.1.2.1", "HS-3.1")
def test_what_the_control_centre_passed_on_becomes_the_order(world: World) -> None:
    answer = world.answer("pass_on", None, "control_centre", kind="referral", wanted="alarm", to_desk="service_desk",
                          content="报警移位")  # fmt: skip
    case = alarms.filed(world, referral=answer.body["number"])
    assert Case.objects.get(number=answer.body["number"]).referral.became == case


# HS-4.1.2.2  Pick-ups at 9:00 and 13:30, and what cannot wait


@pytest.mark.clause("HS-4.1.2.2")
@pytest.mark.parametrize(
    ("at", "before", "after"),
    [
        (shanghai(20, 8, 59, 59), shanghai(19, 13, 30), shanghai(20, 9)),
        (shanghai(20, 9), shanghai(20, 9), shanghai(20, 13, 30)),
        (shanghai(20, 13, 29, 59), shanghai(20, 9), shanghai(20, 13, 30)),
        (shanghai(20, 13, 30), shanghai(20, 13, 30), shanghai(21, 9)),
    ],
)
def test_engineering_comes_daily_at_nine_and_half_past_one(at: datetime, before: datetime, after: datetime) -> None:
    assert last_pickup(at, DEFAULT, OfficeCalendar()) == before
    assert next_pickup(at, DEFAULT, OfficeCalendar()) == after


@pytest.mark.clause("HS-4.1.2.2")
def test_the_office_may_choose_other_hours_and_another_grace() -> None:
    policy = chosen(AlarmPolicy, pickup__alarm_first="08:30", pickup__alarm_second="14:00")
    assert policy.pickups == (time(8, 30), time(14, 0))
    assert next_pickup(shanghai(20, 9), policy, OfficeCalendar()) == shanghai(20, 14)
    longer = chosen(AlarmPolicy, pickup__grace_minutes=30)
    assert due_at(ALARM_BATCH, "pick_up", NOON, longer, pick_up_at=shanghai(20, 13, 30)) == shanghai(20, 14)
    assert due_at(ALARM_BATCH, "pick_up", NOON, DEFAULT, pick_up_at=shanghai(20, 13, 30)) == shanghai(20, 13, 45)
    assert clock(ALARM_BATCH, "pick_up").alerts == {R.TEAM_LEAD, R.SERVICE_DESK}


@pytest.mark.django_db
@pytest.mark.clause("HS-4.1.2.2")
@pytest.mark.parametrize(("came", "in_time"), [(shanghai(20, 13, 45), True), (shanghai(20, 13, 45, 1), False)])
def test_slips_collected_within_a_quarter_of_an_hour_are_in_time(world: World, came: datetime, in_time: bool) -> None:
    world.now = shanghai(20, 11)
    case = alarms.accepted(world)
    world.now = shanghai(20, 13, 30)
    assert pick_up(world.now) == ["XH: XH-U26-00001 prepared for engineering"]
    assert pick_up(world.now) == []
    batch = Case.objects.get(kind="alarm_batch")
    assert batch.batch.entries == [case.number]
    assert batch in visible_to(world.actor("engineering_crew"))
    assert batch not in visible_to(world.actor("housekeeper"))
    world.now = came
    with refused("HS-4.1.2.2", 422):
        world.do(batch, "pick_up", "service_desk")
    world.do(batch, "pick_up", "service_desk", collector=world.staff["engineering_crew"].number)
    assert kept(batch, "pick_up") is in_time
    assert last(batch, "pick_up").facts["collector"] == world.staff["engineering_crew"].number
    assert differences(batch) == []


@pytest.mark.django_db
@pytest.mark.clause("HS-4.1.2.2")
def test_nothing_is_collected_twice_and_housekeeping_has_a_pick_up_of_its_own_at_the_same_hour(world: World) -> None:
    alarms.accepted(world)
    world.later(10)
    first = alarms.laid_out(world)
    second = alarms.accepted(world, at=world.later(1))
    batch = alarms.laid_out(world)
    assert Batch.objects.get(pk=batch.pk).entries == [second.number]
    with refused("HS-4.1.2.2"):
        world.answer("prepare", None, "service_desk", kind="alarm_batch", pick_up_at=world.later(1))
    assert first.number != batch.number
    with refused("HS-4.1.2.2", 422):
        world.do(batch, "pick_up", "service_desk", collector=world.staff["housekeeper"].number)


@pytest.mark.clause("HS-4.1.2.2")
def test_who_came_is_on_record_and_an_empty_pick_up_is_none() -> None:
    collected_by(own=True, named="", clause="HS-4.1.2.2")
    collected_by(own=False, named="A012", clause="HS-4.1.2.2")
    with refused("HS-4.1.2.2", 422):
        collected_by(own=False, named=" ", clause="HS-4.1.2.2")
    something_to_pick_up(1, ENGINEERING)
    with refused("HS-4.1.2.2"):
        something_to_pick_up(0, ENGINEERING)


@pytest.mark.clause("HS-4.1.2.2", "CF-37")
@pytest.mark.parametrize(
    ("visit_at", "told"),
    [(None, True), (shanghai(20, 13, 29, 59), True), (shanghai(20, 13, 30), False), (shanghai(20, 14), False)],
)
def test_what_starts_before_the_next_pick_up_is_told_to_engineering_at_once(visit_at: datetime | None, told: bool) -> None:
    assert told_at_once(visit_at, shanghai(20, 13, 30), DEFAULT) is told


@pytest.mark.django_db
@pytest.mark.clause("HS-4.1.2.2")
@pytest.mark.parametrize(("ahead", "told"), [(60, {"team_lead", "engineering_crew"}), (300, set())])
def test_engineering_hears_of_what_cannot_wait_when_it_is_accepted(world: World, ahead: int, told: set[str]) -> None:
    case = alarms.filed(world, ahead=ahead)
    before = newest_message()
    world.do(case, "accept", "service_desk")
    assert told_roles(case, before) == told


@pytest.mark.django_db
@pytest.mark.clause("HS-4.1.2.2", "CF-41")
def test_the_leader_sends_the_crew_and_the_desk_as_well_where_the_office_says_so(world: World) -> None:
    assert assigners(DEFAULT) == {R.TEAM_LEAD}
    number = world.staff["engineering_crew"].number
    with refused("HS-4.1.2.2", 403):
        world.do(alarms.accepted(world), "dispatch", "service_desk", worker=number)
    decide(world, "dispatch.assigner", "service_desk_too")
    case = world.do(alarms.accepted(world), "dispatch", "service_desk", worker=number)
    assert (case.status, told_staff(case)) == ("dispatched", [world.staff["engineering_crew"].pk])


@pytest.mark.django_db
@pytest.mark.clause("HS-4.1.2.2")
def test_nobody_sent_and_nobody_at_the_door_by_the_agreed_time_are_promises_broken(world: World) -> None:
    case = alarms.accepted(world)
    visit_at = Order.objects.get(pk=case.pk).visit_at
    assert visit_at is not None
    assert (promise(case, "dispatch").due_at, promise(case, "dispatch").clause) == (visit_at, "HS-4.1.2.2")
    world.do(case, "dispatch", "team_lead", worker=world.staff["engineering_crew"].number)
    sweep(visit_at)
    assert promise(case, "appointment").broken_at is None
    sweep(visit_at + timedelta(seconds=1))
    assert promise(case, "appointment").broken_at == visit_at
