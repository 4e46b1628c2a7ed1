"""Who can be sent on a day."""

from datetime import timedelta

import pytest

from menling.doorway.showing import loaded
from menling.kernel.refusal import Refused
from menling.orders.candidates import candidates
from menling.premises.models import Post
from tests.office import World


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
