"""Deposits: taken in by finance, drawn down by the visits of an agreement, kept by decision, given back."""

from datetime import datetime
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from menling.journal.cases import open_case, visible_to
from menling.journal.models import Case, Detail
from menling.journal.take import take
from menling.journal.taken import Taken
from menling.kernel.actor import SYSTEM, Actor
from menling.kernel.money import ZERO, yuan
from menling.kernel.refusal import Refused
from menling.kernel.words import _
from menling.money.books import book
from menling.money.commands.adjusting import Named, Paid, Reason
from menling.money.commands.charging import open_charge
from menling.money.commands.lowering import divide, open_paid, paid_from
from menling.money.given import Deposit
from menling.money.models import Charge, StatementLine
from menling.money.waiting import uncharged_of
from menling.policies.values import values_for
from menling.premises import names
from menling.premises.meant import home_meant
from menling.premises.models import Office, Unit
from menling.procedures import adjustment_rules
from menling.procedures import deposit as rules
from menling.procedures.deposit import AGREEMENT, DEPOSIT, DepositPolicy, Status
from menling.procedures.places import till, unconfirmed

Steps = list[tuple[Detail, Taken]]
Purpose = Literal["renovation", "key", "card", "goods", "agreement", "other"]
Moves = list[list[object]]


def take_in(office: Office, *, by: Actor, at: datetime, payer: Named, amount: Decimal, purpose: Purpose, unit: Named = "",
            method: Paid = "cash", agreement: Annotated[str, Field(max_length=30)] = "") -> Steps:  # fmt: skip
    """MR-34  Finance takes a deposit of a home for a purpose, or a prepayment of an agreement, which names the home itself.

    What is paid by QR code waits for the statement like every such payment (MR-23).
    """
    row = DEPOSIT.step("take_in", Status.NEW, by.roles_in(office.pk))
    rules.for_agreement(purpose, agreement.strip())
    parent = _agreement(agreement, office, by) if agreement.strip() else None
    home = parent.unit_id if parent else home_meant(Unit.objects.filter(office=office), names.folded(unit)).pk
    taken = Deposit(purpose=purpose, payer=names.folded(payer)[:60], amount=yuan(amount), method=method, taken_by_id=by.id)
    rules.above_zero(taken.amount)
    taken.values = values_for(office, at)
    taken.case = open_case("deposit", office, at, year=taken.values.calendar.local(at).year, parent=parent, unit=home)
    taken.save(force_insert=True)
    target = unconfirmed(office.pk) if method == "qr" else till(office.pk, method)
    moves: Moves = [[place(taken), target, taken.amount]]
    facts = {"purpose": purpose, "amount": taken.amount, "method": method, "payer": taken.payer, "moves": moves}
    steps: Steps = [(taken, take(taken, row, by=by, at=at, facts=facts))]
    book(taken.case, moves, at)
    return steps + (_awaited(taken, by, at) if method == "qr" else [])


def _awaited(taken: Deposit, by: Actor, at: datetime) -> Steps:
    return [*open_paid(taken.case, taken.values, amount=taken.amount, payer=taken.payer, collector=by.id, at=at)]


def _agreement(number: str, office: Office, by: Actor) -> Case:
    found = visible_to(by).filter(number=number.strip(), office=office, kind="agreement", closed_at__isnull=True).first()
    if found is None:
        raise Refused("MR-34", _("There is no agreement {number} in force here."), status=422, number=number[:30],
                      field="agreement")  # fmt: skip
    return found


def place(held: Deposit) -> str:
    """Return where the books keep it: ``prepaid:<number>`` for a prepayment, else ``deposit:<number>``."""
    return f"{'prepaid' if held.purpose == AGREEMENT else 'deposit'}:{held.case.number}"


def pay_visit(charge: Charge, agreement: Case, order: Case, *, due: Decimal, at: datetime) -> Steps:
    """MR-34  What a visit of an agreement costs is paid from its prepayment, the oldest first, as far as that goes.

    What is left over of the `due` yuan of the order is a charge of its own, so that every payment has one receipt.
    """
    rows = Deposit.objects.filter(case__parent=agreement, purpose=AGREEMENT, case__status=Status.HELD)
    held = rows.select_related("case", "case__office").select_for_update(of=("self", "case"), no_key=True)
    steps: Steps = []
    for each in held.order_by("pk"):
        each.values = values_for(each.case.office, at)
        rest = charge.due - rules.pays(charge.due, each.left, each.policy)
        if rest == charge.due:
            continue
        if not rest:
            return steps + _drawn(each, charge, at)
        steps += [*divide(charge, rest, at=at), *_drawn(each, charge, at)]
        opened = open_charge(order, charge.values, due=due, payer=charge.payer, at=at, again=True)
        steps, charge = [*steps, *opened], opened[0][0]
    return steps


def prepaid(agreement: Case, visit: Case, *, at: datetime) -> bool:
    """MR-34  Tell whether a visit of an agreement is paid from a prepayment: then it is charged once the resident accepted it.

    What is left pays first for other visits that were done and wait. Nobody gives it back before the visit is on record.
    """
    held = held_for(agreement)
    waiting = sum(amount for number, amount in uncharged_of(agreement).items() if number != visit.number) if held else ZERO
    left = sum((each.left for each in held), ZERO) - waiting
    return rules.charged_once_accepted(left, values_for(agreement.office, at).policy(DepositPolicy))


def held_for(agreement: Case) -> list[Deposit]:
    """Return the prepayments of an agreement, locked. They are locked before a number is drawn for a charge."""
    rows = Deposit.objects.filter(case__parent=agreement, purpose=AGREEMENT, case__status=Status.HELD)
    return list(rows.select_related("case").select_for_update(of=("self", "case"), no_key=True).order_by("pk"))


def _drawn(held: Deposit, charge: Charge, at: datetime) -> Steps:
    held.used += charge.due
    held.save(update_fields=["used"])
    row = DEPOSIT.step("draw_down" if held.left else "use_up", held.case.status, SYSTEM.roles_in(held.case.office_id))
    facts = {"amount": charge.due, "charge": charge.case.number, "left": held.left}
    when = max(at, held.case.last_at)
    return [*paid_from(charge, place(held), at=at), (held, take(held, row, by=SYSTEM, at=when, facts=facts))]


def keep_part(held: Deposit, *, by: Actor, at: datetime, amount: Decimal, reason: Reason) -> Steps:
    """MR-34  A lead or manager keeps a part within the own limit, with a reason; the rest is given back."""
    return _keep(held, "keep_part", yuan(amount), reason, by, at)


def keep_all(held: Deposit, *, by: Actor, at: datetime, reason: Reason) -> Steps:
    """MR-34  A lead or manager keeps all that is left within the own limit, with a reason."""
    return _keep(held, "keep_all", held.left, reason, by, at)


def _keep(held: Deposit, verb: str, amount: Decimal, reason: str, by: Actor, at: datetime) -> Steps:
    roles = by.roles_in(held.case.office_id)
    row = DEPOSIT.step(verb, held.case.status, roles)
    adjustment_rules.reasoned(reason)
    rules.may_be_kept(amount, held.left, held.purpose, whole=verb == "keep_all")
    _arrived(held)
    adjustment_rules.within_authority(amount, roles, held.policy)
    held.kept, held.reason = amount, names.folded(reason)[:300]
    held.save(update_fields=["kept", "reason"])
    moves: Moves = [[f"income:{held.case.office_id}", place(held), amount]]
    steps: Steps = [(held, take(held, row, by=by, at=at, facts={"amount": amount, "reason": held.reason, "moves": moves}))]
    book(held.case, moves, at)
    return steps


def give_back(held: Deposit, *, by: Actor, at: datetime, method: Paid = "cash", paid_to: Named = "") -> Steps:
    """MR-34  Finance gives back what is left of it; `paid_to` is who received it, absent it is the payer.

    Errors: `Refused` MR-33 (409) while it was paid by QR code and no statement shows it.
    """
    row = DEPOSIT.step("give_back", held.case.status, by.roles_in(held.case.office_id))
    if held.purpose == AGREEMENT and held.case.parent is not None:
        rules.nothing_is_to_be_paid_from_it(list(uncharged_of(held.case.parent)))
    _arrived(held)
    amount = held.left
    held.returned, held.returned_how, held.returned_at = amount, method, at
    held.returned_to = names.folded(paid_to)[:60] or held.payer
    held.save(update_fields=["returned", "returned_how", "returned_to", "returned_at"])
    office = held.case.office_id
    moves: Moves = [[till(office, method), place(held), amount]]
    facts = {"amount": amount, "method": method, "paid_to": held.returned_to, "moves": moves}
    steps: Steps = [(held, take(held, row, by=by, at=at, facts=facts))]
    book(held.case, moves, at)
    return steps


def _arrived(held: Deposit) -> None:
    found = StatementLine.objects.filter(charge__case__parent=held.case_id).exists()
    adjustment_rules.payment_found(held.method, confirmed=found)
