"""Short words for commission in tests: a settled order, and how somebody asks about it."""

from collections.abc import Callable
from itertools import count
from random import Random
from typing import Any

from menling.journal.models import Case
from tests.office import World

Facts = dict[str, Any]
_months = count(1)


def settled(world: World) -> Case:
    """Return a settlement of the first worker that finance has closed."""
    order = world.completed("86.00")
    world.do(world.child(order, "charge"), "collect", "repair_worker")
    return world.do(world.child(order, "settlement"), "settle", "finance")


def _questioned(world: World, rng: Random) -> Facts:
    return {"settlement": settled(world).number, "question": "少算了一单"}


def _month(number: int) -> str:
    """Return a month nobody approved yet: one of the many that are over."""
    return f"{2000 + number // 12 % 25}-{number % 12 + 1:02d}"


OPENINGS: dict[str, tuple[str, str, Callable[[World, Random], Facts]]] = {
    "commission_month": ("approve", "office_manager", lambda world, rng: {"month": _month(next(_months))}),
    "commission_query": ("file", "repair_worker", _questioned),
}
"""How a question about commission is filed and a month of it approved: verb, by whom, facts."""
