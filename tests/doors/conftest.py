"""What tests of doors share: an office whose now is the doors' now."""

import pytest

from menling.premises import clock
from tests.office import World


@pytest.fixture
def today(world: World) -> World:
    """The small office, now by the clock its doors use."""
    world.now = clock.now()
    return world
