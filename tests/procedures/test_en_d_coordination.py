"""EN-D.4, EN-4.5, CF-24  What is not finished in time becomes a coordination order with one named tracker."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from menling.jobs.tracking import track
from menling.journal.replay import differences
from menling.kernel.calendars import OfficeCalendar
from menling.policies.models import CalendarDay
from menling.procedures.repair import REPAIR
from menling.procedures.repair_policy import RepairPolicy
from tests.office import World
from tests.procedures.given import chosen, due, due_at, promise, refused, shanghai, told_roles, told_staff
from tests.procedures.tracking import number, under

TERMS: dict[str, Any] = {"public": False, "warranty": False}


def home(at: datetime, policy: object = None, **terms: Any) -> datetime | None:
    """Return when a slip sent at an instant becomes a coordination order."""
    return due_at(REPAIR, "track_home", at, policy, **TERMS | terms)


@pytest.mark.clause("EN-D.4")
def test_a_slip_in_a_home_is_done_by_the_end_of_the_day_it_was_sent_for() -> None:
    end = shanghai(20, 23, 59).replace(second=59, microsecond=999999)
    assert home(shanghai(20, 0, 0)) == home(shanghai(20, 23, 59)) == end
    booked = {"at_once": False, "visit_at": shanghai(22, 9)}
    assert home(shanghai(20, 10), **booked) == end + timedelta(days=2)
    assert home(shanghai(20, 10), public=True) is home(shanghai(20, 10), warranty=True) is None


@pytest.mark.clause("EN-D.4")
def test_a_public_area_is_done_within_72_hours_of_the_report_or_as_the_office_chose() -> None:
    at, terms = shanghai(20, 10, 4), TERMS | {"public": True}
    assert due_at(REPAIR, "track_public", at, **terms) == shanghai(23, 10, 4)
    whole = chosen(RepairPolicy, coordination__public_from="end_of_day")
    assert due_at(REPAIR, "track_public", at, whole, **terms) == shanghai(23, 23, 59).replace(second=59, microsecond=999999)
    sent = chosen(RepairPolicy, coordination__public_from="hours_from_dispatch", coordination__public_hours=48)
    assert due_at(REPAIR, "track_public", at, sent, **terms) is None
    assert due_at(REPAIR, "track_public_sent", at, sent, **terms) == shanghai(22, 10, 4)
    assert due_at(REPAIR, "track_public_sent", at, **terms) is due_at(REPAIR, "track_public", at, **TERMS) is None


@pytest.mark.clause("EN-4.5")
@pytest.mark.parametrize(
    ("reported", "closes"),
    [
        (shanghai(19, 8), shanghai(20, 18)),
        (shanghai(19, 23, 59), shanghai(20, 18)),
        (shanghai(20, 10), shanghai(23, 18)),
        (shanghai(21, 10), shanghai(24, 18)),
        (shanghai(22, 10), shanghai(24, 18)),
    ],
)
def test_work_under_warranty_is_done_by_the_close_of_the_first_working_day_after_the_report(
    reported: datetime, closes: datetime
) -> None:
    terms = TERMS | {"warranty": True}
    assert due_at(REPAIR, "track_warranty", reported, **terms) == closes
    assert due_at(REPAIR, "track_warranty", reported, **TERMS) is None


@pytest.mark.clause("EN-4.5")
def test_the_close_of_a_working_day_is_the_office_s_own_and_holidays_are_no_working_days() -> None:
    calendar = OfficeCalendar(shift_end=shanghai(20, 17, 30).time(), holidays=frozenset({date(2026, 11, 20)}))
    assert due_at(REPAIR, "track_warranty", shanghai(19, 8), None, calendar, **TERMS | {"warranty": True}) == shanghai(23, 17, 30)


@pytest.mark.clause("EN-4.5")
@pytest.mark.django_db
def test_a_report_before_a_holiday_of_the_office_is_tracked_after_the_worked_weekend_day(world: World) -> None:
    CalendarDay.objects.create(day=date(2026, 11, 20), works=False, office=world.office)
    CalendarDay.objects.create(day=date(2026, 11, 22), works=True)
    world.unit.warranty_until = date(2026, 12, 31)
    world.unit.save(update_fields=["warranty_until"])
    case = world.file(at=shanghai(19, 10))
    assert promise(case, "track_warranty").due_at == shanghai(22, 18)
    assert differences(case) == []


@pytest.mark.clause("CF-24", "EN-D.4", "EN-4.5")
def test_an_office_may_do_without_conversion_and_conversion_is_no_promise_that_breaks() -> None:
    off = chosen(RepairPolicy, coordination__convert="off")
    assert home(shanghai(20, 10), off) is None
    assert due_at(REPAIR, "track_public", shanghai(20, 10), off, **TERMS | {"public": True}) is None
    assert due_at(REPAIR, "track_warranty", shanghai(20, 10), off, **TERMS | {"warranty": True}) is None
    given = due(REPAIR, "track_home", shanghai(20, 10), **TERMS)
    assert given is not None
    assert not given.counted


@pytest.mark.clause("EN-D.4")
@pytest.mark.django_db
def test_a_slip_not_finished_on_its_day_is_tracked_once_from_the_first_instant_of_the_next(world: World) -> None:
    order = world.sent()
    assert track(shanghai(20, 23, 59)) == []
    assert track(shanghai(21, 0, 0) - timedelta(microseconds=1)) == []
    assert len(track(shanghai(21, 0, 0))) == 1
    assert track(shanghai(21, 0, 1)) == []
    made = world.child(order, "coordination")
    assert (made.status, made.coordination.clause, made.unit_id) == ("unowned", "EN-D.4", world.unit.pk)
    assert told_roles(made) == {"team_lead", "business_lead"}
    assert promise(made, "appoint").due_at == shanghai(21, 18)
    assert promise(order, "track_home").broken_at is None
    assert differences(order) == differences(made) == []


@pytest.mark.clause("EN-D.4")
@pytest.mark.django_db
def test_a_visit_moved_to_another_day_before_the_door_is_tracked_after_that_day_and_no_sooner(world: World) -> None:
    moved, today = world.sent(), world.later(60)
    world.do(moved, "move", "control_centre", visit_at=shanghai(22, 14), reason="业主要求", at=today)
    end = shanghai(23, 0, 0) - timedelta(microseconds=1)
    assert (promise(moved, "track_home").due_at, differences(moved)) == (end, [])
    assert track(end) == []
    assert len(track(shanghai(23, 0, 0))) == 1


@pytest.mark.clause("EN-D.4")
@pytest.mark.django_db
def test_work_left_undone_is_tracked_the_same_night_whatever_day_was_agreed_to_go_on(world: World) -> None:
    begun = world.do(world.at_home(), "carry_over", "repair_worker", reason="等配件", next_at=shanghai(22, 14))
    world.do(begun, "move", "control_centre", visit_at=shanghai(22, 14), reason="配件到货")
    assert track(shanghai(21, 0, 0) - timedelta(microseconds=1)) == []
    assert len(track(shanghai(21, 0, 0))) == 1
    assert differences(begun) == []


@pytest.mark.clause("EN-D.4")
@pytest.mark.django_db
def test_a_slip_finished_on_its_day_or_excepted_with_a_reason_by_the_foreman_is_not_tracked(world: World) -> None:
    done = world.finished()
    special = world.do(world.file(), "accept", "control_centre")
    world.later(60)
    special = world.do(special, "dispatch", "control_centre", worker=number(world))
    with refused("EN-D.4", 422):
        world.do(special, "exempt", "team_lead", reason=" ")
    with refused("EN-D.4", 403):
        world.do(special, "exempt", "control_centre", reason="业主出差")
    world.do(special, "exempt", "team_lead", reason="业主出差一周")
    assert track(shanghai(22, 12)) == []
    assert promise(done, "track_home").met_at is not None
    assert promise(special, "track_home").released_by == "exempt"


@pytest.mark.clause("EN-D.4")
@pytest.mark.django_db
def test_a_public_area_and_a_home_under_warranty_wait_for_their_own_hour(world: World) -> None:
    world.unit.is_public = True
    world.unit.save()
    order = world.sent()
    assert {row.key for row in order.deadlines.filter(key__startswith="track")} == {"track_public"}
    assert promise(order, "track_public").due_at == world.now + timedelta(hours=72)
    assert track(promise(order, "track_public").due_at) == []
    assert len(track(promise(order, "track_public").due_at + timedelta(seconds=1))) == 1


@pytest.mark.clause("EN-4.5")
@pytest.mark.django_db
def test_of_work_under_warranty_the_owner_is_told_that_it_is_tracked(world: World) -> None:
    world.unit.warranty_until = date(2026, 11, 20)
    world.unit.save()
    order = world.sent()
    assert {row.key for row in order.deadlines.filter(key__startswith="track")} == {"track_warranty"}
    with refused("EN-4.5", 422):
        world.do(order, "coordinate", "control_centre", reason="等开发商", tracker=number(world))
    assert not order.children.filter(kind="coordination").exists()
    assert len(track(shanghai(23, 18, 0, 1))) == 1
    made = world.child(order, "coordination")
    assert made.coordination.clause == "EN-4.5"
    world.now = shanghai(23, 19)
    with refused("EN-4.5", 422):
        world.do(made, "appoint", "team_lead", tracker=number(world))
    made = world.do(made, "appoint", "team_lead", tracker=number(world), owner_told=True)
    assert (made.status, made.coordination.owner_told_at) == ("tracked", world.now)


@pytest.mark.clause("EN-D.4")
@pytest.mark.django_db
def test_tracking_has_one_order_with_a_reason_and_one_named_person(world: World) -> None:
    tracked = under(world)
    assert (tracked.status, tracked.coordination.tracker, tracked.assignee_id) == (
        "tracked", world.staff["repair_worker_2"], world.staff["repair_worker_2"].pk,
    )  # fmt: skip
    assert world.staff["repair_worker_2"].pk in told_staff(tracked)
    order = tracked.parent
    assert order
    with refused("EN-D.4"):
        world.do(order, "coordinate", "control_centre", reason="再来一张", tracker=number(world))
    other = world.file()
    for reason, whose in ((" ", number(world)), ("等件", ""), ("等件", "ZZZ")):
        with refused("EN-D.4", 422):
            world.do(other, "coordinate", "control_centre", reason=reason, tracker=whose)
    assert not other.children.exists()
