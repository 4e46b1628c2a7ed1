"""Who can be sent on a day."""

from datetime import timedelta

import pytest

from menling.doorway.showing import loaded
from menling.kernel.refusal import Refused
from menling.orders.candidates import candidates
from menling.premises.models import Post, Shift, Skill
from tests.office import World
from tests.procedures.given import last, promise


@pytest.mark.django_db
def test_a_post_lasts_through_its_last_day_and_no_longer(world: World) -> None:
    worker = world.staff["repair_worker"]
    case = world.do(world.file(), "accept", "control_centre")
    today = world.now.date()
    for until, sent in ((today + timedelta(days=1), True), (today, True), (today - timedelta(days=1), False)):
        Post.objects.filter(staff=worker).update(until=until)
        assert (worker.number in {each.number for each in candidates(loaded(case), world.now)}) is sent, until
    with pytest.raises(Refused, match="MR-8"):
        world.do(case, "dispatch", "control_centre", worker=worker.number)
    Post.objects.filter(staff=worker).update(until=today)
    assert world.do(case, "dispatch", "control_centre", worker=worker.number).status == "dispatched"


@pytest.mark.django_db
def test_who_runs_over_the_planned_time_is_not_free(world: World) -> None:
    world.at_home()
    world.later(45)
    case = world.do(world.file(), "accept", "control_centre")
    found = {each.number: each for each in candidates(loaded(case), world.now)}
    busy, free = found[world.staff["repair_worker"].number], found[world.staff["repair_worker_2"].number]
    assert (busy.free, busy.free_from, free.free) == (False, None, True)


def ranked(world: World, **facts: str) -> list[str]:
    """Return the role keys of the candidates for a repair, the first one first."""
    case = world.do(world.file(**facts), "accept", "control_centre")
    keys = {staff.number: key for key, staff in world.staff.items()}
    return [keys[each.number] for each in candidates(loaded(case), world.now)]


def on_shift(world: World, *who: str) -> None:
    """Put people on the roster from an hour ago for eight hours."""
    begins = world.now - timedelta(hours=1)
    Shift.objects.bulk_create(
        Shift(staff=world.staff[key], office=world.office, starts_at=begins, ends_at=begins + timedelta(hours=8)) for key in who
    )


@pytest.mark.django_db
def test_the_trade_a_report_asks_for_comes_first_among_those_who_can_go(world: World) -> None:
    Skill.objects.create(staff=world.staff["repair_worker"], name="水暖")
    Skill.objects.create(staff=world.staff["repair_worker_2"], name="电气")
    assert ranked(world, content="客厅插座没电") == ["repair_worker_2", "repair_worker"]
    assert ranked(world, content="厨房角阀关不紧") == ["repair_worker", "repair_worker_2"]
    on_shift(world, "repair_worker", "repair_worker_2")
    assert ranked(world, content="客厅插座没电") == ["repair_worker_2", "repair_worker"]


@pytest.mark.django_db
def test_who_is_not_on_shift_or_not_free_stands_behind_who_can_go_whatever_the_trade(world: World) -> None:
    Skill.objects.create(staff=world.staff["repair_worker"], name="电气")
    on_shift(world, "repair_worker_2")
    assert ranked(world, content="客厅插座没电") == ["repair_worker_2", "repair_worker"]
    on_shift(world, "repair_worker")
    assert ranked(world, content="客厅插座没电")[0] == "repair_worker"
    world.sent()
    assert ranked(world, content="客厅插座没电") == ["repair_worker_2", "repair_worker"]


@pytest.mark.django_db
def test_who_was_sent_is_no_candidate_for_going_instead(world: World) -> None:
    found = candidates(loaded(world.sent()), world.now)
    assert [each.number for each in found] == [world.staff["repair_worker_2"].number]


@pytest.mark.django_db
def test_somebody_else_may_go_at_another_time_which_is_a_new_appointment(world: World) -> None:
    case = world.sent()
    later = world.now + timedelta(hours=3)
    other = world.staff["repair_worker_2"]
    world.do(case, "reassign", "control_centre", worker=other.number, reason="生病", visit_at=later)
    order = loaded(case)
    assert (order.worker, order.visit_at, order.at_once) == (other, later, False)
    visit = order.visits.get(active=True)
    assert (visit.worker, visit.planned.lower) == (other, later)
    assert promise(case, "appointment").due_at == later
    assert last(case, "move").facts["visit_at"] == later.isoformat()
    with pytest.raises(Refused, match="MR-8"):
        world.do(case, "reassign", "control_centre", worker=world.staff["repair_worker"].number, reason="改派",
                 visit_at=world.now - timedelta(minutes=1))  # fmt: skip
