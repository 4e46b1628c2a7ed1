"""What the tests of coordination orders share: one that is tracked, and work numbers."""

import pytest

from menling.journal.models import Case
from tests.office import World


@pytest.fixture
def tracked(world: World) -> Case:
    """A coordination order under a repair, tracked by the second repair worker."""
    return under(world)


def under(world: World, tracker: str = "repair_worker_2") -> Case:
    """Return a coordination order under a new repair, tracked by somebody of the staff."""
    order = world.do(world.file(), "coordinate", "control_centre", reason="等厂家配件", tracker=number(world, tracker))
    return world.child(order, "coordination")


def ready(world: World, case: Case) -> Case:
    """Let the work under a coordination order be done, so that its result can be written, and return it."""
    assert case.parent
    world.do(case.parent, "accept", "control_centre")
    world.do(case.parent, "dispatch", "control_centre", worker=number(world, "repair_worker"))
    for verb in ("acknowledge", "arrive"):
        world.do(case.parent, verb, "repair_worker")
    world.do(case.parent, "finish", "repair_worker", summary="已换阀门")
    return case


def number(world: World, key: str = "repair_worker_2") -> str:
    """Return a work number."""
    return world.staff[key].number
