"""Replaying the journal through the table of a kind reproduces every status and every deadline."""

from collections.abc import Callable
from datetime import timedelta
from random import Random

import pytest
from django.db.models import F

from menling.journal.models import Case, Deadline, Event
from menling.journal.replay import differences
from menling.journal.sweep import sweep
from tests.office import World
from tests.walks import Walk

MINUTE = timedelta(minutes=1)


def everything() -> dict[str, list[str]]:
    return {case.number: found for case in Case.objects.all() if (found := differences(case))}


@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(12))
def test_a_random_day_is_told_again_by_its_events(world: World, seed: int) -> None:
    walk = Walk(world, Random(seed))
    walk.go(90)
    assert everything() == {}, f"seed {seed}"
    assert sum(walk.done.values()) > 30, walk.refused


@pytest.mark.long
@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(1000, 1060))
def test_a_random_month_is_told_again_by_its_events(world: World, seed: int) -> None:
    walk = Walk(world, Random(seed))
    walk.go(600)
    assert everything() == {}, f"seed {seed}"


@pytest.mark.django_db
def test_after_a_sweep_no_promise_is_overdue_unnoticed_and_every_break_is_told_once(world: World) -> None:
    Walk(world, Random(77)).go(200)
    sweep(world.now)
    late = Deadline.objects.filter(met_at=None, released_at=None, broken_at=None, paused_at=None, counted=True)
    assert not late.filter(due_at__lt=world.now).exists()
    broken = Deadline.objects.filter(broken_at__isnull=False).count()
    assert broken == Event.objects.filter(verb="break").count() > 10
    assert sweep(world.now) == 0


TAMPERED: dict[str, Callable[[Case], object]] = {
    "status": lambda case: Case.objects.filter(pk=case.pk).update(status="accepted"),
    "last instant": lambda case: Case.objects.filter(pk=case.pk).update(last_at=F("last_at") + MINUTE),
    "end": lambda case: Case.objects.filter(pk=case.pk).update(closed_at=case.last_at),
    "due": lambda case: case.deadlines.filter(key="arrive").update(due_at=F("due_at") + MINUTE),
    "target": lambda case: case.deadlines.filter(key="arrive").update(target_at=None),
    "armed": lambda case: case.deadlines.filter(key="arrive").update(armed_at=F("armed_at") + MINUTE),
    "counted": lambda case: case.deadlines.filter(key="arrive").update(counted=False),
    "kept": lambda case: case.deadlines.filter(key="arrive").update(met_at=None),
    "broken": lambda case: case.deadlines.filter(key="acknowledge").update(broken_at=None),
    "released": lambda case: case.deadlines.filter(key="complete").update(released_at=case.last_at),
    "paused": lambda case: case.deadlines.filter(key="complete").update(paused_at=case.last_at),
    "a promise gone": lambda case: case.deadlines.filter(key="complete").delete(),
    "a break untold": lambda case: case.deadlines.filter(key="complete").update(broken_at=case.last_at),
}


@pytest.mark.django_db
@pytest.mark.parametrize("what", sorted(TAMPERED))
def test_a_row_that_was_tampered_with_is_noticed(world: World, what: str) -> None:
    case = world.sent()
    world.later(9)
    world.do(case, "arrive", "repair_worker")
    assert case.deadlines.get(key="acknowledge").broken_at is not None
    assert differences(case) == []
    TAMPERED[what](case)
    assert differences(case) != []


@pytest.mark.django_db
def test_an_event_the_table_does_not_know_and_a_second_break_are_noticed(world: World) -> None:
    case = world.sent()
    world.later(9)
    world.do(case, "arrive", "repair_worker")
    row = case.events.get(verb="break")
    Event.objects.create(**{field.attname: getattr(row, field.attname) for field in Event._meta.fields if field.name != "id"})
    assert differences(case) == [f"an event too many: break acknowledge {row.happened_at}"]
    stray = case.events.get(verb="accept")
    Event.objects.create(**{field.attname: getattr(stray, field.attname) for field in Event._meta.fields if field.name != "id"})
    assert "accept: the table has no way from on_site to accepted" in differences(case)


@pytest.mark.django_db
def test_what_stood_still_does_not_count_and_waiting_ends_however_it_ends(world: World) -> None:
    later = world.now + timedelta(days=30)
    for way_on, facts in (("resume", {}), ("move", {"visit_at": later}), ("cancel", {"reason": "不修了"})):
        case = world.at_home()
        due = case.deadlines.get(key="complete").due_at
        world.later(60)
        world.do(case, "await_material", "repair_worker", material="水龙头")
        world.later(60 * 24 * 3)
        sweep(world.now)
        world.do(case, way_on, "control_centre", **facts)
        promise = case.deadlines.get(key="complete")
        assert promise.due_at == due + timedelta(days=3)
        assert (promise.paused_at, promise.pause_reason, promise.broken_at) == (None, "", None)
        assert differences(case) == []


@pytest.mark.django_db
def test_a_large_repair_answered_while_it_waits_is_answered_in_time(world: World) -> None:
    case = world.at_home(size="big")
    world.later(60)
    world.do(case, "await_material", "repair_worker", material="立管")
    world.later(60 * 24 * 9)
    world.do(case, "answer", "control_centre", plan="周三更换")
    promise = case.deadlines.get(key="answer")
    assert (promise.met_at, promise.broken_at, promise.paused_at) == (world.now, None, None)
    assert promise.due_at > world.now
    assert differences(case) == []


@pytest.mark.django_db
def test_a_reaction_to_something_written_down_late_does_not_turn_back_the_other_case(world: World) -> None:
    order = world.signed("86.00")
    charge = world.child(order, "charge")
    earlier, now = world.later(5), world.later(5)
    world.do(charge, "query_fee", "customer", question="为什么这么贵")
    world.do(order, "reopen", "team_lead", at=earlier, reason="又堵了")
    charge.refresh_from_db()
    assert (charge.status, charge.last_at, charge.closed_at) == ("void", now, earlier)
    assert [differences(order), differences(charge)] == [[], []]


@pytest.mark.django_db
def test_what_is_overdue_breaks_when_it_is_let_go_or_paused_even_if_no_sweep_came(world: World) -> None:
    other = world.staff["repair_worker_2"].number
    for verb, facts in (("cancel", {"reason": "不修了"}), ("reassign", {"worker": other, "reason": "生病"})):
        case = world.sent()
        world.later(31)
        world.do(case, verb, "control_centre", **facts)
        late = case.deadlines.get(key="acknowledge", broken_at__isnull=False)
        assert (late.broken_at, late.released_at, late.released_by) == (late.due_at, world.now, verb)
        assert case.events.filter(verb="break", facts__promise="acknowledge").count() == 1
        assert differences(case) == []
        world.later(60)
    waiting = world.at_home()
    world.later(60 * 25)
    world.do(waiting, "await_material", "repair_worker", material="水龙头")
    assert waiting.deadlines.get(key="complete").broken_at is not None
    assert differences(waiting) == []
