"""HC-5.2.5  A repair on the books becomes an emergency: from when that was known its minutes count, and everybody hears it."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from menling.journal.models import Case, Outgoing
from menling.journal.replay import differences
from menling.journal.sweep import sweep
from menling.orders.models import Visit
from menling.procedures.emergency import not_urgent_yet
from menling.procedures.repair import REPAIR
from tests.office import World
from tests.procedures.given import decide, due, last, promise, refused, shanghai, told_roles, told_staff

HEARD = "水漫到楼下了"
pytestmark = pytest.mark.clause("HC-5.2.5")


def urgent(world: World, case: Case, who: str = "control_centre") -> Case:
    """Let somebody write down that it is an emergency now."""
    return world.do(case, "make_urgent", who, reason=HEARD)


def test_it_is_written_down_what_was_heard_and_only_once() -> None:
    not_urgent_yet("ordinary", HEARD)
    with refused("HC-5.2.5", 422):
        not_urgent_yet("ordinary", "  ")
    with refused("HC-5.2.5"):
        not_urgent_yet("emergency", HEARD)


@pytest.mark.parametrize(
    ("known", "counted"),
    [(shanghai(20, 8, 59), False), (shanghai(20, 9), True), (shanghai(20, 21, 59), True), (shanghai(20, 22), True),
     (shanghai(20, 22, 1), False)],
)  # fmt: skip
def test_the_minutes_count_from_when_it_was_known_by_day(known: datetime, counted: bool) -> None:
    promised = due(REPAIR, "emergency", known, urgency="emergency", reported_at=known, occurred_at=None)
    assert promised is not None
    assert (promised.at, promised.counted) == (known + timedelta(minutes=10), counted)


@pytest.mark.django_db
@pytest.mark.parametrize(("after", "kept"), [(9, True), (10, True), (11, False)])
def test_the_worker_on_the_way_has_ten_minutes_from_then_on(world: World, after: int, kept: bool) -> None:
    case = world.do(world.sent(visit_at=world.now + timedelta(hours=3)), "acknowledge", "repair_worker")
    world.later(30)
    urgent(world, case)
    assert promise(case, "emergency").due_at == world.now + timedelta(minutes=10)
    world.later(after)
    world.do(case, "arrive", "repair_worker")
    assert (promise(case, "emergency").broken_at is None) is kept
    assert differences(case) == []


@pytest.mark.django_db
def test_worker_and_control_centre_hear_it_at_once_and_the_worker_confirms(world: World) -> None:
    case = world.do(world.sent(visit_at=world.now + timedelta(hours=3)), "acknowledge", "repair_worker")
    urgent(world, case, "service_desk")
    assert world.staff["repair_worker"].pk in told_staff(case)
    assert "control_centre" in told_roles(case)
    assert set(Outgoing.objects.filter(case=case, sentence__contains="emergency now").values_list("urgent", flat=True)) == {True}
    assert promise(case, "called").met_at is promise(case, "change_seen").met_at is None
    world.later(2)
    world.do(case, "acknowledge", "repair_worker")
    assert promise(case, "called").met_at == promise(case, "change_seen").met_at == world.now
    case.order.refresh_from_db()
    assert (case.order.at_once, case.order.visit_at, case.order.urgency) == (True, None, "emergency")
    assert last(case, "make_urgent").facts["reason"] == HEARD


@pytest.mark.django_db
def test_nobody_who_acknowledges_is_called_out_like_in_any_emergency(world: World) -> None:
    decide(world, "emergency.on_call_minutes", 3)
    case = world.do(world.file(), "accept", "control_centre")
    world.later(20)
    urgent(world, case)
    assert promise(case, "called").due_at == world.now + timedelta(minutes=3)
    sweep(world.now + timedelta(minutes=11))
    assert promise(case, "emergency").broken_at == world.now + timedelta(minutes=10)


@pytest.mark.django_db
def test_the_visit_is_planned_for_now_where_the_worker_is_free_and_never_in_the_way(world: World) -> None:
    later = world.now + timedelta(hours=3)
    booked = world.sent(visit_at=later)
    urgent(world, booked)
    assert Visit.objects.get(order=booked.pk).planned.lower == world.now
    other = world.sent(visit_at=later)
    urgent(world, other)
    assert Visit.objects.get(order=other.pk).planned.lower == later


@pytest.mark.django_db
@pytest.mark.parametrize("parked", ["absent", "carry_over", "await_material"])
def test_what_was_put_off_is_dispatched_at_once(world: World, parked: str) -> None:
    case = world.at_home()
    facts: dict[str, dict[str, Any]] = {
        "absent": {"slip": "0042"}, "carry_over": {"reason": "等配件", "next_at": world.now + timedelta(days=1)},
        "await_material": {"material": "立管"},
    }  # fmt: skip
    world.do(case, parked, "repair_worker", **facts[parked])
    world.later(90)
    case = urgent(world, case)
    assert (case.status, case.assignee_id) == ("accepted", None)
    assert promise(case, "redispatch").due_at == world.now + timedelta(minutes=5)
    assert not case.deadlines.filter(paused_at__isnull=False).exists()
    world.do(case, "dispatch", "control_centre", worker=world.staff["repair_worker_2"].number)
    assert differences(case) == []


@pytest.mark.django_db
def test_who_may_say_so_and_when(world: World) -> None:
    case = world.sent()
    with refused("HC-5.2.5", 403):
        urgent(world, case, "finance")
    with refused("MR-2", 403):
        urgent(world, case, "repair_worker_2")
    urgent(world, case, "repair_worker")
    with refused("HC-5.2.5"):
        urgent(world, case)
    with refused("MR-8", 409):
        world.do(world.file(), "make_urgent", "control_centre", reason=HEARD, occurred_at=world.now + timedelta(minutes=1))
