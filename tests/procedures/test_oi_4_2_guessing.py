"""OI-4.2  A list asked for a room or a number confirms nobody's guess: what is not told is not found."""

from datetime import timedelta

import pytest

from menling.doorway.listing import page
from menling.doorway.questions import question
from menling.journal.models import Case
from tests.office import World

ROOM, PHONE = "3-2-1201", "13800138000"


def found(world: World, who: str, **asked: str) -> list[str]:
    """Return the numbers of what somebody finds in the list of repairs."""
    words = {name: [text] for name, text in asked.items()}
    return [each["number"] for each in page(world.actor(who), question(("repair",), words), world.now).items]


def signed_off(world: World) -> Case:
    """Return a repair of which the worker reads the home no more."""
    return world.completed()


@pytest.mark.clause("OI-4.2")
@pytest.mark.django_db
def test_a_worker_finds_the_room_where_the_visit_is_and_not_after(world: World) -> None:
    over = signed_off(world)
    world.later(60)
    case = world.sent()
    assert found(world, "repair_worker") == [case.number, over.number]
    assert found(world, "repair_worker", unit=ROOM) == found(world, "repair_worker", phone=PHONE) == [case.number]
    assert found(world, "repair_worker_2", unit=ROOM) == []


@pytest.mark.clause("OI-4.2")
@pytest.mark.django_db
def test_a_job_of_a_later_day_is_not_found_by_its_room_before_the_room_is_told(world: World) -> None:
    tomorrow = world.now + timedelta(days=1)
    case = world.sent(visit_at=tomorrow)
    assert found(world, "repair_worker") == [case.number]
    assert found(world, "repair_worker", unit=ROOM) == []
    world.now = tomorrow - timedelta(hours=2)
    assert found(world, "repair_worker", unit=ROOM) == [case.number]


@pytest.mark.clause("OI-4.2")
@pytest.mark.django_db
@pytest.mark.parametrize("who", ["control_centre", "service_desk", "team_lead", "company_management", "customer"])
def test_who_reads_every_address_finds_by_it(world: World, who: str) -> None:
    over = signed_off(world)
    assert found(world, who, unit=ROOM) == found(world, who, phone=PHONE) == [over.number]


@pytest.mark.clause("OI-4.2")
@pytest.mark.django_db
def test_a_foreman_of_one_office_who_works_in_another_finds_only_what_is_told_there(world: World) -> None:
    over = signed_off(world)
    both = world.actor("repair_worker")
    there = world.actor("team_lead_elsewhere").roles
    both.roles.update(there)
    assert found(world, "repair_worker", unit=ROOM) == []
    assert over.number in found(world, "repair_worker")
