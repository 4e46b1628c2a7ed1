"""The statements of the company's account, morning by morning: what residents paid by code, as WeChat tells it."""

from datetime import datetime, time, timedelta
from decimal import Decimal
from zlib import crc32

from menling.demo.rehearsal import Rehearsal, Scene, Script
from menling.demo.stage import Stage
from menling.journal.models import Event
from menling.kernel.roles import Role
from menling.money.models import Charge
from menling.money.payments import plain, unconfirmed, unmatched
from menling.money.statements import Row, Statement, keep

BROUGHT_AT = time(9, 35)
"""When finance brings yesterday's statement in."""
NAMELESS, MISSING = 6, 2
"""Of a hundred payments so many do not say what for, and so many went somewhere else: no statement ever shows them."""
PATIENCE = timedelta(days=3)
"""So long finance waits before asking around about a payment that does not say what for."""
STRAY = (11, Decimal("50.00"), "林**", "停车费")
"""So many days ago, or on the next morning of finance, something else was paid by the same code: amount, payer and remark."""


def enter_statements(rehearsal: Rehearsal, stage: Stage, days: int) -> None:
    """Enter how finance brings the statement of the day before in, on every morning finance is at work."""
    cashier, strayed = stage.staff[Role.FINANCE][0], False
    for back in range(days, -1, -1):
        at = datetime.combine(stage.day_of(rehearsal.now) - timedelta(days=back), BROUGHT_AT, stage.zone)
        if stage.on_shift(cashier, at):
            scene = Scene(stage, at)
            stray = back <= STRAY[0] and not strayed
            strayed = strayed or stray
            rehearsal.enter(scene, _brought(scene, stray=stray))


def _brought(scene: Scene, *, stray: bool) -> Script:
    """Yesterday's lines come in; those that name an order are matched, the others are asked about after some days."""
    office, finance = scene.stage.office, scene.actor("finance")
    today = datetime.combine(scene.stage.day_of(scene.at), time(), scene.stage.zone)
    paid = unconfirmed(finance, office)
    collected = dict(Event.objects.filter(case__in=[each.case_id for each in paid], verb="collect", happened_at__lt=today)
                     .values_list("case", "happened_at"))  # fmt: skip
    said = [
        _line(charge, collected[charge.case_id]) for charge in paid if charge.case_id in collected and _share(charge) >= MISSING
    ]
    if stray:
        said.append(Row("4200000000", today - timedelta(hours=6), *STRAY[1:]))
    keep(office, Statement("wechat", tuple(said), ()), scene.at)
    for line, charge in plain(unmatched(finance, office)):
        scene.perform("confirm_payment", charge.case, finance, line=line.pk)
    yield 40
    _asked_about(scene)


def _line(charge: Charge, paid_at: datetime) -> Row:
    order = charge.case.parent
    assert order is not None
    remark = "" if _share(charge) < MISSING + NAMELESS else f"家政维修 {order.number}"
    return Row(f"42000{charge.case_id:08d}", paid_at, charge.awaited, f"{charge.payer[:1]}**", remark)


def _share(charge: Charge) -> int:
    """Return a figure from 0 to 99 that a charge keeps, so that it stands on every statement or on none."""
    return crc32(charge.case.number.encode()) % 100


def _asked_about(scene: Scene) -> None:
    """Finance has asked the resident: the oldest nameless line whose amount fits one charge alone is matched by hand."""
    finance = scene.actor("finance")
    for each in unmatched(finance, scene.stage.office):
        ours = each.line.remark != STRAY[-1] and len(each.candidates) == 1
        if ours and scene.at - each.line.paid_at > PATIENCE:
            scene.perform("confirm_payment", each.candidates[0].case, finance, line=each.line.pk)
            return
