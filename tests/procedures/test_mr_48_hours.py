"""MR-48  How long ago a resident may have seen a public place that is reported on one's own: as long as the office set."""

from contextlib import nullcontext
from datetime import timedelta
from typing import Any

import pytest

from menling.procedures.scope import ScopePolicy, told_in_time
from tests.office import World
from tests.procedures.given import NOON, chosen, decide, refused

PLACE: dict[str, Any] = {"unit": "", "phone": "13800138000", "content": "灯不亮"}


@pytest.mark.clause("MR-48")
@pytest.mark.parametrize(("hours", "policy"), [
    (24, ScopePolicy()), (1, chosen(ScopePolicy, intake__public_hours=1)), (48, chosen(ScopePolicy, intake__public_hours=48)),
])  # fmt: skip
@pytest.mark.parametrize(("seconds", "fits"), [(-1, True), (0, True), (1, False)])
def test_it_is_told_within_the_hours_of_the_office_to_the_second(
    hours: int, policy: ScopePolicy, seconds: int, fits: bool
) -> None:
    with nullcontext() if fits else refused("MR-48"):
        told_in_time(NOON - timedelta(hours=hours, seconds=seconds), NOON, policy)


@pytest.mark.django_db
@pytest.mark.clause("MR-48")
def test_the_office_sets_the_hours_and_a_late_report_is_still_counted_by_when_it_was_received(world: World) -> None:
    decide(world, "intake.public_hours", 48)
    decide(world, "intake.public_reports", 1)
    world.later(60 * 24 * 4)
    with refused("MR-48"):
        world.file("customer", at=world.now - timedelta(hours=48, seconds=1), place="3栋电梯厅", **PLACE)
    world.file("customer", at=world.now - timedelta(hours=48), place="3栋电梯厅", **PLACE)
    world.later(60 * 23)
    with refused("MR-48"):
        world.file("customer", place="地下车库", **PLACE)
