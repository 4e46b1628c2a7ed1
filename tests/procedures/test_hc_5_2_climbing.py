"""HC-5.2.5  With the crew on shift an emergency climbs past the leaders down the list, each call to somebody new."""

from datetime import datetime, timedelta

import pytest

from menling.journal.climbing import EVERYBODY, climb
from menling.journal.models import Deadline, Outgoing
from menling.orders.emergencies import emergencies
from menling.premises.models import OnCall, Shift
from menling.procedures.climbing import LEADERS, MOST_CALLS, Ladder, Turn, next_time, next_turn
from tests.office import World
from tests.procedures.given import decide, newest_message, shanghai, told_staff

pytestmark = pytest.mark.clause("HC-5.2.5")
BURST = {"urgency": "emergency", "content": "水管爆裂"}
ROLES = {role.value for role in LEADERS}


def by_day(world: World, *listed: str) -> None:
    """Let the first worker be on shift, and these people stand on the list of the day."""
    hour = timedelta(hours=1)
    Shift.objects.all().delete()
    Shift.objects.create(office=world.office, staff=world.staff["repair_worker"], starts_at=world.now - hour,
                         ends_at=world.now + 8 * hour)  # fmt: skip
    for rank, key in enumerate(listed, 1):
        OnCall.objects.create(office=world.office, day=world.now.date(), rank=rank, staff=world.staff[key])


def called_after(world: World, minutes: float) -> tuple[list[int], set[str]]:
    """Return which people and roles are called out so long after the report."""
    before = newest_message()
    assert climb(world.now + timedelta(minutes=minutes, seconds=1)) == 1
    rows = Outgoing.objects.filter(pk__gt=before)
    return [row.staff_id for row in rows.order_by("pk") if row.staff_id], {role for row in rows for role in row.roles}


# whose turn it is


@pytest.mark.parametrize(
    ("first", "sent", "turn"),
    [("leaders", 7, Turn(roles=LEADERS)), ("foreman", 7, Turn(roles=LEADERS[1:2])), ("control_centre", 7, Turn(staff=(1,))),
     ("sent_worker", 7, Turn(staff=(7,))), ("sent_worker", None, Turn(staff=(1,)))],
)  # fmt: skip
def test_the_office_chooses_who_is_called_before_the_list_while_its_crew_is_there(
    first: str, sent: int | None, turn: Turn
) -> None:
    told = {"control_centre"}  # it heard of the report
    assert next_turn(Ladder((1, 2), on_shift=True, first=first, sent=sent), (), told) == turn
    assert next_turn(Ladder((1, 2), on_shift=False, first=first, sent=sent), (), told) == Turn(staff=(1,)), "by night the list"


def test_each_turn_is_somebody_new_until_all_were_called_and_then_all_are_called_again() -> None:
    ladder, called, told = Ladder((1, 2), on_shift=True, first="foreman"), set[int](), {"control_centre"}
    turns = []
    for _each in range(5):
        turn = next_turn(ladder, called, told)
        called |= set(turn.staff)
        told |= {role.value for role in turn.roles}
        turns.append(turn)
    assert turns == [Turn(roles=LEADERS[1:2]), Turn(staff=(1,)), Turn(staff=(2,)), Turn(roles=LEADERS),
                     Turn(staff=(1, 2), roles=LEADERS, again=True)]  # fmt: skip


def test_the_last_call_goes_to_everybody() -> None:
    everybody = Turn(staff=(1, 2), roles=LEADERS, again=True)
    assert next_turn(Ladder((1, 2), on_shift=False), (), (), last=True) == everybody
    assert next_turn(Ladder((1, 2), on_shift=True), (1,), (), last=True) == everybody


@pytest.mark.parametrize(("called", "next_one"), [(None, 15), (10, 15), (11, 15), (11.1, 16.1), (14.9, 19.9), (90, 95)])
def test_who_was_called_late_has_the_same_minutes_before_the_next_call(called: float | None, next_one: float) -> None:
    begun, minute = shanghai(20, 23), timedelta(minutes=1)
    last = None if called is None else begun + called * minute
    assert next_time(begun, 5 * minute, 2, last) == begun + next_one * minute


# what the office hears


@pytest.mark.django_db
def test_by_day_the_leaders_then_the_people_of_the_list_are_called_and_then_all_again(world: World) -> None:
    by_day(world, "repair_worker_2", "service_desk")
    case = world.file(**BURST)
    second, third = world.staff["repair_worker_2"].pk, world.staff["service_desk"].pk
    assert told_staff(case) == [], "somebody is on shift: the control centre is told, and nobody is rung up"
    assert called_after(world, 5) == ([], ROLES)
    assert called_after(world, 10) == ([second], set())
    assert called_after(world, 15) == ([third], set())
    assert called_after(world, 20) == ([second, third], ROLES)
    assert Outgoing.objects.filter(case=case, sentence=EVERYBODY).count() == 1
    facts = [event.facts for event in case.events.filter(verb="called").order_by("pk")]
    assert [(each["level"], each.get("again", False)) for each in facts] == [(1, False), (2, False), (3, False), (4, True)]
    assert facts[1]["name"] == world.staff["repair_worker_2"].name


@pytest.mark.django_db
def test_the_office_s_choice_is_the_one_of_the_day_of_the_report(world: World) -> None:
    decide(world, "emergency.called_first", "control_centre")
    by_day(world, "repair_worker_2")
    world.file(**BURST)
    assert called_after(world, 5) == ([world.staff["repair_worker_2"].pk], set())


@pytest.mark.django_db
def test_an_outage_skips_nobody_who_was_not_called_yet(world: World) -> None:
    by_day(world, "repair_worker_2", "service_desk")
    world.file(**BURST)
    assert called_after(world, 5) == ([], ROLES)
    second, third = world.staff["repair_worker_2"].pk, world.staff["service_desk"].pk
    assert called_after(world, 31) == ([second], set())
    assert called_after(world, 12 * 60) == ([second, third], ROLES), "the last call was missed: everybody hears of it"


@pytest.mark.django_db
def test_nobody_is_called_in_the_seconds_after_somebody_who_was_called_late(world: World) -> None:
    by_day(world, "repair_worker_2", "service_desk")
    world.file(**BURST)
    second, third = world.staff["repair_worker_2"].pk, world.staff["service_desk"].pk
    called_after(world, 5)
    assert called_after(world, 14.9) == ([second], set())
    assert climb(world.now + timedelta(minutes=19.8)) == 0, "the minutes of the one called late"
    assert called_after(world, 19.9) == ([third], set())


@pytest.mark.django_db
def test_it_is_called_out_so_often_and_no_more(world: World) -> None:
    by_day(world)
    case = world.file(**BURST)
    for call in range(1, MOST_CALLS + 1):
        assert climb(world.now + timedelta(minutes=5 * call, seconds=1)) == 1, call
    assert climb(world.now + timedelta(minutes=5 * (MOST_CALLS + 1), seconds=1)) == 0
    assert case.events.filter(verb="called").count() == MOST_CALLS


# what is shown of it


@pytest.mark.django_db
def test_it_is_named_who_is_called_next_and_when_until_nobody_is(world: World) -> None:
    by_day(world, "repair_worker_2")
    case = world.file(**BURST)
    centre = world.actor("control_centre")

    def shown(minutes: int) -> tuple[object, ...]:
        (each,) = emergencies(world.office, centre, world.now + timedelta(minutes=minutes))
        call = each.next_call
        return (call.people, set(call.roles), call.again, call.at - world.now) if call else ()

    five = timedelta(minutes=5)
    assert shown(1) == ((), ROLES, False, five)
    called_after(world, 5)
    assert shown(6) == ((world.staff["repair_worker_2"].name,), set(), False, 2 * five)
    assert shown(13)[-1] == timedelta(minutes=13), "what is overdue comes now, never in the past"
    called_after(world, 10)
    assert shown(11) == ((world.staff["repair_worker_2"].name,), ROLES, True, 3 * five)
    Deadline.objects.filter(case=case, key="called").update(level=MOST_CALLS + 1)
    assert shown(70) == ()


@pytest.mark.django_db
def test_after_an_outage_who_was_promised_the_next_call_gets_it_and_then_has_the_minutes_to_answer(world: World) -> None:
    by_day(world, "repair_worker_2")
    case = world.file(**BURST)
    centre, name = world.actor("control_centre"), world.staff["repair_worker_2"].name
    called_after(world, 5)
    back = world.now + timedelta(hours=10)

    def shown(at: datetime) -> tuple[object, ...]:
        (each,) = emergencies(world.office, centre, at)
        return (each.next_call and (each.next_call.people, each.next_call.again), each.last_until)

    assert shown(world.now + timedelta(minutes=6)) == (((name,), False), None)
    assert shown(back) == (((name,), True), None), "everybody is called as soon as the calls are made again"
    assert climb(back) == 1
    assert world.staff["repair_worker_2"].pk in told_staff(case)
    assert shown(back) == (None, back + timedelta(minutes=5)), "called this second, nobody could answer yet"
    assert climb(back + timedelta(minutes=4)) == 0
    assert shown(back + timedelta(minutes=4)) == (None, back + timedelta(minutes=5))
    climb(back + timedelta(minutes=5))
    assert shown(back + timedelta(minutes=5)) == (None, None), "now nobody answered"
    assert Deadline.objects.get(case=case, key="called").level > MOST_CALLS
