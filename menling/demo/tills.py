"""The cashier's days of the last weeks: begun, cash taken to the bank, the safe counted note by note, closed in the evening."""

from datetime import datetime, time, timedelta
from decimal import Decimal
from typing import Any

from menling.demo.rehearsal import Rehearsal, Scene, Script
from menling.demo.stage import Stage
from menling.journal.models import Case
from menling.kernel.money import ZERO
from menling.kernel.roles import Role
from menling.money.books import balance
from menling.procedures.places import safe

SINCE = 20
"""So many days ago the office began to close its days here."""
BEGUN_AT, UNTIL_BANK, UNTIL_COUNT = time(8, 40), 430, 125
"""When the day begins, and the minutes to the way to the bank and to the count in the evening."""
KEPT, TOO_MUCH = Decimal(500), Decimal(1000)
"""What stays in the safe for change, in yuan, and from which sum on the rest goes to the bank."""
PIECES = ("100", "50", "20", "10", "5", "2", "1", "0.5", "0.2", "0.1", "0.05", "0.02", "0.01")


def enter_cashier_days(rehearsal: Rehearsal, stage: Stage, days: int) -> None:
    """Enter the days on which finance is at work; the day of the demonstration is open."""
    cashier, today = stage.staff[Role.FINANCE][0], stage.day_of(rehearsal.now)
    for back in range(min(days, SINCE), -1, -1):
        at = datetime.combine(today - timedelta(days=back), BEGUN_AT, stage.zone)
        if stage.on_shift(cashier, at):
            scene = Scene(stage, at)
            rehearsal.enter(scene, _day(scene, ends=back > 0))


def _day(scene: Scene, *, ends: bool) -> Script:
    first = not Case.objects.filter(office=scene.stage.office, kind="cashier_day").exists()
    number = scene.perform("begin", None, scene.actor("finance"), kind="cashier_day", **_counted(scene, KEPT) if first else {})
    if not ends:
        return
    yield UNTIL_BANK
    there = balance(scene.stage.office.pk, safe(scene.stage.office.pk))
    if there > TOO_MUCH:
        taken = (there - KEPT) // 100 * 100
        _go_on(scene, number, "deposit", amount=taken, bank_slip=f"ZS{scene.at:%Y%m%d}01")
    yield UNTIL_COUNT
    _go_on(scene, number, "close_day", held={"*": "晚班在外，明早交"}, unpaid={"*": "已请业主发付款截图核对"}, **_counted(scene))


def _go_on(scene: Scene, number: str, verb: str, **facts: Any) -> None:
    case = Case.objects.select_related("office").get(number=number)
    scene.perform(verb, case, scene.actor("finance"), **facts)


def _counted(scene: Scene, beside: Decimal = ZERO) -> dict[str, Any]:
    """Return the notes and coins that lie in the safe, as somebody counts them who finds what the books say, and `beside` it."""
    left = balance(scene.stage.office.pk, safe(scene.stage.office.pk)) + beside
    count = {}
    for piece in PIECES:
        count[piece] = int(left // Decimal(piece))
        left -= count[piece] * Decimal(piece)
    return {"count": {piece: number for piece, number in count.items() if number}}
