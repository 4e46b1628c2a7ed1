"""EN-D.7  A coordination order is checked by the foreman in each half of the month, by the supervisor once."""

from datetime import date, time, timedelta

import pytest

from menling.jobs.tracking import track
from menling.journal.models import Case
from menling.journal.replay import differences
from menling.journal.sweep import sweep
from menling.kernel.calendars import OfficeCalendar
from menling.procedures.coordination import COORDINATION, CoordinationPolicy, part_of_month
from tests.office import World
from tests.procedures.given import decide, due_at, last, promise, refused, shanghai, told_roles
from tests.procedures.tracking import tracked, under

__all__ = ["tracked"]


@pytest.mark.clause("EN-D.7")
@pytest.mark.parametrize(
    ("day", "parts", "end"),
    [
        (date(2026, 11, 1), 2, 15), (date(2026, 11, 15), 2, 15), (date(2026, 11, 16), 2, 30), (date(2026, 11, 30), 2, 30),
        (date(2026, 2, 16), 2, 28), (date(2026, 12, 31), 2, 31), (date(2026, 11, 1), 1, 30), (date(2026, 12, 31), 1, 31),
    ],
)  # fmt: skip
def test_the_month_has_two_halves_for_the_foreman_and_one_part_for_the_supervisor(day: date, parts: int, end: int) -> None:
    assert part_of_month(day, parts) == day.replace(day=end)


@pytest.mark.clause("EN-D.7")
@pytest.mark.parametrize(
    ("opened", "lead", "supervisor"),
    [
        ((11, 1), (11, 15), (11, 30)), ((11, 14), (11, 15), (11, 30)), ((11, 15), (11, 30), (11, 30)),
        ((11, 16), (11, 30), (11, 30)), ((11, 29), (11, 30), (11, 30)), ((11, 30), (12, 15), (12, 31)),
        ((2, 27), (2, 28), (2, 28)), ((2, 28), (3, 15), (3, 31)), ((12, 31), (1, 15), (1, 31)),
    ],
)  # fmt: skip
@pytest.mark.parametrize("clock", ["00:00:00", "23:59:59"])
def test_what_is_opened_on_the_last_day_of_a_half_or_month_is_first_checked_in_the_next(
    opened: tuple[int, int], lead: tuple[int, int], supervisor: tuple[int, int], clock: str
) -> None:
    calendar = OfficeCalendar()
    at = calendar.at(date(2026, *opened), time.fromisoformat(clock))
    for key, wanted in (("lead_review", lead), ("supervision", supervisor)):
        promised = due_at(COORDINATION, key, at, CoordinationPolicy(), calendar, opened=True, checked=False)
        assert promised
        due = calendar.local(promised)
        assert ((due.month, due.day), due.strftime("%H:%M:%S")) == (wanted, "23:59:59"), key


@pytest.mark.clause("EN-D.7")
@pytest.mark.django_db
@pytest.mark.parametrize(("day", "due"), [(14, 15), (15, 30), (16, 30)])
def test_the_office_opens_it_in_the_middle_of_the_month(world: World, day: int, due: int) -> None:
    world.now = shanghai(day, 17)
    case = under(world)
    assert OfficeCalendar().local(promise(case, "lead_review").due_at).day == due
    assert differences(case) == []


@pytest.mark.clause("EN-D.7")
@pytest.mark.django_db
def test_the_foreman_checks_in_each_half_of_the_month_and_the_supervisor_once_both_signed(world: World, tracked: Case) -> None:
    end = shanghai(30, 23, 59, 59).replace(microsecond=999999)
    assert promise(tracked, "lead_review").due_at == promise(tracked, "supervision").due_at == end
    with refused("EN-D.7", 422):
        world.do(tracked, "review", "team_lead", remark=" ")
    with refused("EN-D.7", 403):
        world.do(tracked, "supervise", "team_lead", remark="已查")
    world.do(tracked, "review", "team_lead", remark="催厂家发货")
    world.do(tracked, "supervise", "business_lead", remark="联系备用厂家")
    assert last(tracked, "review").facts["signed_by"] == world.staff["team_lead"].name
    assert promise(tracked, "lead_review").due_at.astimezone(end.tzinfo).strftime("%m-%d %H:%M") == "12-15 23:59"
    assert promise(tracked, "supervision").due_at.astimezone(end.tzinfo).strftime("%m-%d %H:%M") == "12-31 23:59"
    world.do(tracked, "review", "team_lead", remark="再查一次")
    assert promise(tracked, "lead_review").due_at.astimezone(end.tzinfo).strftime("%m-%d") == "12-15"
    assert differences(tracked) == []


@pytest.mark.clause("EN-D.7")
@pytest.mark.django_db
def test_a_missed_check_is_told_and_that_of_the_next_half_falls_due(world: World, tracked: Case) -> None:
    late = shanghai(30, 23, 59, 59) + timedelta(seconds=1)
    sweep(late)
    assert {"team_lead", "business_lead"} <= told_roles(tracked)
    assert len(track(late + timedelta(minutes=1))) == 2
    assert track(late + timedelta(minutes=2)) == []
    zone = OfficeCalendar().zone
    assert promise(tracked, "lead_review").due_at.astimezone(zone).date() == date(2026, 12, 15)
    assert promise(tracked, "supervision").due_at.astimezone(zone).date() == date(2026, 12, 31)
    assert tracked.deadlines.filter(key="lead_review", broken_at__isnull=False).count() == 1
    assert differences(tracked) == []


@pytest.mark.clause("EN-D.7")
@pytest.mark.django_db
def test_the_foreman_never_checks_less_than_twice_a_month(world: World) -> None:
    with refused("EN-D.7", 409):
        decide(world, "coordination.foreman_reviews", 1)
    decide(world, "coordination.supervisor_reviews", 2)
