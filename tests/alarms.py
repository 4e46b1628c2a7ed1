"""Short words for home alarms in tests: registered, accepted, sent, done, signed; and facts for their steps."""

from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import count
from random import Random
from typing import Any

from menling.journal.models import Case
from tests.office import World

Facts = dict[str, Any]
_slots = count(1)

ASKED = {"unit": "3-2-1201", "reporter": "王芳", "phone": "13800138000", "content": "装修后重新开通", "job": "activation"}


def filed(world: World, who: str = "service_desk", *, at: datetime | None = None, ahead: int = 300, **facts: Any) -> Case:
    """Register an alarm order for so many minutes ahead and return its case."""
    asked = ASKED | {"visit_at": (at or world.now) + timedelta(minutes=ahead)} | facts
    answer = world.answer("file", None, who, kind="alarm", at=at, **asked)
    return Case.objects.get(number=answer.body["number"])


def accepted(world: World, **facts: Any) -> Case:
    """Return an order that waits to be picked up."""
    return filed(world, accept=True, **facts)


def sent(world: World, crew: str = "engineering_crew", **facts: Any) -> Case:
    """Return an order to which the leader sent one of the crew."""
    return world.do(accepted(world, **facts), "dispatch", "team_lead", worker=world.staff[crew].number)


def finished(world: World, amount: str = "", **facts: Any) -> Case:
    """Return an order whose work is done, free or for an agreed amount."""
    case = world.do(sent(world, **facts), "arrive", "engineering_crew")
    if amount:
        world.do(case, "quote", "engineering_crew", amount=amount, description="报警移位")
        world.do(case, "consent", "engineering_crew")
    return world.do(case, "finish", "engineering_crew", summary="已开通，试警正常")


def signed(world: World, amount: str = "", **facts: Any) -> Case:
    """Return an order the resident signed."""
    return world.do(finished(world, amount, **facts), "sign", "customer", rating=5)


def laid_out(world: World) -> Case:
    """Return the pick-up the desk lays out now."""
    answer = world.answer("prepare", None, "service_desk", kind="alarm_batch", pick_up_at=world.now)
    return Case.objects.get(number=answer.body["number"])


def _engineer(world: World, case: Case, rng: Random) -> Facts:
    others = [key for key in ("engineering_crew", "engineering_crew_2") if world.staff[key].pk != case.assignee_id]
    return {"worker": world.staff[rng.choice(others)].number}


def _slips_to_collect(world: World, rng: Random) -> Facts:
    world.later(1)
    accepted(world)
    return {"pick_up_at": world.now}


def _alarm(world: World, rng: Random) -> Facts:
    ahead = timedelta(hours=3 * (1 + next(_slots) % 400))  # so that two people have time for many
    return ASKED | {"visit_at": world.now + ahead, "job": rng.choice(("activation", "relocation", "repair"))}


FACTS: dict[tuple[str, str], Callable[[World, Case, Random], Facts]] = {
    ("alarm", "dispatch"): _engineer,
    ("alarm", "note"): lambda world, case, rng: {"text": "门口有狗"},
    ("alarm", "reassign"): lambda world, case, rng: _engineer(world, case, rng) | {"reason": "生病"},
    ("alarm", "spot_check"): lambda world, case, rng: {"result": "quality_problem", "remark": "探头松动"},
    ("alarm_batch", "pick_up"): lambda world, case, rng: {"collector": world.staff["engineering_crew_2"].number},
}
"""Facts that let a step pass, where plain ones would not."""

OPENINGS: dict[str, tuple[str, str, Callable[[World, Random], Facts]]] = {
    "alarm": ("file", "service_desk", _alarm),
    "alarm_batch": ("prepare", "service_desk", _slips_to_collect),
}
"""How a case of a kind is filed: verb, by whom, facts."""
