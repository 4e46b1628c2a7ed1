"""Short words for housekeeping in tests: an order booked, agreed, sent, at the home, finished, signed."""

from datetime import datetime, timedelta
from typing import Any

from menling.journal.models import Case
from tests.office import World

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
