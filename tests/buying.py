"""Short words for buying for a resident, and examples of it and of numbered paper for the matrix and the walks."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from itertools import count
from random import Random
from typing import Any

from menling.journal.models import Case
from menling.money.books import balance
from tests.office import World

Facts = dict[str, Any]
_pads = count(1)

BUYER = "repair_worker"
TOLD: Facts = {"reason": "店里缺货", "told_resident": True, "apologised": True}
WANTED: Facts = {
    "unit": "3-2-1201", "name": "王芳", "item": "角阀", "brand": "潜水艇", "nature": "铜", "quantity": "2", "spec": "四分",
    "price": "43.00",
}  # fmt: skip
"""A line of the purchase register, filled in but for the time."""


def to_buy(world: World, rng: Random) -> Facts:
    """Return a line of the register that the first worker is to buy."""
    return WANTED | {"buy_by": _later(world, rng), "buyer": world.staff["repair_worker"].number}


def pad(world: World, rng: Random) -> Facts:
    """Return ten sheets nobody had before, for the first worker."""
    first, holder = 10 * next(_pads), world.staff["repair_worker"].number
    return {"form": "dispatch_slip", "first": f"D{first:05d}", "last": f"D{first + 9:05d}", "to": holder}


def errand(world: World, **facts: Any) -> Case:
    """Return an errand the desk has registered, with a buyer."""
    asked = WANTED | {"buy_by": world.now.replace(hour=9), "buyer": world.staff[BUYER].number} | facts
    return Case.objects.get(number=world.answer("file", None, "service_desk", kind="errand", **asked).body["number"])


def bought(world: World, amount: str = "86.00") -> Case:
    """Return an errand bought with an advance of 100 yuan."""
    case = world.do(errand(world), "advance", "finance", amount="100.00")
    return world.do(case, "buy", BUYER, amount=amount, invoice="00123456")


def signed(world: World, amount: str = "86.00") -> Case:
    """Return an errand whose goods the resident has checked and signed for."""
    return world.do(world.do(bought(world, amount), "deliver", BUYER), "sign", "customer", checked=True)


def held(world: World) -> Decimal:
    """Return what the buyer holds for errands by the books, in yuan."""
    return balance(world.office.pk, f"errand:{world.staff[BUYER].pk}")


def _later(world: World, rng: Random) -> Any:
    return world.now + timedelta(minutes=rng.randrange(60, 60 * 48, 30))


def _next_sheet(case: Case) -> str:
    known = set(case.pad.sheets.values_list("figure", flat=True))
    free = [each for each in range(case.pad.first, case.pad.last) if each not in known]
    return case.pad.printed((free or [case.pad.last])[0])


FACTS: dict[tuple[str, str], Callable[[World, Case, Random], Facts]] = {
    ("errand", "buy"): lambda world, case, rng: {"amount": "86.00", "invoice": "00123456"},
    ("errand", "correct"): lambda world, case, rng: {"field": "item", "value": "三角阀", "reason": "写错字"},
    ("errand", "delay"): lambda world, case, rng: TOLD | {"buy_by": _later(world, rng)},
    ("errand", "dispatch"): lambda world, case, rng: {"buyer": world.staff["repair_worker_2"].number},
    ("errand", "not_bought"): lambda world, case, rng: TOLD,
    ("errand", "tick"): lambda world, case, rng: {"group": "cannot_buy"},
    ("pad", "give_to"): lambda world, case, rng: {"to": world.staff["repair_worker_2"].number},
    ("pad", "hand_in"): lambda world, case, rng: {"blank_from": case.pad.printed(case.pad.last)},
    ("pad", "use"): lambda world, case, rng: {"number": _next_sheet(case), "order": case.number},
    ("pad", "void"): lambda world, case, rng: {"number": _next_sheet(case), "reason": "写坏"},
    ("paper_inquiry", "close"): lambda world, case, rng: {"dealt": "已批评教育"},
    ("paper_inquiry", "trace"): lambda world, case, rng: {
        "cause": "lost", "found": "掉在电梯里", "person": world.staff["repair_worker"].number,
    },
}  # fmt: skip
"""Facts that let a step pass, where plain ones would not."""

OPENINGS: dict[str, tuple[str, str, Callable[[World, Random], Facts]]] = {
    "errand": ("file", "service_desk", to_buy),
    "pad": ("issue", "service_desk", pad),
}
"""How a case of a kind is filed: verb, by whom, facts."""


def missing_sheet(world: World) -> Case:
    """Return the first of the inquiries about a pad that came back without its used sheets."""
    given = Case.objects.get(
        number=world.answer("issue", None, "service_desk", kind="pad", **pad(world, Random(0))).body["number"]
    )
    world.do(given, "hand_in", "service_desk", blank_from=given.pad.printed(given.pad.last))
    return world.child(given, "paper_inquiry")
