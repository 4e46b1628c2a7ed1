"""Confirming: a payment by QR code counts as received once a statement of the company's account shows it."""

from datetime import datetime

from menling.journal.cases import next_number
from menling.journal.take import take
from menling.journal.taken import Taken
from menling.kernel.actor import Actor
from menling.money.books import move
from menling.money.models import Charge, StatementLine
from menling.money.statements import locked_line
from menling.procedures import charge as rules
from menling.procedures.charge import CHARGE, Status
from menling.procedures.places import bank, unconfirmed
from menling.procedures.statement_lines import not_set_aside

Steps = list[tuple[Charge, Taken]]


def confirm_payment(charge: Charge, *, by: Actor, at: datetime, line: int) -> Steps:
    """MR-23  The statement shows the money of a charge: `line` is the key of the line.

    A charge that is still due is paid by it, without a collector; one paid by QR code before is confirmed.
    Errors: `Refused` 422 for a line of another amount or office, 409 for one that was used.
    """
    row = CHARGE.step("confirm_payment", charge.case.status, by.roles_in(charge.case.office_id))
    rules.pays_without_collector(charge.case.status, charge.policy)
    rules.awaits_statement(charge.method, confirmed=StatementLine.objects.filter(charge=charge).exists())
    found = _line(charge, line)
    due = charge.case.status == Status.DUE
    rules.statement_fits(found.amount, charge.awaited)
    found.charge = charge
    found.save(update_fields=["charge"])
    charge.awaited_by = None
    if due:
        _paid(charge, at)
    else:
        charge.save(update_fields=["awaited_by"])
    move(charge.case, unconfirmed(charge.case.office_id), bank(charge.case.office_id), found.amount, at)
    facts = {"amount": found.amount, "account": found.account, "trade": found.trade, "receipt": charge.receipt,
             "paid": due}  # fmt: skip
    return [(charge, take(charge, row, by=by, at=at, facts=facts))]


def _line(charge: Charge, key: int) -> StatementLine:
    found = locked_line(charge.case.office_id, key)
    rules.line_used_once(found.charge.case.number if found.charge else _elsewhere(found))
    not_set_aside(found.aside_reason)
    return found


def _elsewhere(line: StatementLine) -> str:
    """Return the office that matched the same line, where offices share an account and each brought its statement in."""
    same = StatementLine.objects.filter(
        office__company=line.office.company_id, account=line.account, trade=line.trade, paid_at=line.paid_at,
        amount=line.amount, charge__isnull=False,
    )  # fmt: skip
    used = same.select_related("office").first()
    return used.office.name if used else ""


def _paid(charge: Charge, at: datetime) -> None:
    charge.collected, charge.method = charge.due, "qr"
    charge.receipt = next_number("receipt", charge.case.office, charge.values.calendar.local(at).year)
    charge.save(update_fields=["collected", "method", "receipt"])
    move(charge.case, f"owed:{charge.case.number}", unconfirmed(charge.case.office_id), charge.due, at)
