"""Adjusting: money is given back or let go, asked by one person, decided by another with authority, paid out by finance."""

from datetime import datetime
from decimal import Decimal
from typing import Annotated, Literal

from django.db.models import QuerySet, Sum
from pydantic import Field

from menling.journal.cases import open_case, visible_to
from menling.journal.models import Case, Detail, Event
from menling.journal.take import take
from menling.journal.taken import Taken, Tell
from menling.kernel.actor import SYSTEM, Actor
from menling.kernel.money import ZERO, yuan
from menling.kernel.procedure import Step
from menling.kernel.refusal import Refused
from menling.kernel.words import Message, _
from menling.money.books import book
from menling.money.commands import invoicing
from menling.money.commands.lowering import let_go
from menling.money.given import Adjustment
from menling.money.models import Charge, StatementLine
from menling.policies.values import values_for
from menling.premises import names
from menling.premises.models import Office
from menling.procedures import adjustment_rules as rules
from menling.procedures.adjustment import ADJUSTMENT, WAITING, Status
from menling.procedures.charge import Status as ChargeStatus
from menling.procedures.places import till

Steps = list[tuple[Detail, Taken]]
Sort = Literal["refund", "waiver", "discount", "damage"]
Paid = Literal["cash", "bank", "qr"]
Number = Annotated[str, Field(max_length=30)]
Named = Annotated[str, Field(max_length=60)]
Reason = Annotated[str, Field(max_length=300)]
DUE = (ChargeStatus.DUE, ChargeStatus.QUESTIONED)
ADJUSTED = ("repair", "housekeeping", "alarm", "errand")
"""Kinds of case whose money is given back or let go here."""
SAYS = _("{number}: ¥{amount} of {order} is asked for ({reason}). Please decide.")


def request(office: Office, *, by: Actor, at: datetime, order: Number, sort: Sort, amount: Decimal, reason: Reason) -> Steps:
    """MR-32  Ask that money of an order is given back or let go; `order` is its number or that of one of its charges.

    A damage is paid at the value in its report (MN-22). Errors: `Refused` 409 beyond what was paid, is due or was reported.
    """
    row = ADJUSTMENT.step("request", Status.NEW, by.roles_in(office.pk))
    rules.reasoned(reason)
    parent, charge = _meant(order, sort, office, by)
    asked = Adjustment(sort=sort, charge=charge, amount=yuan(amount), reason=names.folded(reason)[:300], asked_by_id=by.id)
    asked.item = _fits(asked, parent)
    values = values_for(office, at)
    asked.case = open_case("adjustment", office, at, year=values.calendar.local(at).year, parent=parent, unit=parent.unit_id)
    asked.values = values
    asked.save(force_insert=True)
    text = Message(SAYS, {"number": asked.case.number, "amount": asked.amount, "order": parent.number, "reason": asked.reason})
    facts = {"sort": sort, "amount": asked.amount, "charge": charge.case.number if charge else None, "item": asked.item,
             "reason": asked.reason}  # fmt: skip
    return [(asked, take(asked, row, by=by, at=at, facts=facts, tell=(Tell(text, roles=_deciding(asked)),)))]


def _deciding(asked: Adjustment) -> tuple[str, ...]:
    policy: rules.AdjustmentPolicy = asked.policy
    together = asked.amount + _sum(_with_it(asked))
    if together <= policy.lead_limit:
        return ("business_lead", "office_manager")
    return ("office_manager",) if together <= policy.manager_limit else ("company_management",)


def _meant(number: str, sort: str, office: Office, by: Actor) -> tuple[Case, Charge | None]:
    """Return the order and, locked, the charge meant: the one named, or the newest that has something to adjust."""
    named = visible_to(by).filter(number=number.strip(), office=office, kind__in=("charge", *ADJUSTED)).first()
    parent = named.parent if named is not None and named.kind == "charge" else named
    if named is None or parent is None:
        raise Refused("MR-8", _("There is no order {number} here."), status=422, number=number[:30], field="order")
    if sort == "damage":
        return _locked_order(parent.pk), None
    rows = Charge.objects.filter(case=named) if named.kind == "charge" else Charge.objects.filter(case__parent=parent)
    fitting = rows.filter(collected__gt=0) if sort == "refund" else rows.filter(case__status__in=DUE)
    charge = locked(fitting.order_by("-pk").values_list("pk", flat=True).first())
    if charge is None and not (sort == "refund" and _errand_paid(_locked_order(parent.pk))):
        raise Refused("MR-33", NOTHING[sort], field="order")
    return parent, charge


def _locked_order(key: int) -> Case:
    return Case.objects.select_for_update(of=("self",), no_key=True).select_related("errand").get(pk=key)


def _errand_paid(order: Case) -> Decimal:
    """Return what a resident paid in cash for an errand, in yuan: that has no charge of its own."""
    if order.kind != "errand" or order.errand.method != "cash":
        return ZERO
    return order.errand.settled or ZERO


NOTHING = {
    "refund": _("Nothing was paid on this order, so nothing can be given back. What is due can be waived or discounted."),
    "waiver": _("Nothing is due on this order. What was paid can be given back."),
    "discount": _("Nothing is due on this order. What was paid can be given back."),
}  # fmt: skip


def locked(key: int | None) -> Charge | None:
    """Return a charge with its row locked, so that two who give back what it holds come one after the other."""
    rows = Charge.objects.select_related("case", "case__office", "case__parent")
    return rows.select_for_update(of=("self", "case"), no_key=True).filter(pk=key).first() if key else None


def _fits(asked: Adjustment, parent: Case) -> str:
    """Refuse an amount there is no money for; return what was damaged, of a damage."""
    if asked.sort == "damage":
        reports = _reported(parent)
        rules.as_reported(asked.amount, [amount for _item, amount in reports], _sum(_others(asked, parent)))
        return "、".join(dict.fromkeys(item for item, _amount in reports))[:100]
    charge = asked.charge
    if charge is None:
        rules.refundable(asked.amount, _errand_paid(parent), _sum(_others(asked, parent)))
        return ""
    if asked.sort == "refund":
        spoken = _sum(Adjustment.objects.filter(charge=charge, sort="refund", case__status__in=WAITING).exclude(pk=asked.pk))
        rules.refundable(asked.amount, charge.collected or ZERO, charge.refunded + spoken)
        return ""
    if charge.case.status not in DUE:
        raise Refused("MR-33", NOTHING[asked.sort])
    rules.waivable(asked.sort, asked.amount, charge.due)
    return ""


def _reported(order: Case) -> list[tuple[str, Decimal]]:
    """OC-3.11  Return what was damaged and at how much it is made good, of the reports that the office bears."""
    rows = Event.objects.filter(case=order, verb="report_damage").order_by("pk").values_list("facts", flat=True)
    return [(each["item"], Decimal(each["compensation"])) for each in rows if each.get("borne_by") != "resident"]


def _others(asked: Adjustment, parent: Case) -> QuerySet[Adjustment]:
    alive = (*WAITING, Status.PAID_OUT)
    same = Adjustment.objects.filter(case__parent=parent, sort=asked.sort, charge=None, case__status__in=alive)
    return same.exclude(pk=asked.pk)


def _with_it(asked: Adjustment) -> QuerySet[Adjustment]:
    """MR-32  Return what counts with a request for who may decide: let go, or given back, of the same order, waiting or done.

    What waits counts too, so that neither of two pieces is decided as if the other were not there.
    """
    alive = (*WAITING, Status.BOOKED, Status.PAID_OUT)
    rows = Adjustment.objects.filter(case__parent=asked.case.parent_id, sort__in=rules.TOGETHER.get(asked.sort, ()))
    return rows.filter(case__status__in=alive).exclude(pk=asked.pk)


def _sum(rows: QuerySet[Adjustment]) -> Decimal:
    total: Decimal | None = rows.aggregate(total=Sum("amount"))["total"]
    return total or ZERO


def approve(asked: Adjustment, *, by: Actor, at: datetime, remark: Reason = "") -> Steps:
    """MR-32  Somebody else with authority to this amount approves; a waiver or discount is booked with it."""
    roles = by.roles_in(asked.case.office_id)
    row = ADJUSTMENT.step("approve", asked.case.status, roles)
    rules.by_another(by.id, asked.asked_by_id)
    rules.within_authority(asked.amount, roles, asked.policy, _sum(_with_it(asked)))
    _relocked(asked)
    asked.decided_by_id, asked.decision = by.id, names.folded(remark)[:300]
    asked.save(update_fields=["decided_by", "decision"])
    pays = asked.sort in rules.PAID_OUT
    tell = _told(asked, _("{number}: ¥{amount} of {order} is approved. Please pay it out."), roles=("finance",)) if pays else ()
    facts = {"sort": asked.sort, "amount": asked.amount, "remark": asked.decision}
    steps: Steps = [(asked, take(asked, row, by=by, at=at, facts=facts, tell=tell))]
    return steps if pays else steps + _booked(asked, at)


def _relocked(asked: Adjustment) -> None:
    """What was asked for may be gone meanwhile: collected, waived, given back. Lock and look again."""
    parent = asked.case.parent
    assert parent is not None, "an adjustment belongs to an order"
    if asked.charge_id is not None:
        asked.charge = locked(asked.charge_id)
    else:
        parent = _locked_order(parent.pk)
    _fits(asked, parent)


def _booked(asked: Adjustment, at: datetime) -> Steps:
    """MR-33  The charge keeps its published price; what is let go is written off beside it."""
    charge = asked.charge
    assert charge is not None, "a waiver lowers a charge"
    moves = [[f"owed:{charge.case.number}", f"written_off:{asked.case.office_id}", asked.amount]]
    row = ADJUSTMENT.step("book", asked.case.status, SYSTEM.roles_in(asked.case.office_id))
    taken = take(asked, row, by=SYSTEM, at=at, facts={"moves": moves})
    book(asked.case, moves, at)
    charge.values = values_for(charge.case.office, charge.valued_at)
    return [(asked, taken), *let_go(charge, asked.amount, asked.case.number, at=at)]


def decline(asked: Adjustment, *, by: Actor, at: datetime, reason: Reason) -> Steps:
    """MR-32  Somebody with authority does not approve, and says why."""
    row = ADJUSTMENT.step("decline", asked.case.status, by.roles_in(asked.case.office_id))
    rules.reasoned(reason)
    rules.by_another(by.id, asked.asked_by_id)
    asked.decided_by_id, asked.decision = by.id, names.folded(reason)[:300]
    asked.save(update_fields=["decided_by", "decision"])
    tell = _told(asked, _("{number}: ¥{amount} of {order} is not approved ({reason})."), staff=asked.asked_by_id)
    return [(asked, take(asked, row, by=by, at=at, facts={"reason": asked.decision}, tell=tell))]


def withdraw(asked: Adjustment, *, by: Actor, at: datetime, reason: Reason) -> Steps:
    """MR-32  It is not wanted any more; nothing was given yet."""
    row = ADJUSTMENT.step("withdraw", asked.case.status, by.roles_in(asked.case.office_id))
    rules.reasoned(reason)
    return [(asked, take(asked, row, by=by, at=at, facts={"reason": names.folded(reason)}))]


def pay_out(asked: Adjustment, *, by: Actor, at: datetime, method: Paid = "cash", paid_to: Named = "") -> Steps:
    """MR-33, OC-3.11  Finance pays what was approved, from the safe or the bank, and it is posted now, whenever it was paid in.

    ``qr`` goes back the way it came. `paid_to` is who received it; absent it is the payer.
    """
    row: Step = ADJUSTMENT.step("pay_out", asked.case.status, by.roles_in(asked.case.office_id))
    rules.by_another(by.id, asked.decided_by_id)
    _relocked(asked)
    asked.method, asked.paid_by_id, asked.paid_at = method, by.id, at
    asked.paid_to = names.folded(paid_to)[:60] or _payer(asked)
    asked.save(update_fields=["method", "paid_to", "paid_by", "paid_at"])
    office = asked.case.office_id
    moves = [[till(office, method), f"{'damage' if asked.sort == 'damage' else 'refunded'}:{office}", asked.amount]]
    facts = {"sort": asked.sort, "amount": asked.amount, "method": method, "paid_to": asked.paid_to, "moves": moves}
    steps: Steps = [(asked, take(asked, row, by=by, at=at, facts=facts))]
    book(asked.case, moves, at)
    return steps + (_given_back(asked, asked.charge, at) if asked.charge else [])


def _payer(asked: Adjustment) -> str:
    if asked.charge is not None:
        return asked.charge.payer
    order = asked.case.parent
    return order.errand.customer if order is not None and asked.sort == "refund" else ""


def _given_back(asked: Adjustment, charge: Charge, at: datetime) -> Steps:
    """MR-33, MR-35  The charge knows what was given back of it, and its tax invoice does not stand any more."""
    rules.payment_found(charge.method, confirmed=StatementLine.objects.filter(charge=charge).exists())
    charge.refunded += asked.amount
    charge.save(update_fields=["refunded"])
    return [*invoicing.refunded(charge, asked.case.number, at=at)]


def _told(asked: Adjustment, sentence: str, *, staff: int | None = None, roles: tuple[str, ...] = ()) -> tuple[Tell, ...]:
    order = asked.case.parent.number if asked.case.parent else ""
    known = {"number": asked.case.number, "amount": asked.amount, "order": order, "reason": asked.decision}
    return (Tell(Message(sentence, known), staff=staff, roles=roles),)
