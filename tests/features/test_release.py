"""An emergency may take a worker's planned time; what is put off is put off in the open."""

from datetime import timedelta

import pytest

from menling.journal.models import Deadline, Event, Outgoing
from menling.kernel.refusal import Refused
from menling.orders.models import Visit
from tests.office import World


def _planned(world: World) -> object:
    case = world.do(world.file(content="换灯泡"), "accept", "control_centre")
    at = world.now + timedelta(minutes=20)
    return world.do(case, "dispatch", "control_centre", worker=world.staff["repair_worker"].number, visit_at=at)


@pytest.mark.django_db
def test_an_emergency_calls_the_worker_back_and_the_other_order_waits_in_the_open(world: World) -> None:
    other = _planned(world)
    urgent = world.do(world.file(content="水管爆裂", urgency="emergency"), "accept", "control_centre")
    worker = world.staff["repair_worker"]
    with pytest.raises(Refused, match="MR-1"):
        world.do(urgent, "dispatch", "control_centre", worker=worker.number)
    world.do(urgent, "dispatch", "control_centre", worker=worker.number, release="水已流到走廊")
    other.refresh_from_db()
    assert (other.status, other.assignee_id, urgent.status) == ("accepted", None, "dispatched")
    event = Event.objects.get(case=other, verb="release")
    assert (event.clauses, "水已流到走廊" in event.facts["reason"]) == (["MR-1"], True)
    assert Deadline.objects.filter(case=other, key="dispatch", met_at__isnull=True, released_at__isnull=True).exists()
    assert Deadline.objects.filter(case=other, key="rebook", met_at__isnull=True, released_at__isnull=True).exists()
    told = Outgoing.objects.filter(case=other, created_at=event.recorded_at)
    assert {row.staff_id for row in told} == {worker.pk, None}
    assert list(Visit.objects.filter(worker=worker, active=True).values_list("order_id", flat=True)) == [urgent.pk]


@pytest.mark.django_db
def test_a_worker_at_somebodys_home_is_not_called_away(world: World) -> None:
    world.at_home()
    urgent = world.do(world.file(content="水管爆裂", urgency="emergency"), "accept", "control_centre")
    with pytest.raises(Refused, match="MR-1"):
        world.do(urgent, "dispatch", "control_centre", worker=world.staff["repair_worker"].number, release="爆裂")


@pytest.mark.django_db
def test_who_was_called_back_may_not_arrive_there_any_more(world: World) -> None:
    case = world.do(world.sent(), "release", "control_centre", reason="另有急修")
    with pytest.raises(Refused):
        world.do(case, "arrive", "repair_worker")


@pytest.mark.django_db
def test_after_nobody_home_and_a_new_time_somebody_is_sent_again_within_five_minutes(world: World) -> None:
    case = world.do(world.sent(), "absent", "repair_worker", slip="0001")
    world.later(30)
    world.do(case, "move", "control_centre", visit_at=world.now + timedelta(hours=3), agreed_by="王芳")
    again = Deadline.objects.get(case=case, key="redispatch")
    assert again.due_at == world.now + timedelta(minutes=5)
    world.later(4)
    world.do(case, "dispatch", "control_centre", worker=world.staff["repair_worker_2"].number)
    again.refresh_from_db()
    assert (again.met_at, again.broken_at) == (world.now, None)
