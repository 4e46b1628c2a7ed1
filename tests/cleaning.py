"""Short words for housekeeping in tests: booked, agreed, sent, at the home, finished, signed; and facts for its steps."""

from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import count
from random import Random
from typing import Any

from menling.journal.models import Case
from tests.office import World

Facts = dict[str, Any]
_slots = count(1)

ASKED = {"unit": "3-2-1201", "reporter": "王芳", "phone": "13800138000", "content": "玻璃、厨房", "requirements": "带梯子"}
BOTH = ("housekeeper", "housekeeper_2")


def booked(world: World, who: str = "service_desk", *, at: datetime | None = None, ahead: int = 180, **facts: Any) -> Case:
    """File housekeeping for so many minutes ahead and return its case."""
    asked = ASKED | {"visit_at": (at or world.now) + timedelta(minutes=ahead)} | facts
    answer = world.answer("file", None, who, kind="housekeeping", at=at, **asked)
    return Case.objects.get(number=answer.body["number"])


def quoted(world: World, amount: str = "240", **facts: Any) -> Case:
    """Return an order that was accepted and whose price was told."""
    case = world.do(booked(world, **facts), "accept", "service_desk")
    return world.do(case, "quote", "service_desk", amount=amount, description="日常保洁")


def agreed(world: World, amount: str = "240", **facts: Any) -> Case:
    """Return an order whose content and price the resident agreed to on the telephone."""
    return world.do(quoted(world, amount, **facts), "consent", "service_desk", how="phone")


def sent(world: World, amount: str = "240", crew: tuple[str, ...] = BOTH, **facts: Any) -> Case:
    """Return an order to which the leader sent two people."""
    numbers = [world.staff[each].number for each in crew]
    return world.do(agreed(world, amount, **facts), "dispatch", "team_lead", workers=numbers)


def working(world: World, amount: str = "240", **facts: Any) -> Case:
    """Return an order whose two housekeepers are at work."""
    case = world.do(sent(world, amount, **facts), "arrive", "housekeeper")
    return world.do(case, "start", "housekeeper_2")


def finished(world: World, amount: str = "240", **facts: Any) -> Case:
    """Return an order whose cleaning is done and recorded."""
    return world.do(working(world, amount, **facts), "finish", "housekeeper", summary="玻璃两面擦净，厨房去油")


def signed(world: World, amount: str = "240", **facts: Any) -> Case:
    """Return an order the resident signed and scored."""
    return world.do(finished(world, amount, **facts), "sign", "customer", rating=5)


def _crew(world: World, case: Case, rng: Random) -> Facts:
    crew = rng.choice((("housekeeper",), ("housekeeper", "housekeeper_2"), ("housekeeper_2", "housekeeper")))
    return {"workers": [world.staff[each].number for each in crew]}


def _pick_up(world: World, rng: Random) -> Facts:
    world.later(1)
    agreed(world)
    return {"pick_up_at": world.now}


def _booked(world: World, rng: Random) -> Facts:
    ahead = timedelta(hours=3 * (1 + next(_slots) % 400))  # so that two people have time for many
    later = {"until": (world.now + ahead + timedelta(days=rng.randrange(1, 28))).date()} if rng.random() < 0.3 else {}
    return ASKED | {"visit_at": world.now + ahead} | later


FACTS: dict[tuple[str, str], Callable[[World, Case, Random], Facts]] = {
    ("batch", "pick_up"): lambda world, case, rng: {"collector": world.staff["housekeeper_2"].number},
    ("housekeeping", "dispatch"): _crew,
    ("housekeeping", "finish"): lambda world, case, rng: {"summary": "全屋保洁"},
    ("housekeeping", "note"): lambda world, case, rng: {"text": "门口有狗"},
    ("housekeeping", "object"): lambda world, case, rng: {"items": ["厨房灶台", "阳台玻璃"], "reason": "有油渍"},
    ("housekeeping", "quote"): lambda world, case, rng: {"amount": "240", "description": "日常保洁"},
    ("housekeeping", "reassign"): lambda world, case, rng: _crew(world, case, rng) | {"reason": "生病"},
    ("housekeeping", "spot_check"): lambda world, case, rng: {
        "result": rng.choice(("satisfied", "quality_problem", "not_satisfied")),
        "remark": "窗台有灰",
    },
}
"""Facts that let a step pass, where plain ones would not."""

OPENINGS: dict[str, tuple[str, str, Callable[[World, Random], Facts]]] = {
    "housekeeping": ("file", "service_desk", _booked),
    "batch": ("prepare", "service_desk", _pick_up),
}
"""How a case of a kind is filed: verb, by whom, facts."""
