"""The cashier's day: begun, money taken to the bank, corrections by two people, closed when it adds up, reopened."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Literal

from django.db.models import Sum
from pydantic import Field

from menling.journal.cases import open_case
from menling.journal.take import take
from menling.journal.taken import Taken, Tell
from menling.kernel.actor import Actor
from menling.kernel.money import ZERO, yuan
from menling.kernel.procedure import Step
from menling.kernel.refusal import Refused
from menling.kernel.words import Message, _
from menling.money import cashier
from menling.money.books import balance, book, move
from menling.money.cashier import Standing, closed_through, standing, written
from menling.money.corrections import began_with, mark_slip
from menling.money.models import Charge, Transfer
from menling.money.sheets import BankSlip, CashBook, CashierDay, CounterEntry
from menling.policies.values import values_for
from menling.premises.models import Office
from menling.procedures import cashier_day as rules
from menling.procedures.cashier_day import CASHIER_DAY, CashierPolicy, Status
from menling.procedures.places import bank, safe, unexplained
from menling.procedures.safe import above_zero

Steps = list[tuple[CashierDay, Taken]]
Piece = Literal["100", "50", "20", "10", "5", "2", "1", "0.5", "0.2", "0.1", "0.05", "0.02", "0.01"]
Pieces = dict[Piece, Annotated[int, Field(ge=0, le=99999)]]
"""Pieces in the safe by denomination, in yuan: {"100": 3, "0.5": 1}."""
Slip = Annotated[str, Field(max_length=40)]
Words = Annotated[str, Field(max_length=300)]
Named = dict[Annotated[str, Field(max_length=40)], Words]
"""What is said of each by its number: {"W031": "on the way"}."""


def begin(office: Office, *, by: Actor, at: datetime, day: date | None = None, amount: Decimal | None = None,
          count: Pieces | None = None) -> Steps:  # fmt: skip
    """MR-28  Begin the cashier's day; the first one of an office with a count of the safe, which is where its books start."""
    row = CASHIER_DAY.step("begin", Status.NEW, by.roles_in(office.pk))
    values = values_for(office, at)
    today = values.calendar.local(at).date()
    begun = CashierDay(office=office, day=day or today)
    through = closed_through(office.pk, lock=True)
    rules.may_begin(begun.day, today, through)
    first = not CashierDay.objects.filter(office=office).exists()
    if first:
        rules.on_its_day(begun.day, rules.booked_on(today, through))
    counted = _begun_with(amount, count, values.policy(CashierPolicy)) if first else None
    begun.case = open_case("cashier_day", office, at, year=begun.day.year)
    begun.values, begun.opening = values, written(_before(begun)) if first else {}
    begun.save(force_insert=True)
    if counted is not None:
        _start_books(begun, counted, at)
    facts = {"day": begun.day} | ({"amount": counted} if counted is not None else {})
    return [(begun, take(begun, row, by=by, at=at, facts=facts))]


def _begun_with(amount: Decimal | None, count: Pieces | None, policy: CashierPolicy) -> Decimal:
    pieces = _pieces(count)
    told = None if amount is None else yuan(amount)
    rules.begun_with_a_count(told if told is not None or not pieces else ZERO)
    return rules.counted_by_notes(told, pieces, policy) if pieces or told is None else told


def _before(begun: CashierDay) -> cashier.Balances:
    """Return what the books say of the time before the first day."""
    rows = cashier.booked(begun.office_id, None, rules.day_before(begun.day))
    return Standing(begun.day, begun.day, {}, cashier.came(rows), cashier.went(rows)).closing


def _start_books(begun: CashierDay, counted: Decimal, at: datetime) -> None:
    """From now on nothing is booked before the first day, and the safe holds what was counted."""
    CashBook.objects.filter(office=begun.office_id).update(closed_through=rules.day_before(begun.day))
    office = begun.office_id
    gap = counted - balance(office, safe(office))
    move(begun.case, f"opening:{office}", safe(office), gap, at)
    move(begun.case, safe(office), f"opening:{office}", -gap, at)


def deposit(day: CashierDay, *, by: Actor, at: datetime, amount: Decimal, bank_slip: Slip) -> Steps:
    """MR-29  Cash from the safe is at the bank, which gave a slip with a number."""
    row = _step(day, "deposit", by)
    rules.with_slip(bank_slip)
    _on_its_day(day, at)
    taken_there = yuan(amount)
    rules.out_of_the_safe(taken_there, cashier.in_safe(day.office_id) or ZERO)
    slip = bank_slip.strip()
    moved = move(day.case, safe(day.office_id), bank(day.office_id), taken_there, at)
    BankSlip.objects.create(office_id=day.office_id, day=day, number=slip, amount=taken_there, at=at, transfer=moved)
    return [(day, take(day, row, by=by, at=at, facts={"amount": taken_there, "bank_slip": slip}))]


def withdraw(day: CashierDay, *, by: Actor, at: datetime, amount: Decimal, bank_slip: Slip) -> Steps:
    """MR-29  Cash fetched from the bank lies in the safe; the bank gave a slip with a number."""
    row = _step(day, "withdraw", by)
    rules.with_slip(bank_slip)
    _on_its_day(day, at)
    fetched = yuan(amount)
    above_zero(fetched)
    slip = bank_slip.strip()
    moved = move(day.case, bank(day.office_id), safe(day.office_id), fetched, at)
    BankSlip.objects.create(office_id=day.office_id, day=day, number=slip, amount=fetched, at=at, fetched=True, transfer=moved)
    return [(day, take(day, row, by=by, at=at, facts={"amount": fetched, "bank_slip": slip}))]


def _on_its_day(day: CashierDay, at: datetime) -> None:
    rules.on_its_day(day.day, rules.booked_on(day.values.calendar.local(at).date(), closed_through(day.office_id)))


def counter_entry(day: CashierDay, *, by: Actor, at: datetime, entry: int, reason: Words, amount: Decimal | None = None) -> Steps:
    """MR-29  Ask for a movement, by its key, to be taken back, whole or in part; a second person decides."""
    row = _step(day, "counter_entry", by)
    rules.told_why(reason)
    # Locked: two requests at once for one movement would not see each other.
    found = Transfer.objects.select_for_update(no_key=True).filter(office=day.office_id, pk=entry).first()
    if found is None:
        raise Refused("MR-29", _("There is no such movement in the books of this office."), status=422, field="entry")
    rules.reversible(found.source, found.target)
    left = found.amount - _taken_back(found)
    back = left if amount is None else yuan(amount)
    rules.within_what_moved(back, left)
    asked = CounterEntry(reverses=found, source=found.target, target=found.source, amount=back)
    return _asked(day, row, asked, by, at, reason)


def _taken_back(found: Transfer) -> Decimal:
    rows = CounterEntry.objects.filter(reverses=found).exclude(state="refused")
    return rows.aggregate(sum=Sum("amount"))["sum"] or ZERO


def difference(day: CashierDay, *, by: Actor, at: datetime, reason: Words, amount: Decimal | None = None,
               count: Pieces | None = None) -> Steps:  # fmt: skip
    """MR-29  The safe was counted and holds something else than the books say: ask for the difference to be booked."""
    row = _step(day, "difference", by)
    rules.told_why(reason)
    office = day.office_id
    counted = rules.counted_by_notes(None if amount is None else yuan(amount), _pieces(count), day.policy)
    gap = counted - (cashier.in_safe(office) or ZERO)
    rules.one_count_at_a_time(CounterEntry.objects.filter(day__office=office, reverses=None, state="asked").exists())
    if not gap:
        raise Refused("MR-29", _("The safe holds what the books say. There is no difference to book."))
    places = (unexplained(office), safe(office)) if gap > 0 else (safe(office), unexplained(office))
    return _asked(day, row, CounterEntry(source=places[0], target=places[1], amount=abs(gap)), by, at, reason)


def _asked(day: CashierDay, row: Step, asked: CounterEntry, by: Actor, at: datetime, reason: str) -> Steps:
    asked.day, asked.asked_by_id, asked.asked_at, asked.reason = day, by.id, at, reason.strip()
    asked.save(force_insert=True)
    text = Message(_("{name} asks for a counter-entry of ¥{amount}: {reason}. Please confirm or refuse it."),
                   {"name": by.name, "amount": asked.amount, "reason": asked.reason})  # fmt: skip
    tell = (Tell(text, roles=("business_lead", "office_manager")),)
    facts = {"entry": asked.pk, "reverses": asked.reverses_id, "source": asked.source, "target": asked.target,
             "amount": asked.amount, "reason": asked.reason}  # fmt: skip
    return [(day, take(day, row, by=by, at=at, facts=facts, tell=tell))]


def confirm_entry(day: CashierDay, *, by: Actor, at: datetime, entry: int, remark: Words = "") -> Steps:
    """MR-29  A second person with authority confirms a counter-entry, which is posted now, in the day that is open.

    A bank slip all of which went back is free to be written once more; where it was, its first booking comes back no more.
    Errors: `Refused` MR-50 (409) when more would leave the safe than lies in it.
    """
    row = _step(day, "confirm_entry", by)
    asked = _waiting(day, entry, by)
    rules.within_authority(asked.amount, by.roles_in(day.office_id), day.policy)
    first = began_with(asked.reverses) if asked.reverses else None
    asked.posted = book(day.case, [(asked.source, asked.target, asked.amount)], at)[0]
    _decided(asked, "posted", by, at, remark)
    if first is not None:
        mark_slip(first)
    facts = {"entry": asked.pk, "reverses": asked.reverses_id, "source": asked.source, "target": asked.target,
             "amount": asked.amount, "remark": asked.remark}  # fmt: skip
    return [(day, take(day, row, by=by, at=at, facts=facts))]


def refuse_entry(day: CashierDay, *, by: Actor, at: datetime, entry: int, reason: Words) -> Steps:
    """MR-29  A second person refuses a counter-entry and says why; nothing moves."""
    row = _step(day, "refuse_entry", by)
    rules.told_why(reason)
    asked = _waiting(day, entry, by)
    _decided(asked, "refused", by, at, reason.strip())
    text = Message(_("Your counter-entry of ¥{amount} was refused: {reason}"), {"amount": asked.amount, "reason": asked.remark})
    facts = {"entry": asked.pk, "amount": asked.amount, "reason": asked.remark}
    return [(day, take(day, row, by=by, at=at, facts=facts, tell=(Tell(text, staff=asked.asked_by_id),)))]


def _waiting(day: CashierDay, entry: int, by: Actor) -> CounterEntry:
    found = day.entries.filter(pk=entry, state="asked").first()
    if found is None:
        raise Refused("MR-29", _("This entry waits for nobody here. Please look at the list again."), status=422, field="entry")
    rules.by_another(found.asked_by_id, by.id)
    return found


def _decided(asked: CounterEntry, state: str, by: Actor, at: datetime, remark: str) -> None:
    asked.state, asked.decided_by_id, asked.decided_at, asked.remark = state, by.id, at, remark
    asked.save(update_fields=["state", "decided_by", "decided_at", "remark", "posted"])


def close_day(day: CashierDay, *, by: Actor, at: datetime, amount: Decimal | None = None, count: Pieces | None = None,
              held: Named | None = None, unpaid: Named | None = None) -> Steps:  # fmt: skip
    """MR-30  Close the day: the safe counted is what the books say, and what is not in it is named.

    `held` says by work number why somebody still holds cash, `unpaid` by charge or order what is known of a QR payment
    that no statement shows; under ``*`` a word for all others.
    """
    row = _step(day, "close_day", by)
    closed_through(day.office_id, lock=True)
    rules.in_turn(_open_before(day))
    rules.nothing_waits(day.entries.filter(state="asked").count())
    now = standing(day)
    gained = cashier.since(day)
    counted = rules.counted_by_notes(None if amount is None else yuan(amount), _pieces(count), day.policy)
    rules.safe_adds_up(counted, now.at_end(safe(day.office_id)) + gained[safe(day.office_id)])
    closing = now.closing
    day.held = _held(day, closing, gained, held or {})
    day.unpaid = _unpaid(day, unpaid or {})
    day.counted, day.count, day.closing = counted, _pieces(count), written(closing)
    day.save(update_fields=["held", "unpaid", "counted", "count", "closing"])
    CashBook.objects.filter(office=day.office_id).update(closed_through=day.day)
    facts = {"amount": counted, "count": day.count, "closing": day.closing, "held": day.held, "unpaid": day.unpaid}
    return [(day, take(day, row, by=by, at=at, facts=facts))]


def _open_before(day: CashierDay) -> list[str]:
    rows = CashierDay.objects.filter(office=day.office_id, day__lt=day.day, case__status=Status.OPEN).order_by("day")
    return [f"{each:%m-%d}" for each in rows.values_list("day", flat=True)]


def _held(day: CashierDay, closing: cashier.Balances, gained: cashier.Balances, said: dict[str, str]) -> list[dict[str, str]]:
    found = cashier.holdings(day.office, closing, gained)
    rules.bags_named([each.name for each in found if each.to_be_named and not _word(said, each.number)])
    return [
        {"place": each.place, "number": each.number, "name": each.name, "amount": str(each.amount),
         "still": str(each.still), "why": _word(said, each.number) if each.to_be_named else ""}
        for each in found
    ]  # fmt: skip


def _unpaid(day: CashierDay, said: dict[str, str]) -> list[dict[str, str]]:
    found = cashier.unpaid(day.office, day.day)
    late = [each.charge for each in found if rules.needs_a_word(each.on, day.day, day.policy)]
    rules.payments_named([_order(each) or each.case.number for each in late if not _word(said, each.case.number, _order(each))])
    return [_waits(each.charge, each.on, _word(said, each.charge.case.number, _order(each.charge))) for each in found]


def _waits(charge: Charge, on: date, why: str) -> dict[str, str]:
    order = charge.case.parent
    return {
        "number": charge.case.number, "order": _order(charge), "payer": charge.payer, "on": on.isoformat(),
        "unit": order.unit.said if order and order.unit else "", "amount": str(charge.collected), "why": why,
    }  # fmt: skip


def _order(charge: Charge) -> str:
    return charge.case.parent.number if charge.case.parent else ""


def _word(said: dict[str, str], *numbers: str) -> str:
    return next((said[each] for each in (*numbers, "*") if said.get(each)), "").strip()


def reopen(day: CashierDay, *, by: Actor, at: datetime, reason: Words) -> Steps:
    """MR-31  The office manager opens the day closed last again, with a reason; what was counted stays in the journal."""
    row = _step(day, "reopen", by)
    rules.reopened_with_reason(reason)
    rules.only_the_last(day.day, closed_through(day.office_id, lock=True))
    before = cashier.previous(day)
    through = before.day if before else rules.day_before(day.day)
    CashBook.objects.filter(office=day.office_id).update(closed_through=through)
    text = Message(_("{name} opened the cashier's day {day} again: {reason}"),
                   {"name": by.name, "day": day.day, "reason": reason.strip()})  # fmt: skip
    facts = {"reason": reason.strip(), "counted": day.counted, "closing": day.closing}
    return [(day, take(day, row, by=by, at=at, facts=facts, tell=(Tell(text, roles=("finance",)),)))]


def _step(day: CashierDay, verb: str, by: Actor) -> Step:
    return CASHIER_DAY.step(verb, day.case.status, by.roles_in(day.case.office_id))


def _pieces(count: Pieces | None) -> dict[str, int]:
    return {str(piece): number for piece, number in (count or {}).items()}
