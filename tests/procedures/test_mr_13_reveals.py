"""MR-13  Who has to call a resident sees the number in full, of every kind of order and of an errand; each look is on record."""

from collections.abc import Callable

import pytest

from menling.journal.models import Case
from tests.alarms import filed as siren
from tests.buying import errand
from tests.cleaning import booked
from tests.office import World
from tests.procedures.given import last, refused

pytestmark = [pytest.mark.clause("MR-13"), pytest.mark.django_db]
KINDS: tuple[Callable[[World], Case], ...] = (World.file, booked, siren, errand)


@pytest.mark.clause("HS-4.3.1")
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("who", ["control_centre", "service_desk", "team_lead", "office_manager"])
def test_who_apologises_and_agrees_new_times_sees_the_number_and_the_look_is_on_record(
    world: World, kind: Callable[[World], Case], who: str
) -> None:
    case = world.do(kind(world), "reveal", who)
    seen = last(case, "reveal")
    assert (seen.actor_name, seen.clauses) == (world.staff[who].name, ["MR-13"])
    assert seen.facts["whose"] == "王芳"
    assert "13800138000" not in str(seen.facts)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("who", ["repair_worker", "finance", "quality", "administration"])
def test_who_rings_nobody_sees_no_number_in_full(world: World, kind: Callable[[World], Case], who: str) -> None:
    case = kind(world)
    with refused("MR-13", 403):
        world.do(case, "reveal", who)
