"""OI-4.2, HC-5.2.5  Whoever is called out to an emergency reads where and what it is, until somebody has answered."""

from datetime import timedelta

import pytest

from menling.doorway.workday import workday
from menling.journal.climbing import climb
from menling.journal.models import Case
from menling.orders.addresses import views_of
from menling.premises.models import OnCall, Shift
from menling.procedures.privacy import PrivacyPolicy, Standing, Told, told_of_address
from tests.office import World
from tests.procedures.given import chosen, decide, promise, shanghai

pytestmark = pytest.mark.clause("OI-4.2", "CF-04", "HC-5.2.5")
ROOM, WHAT, DANGER = "1201", "水管爆裂", "水已到插座"


@pytest.mark.parametrize(
    ("option", "told"),
    [("at_dispatch", Told.FULL), ("day_before", Told.FULL), ("on_acceptance", Told.AREA), ("never_escorted", Told.MEETING_POINT)],
)
def test_who_is_called_out_reads_what_somebody_sent_now_would_read(option: str, told: Told) -> None:
    policy = chosen(PrivacyPolicy, privacy__address_release=option)
    assert told_of_address(Standing(sent=False, called=True), policy) is told
    assert told_of_address(Standing(sent=True), policy) is told
    assert told_of_address(Standing(sent=False, over=True, called=True), policy) is Told.MASKED


def burst(world: World) -> Case:
    """Return a burst pipe of a night whose list names two workers."""
    world.now = shanghai(20, 23)
    Shift.objects.all().delete()
    for rank, key in enumerate(("repair_worker", "repair_worker_2"), 1):
        OnCall.objects.create(office=world.office, day=world.now.date(), rank=rank, staff=world.staff[key])
    return world.file(urgency="emergency", content=WHAT, hazards=DANGER)


def told(world: World, who: str) -> str:
    """Return the messages on the phone of a worker."""
    return str(workday(world.actor(who), world.now)["messages"])


def readers(case: Case) -> list[str]:
    """Return the numbers of who read the address."""
    return sorted(row.staff.number for row in views_of(case))


@pytest.mark.django_db
def test_who_is_called_out_reads_the_home_and_what_it_is_and_that_is_on_record(world: World) -> None:
    case = burst(world)
    first, second = (world.staff[key].number for key in ("repair_worker", "repair_worker_2"))
    for word in (ROOM, WHAT, DANGER):
        assert word in told(world, "repair_worker"), word
    assert readers(case) == [first]
    assert WHAT not in told(world, "repair_worker_2"), "not called yet"
    world.now += timedelta(minutes=5, seconds=1)
    assert climb(world.now) == 1
    for word in (ROOM, WHAT, DANGER):
        assert word in told(world, "repair_worker_2"), word
    assert readers(case) == sorted([first, second])


@pytest.mark.django_db
def test_once_somebody_has_answered_the_others_called_read_the_estate_alone(world: World) -> None:
    case = burst(world)
    assert ROOM in told(world, "repair_worker")
    case = world.do(case, "accept", "control_centre")
    case = world.do(case, "dispatch", "control_centre", worker=world.staff["repair_worker_2"].number)
    assert ROOM in told(world, "repair_worker"), "somebody was sent, and nobody has answered yet"
    world.do(case, "acknowledge", "repair_worker_2")
    for word in (ROOM, WHAT, DANGER):
        assert word not in told(world, "repair_worker"), word
    assert "星河管理处" in told(world, "repair_worker")


@pytest.mark.django_db
def test_who_was_called_days_ago_reads_nothing_because_others_are_called_now(world: World) -> None:
    case = burst(world)
    case = world.do(case, "accept", "control_centre")
    case = world.do(case, "dispatch", "control_centre", worker=world.staff["repair_worker_2"].number)
    world.do(case, "acknowledge", "repair_worker_2")
    world.later(60)
    world.do(case, "release", "control_centre", reason="另有急修")
    assert promise(case, "called").met_at is None
    assert ROOM not in told(world, "repair_worker")


@pytest.mark.django_db
def test_where_the_office_takes_people_there_who_is_called_out_reads_where_to_meet(world: World) -> None:
    decide(world, "privacy.address_release", "never_escorted")
    case = burst(world)
    assert ROOM not in told(world, "repair_worker")
    assert "集合" in told(world, "repair_worker")
    assert readers(case) == []
