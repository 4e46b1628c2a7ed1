"""Settling: the money side of an order is closed by finance."""

from datetime import datetime

from menling.journal.cases import open_case
from menling.journal.take import take
from menling.journal.taken import Taken, Tell
from menling.kernel.actor import SYSTEM, Actor
from menling.kernel.money import ZERO
from menling.kernel.procedure import Step
from menling.kernel.words import Message, _
from menling.money.models import Charge, Settlement, StatementLine
from menling.procedures.conduct import ticked
from menling.procedures.settlement import SETTLEMENT, Status, may_settle, money_arrived

Steps = list[tuple[Settlement, Taken]]


def open_settlement(charge: Charge, *, at: datetime) -> Steps:
    """HS-4.2.3  A collected charge waits for settlement by finance."""
    order = charge.case.parent
    settlement = Settlement(charge=charge, amount=charge.collected or ZERO)
    settlement.case = open_case("settlement", charge.case.office, at, year=charge.values.calendar.local(at).year,
                                parent=order, unit=charge.case.unit_id)  # fmt: skip
    settlement.values = charge.values
    settlement.save(force_insert=True)
    row = SETTLEMENT.step("open", Status.NEW, SYSTEM.roles_in(charge.case.office_id))
    return [(settlement, take(settlement, row, by=SYSTEM, at=at, facts={"amount": settlement.amount}))]


def _step(settlement: Settlement, verb: str, by: Actor) -> Step:
    return SETTLEMENT.step(verb, settlement.case.status, by.roles_in(settlement.case.office_id))


def settle(settlement: Settlement, *, by: Actor, at: datetime) -> Steps:
    """HS-4.2.3, EN-7.6  Settle after the register was signed off and the foreman reviewed the slip (CF-31)."""
    row = _step(settlement, "settle", by)
    order = settlement.case.parent
    assert order is not None, "a settlement belongs to an order"
    charge = settlement.charge
    may_settle(order.kind, order.status, charge.case.status, settlement.policy)
    money_arrived(charge.method, settlement.policy, confirmed=StatementLine.objects.filter(charge=charge).exists())
    return [(settlement, take(settlement, row, by=by, at=at, facts={"amount": settlement.amount}))]


def remind(settlement: Settlement, *, by: Actor, at: datetime) -> Steps:
    """HS-3.5  Finance reminds the worker to report completion to the desk first; the reminder is on record."""
    row = _step(settlement, "remind", by)
    order = settlement.case.parent
    assert order is not None, "a settlement belongs to an order"
    told: dict[str, object] = {"number": order.number, "unit": order.unit.said if order.unit else ""}
    text = Message(_("{number} at {unit}: please report at the control centre and sign the register, then come to settle."), told)
    tell = (Tell(text, staff=order.assignee_id or settlement.charge.collector_id),)
    return [(settlement, take(settlement, row, by=by, at=at, tell=tell))]


def tick(settlement: Settlement, *, by: Actor, at: datetime, group: str) -> Steps:
    """MR-10  One tap on a card of prompts; the event names every clause on it."""
    row = _step(settlement, "tick", by)
    card = ticked("settlement", settlement.case.status, group, by.roles_in(settlement.case.office_id))
    return [(settlement, take(settlement, row, by=by, at=at, facts={"group": group}, clauses=card.clauses))]
