"""MR-4  What is written down afterwards of one visit: its times follow one another, or nothing of it is taken."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from menling.doorway.language import CHINESE, ENGLISH, said
from menling.kernel.refusal import Refused
from menling.procedures.afterwards import follow_one_another, stopped_first, took_place, untimed
from tests.office import World
from tests.procedures.given import NOON, last, refused


@pytest.mark.clause("MR-4")
@pytest.mark.parametrize(("seconds", "fits"), [(-1, False), (0, True), (1, True)])
def test_a_later_step_of_one_visit_is_at_the_same_second_or_later(seconds: int, fits: bool) -> None:
    times = [NOON, NOON + timedelta(minutes=5), NOON + timedelta(minutes=5, seconds=seconds)]
    if fits:
        follow_one_another(times)
        return
    with refused("MR-4", 409):
        follow_one_another(times)


@pytest.mark.clause("MR-4")
def test_one_time_alone_or_none_follows_itself_and_a_second_one_is_looked_at() -> None:
    follow_one_another([])
    follow_one_another([NOON])
    with refused("MR-4", 409):
        follow_one_another([NOON, NOON - timedelta(seconds=1)])


@pytest.mark.clause("HC-5.2.5")
@pytest.mark.parametrize(("seconds", "first"), [(-1, True), (0, False), (1, False)])
def test_work_that_began_before_the_price_was_agreed_was_a_stopping(seconds: int, first: bool) -> None:
    assert stopped_first(NOON + timedelta(seconds=seconds), NOON) is first


@pytest.mark.clause("HC-5.2.5")
def test_where_no_price_was_agreed_nothing_came_before_it() -> None:
    assert not stopped_first(NOON, None)
    assert not stopped_first(None, NOON)


@pytest.mark.clause("HS-4.2.3")
@pytest.mark.parametrize(("seconds", "unknown"), [(-1, False), (0, False), (1, True)])
def test_nobody_can_know_when_a_slip_was_taken_only_once_its_minutes_are_over(seconds: int, unknown: bool) -> None:
    written = NOON + timedelta(minutes=5, seconds=seconds)
    assert untimed(told=True, sent_at=NOON, written_at=written, minutes=5) is unknown
    assert not untimed(told=False, sent_at=NOON, written_at=written, minutes=5)


@pytest.mark.clause("HS-4.2.3")
@pytest.mark.django_db
@pytest.mark.parametrize(
    ("minutes_ago", "came", "promised"), [(0, True, True), (5, True, True), (6, True, False), (6, False, True)]
)
def test_a_slip_of_this_minute_or_of_who_has_still_to_come_is_acknowledged_whatever_is_said_of_it(
    world: World, minutes_ago: int, came: bool, promised: bool
) -> None:
    then = world.now - timedelta(minutes=minutes_ago)
    case = world.do(world.file(at=then), "accept", "control_centre", at=then)
    went = {"arrived_at": world.now - timedelta(minutes=1)} if came else {}
    world.do(case, "dispatch", "control_centre", at=then, worker=world.staff["repair_worker"].number, untimed=True, **went)
    assert case.deadlines.filter(key="acknowledge").exists() is promised
    reassigned = {"worker": world.staff["repair_worker_2"].number, "reason": "换人"}
    world.do(case, "reassign", "control_centre", **reassigned)
    assert case.deadlines.filter(key="acknowledge", met_at=None, released_at=None).exists(), "the next one is known again"


@pytest.mark.clause("MR-1")
@pytest.mark.parametrize(("seconds", "past"), [(-1, False), (0, True), (299, True), (300, False)])
def test_a_visit_took_place_where_somebody_arrived_after_the_slip_and_before_it_was_written_down(
    seconds: int, past: bool
) -> None:
    written = NOON + timedelta(minutes=5)
    assert took_place(NOON + timedelta(seconds=seconds), NOON, written, None) is past
    assert not took_place(None, NOON, written, None)


@pytest.mark.clause("MR-1")
@pytest.mark.parametrize(("minutes", "past"), [(-1, True), (0, True), (1, False)])
def test_no_visit_took_place_whose_appointment_is_still_to_come(minutes: int, past: bool) -> None:
    written = NOON + timedelta(minutes=5)
    assert took_place(NOON, NOON, written, written + timedelta(minutes=minutes)) is past


@pytest.mark.clause("MR-1")
@pytest.mark.django_db
@pytest.mark.parametrize(("minutes_ago", "refusal"), [(0, True), (30, False)])
def test_only_what_took_place_stands_beside_a_plan(world: World, minutes_ago: int, refusal: bool) -> None:
    then = world.now - timedelta(minutes=minutes_ago)
    worker = world.staff["repair_worker"].number
    world.sent(at=then - timedelta(minutes=1))
    case = world.do(world.file(at=then), "accept", "control_centre", at=then)
    went: dict[str, Any] = {"worker": worker, "arrived_at": world.now - timedelta(minutes=10)}
    if refusal:
        with refused("MR-1", 409):
            world.do(case, "dispatch", "control_centre", at=then, **went)
        return
    world.do(case, "dispatch", "control_centre", at=then, **went)
    assert case.status == "dispatched"
    assert last(case, "dispatch").facts["arrived_at"] == went["arrived_at"].isoformat()


@pytest.mark.clause("MR-4")
@pytest.mark.django_db
def test_a_time_before_the_last_step_is_refused_by_that_step_and_its_time_as_people_write_it(world: World) -> None:
    case = world.do(world.file(at=NOON), "accept", "control_centre", at=NOON)
    world.do(case, "note", "control_centre", at=NOON + timedelta(minutes=1), text="来电催过")
    with pytest.raises(Refused) as caught:
        world.do(case, "dispatch", "control_centre", at=NOON - timedelta(minutes=5), worker=world.staff["repair_worker"].number)
    day = timezone.localtime(NOON)
    assert f"(Accept {day.day} {day:%b %Y %H:%M})" in said(caught.value.why, ENGLISH)
    assert f"（受理 {day.year}年{day.month}月{day.day}日 {day:%H:%M}）" in said(caught.value.why, CHINESE)
