"""Handing over: the cash of the day goes from the collector to finance."""

from datetime import datetime
from decimal import Decimal

from menling.journal.cases import open_case
from menling.journal.take import take
from menling.journal.taken import Taken
from menling.kernel.actor import SYSTEM, Actor
from menling.kernel.money import ZERO, yuan
from menling.kernel.procedure import Step
from menling.kernel.roles import Role
from menling.money.books import bag, move
from menling.money.models import Charge, Handover
from menling.policies.values import Values, values_for
from menling.procedures import handover as rules
from menling.procedures.handover import HANDOVER, Status

Steps = list[tuple[Handover, Taken]]


def add_cash(charge: Charge, *, at: datetime) -> Steps:
    """HS-4.1.1.6  Cash just collected joins the collector's open handover of the day, or opens one with its clock."""
    values = values_for(charge.case.office, at)
    day, overnight = values.calendar.local(at).date(), rules.carried_overnight(at, values.calendar)
    own = Handover.objects.filter(office=charge.case.office, holder_id=charge.collector_id, day=day, overnight=overnight)
    running = own.filter(is_open=True).select_for_update(no_key=True).first()
    steps: Steps = []
    if running is None:
        running = Handover(office=charge.case.office, holder=charge.collector, day=day, overnight=overnight)
        steps = _opened(running, values, at)
    Charge.objects.filter(pk=charge.pk).update(handover=running)
    return steps


def _opened(handover: Handover, values: Values, at: datetime) -> Steps:
    handover.case = open_case("handover", handover.office, at, year=handover.day.year, assignee=handover.holder_id)
    handover.values = values
    handover.save(force_insert=True)
    row = HANDOVER.step("open", Status.NEW, SYSTEM.roles_in(handover.office_id))
    facts = {"day": handover.day, "overnight": handover.overnight}
    return [(handover, take(handover, row, by=SYSTEM, at=at, facts=facts))]


def expected(handover: Handover) -> Decimal:
    """Return the sum of the collections in a handover, in yuan (MN-03)."""
    collected = handover.charges.filter(method="cash").values_list("collected", flat=True)
    return sum((each or ZERO for each in collected), ZERO)


def hand_over(handover: Handover, *, by: Actor, at: datetime, amount: Decimal | None = None,
              difference_reason: str = "") -> Steps:  # fmt: skip
    """HS-4.1.1.6  The collector hands over the cash of the day; finance, counting it at once, receives it thereby."""
    row = _step(handover, "hand_over", by)
    counted = _counted(handover, amount, difference_reason)
    steps = [(handover, take(handover, row, by=by, at=at, facts=counted))]
    if Role.FINANCE in row.roles:
        steps += receive(handover, by=by, at=at)
    return steps


def receive(handover: Handover, *, by: Actor, at: datetime, amount: Decimal | None = None,
            difference_reason: str = "") -> Steps:  # fmt: skip
    """HS-4.1.1.6  Finance counted the cash and keeps it; a difference is explained."""
    row = _step(handover, "receive", by)
    told, counted_now = handover.amount, handover.amount if amount is None else amount
    if told is not None and counted_now != told:
        handover.difference_reason = ""  # what the collector explained does not explain what is missing since
    counted = _counted(handover, counted_now, difference_reason)
    _receive(handover, at)
    return [(handover, take(handover, row, by=by, at=at, facts=counted))]


def _step(handover: Handover, verb: str, by: Actor) -> Step:
    roles = by.roles_in(handover.case.office_id)
    return HANDOVER.step(verb, handover.case.status, roles, assigned=handover.holder_id == by.id)


def _counted(handover: Handover, amount: Decimal | None, reason: str) -> dict[str, object]:
    due = expected(handover)
    counted = due if amount is None else yuan(amount)
    difference = rules.counted(counted, due, reason or handover.difference_reason)
    handover.amount, handover.difference_reason = counted, reason[:300] or handover.difference_reason
    handover.is_open = False
    handover.save(update_fields=["amount", "difference_reason", "is_open"])
    return {"expected": due, "amount": counted, "difference": difference, "reason": handover.difference_reason}


def _receive(handover: Handover, at: datetime) -> None:
    due, counted = expected(handover), handover.amount or ZERO
    office = handover.case.office_id
    move(handover.case, bag(handover.holder_id), f"safe:{office}", min(due, counted), at)
    move(handover.case, f"difference:{office}", f"safe:{office}", counted - due, at)
