"""OI-4.5  Who goes to a home for the first time is talked to before, so that nobody quarrels there."""

import pytest

from menling.doorway.showing import shown
from menling.journal.models import Case
from menling.procedures.conduct import briefing_due
from tests.office import World
from tests.procedures.given import cards, last, refused, worded


def asked(world: World, case: Case, who: str = "control_centre") -> bool:
    """Tell whether the desk is reminded to brief who goes."""
    return "briefing" in {each["group"] for each in shown(case, world.actor(who), world.now)["prompts"]}


@pytest.mark.clause("OI-4.5")
def test_it_is_asked_for_from_the_choice_of_the_worker_until_the_door() -> None:
    shown_at = {status: cards("OI-4.5", status) for status in ("reported", "accepted", "dispatched", "acknowledged", "on_site")}
    assert shown_at == {"reported": [], "accepted": ["briefing"], "dispatched": ["briefing"], "acknowledged": ["briefing"],
                        "on_site": []}  # fmt: skip
    assert cards("OI-4.5", "agreed", "housekeeping") == cards("OI-4.5", "dispatched", "housekeeping") == ["briefing"]
    assert worded("OI-4.5", "讲一讲", "brief them")


@pytest.mark.clause("OI-4.5")
@pytest.mark.parametrize(("visits_before", "due"), [(0, True), (1, False), (2, False)])
def test_it_is_due_before_the_first_visit_alone(visits_before: int, due: bool) -> None:
    assert briefing_due(visits_before) is due


@pytest.mark.clause("OI-4.5")
@pytest.mark.django_db
def test_desk_and_leader_are_reminded_of_who_was_never_there_and_of_nobody_else(world: World) -> None:
    case = world.sent()
    assert asked(world, case)
    assert asked(world, case, "team_lead")
    assert not asked(world, case, "repair_worker")
    case = world.do(world.do(case, "acknowledge", "repair_worker"), "arrive", "repair_worker")
    world.do(case, "finish", "repair_worker", summary="已疏通")
    world.later(60)
    assert not asked(world, world.sent(content="灯不亮"))


@pytest.mark.clause("OI-4.5")
@pytest.mark.django_db
def test_the_talk_is_ticked_by_the_leader_with_clause_and_name(world: World) -> None:
    case = world.sent()
    with refused("MR-10", 403):
        world.do(case, "tick", "repair_worker", group="briefing")
    world.do(case, "tick", "team_lead", group="briefing")
    assert last(case, "tick").clauses == ["OI-4.5"]
    assert last(case, "tick").actor_name == world.actor("team_lead").name
