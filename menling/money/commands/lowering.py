"""What happens to a charge without a collector at the door: let go, paid from a prepayment, or paid by QR code elsewhere."""

from datetime import datetime
from decimal import Decimal

from menling.journal.cases import next_number, open_case
from menling.journal.models import Case
from menling.journal.take import take
from menling.journal.taken import Taken
from menling.kernel.actor import SYSTEM
from menling.money.books import book, move
from menling.money.models import Charge
from menling.policies.values import Values
from menling.procedures.charge import CHARGE, Status

Steps = list[tuple[Charge, Taken]]


def let_go(charge: Charge, amount: Decimal, why: str, *, at: datetime) -> Steps:
    """MR-33  So much of a charge is due no more; all of it gone, nothing is collected. The caller books it. `why` is a number."""
    charge.due, charge.waived = charge.due - amount, charge.waived + amount
    charge.save(update_fields=["due", "waived"])
    row = CHARGE.step("reduce" if charge.due else "waive", charge.case.status, SYSTEM.roles_in(charge.case.office_id))
    facts = {"amount": amount, "due": charge.due, "for": why}
    return [(charge, take(charge, row, by=SYSTEM, at=max(at, charge.case.last_at), facts=facts))]


def divide(charge: Charge, rest: Decimal, *, at: datetime) -> Steps:
    """MR-34  A prepayment pays only a part: the charge becomes that part, and `rest` yuan are charged anew by the caller."""
    charge.due -= rest
    charge.save(update_fields=["due"])
    row = CHARGE.step("divide", charge.case.status, SYSTEM.roles_in(charge.case.office_id))
    moves = [[f"owed:{charge.case.number}", f"income:{charge.case.office_id}", rest]]
    taken = take(charge, row, by=SYSTEM, at=at, facts={"amount": rest, "due": charge.due, "moves": moves})
    book(charge.case, moves, at)
    return [(charge, taken)]


def paid_from(charge: Charge, place: str, *, at: datetime) -> Steps:
    """MR-34  What is due was paid beforehand: it leaves the prepayment at `place`, with a receipt of its own."""
    row = CHARGE.step("draw_down", charge.case.status, SYSTEM.roles_in(charge.case.office_id))
    charge.collected, charge.method = charge.due, "prepaid"
    charge.receipt = _receipt(charge.case, charge.values, at)
    charge.save(update_fields=["collected", "method", "receipt"])
    moves = [[f"owed:{charge.case.number}", place, charge.due]]
    facts = {"amount": charge.due, "method": charge.method, "receipt": charge.receipt, "moves": moves}
    taken = take(charge, row, by=SYSTEM, at=at, facts=facts)
    move(charge.case, f"owed:{charge.case.number}", place, charge.due, at)
    return [(charge, taken)]


def open_paid(
    parent: Case, values: Values, *, amount: Decimal, payer: str, collector: int | None, at: datetime
) -> Steps:  # fmt: skip
    """MR-23  Record what was paid by QR code for something that is no order; the statement confirms it like any other.

    The caller has booked it as unconfirmed.
    """
    charge = Charge(due=amount, collected=amount, method="qr", payer=payer[:60], collector_id=collector, awaited_by=parent.office)
    charge.case = open_case("charge", parent.office, at, year=values.calendar.local(at).year, parent=parent, unit=parent.unit_id)
    charge.values = values
    charge.receipt = _receipt(charge.case, values, at)
    charge.save(force_insert=True)
    row = CHARGE.step("open_paid", Status.NEW, SYSTEM.roles_in(parent.office_id))
    facts = {"amount": amount, "method": "qr", "receipt": charge.receipt, "of": parent.number}
    return [(charge, take(charge, row, by=SYSTEM, at=at, facts=facts))]


def _receipt(case: Case, values: Values, at: datetime) -> str:
    return next_number("receipt", case.office, values.calendar.local(at).year)
