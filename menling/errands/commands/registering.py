"""The register: what is wanted, who buys it, what changed, and what came to nothing."""

from datetime import datetime
from decimal import Decimal
from typing import Annotated, Literal
from zoneinfo import ZoneInfo

from pydantic import Field

from menling.catalogue.quotes import Quantity
from menling.errands.commands.steps import FIELDS, Move, Steps, buyer_meant, registered, step, taken, tell_buyer
from menling.errands.models import Errand
from menling.journal.cases import open_case, visible_to
from menling.journal.models import Case
from menling.journal.take import take
from menling.kernel.actor import Actor
from menling.kernel.money import ZERO, yuan
from menling.kernel.refusal import Refused
from menling.kernel.roles import WORKERS
from menling.kernel.words import _
from menling.policies.values import values_for
from menling.premises import names
from menling.premises.meant import home_meant
from menling.premises.models import Office, Staff, Unit
from menling.procedures import errand_rules as rules
from menling.procedures.conduct import ticked
from menling.procedures.conduct_policy import ConductPolicy
from menling.procedures.errand import DESK, ERRAND, Status
from menling.procedures.missing_material import may_be_entrusted
from menling.procedures.places import purse

Short = Annotated[str, Field(max_length=60)]
Long = Annotated[str, Field(max_length=100)]
Sheet = Annotated[str, Field(max_length=20)]
Column = Literal["name", "item", "brand", "nature", "quantity", "spec", "price", "buy_by"]
CALLED_ON = _("{number}: please buy {item} for {unit}.")


def file(
    office: Office, *, by: Actor, at: datetime, unit: Short, name: Short, item: Long, price: Decimal, brand: Short = "",
    nature: Short = "", quantity: Quantity | None = None, spec: Long = "", buy_by: datetime | None = None, phone: str = "",
    buyer: str = "", order: str = "", sheet: Sheet = "",
) -> Steps:  # fmt: skip
    """HC-5.4.1  Register what is to be bought, before it is bought. `price` is that of one, in yuan; `buyer` who is to buy it.

    `order` is the number of the repair it belongs to (CF-25), `sheet` the number of the paper sheet where one is used.
    """
    row = ERRAND.step("file", Status.NEW, by.roles_in(office.pk))
    values = values_for(office, at)
    errand = Errand(
        office=office, customer=names.folded(name)[:60], phone=names.phone(phone), item=names.folded(item)[:100],
        brand=names.folded(brand), nature=names.folded(nature), quantity=quantity, spec=names.folded(spec),
        price=yuan(price, "price"), buy_by=buy_by, sheet=names.folded(sheet),
        unit=home_meant(Unit.objects.filter(office=office), names.folded(unit)),
    )  # fmt: skip
    errand.values = values
    rules.register_filled(registered(errand), errand.price, errand.policy)
    errand.order = _order(order, office, by)
    if errand.order:
        may_be_entrusted(values.policy(ConductPolicy).missing)
    errand.buyer = _sent(errand, buyer, by, at)
    errand.case = open_case("errand", office, at, year=values.calendar.local(at).year, assignee=errand.buyer_id,
                            unit=errand.unit_id)  # fmt: skip
    errand.save(force_insert=True)
    tell = tell_buyer(errand, CALLED_ON, unit=errand.unit.code) if errand.buyer_id != by.id else ()
    facts = {"goods": errand.item, "unit_price": errand.price, "quantity": quantity, "buy_by": buy_by, "sheet": errand.sheet}
    return [(errand, take(errand, row, by=by, at=at, facts=facts, tell=tell))]


def _order(number: str, office: Office, by: Actor) -> Case | None:
    if not number.strip():
        return None
    found = visible_to(by).filter(number=number.strip(), office=office).first()
    if found is None:
        raise Refused("MR-8", _("There is no order {number} here."), status=422, number=number[:30], field="order")
    return found


def _sent(errand: Errand, buyer: str, by: Actor, at: datetime) -> Staff | None:
    """Who is named buys; a worker on site who names nobody goes."""
    if buyer.strip():
        return buyer_meant(errand.office_id, buyer, at, errand)
    roles = by.roles_in(errand.office_id)
    return Staff.objects.get(pk=by.id) if roles & WORKERS and not roles & DESK else None


def dispatch(errand: Errand, *, by: Actor, at: datetime, buyer: str) -> Steps:
    """HC-5.4.2  Name who buys it; money already given goes along to the new buyer."""
    row = step(errand, "dispatch", by)
    before = errand.buyer
    errand.buyer = buyer_meant(errand.case.office_id, buyer, at, errand)
    errand.case.assignee_id = errand.buyer.pk
    moves: tuple[Move, ...] = ()
    if before and before.pk != errand.buyer.pk and errand.advanced > ZERO:
        moves = ((purse(before.pk), purse(errand.buyer.pk), errand.advanced),)
    tell = tell_buyer(errand, CALLED_ON, unit=errand.unit.code)
    return taken(errand, row, by, at, "buyer", tell=tell, moves=moves, buyer=errand.buyer.name)


def correct(errand: Errand, *, by: Actor, at: datetime, field: Column, value: Long, reason: str) -> Steps:
    """HC-5.4.1  Write a column of the register right before it is bought; the old words stay in the timeline."""
    row = step(errand, "correct", by)
    if not reason.strip():
        raise Refused("HC-5.4.1", _("Please write why it is corrected."), status=422, field="reason")
    name = FIELDS.get(field, field)
    old, new = getattr(errand, name), _read(field, value, errand.values.calendar.zone)
    setattr(errand, name, new)
    rules.register_filled(registered(errand), errand.price, errand.policy)
    tell = tell_buyer(errand, _("{number}: what is to be bought was changed. Please look."))
    return taken(errand, row, by, at, name, tell=tell, field=field, old=old, new=new, reason=names.folded(reason))


def _read(field: str, value: str, zone: ZoneInfo) -> Decimal | datetime | str:
    if field == "buy_by":
        return _time(names.folded(value), zone)
    if field not in ("price", "quantity"):
        return names.folded(value)[:60]
    try:
        return yuan(Decimal(value.strip()), "value")
    except ArithmeticError as error:
        raise Refused("MR-6", _("Please type a figure such as 86.00."), status=422, field="value") from error


def _time(value: str, zone: ZoneInfo) -> datetime:
    try:
        read = datetime.fromisoformat(value)
    except ValueError as error:
        raise Refused("MR-4", _("Please type a time such as 2026-11-23 18:00."), status=422, field="value") from error
    return read if read.tzinfo else read.replace(tzinfo=zone)


def delay(errand: Errand, *, by: Actor, at: datetime, reason: str, buy_by: datetime, told_resident: bool,
          apologised: bool) -> Steps:  # fmt: skip
    """HC-5.4.4  It cannot be had in time: the resident was told why, with an apology and a new time; the register says so."""
    row = step(errand, "delay", by)
    rules.told_why(reason, told=told_resident, apologised=apologised)
    errand.buy_by, errand.reason = buy_by, names.folded(reason)[:300]
    return taken(errand, row, by, at, "buy_by", "reason", reason=errand.reason, buy_by=buy_by, told_resident=told_resident,
                 apologised=apologised)  # fmt: skip


def void(errand: Errand, *, by: Actor, at: datetime, reason: str) -> Steps:
    """HC-5.4.6  The sheet was written by mistake: its number stays, with the reason; its finance copy is filed all the same."""
    row = step(errand, "void", by)
    rules.voided_with_reason(reason)
    rules.nothing_out(sum(errand.held.values(), ZERO))
    errand.reason = names.folded(reason)[:300]
    return taken(errand, row, by, at, "reason", tell=tell_buyer(errand, _("{number}: {item} is not wanted any more.")),
                 reason=errand.reason)  # fmt: skip


def tick(errand: Errand, *, by: Actor, at: datetime, group: str) -> Steps:
    """MR-10  One tap on a card of prompts; the event names every clause on it."""
    row = step(errand, "tick", by)
    card = ticked("errand", errand.case.status, group, by.roles_in(errand.case.office_id))
    return taken(errand, row, by, at, clauses=card.clauses, group=group)


def reveal(errand: Errand, *, by: Actor, at: datetime) -> Steps:
    """MR-13  Somebody who has to call looks at the customer's number; the look is on record, the number is not."""
    return taken(errand, step(errand, "reveal", by), by, at, whose=errand.customer)


def note(errand: Errand, *, by: Actor, at: datetime, text: str) -> Steps:
    """HC-5.4.4  A remark in the register, with name and time; it cannot be erased."""
    row = step(errand, "note", by)
    if not text.strip():
        raise Refused("HC-5.4.4", _("Please write something."), status=422, field="text")
    return taken(errand, row, by, at, text=names.folded(text))
