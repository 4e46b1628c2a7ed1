"""The copy of yesterday's repair register: once a day, with every repair of the day, also when there was none."""

from datetime import date, datetime

import pytest

from menling.journal.models import Case, Outgoing
from menling.kernel.actor import SYSTEM
from menling.orders.models import RegisterCopy
from tests.office import World, make_unit
from tests.procedures.given import refused, shanghai

FRIDAY, SATURDAY = date(2026, 11, 20), date(2026, 11, 21)


def prepare(world: World, day: date = FRIDAY) -> RegisterCopy:
    """Open the copy of a day's register as the system does."""
    answer = world.answer("prepare", None, SYSTEM, kind="register_copy", day=day)
    return RegisterCopy.objects.select_related("case").get(case__number=answer.body["number"])


def reported(world: World, at: datetime) -> Case:
    """File a repair reported at an instant."""
    world.now = at
    return world.file()


@pytest.mark.django_db
def test_it_holds_the_repairs_of_the_calendar_day_in_the_order_of_their_reports(world: World) -> None:
    reported(world, shanghai(19, 23, 59, 59))
    first, second = reported(world, shanghai(20, 0)), reported(world, shanghai(20, 14))
    last = reported(world, shanghai(20, 23, 59, 59))
    reported(world, shanghai(21, 0))
    copy = prepare(world)
    assert copy.entries == [first.number, second.number, last.number]
    assert (copy.day, copy.due_day, copy.case.status) == (FRIDAY, SATURDAY, "prepared")


@pytest.mark.django_db
def test_another_offices_repairs_are_not_in_it(world: World) -> None:
    here = world.file()
    home = make_unit(world.elsewhere, "9", "9", "909")
    there, world.office = world.office, world.elsewhere
    world.file("control_centre_elsewhere", unit=home.code)
    world.office = there
    world.now = shanghai(21, 1)
    assert prepare(world).entries == [here.number]


@pytest.mark.django_db
def test_a_day_is_copied_once(world: World) -> None:
    world.now = shanghai(21, 1)
    prepare(world)
    with refused("HS-4.2.4"):
        prepare(world)
    assert RegisterCopy.objects.count() == Case.objects.filter(kind="register_copy").count() == 1
    assert prepare(world, date(2026, 11, 19)).case.number == "XH-B26-00002"


@pytest.mark.django_db
def test_what_was_recorded_late_for_the_day_is_in_it_when_it_is_delivered(world: World) -> None:
    world.now = shanghai(21, 8)
    copy = prepare(world)
    late = world.file(at=shanghai(20, 16))
    world.do(copy.case, "deliver", "control_centre")
    copy.refresh_from_db()
    assert (copy.entries, copy.delivered_at) == ([late.number], world.now)
    with refused("HS-4.2.4"):
        world.do(copy.case, "deliver", "control_centre")


@pytest.mark.django_db
def test_the_service_desk_hears_how_many_and_both_desks_hear_of_an_empty_one(world: World) -> None:
    world.file()
    world.now = shanghai(22, 8)
    full, empty = prepare(world), prepare(world, SATURDAY)
    for copy in (full, empty):
        world.do(copy.case, "deliver", "control_centre")
    told = {row.case_id: (row.roles, row.values["count"]) for row in Outgoing.objects.filter(case__kind="register_copy")}
    assert told == {full.pk: (["service_desk"], "1"), empty.pk: (["service_desk", "control_centre"], "0")}


@pytest.mark.django_db
@pytest.mark.parametrize("who", ["service_desk", "repair_worker", "finance"])
def test_only_the_control_centre_or_the_system_delivers_it(world: World, who: str) -> None:
    world.now = shanghai(21, 8)
    with refused("HS-4.2.4", 403):
        world.do(prepare(world).case, "deliver", who)
