"""Short words for giving money back, holding it and invoicing it, and examples of that for the matrix and the walks."""

from collections.abc import Callable
from decimal import Decimal
from itertools import count
from random import Random
from typing import Any

from menling.journal.models import Case
from menling.money.books import balance
from menling.money.models import Charge
from tests.office import World

Facts = dict[str, Any]
REASON = "做得不满意"
_invoices = count(1)


def collected(world: World, amount: str = "86.00", method: str = "cash") -> Charge:
    """Return a charge the worker has collected."""
    charge = world.child(world.finished(amount), "charge")
    return Charge.objects.get(pk=world.do(charge, "collect", "repair_worker", method=method).pk)


def due(world: World, amount: str = "86.00") -> Charge:
    """Return a charge that is due."""
    return Charge.objects.select_related("case__parent").get(pk=world.child(world.finished(amount), "charge").pk)


def asked(world: World, charge: Charge, amount: str, sort: str = "refund", who: str = "service_desk", **more: Any) -> Case:
    """Return an adjustment of a charge that was asked for."""
    facts: Facts = {"order": charge.case.number, "sort": sort, "amount": amount, "reason": REASON} | more
    answer = world.answer("request", None, who, kind="adjustment", **facts)
    return Case.objects.get(number=answer.body["number"])


def refunded(world: World, charge: Charge, amount: str, method: str = "cash") -> Case:
    """Return a refund of a charge that was approved and paid out."""
    case = world.do(asked(world, charge, amount), "approve", "business_lead")
    return world.do(case, "pay_out", "finance", method=method)


def deposit(world: World, amount: str = "500.00", who: str = "finance", **more: Any) -> Case:
    """Return a deposit for a renovation that finance took."""
    facts: Facts = {"unit": world.unit.code, "payer": "王芳", "amount": amount, "purpose": "renovation"} | more
    answer = world.answer("take_in", None, who, kind="deposit", **facts)
    return Case.objects.get(number=answer.body["number"])


def invoice(world: World, charge: Charge, who: str = "service_desk", **more: Any) -> Case:
    """Return a tax invoice of a charge that was asked for."""
    facts: Facts = {"order": charge.case.number, "title": "王芳"} | more
    answer = world.answer("ask", None, who, kind="tax_invoice", **facts)
    return Case.objects.get(number=answer.body["number"])


def at(world: World, place: str) -> Decimal:
    """Return what is in a place of the office's books, in yuan."""
    named = place if ":" in place else f"{place}:{world.office.pk}"
    return balance(world.office.pk, named)


def _refund(world: World, rng: Random) -> Facts:
    return {"order": collected(world).case.number, "sort": "refund", "amount": "10.00", "reason": REASON}


def _invoice(world: World, rng: Random) -> Facts:
    return {"order": collected(world).case.number, "title": "王芳"}


FACTS: dict[tuple[str, str], Callable[[World, Case, Random], Facts]] = {
    ("deposit", "keep_part"): lambda world, case, rng: {"amount": "20.00", "reason": "墙面损坏"},
    ("tax_invoice", "issue"): lambda world, case, rng: {"invoice": f"2612{next(_invoices):08d}"},
    ("tax_invoice", "reverse"): lambda world, case, rng: {"invoice": f"2699{next(_invoices):08d}"},
}
"""Facts that let a step pass, where plain ones would not."""
OPENINGS: dict[str, tuple[str, str, Callable[[World, Random], Facts]]] = {
    "adjustment": ("request", "service_desk", _refund),
    "deposit": ("take_in", "finance", lambda world, rng: {
        "unit": "3-2-1201", "payer": "王芳", "amount": "100.00", "purpose": rng.choice(("renovation", "key", "card")),
    }),
    "tax_invoice": ("ask", "service_desk", _invoice),
}  # fmt: skip
"""How a case of a kind is filed: verb, by whom, facts."""
