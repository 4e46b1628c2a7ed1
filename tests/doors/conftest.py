"""What tests of doors share: an office whose now is the doors' now."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from menling.kernel.roles import Role
from menling.premises import clock
from menling.premises.models import Shift
from tests.browser.browsing import OfficeTime
from tests.office import MORNING, World, make_staff


@pytest.fixture
def today(world: World, monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    """The small office on its morning, which its doors take for now: no test depends on the hour it is run at."""
    clock.look_again()
    OfficeTime(monkeypatch).turn_to(MORNING)
    world.now = clock.now()
    yield world
    clock.look_again()


@pytest.fixture
def house(today: World) -> World:
    """The office two hours into its day, with an administrator and a crew on shift."""
    world, now = today, clock.now()
    world.now = now - timedelta(hours=2)
    world.staff["administrator"] = make_staff(world.company, world.office, Role.ADMINISTRATOR, "A900", "管理员")
    for who in ("repair_worker", "repair_worker_2"):
        begins, ends = now - timedelta(hours=4), now + timedelta(hours=4)
        Shift.objects.create(staff=world.staff[who], office=world.office, starts_at=begins, ends_at=ends)
    return world
