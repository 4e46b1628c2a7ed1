"""Handing over: the cash of the day goes from the collector to finance, by hand or in a sealed envelope."""

from datetime import datetime
from decimal import Decimal
from typing import Annotated, Literal

from django.db.models import Q
from pydantic import Field

from menling.journal.cases import open_case
from menling.journal.take import take
from menling.journal.taken import Taken, Tell
from menling.kernel.actor import SYSTEM, Actor
from menling.kernel.money import ZERO, yuan
from menling.kernel.procedure import Step
from menling.kernel.roles import Role
from menling.kernel.words import Message, _
from menling.money import shortages
from menling.money.books import book, move
from menling.money.models import Charge, Handover
from menling.policies.values import Values, values_for
from menling.premises.models import Staff
from menling.procedures import handover as rules
from menling.procedures.handover import HANDOVER, Status
from menling.procedures.places import bag, in_envelope, safe, unexplained

Steps = list[tuple[Handover, Taken]]
Denomination = Literal["100", "50", "20", "10", "5", "2", "1", "0.5", "0.2", "0.1", "0.05", "0.02", "0.01"]
Count = dict[Denomination, Annotated[int, Field(ge=0, le=9999)]]
"""Pieces by denomination, in yuan: {"100": 3, "0.5": 1}."""
EnvelopeNumber = Annotated[str, Field(max_length=20)]
Witnesses = Annotated[list[str], Field(max_length=10)]


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
              difference_reason: str = "", count: Count | None = None) -> Steps:  # fmt: skip
    """HS-4.1.1.6  The collector hands over the cash of the day; finance, counting it at once, receives it thereby.

    `count` is pieces by denomination and comes to the amount; without an amount it is the amount.
    """
    row = _step(handover, "hand_over", by)
    counted = _counted(handover, expected(handover), _notes(handover, amount, count), difference_reason)
    steps = [(handover, take(handover, row, by=by, at=at, facts=counted))]
    if Role.FINANCE in row.roles:
        steps += receive(handover, by=by, at=at, count=count)
    return steps


def receive(handover: Handover, *, by: Actor, at: datetime, amount: Decimal | None = None,
            difference_reason: str = "", count: Count | None = None) -> Steps:  # fmt: skip
    """HS-4.1.1.6  Finance counted the cash and keeps it; a difference is explained, and signed by the collector too."""
    row = _step(handover, "receive", by)
    told, found = handover.amount, _notes(handover, amount, count)
    counted_now = told if found is None else found
    if told is not None and counted_now != told:
        handover.difference_reason = ""  # what the collector explained does not explain what is missing since
    counted = _counted(handover, expected(handover), counted_now, difference_reason)
    agreed = told is not None and counted_now == told and by.id != handover.holder_id
    _unsigned(handover, counted, agreed)
    moved = _into_safe(handover, bag(handover.holder_id), expected(handover), at, owned=agreed)
    return [(handover, take(handover, row, by=by, at=at, facts=counted | moved))]


def seal(handover: Handover, *, by: Actor, at: datetime, envelope: EnvelopeNumber, witnesses: Witnesses,
         amount: Decimal | None = None, difference_reason: str = "", count: Count | None = None) -> Steps:  # fmt: skip
    """MR-25  The collector seals the cash of the day in a numbered envelope before witnesses, named by work number."""
    row = _step(handover, "seal", by)
    rules.finance_away(at, handover.values.calendar)
    rules.numbered(envelope)
    seen = _witnesses(handover, witnesses, at)
    counted = _counted(handover, expected(handover), _notes(handover, amount, count), difference_reason)
    handover.envelope, handover.sealed, handover.sealed_at = envelope.strip(), handover.amount, at
    handover.witnesses = [[each.number, each.name] for each in seen]
    handover.save(update_fields=["envelope", "sealed", "sealed_at", "witnesses"])
    moved = _move_counted(handover, bag(handover.holder_id), in_envelope(handover.envelope), expected(handover), at, owned=True)
    facts = counted | moved | {"envelope": handover.envelope, "witnesses": handover.witnesses}
    return [(handover, take(handover, row, by=by, at=at, facts=facts, tell=_told(handover, seen)))]


def open_envelope(handover: Handover, *, by: Actor, at: datetime, amount: Decimal | None = None,
                  difference_reason: str = "", count: Count | None = None) -> Steps:  # fmt: skip
    """MR-25  Finance opens the envelope, counts and keeps the cash; what differs from the sealed amount is explained."""
    row = _step(handover, "open_envelope", by)
    sealed = handover.sealed or ZERO
    counted_now = _notes(handover, amount, count)
    if counted_now not in (None, sealed):
        handover.difference_reason = ""  # what was explained at the sealing does not explain what is missing since
    counted = _counted(handover, sealed, counted_now, difference_reason)
    _unsigned(handover, counted, agreed=False)
    moved = _into_safe(handover, in_envelope(handover.envelope), sealed, at, owned=False)
    return [(handover, take(handover, row, by=by, at=at, facts=counted | moved | {"envelope": handover.envelope}))]


def sign_difference(handover: Handover, *, by: Actor, at: datetime, remark: str = "") -> Steps:
    """HS-4.1.1.6  The collector signs the difference finance found, with the own account of it where that differs.

    What is missing stands from now on as owed by the collector, recorded and not deducted (OC-4.4).
    """
    row = _step(handover, "sign_difference", by)
    rules.awaits_signature(handover.unsigned)
    handover.unsigned = False
    handover.save(update_fields=["unsigned"])
    moves = shortages.owned_up(handover, *_missing(handover))
    book(handover.case, moves, at)
    facts = {"amount": handover.amount, "reason": handover.difference_reason, "remark": remark, "moves": moves}
    return [(handover, take(handover, row, by=by, at=at, facts=facts))]


def _step(handover: Handover, verb: str, by: Actor) -> Step:
    roles = by.roles_in(handover.case.office_id)
    return HANDOVER.step(verb, handover.case.status, roles, assigned=handover.holder_id == by.id)


def _notes(handover: Handover, amount: Decimal | None, count: Count | None) -> Decimal | None:
    pieces = {str(denomination): number for denomination, number in (count or {}).items()}
    found = rules.counted_by_notes(None if amount is None else yuan(amount), pieces, handover.policy)
    if pieces or found not in (None, handover.amount):
        handover.count = pieces  # an earlier count of another amount counts no more
    return found


def _witnesses(handover: Handover, numbers: list[str], at: datetime) -> list[Staff]:
    on = handover.values.calendar.local(at).date()
    here = Q(posts__office=handover.office_id, posts__since__lte=on) & (Q(posts__until=None) | Q(posts__until__gte=on))
    named = {each.strip().upper() for each in numbers}
    seen = list(Staff.objects.filter(here, number__in=named, is_active=True).distinct().order_by("number"))
    rules.witnessed([each.pk for each in seen], handover.holder_id, handover.policy)
    return seen


def _told(handover: Handover, seen: list[Staff]) -> tuple[Tell, ...]:
    text = Message(_("{name} sealed ¥{amount} in envelope {envelope} and names you as a witness. Is that not so? Tell finance."),
                   {"name": handover.holder.name, "amount": handover.sealed or ZERO, "envelope": handover.envelope})  # fmt: skip
    return tuple(Tell(text, staff=each.pk) for each in seen)


def _counted(handover: Handover, due: Decimal, amount: Decimal | None, reason: str) -> dict[str, object]:
    counted = due if amount is None else amount
    difference = rules.counted(counted, due, reason or handover.difference_reason)
    handover.amount, handover.difference_reason = counted, reason[:300] or handover.difference_reason
    handover.is_open = False
    handover.save(update_fields=["amount", "difference_reason", "is_open", "count"])
    known = {"expected": due, "amount": counted, "difference": difference, "reason": handover.difference_reason}
    return known | ({"count": handover.count} if handover.count else {})


def _unsigned(handover: Handover, counted: dict[str, object], agreed: bool) -> None:
    handover.unsigned = bool(counted["difference"]) and not agreed
    handover.save(update_fields=["unsigned"])


def _missing(handover: Handover) -> tuple[str, Decimal]:
    """Return where what finance missed is booked, and how much that is, in yuan."""
    counted = handover.amount or ZERO
    if handover.sealed is not None:
        return in_envelope(handover.envelope), handover.sealed - counted
    return bag(handover.holder_id), expected(handover) - counted


def _into_safe(handover: Handover, place: str, due: Decimal, at: datetime, *, owned: bool) -> dict[str, object]:
    return _move_counted(handover, place, safe(handover.case.office_id), due, at, owned=owned)


def _move_counted(handover: Handover, source: str, target: str, due: Decimal, at: datetime, *, owned: bool) -> dict[str, object]:
    """What is missing stays booked where it was until the collector has `owned` up to it, and is then owed by that person.

    What is too much makes up for what is owed; the rest of it comes from nowhere, and says so.
    """
    counted = handover.amount or ZERO
    back = shortages.paid_back(handover, target, counted - due)
    move(handover.case, source, target, min(due, counted), at)
    moves = back or (shortages.owned_up(handover, source, due - counted) if owned else [])
    book(handover.case, moves, at)
    move(handover.case, unexplained(handover.case.office_id), target, counted - due - shortages.total(back), at)
    return {"moves": moves} if moves else {}
