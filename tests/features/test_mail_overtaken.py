"""MR-40  What a step written down afterwards would send somebody out for is told to nobody once a later step was taken."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from menling.journal.models import Case, Outgoing
from menling.mail.laying import lay_out
from menling.mail.models import Delivery
from menling.procedures.afterwards import overtaken
from tests.office import MORNING, World

pytestmark = [pytest.mark.clause("MR-40"), pytest.mark.django_db]
SLIP = "New slip {number}"


def laid_out(now: datetime) -> None:
    """Give every message that waits to its channels."""
    last = 0
    while (message := lay_out(now, last)) is not None:
        last = message.pk


def sent_afterwards(world: World) -> Case:
    """Return an order whose worker was sent forty minutes ago, written down now."""
    early = world.now - timedelta(minutes=45)
    case = world.do(world.file(at=early), "accept", "control_centre", at=early)
    sent = world.now - timedelta(minutes=40)
    return world.do(case, "dispatch", "control_centre", at=sent, worker=world.staff["repair_worker"].number)


def told(world: World, case: Case) -> list[str]:
    """Return what the worker is told of a case once the outbox was emptied."""
    laid_out(world.now)
    mine = Outgoing.objects.filter(case=case, staff_id=world.staff["repair_worker"].pk)
    assert Delivery.objects.filter(message__in=mine).exists() is mine.exists()
    return [row.sentence.split(":")[0] for row in mine]


def arrived(world: World, case: Case, at: datetime) -> None:
    world.do(case, "arrive", "repair_worker", at=at)


def test_a_slip_written_down_after_the_worker_was_at_the_door_is_not_sent_out(world: World) -> None:
    case = sent_afterwards(world)
    arrived(world, case, world.now - timedelta(minutes=30))
    assert told(world, case) == []


def test_a_slip_written_down_late_that_still_waits_for_its_worker_is_sent_out(world: World) -> None:
    assert told(world, sent_afterwards(world)) == [SLIP]


@pytest.mark.parametrize(("seconds", "sent"), [(-1, []), (0, [SLIP]), (1, [SLIP])])
def test_only_what_was_taken_before_the_writing_overtakes_it(world: World, seconds: int, sent: list[str]) -> None:
    case = sent_afterwards(world)
    arrived(world, case, world.now + timedelta(seconds=seconds))
    assert told(world, case) == sent


def test_what_happened_at_the_same_instant_overtakes_nothing() -> None:
    assert not overtaken(MORNING, MORNING + timedelta(hours=1), [MORNING])
    assert overtaken(MORNING, MORNING + timedelta(hours=1), [MORNING, MORNING + timedelta(seconds=1)])


def test_a_slip_sent_as_it_is_written_goes_out_however_soon_the_worker_is_there(world: World) -> None:
    case = world.sent()
    arrived(world, case, world.now)
    assert told(world, case) == [SLIP]


@pytest.mark.parametrize("changed", [{"urgent": True}, {"staff_id": None, "roles": ["control_centre"]}])
def test_what_is_urgent_and_what_a_desk_is_told_goes_out_all_the_same(world: World, changed: dict[str, Any]) -> None:
    case = sent_afterwards(world)
    arrived(world, case, world.now - timedelta(minutes=30))
    Outgoing.objects.filter(case=case).update(**changed)
    laid_out(world.now)
    assert Delivery.objects.filter(message__case=case).exists()
