"""The cashier's day: begun with a hundred yuan in the safe, and facts that let each of its steps pass."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from random import Random
from typing import Any, get_args
from uuid import uuid4

from menling.journal.models import Case
from menling.money.books import balance
from menling.money.commands.cashing import Piece
from menling.money.models import StatementLine, Transfer
from menling.money.sheets import CashBook, CounterEntry
from menling.procedures.cashier_day import REVERSIBLE
from tests.office import World

Facts = dict[str, Any]
FRIDAY, MONDAY = date(2026, 11, 20), date(2026, 11, 23)


def notes(amount: Decimal) -> dict[str, int]:
    """Return an amount in as few notes and coins as there are; of nothing, none of the smallest."""
    count: dict[str, int] = {}
    for piece in get_args(Piece):
        pieces, amount = divmod(amount, Decimal(piece))
        if pieces:
            count[piece] = int(pieces)
    return count or {"0.01": 0}


def in_safe(world: World, case: Case | None = None) -> Decimal:
    """Return what lies in the safe of the office, in yuan."""
    office = case.office_id if case else world.office.pk
    return balance(office, f"safe:{office}")


def _begun(world: World, rng: Random) -> Facts:
    for each in Case.objects.filter(kind="cashier_day", status="open", office=world.office).order_by("pk"):
        each.cashierday.entries.filter(state="asked").update(state="refused")
        closed(world, each)
    world.later(60 * 24)  # one sheet a day, and the earlier ones are closed first
    return {} if CashBook.objects.filter(office=world.office, closed_through__isnull=False).exists() else {"amount": "100.00"}


def _movement(world: World, case: Case, rng: Random) -> Facts:
    rows = Transfer.objects.filter(office=case.office_id).order_by("pk")
    found = [row.pk for row in rows if {row.source.split(":")[0], row.target.split(":")[0]} <= REVERSIBLE]
    return {"entry": rng.choice(found) if found else 0, "amount": "0.01", "reason": "记错了"}


def _waiting(world: World, case: Case, rng: Random) -> Facts:
    asked = case.cashierday.entries.filter(state="asked").first() or CounterEntry.objects.create(
        day=case.cashierday, source=f"safe:{case.office_id}", target=f"difference:{case.office_id}", amount=Decimal("0.01"),
        reason="少一分", asked_by=world.staff["finance"], asked_at=world.now,
    )  # fmt: skip
    return {"entry": asked.pk, "reason": "再点一次"}


def _counted_anew(world: World, case: Case, rng: Random) -> Facts:
    CounterEntry.objects.filter(day__office=case.office_id, reverses=None, state="asked").update(state="refused")
    return {"count": notes(max(in_safe(world, case), Decimal(0)) + 1), "reason": "多一元"}


def _confirmed(world: World, case: Case, rng: Random) -> Facts:
    return {"entry": _waiting(world, case, rng)["entry"]}


def _line(world: World, case: Case, *, aside: bool) -> StatementLine:
    when = {"aside_at": world.now, "aside_by": world.staff["finance"], "aside_reason": "不是我们的"} if aside else {}
    return StatementLine.objects.create(
        office_id=case.office_id, account="bank", trade=uuid4().hex, paid_at=world.now, amount=Decimal("7.00"),
        imported_at=world.now, **when,
    )  # fmt: skip


def closing(world: World, case: Case, rng: Random | None = None) -> Facts:
    """Return what closes a day: the safe counted as it stands in the books, and a word for whatever is asked about."""
    return {"count": notes(max(in_safe(world, case), Decimal(0))), "held": {"*": "明早交"}, "unpaid": {"*": "已问收款方"}}


FACTS: dict[tuple[str, str], Callable[[World, Case, Random], Facts]] = {
    ("cashier_day", "deposit"): lambda world, case, rng: {"amount": "1.00", "bank_slip": uuid4().hex[:20]},
    ("cashier_day", "withdraw"): lambda world, case, rng: {"amount": "2.00", "bank_slip": uuid4().hex[:20]},
    ("cashier_day", "counter_entry"): _movement,
    ("cashier_day", "difference"): _counted_anew,
    ("cashier_day", "confirm_entry"): _confirmed,
    ("cashier_day", "refuse_entry"): _waiting,
    ("cashier_day", "set_aside"): lambda world, case, rng: {
        "line": _line(world, case, aside=False).pk,
        "reason": "不是我们的",
    },
    ("cashier_day", "take_up"): lambda world, case, rng: {"line": _line(world, case, aside=True).pk},
    ("cashier_day", "close_day"): closing,
}
OPENINGS: dict[str, tuple[str, str, Callable[[World, Random], Facts]]] = {"cashier_day": ("begin", "finance", _begun)}


def begun(world: World, amount: str = "100.00") -> Case:
    """Begin a day; the first one with so much in the safe."""
    first = not CashBook.objects.filter(office=world.office, closed_through__isnull=False).exists()
    answer = world.answer("begin", None, "finance", kind="cashier_day", **({"amount": amount} if first else {}))
    return Case.objects.get(number=answer.body["number"])


def cash(world: World, amount: str = "86.00") -> Case:
    """Let a worker collect cash and return the hand-over of it."""
    charge = world.do(world.child(world.finished(amount), "charge"), "collect", "repair_worker")
    return charge.charge.handover.case


def brought_in(world: World, amount: str = "86.00") -> Case:
    """Let finance receive cash of a worker."""
    return world.do(cash(world, amount), "hand_over", "finance")


def closed(world: World, day: Case) -> Case:
    return world.do(day, "close_day", "finance", **closing(world, day))


def newest(source: str, target: str) -> Transfer:
    return Transfer.objects.filter(source__startswith=f"{source}:", target__startswith=f"{target}:").latest("pk")
