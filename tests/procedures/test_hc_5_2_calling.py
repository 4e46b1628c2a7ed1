"""HC-5.2.5  An emergency is called out until a worker acknowledges it; unsafe things in a home are followed until removed."""

from datetime import timedelta

import pytest

from menling.jobs.named import break_promises
from menling.journal.climbing import climb
from menling.journal.models import Outgoing
from menling.journal.replay import differences
from menling.journal.sweep import sweep
from menling.kernel.roles import Role
from menling.orders.models import Order
from menling.premises.models import OnCall, Shift
from menling.procedures.climbing import MOST_CALLS
from menling.procedures.emergency import (
    all_done,
    hazard_told,
    something_unsafe,
)
from menling.procedures.repair import REPAIR
from tests.office import World
from tests.procedures.given import (
    clock,
    decide,
    kept,
    newest_message,
    promise,
    refused,
    shanghai,
    told_roles,
    told_staff,
)

BURST = {"urgency": "emergency", "content": "水管爆裂"}
MINUTE = timedelta(minutes=1)


def by_night(world: World, *who: str) -> None:
    """Make it 23:00, with these people on the list of the night, in this order, and nobody on shift."""
    world.now = shanghai(20, 23)
    Shift.objects.all().delete()
    for rank, key in enumerate(who, 1):
        OnCall.objects.create(office=world.office, day=world.now.date(), rank=rank, staff=world.staff[key])


# Called out until somebody answers


@pytest.mark.django_db
@pytest.mark.clause("HC-5.2.5")
def test_an_emergency_at_night_climbs_the_list_until_a_worker_acknowledges(world: World) -> None:
    by_night(world, "repair_worker_2", "repair_worker", "team_lead")
    case = world.file(**BURST)
    second, third = world.staff["repair_worker"].pk, world.staff["team_lead"].pk
    assert told_staff(case) == [world.staff["repair_worker_2"].pk], "the first one at once"
    start = newest_message()
    assert climb(world.now + 5 * MINUTE) == 0, "the fifth minute is not over yet"
    assert break_promises(world.now + 5 * MINUTE + timedelta(seconds=1))[-1] == "1 emergencies called out again"
    assert told_staff(case, start) == [second]
    assert climb(world.now + 6 * MINUTE) == 0, "twice is once"
    assert climb(world.now + 10 * MINUTE + timedelta(seconds=1)) == 1
    assert told_staff(case, start) == [second, third]
    before = newest_message()
    assert climb(world.now + 15 * MINUTE + timedelta(seconds=1)) == 1
    assert told_roles(case, before) == {"control_centre", "team_lead", "office_manager"}, "the list is at its end"
    assert [event.facts["level"] for event in case.events.filter(verb="called").order_by("pk")] == [1, 2, 3]
    assert differences(case) == []


@pytest.mark.django_db
@pytest.mark.clause("HC-5.2.5")
def test_who_acknowledges_ends_the_calling_and_the_office_chooses_the_minutes(world: World) -> None:
    decide(world, "emergency.on_call_minutes", 2)
    by_night(world, "repair_worker", "repair_worker_2")
    case = world.sent(**BURST)
    assert climb(world.now + 2 * MINUTE + timedelta(seconds=1)) == 1
    world.do(case, "acknowledge", "repair_worker", at=world.later(3))
    assert climb(world.now + 60 * MINUTE) == 0
    assert Outgoing.objects.filter(case=case, staff_id=world.staff["repair_worker_2"].pk).count() == 1
    assert Outgoing.objects.filter(case=case, urgent=True).count() == 3, "the desk, the first and the second person"


@pytest.mark.django_db
@pytest.mark.clause("HC-5.2.5")
def test_with_a_worker_on_shift_the_leaders_are_called_and_nobody_from_the_list(world: World) -> None:
    by_night(world, "repair_worker_2")
    Shift.objects.create(office=world.office, staff=world.staff["repair_worker"], starts_at=world.now - 60 * MINUTE,
                         ends_at=world.now + 60 * MINUTE)  # fmt: skip
    case = world.file(**BURST)
    assert told_staff(case) == []
    before = newest_message()
    assert climb(world.now + 6 * MINUTE) == 1
    assert (told_staff(case, before), told_roles(case, before)) == ([], {r.value for r in clock(REPAIR, "called").alerts})


@pytest.mark.django_db
@pytest.mark.clause("HC-5.2.5")
def test_an_emergency_nobody_looked_at_for_a_night_is_called_out_once_more(world: World) -> None:
    case = world.file(**BURST)
    before = newest_message()
    assert climb(world.now + timedelta(hours=22)) == 1
    assert told_roles(case, before) == {"control_centre", "team_lead", "office_manager"}
    assert climb(world.now + timedelta(hours=23)) == 0
    assert [event.facts["level"] for event in case.events.filter(verb="called")] == [MOST_CALLS]


@pytest.mark.django_db
@pytest.mark.clause("HC-5.2.5")
def test_a_report_written_down_hours_later_calls_nobody_out(world: World) -> None:
    by_night(world, "repair_worker")
    case = world.file(at=world.now - timedelta(hours=5), **BURST)
    before = newest_message()
    climb(world.now)
    assert newest_message() == before
    assert Role.CONTROL_CENTRE in clock(REPAIR, "called").alerts
    assert not case.events.filter(verb="called").exists()


# Unsafe things in a home


@pytest.mark.django_db
@pytest.mark.clause("HC-5.2.5")
def test_what_is_unsafe_is_shown_to_the_resident_told_to_the_office_and_followed_until_removed(world: World) -> None:
    case = world.at_home()
    before = newest_message()
    facts = {"hazard": "燃气软管老化", "shown": True, "measures": "关阀停用"}
    world.do(case, "report_hazard", "repair_worker", **facts)
    assert told_roles(case, before) == {"office_manager", "control_centre"}
    assert promise(case, "hazard").due_at == world.now + timedelta(hours=24)
    sweep(world.now + timedelta(hours=24, seconds=1))
    assert promise(case, "hazard").broken_at == world.now + timedelta(hours=24)
    world.later(5)
    world.do(case, "remove_hazard", "repair_worker", done="换新软管")
    assert (promise(case, "hazard").met_at, Order.objects.get(pk=case.pk).hazards[0]["done"]) == (
        world.now, "换新软管",
    )  # fmt: skip


@pytest.mark.clause("HC-5.2.5")
def test_a_hazard_says_what_was_told_and_done_and_a_slip_waits_for_its_removal() -> None:
    hazard_told("插座裸露", shown=True, measures="已断电")
    for what, told, measures in ((" ", True, "断电"), ("插座裸露", False, "断电"), ("插座裸露", True, "")):
        with refused("HC-5.2.5", 422):
            hazard_told(what, told, measures)
    open_one, gone = {"what": "插座裸露"}, {"what": "软管", "removed": "2026-11-20"}
    all_done([], [gone])
    for still_todo, hazards in ((["worker"], []), ([], [open_one])):
        with refused("HC-5.2.5"):
            all_done(still_todo, hazards)
    something_unsafe([open_one])
    with refused("HC-5.2.5"):
        something_unsafe([gone])


@pytest.mark.django_db
@pytest.mark.clause("HC-5.2.5")
@pytest.mark.parametrize(("hours", "in_time"), [(48, True), (48.001, False)])
def test_an_office_may_choose_how_long_a_hazard_is_followed(world: World, hours: float, in_time: bool) -> None:
    decide(world, "hazard.follow_up_hours", 48)
    case = world.at_home()
    world.do(case, "report_hazard", "repair_worker", hazard="插座裸露", shown=True, measures="已断电")
    world.later(minutes=60 * hours)
    world.do(case, "remove_hazard", "team_lead", done="换插座")
    assert kept(case, "hazard") is in_time
