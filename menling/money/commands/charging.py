"""Charging: open what is due, question and confirm it, collect it."""

from datetime import datetime
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from menling.journal.cases import next_number, open_case
from menling.journal.models import Case
from menling.journal.take import take
from menling.journal.taken import Taken, Tell
from menling.kernel.actor import SYSTEM, Actor
from menling.kernel.money import ZERO, yuan
from menling.kernel.procedure import Step
from menling.kernel.refusal import Refused
from menling.kernel.roles import WORKERS
from menling.kernel.words import Message, _
from menling.money.books import move
from menling.money.models import Charge
from menling.money.queries import charged_before, whole_order
from menling.policies.values import Values
from menling.procedures import charge as rules
from menling.procedures.charge import CHARGE, Status
from menling.procedures.places import bag, unconfirmed

Steps = list[tuple[Charge, Taken]]
Method = Literal["cash", "qr"]
Responsible = Annotated[str, Field(max_length=48)]
"""A name that fits behind the place of shortfalls in the books."""


DUE = """, charge AS (
    INSERT INTO money_charge (case_id, due, payer, method, receipt, shortfall_reason, responsible, query)
    SELECT id, %(due)s, %(payer)s, '', '', '', '', '' FROM opened
), owed AS (
    INSERT INTO money_transfer (office_id, case_id, source, target, amount, happened_at)
    SELECT %(office)s, id, %(income)s, 'owed:' || number, %(due)s, %(at)s FROM opened
)"""
"""What is due and that it is owed, written with the case: finished paid work is as quick to record as other work."""


def open_charge(order: Case, values: Values, *, due: Decimal, payer: str, at: datetime, again: bool) -> Steps:
    """HS-3.3  Open the charge of an order: the whole amount due on it, less what was charged before it was reopened.

    `again` says that the order was finished before, so that earlier charges are worth looking for.
    """
    before = charged_before([order.pk], let_go=True)[order.pk] if again else ZERO
    if due - before <= 0:
        return []
    charge = Charge(due=due - before, payer=payer[:60])
    charge.case = open_case("charge", order.office, at, year=values.calendar.local(at).year, parent=order,
                            assignee=order.assignee_id, unit=order.unit_id, beside=DUE, due=charge.due, payer=charge.payer,
                            income=f"income:{order.office_id}")  # fmt: skip
    charge.case.helpers = order.helpers
    charge.values = values
    row = CHARGE.step("open", Status.NEW, SYSTEM.roles_in(order.office_id))
    return [(charge, take(charge, row, by=SYSTEM, at=at, facts={"due": charge.due}))]


def _step(charge: Charge, verb: str, by: Actor) -> Step:
    roles = by.roles_in(charge.case.office_id)
    row = CHARGE.step(verb, charge.case.status, roles)
    if by.kind == "staff" and not (row.roles - WORKERS) & roles and by.id not in charge.case.crew:
        raise Refused("MR-2", _("This order is assigned to somebody else. Ask the desk to reassign it first."), status=403)
    return row


def query_fee(charge: Charge, *, by: Actor, at: datetime, question: str) -> Steps:
    """HC-5.3.8  The resident questions the amount: the service desk talks it over; nothing is collected meanwhile."""
    row = _step(charge, "query_fee", by)
    charge.query = question[:300]
    charge.save(update_fields=["query"])
    told = {"number": charge.case.number, "unit": charge.case.unit.said if charge.case.unit else "", "due": charge.due}
    text = Message(_("{number} at {unit}: the resident questions ¥{due}: {question}"), told | {"question": charge.query})
    return [(charge, take(charge, row, by=by, at=at, facts={"question": question},
                          tell=(Tell(text, roles=("service_desk",)),)))]  # fmt: skip


def confirm_fee(charge: Charge, *, by: Actor, at: datetime, explained: str = "") -> Steps:
    """HC-5.3.8  The service desk has explained the amount and the resident agrees."""
    row = _step(charge, "confirm_fee", by)
    return [(charge, take(charge, row, by=by, at=at, facts={"explained": explained, "due": charge.due}))]


def collect(charge: Charge, *, by: Actor, at: datetime, amount: Decimal | None = None,
            method: Method = "cash", shortfall_reason: str = "", responsible: Responsible = "") -> Steps:  # fmt: skip
    """HS-3.3, OC-4.4  Collect what is due; `amount` absent means exactly that. A numbered receipt is given for what was paid."""
    roles = by.roles_in(charge.case.office_id)
    rules.not_questioned(charge.case.status, roles)
    row = _step(charge, "collect", by)
    rules.may_collect(roles, whole_order(charge), charge.policy, method)
    taken_in = charge.due if amount is None else yuan(amount)
    short = rules.collected_exactly(taken_in, charge.due, shortfall_reason, responsible)
    charge.collected, charge.method, charge.collector_id = taken_in, method, by.id
    charge.shortfall_reason, charge.responsible = shortfall_reason[:300], responsible
    charge.awaited_by_id = charge.case.office_id if method == "qr" and taken_in > ZERO else None
    charge.receipt = next_number("receipt", charge.case.office, charge.values.calendar.local(at).year) if taken_in else ""
    charge.save()
    owed = f"owed:{charge.case.number}"
    target = bag(by.id) if method == "cash" else unconfirmed(charge.case.office_id)
    move(charge.case, owed, target, taken_in, at)
    move(charge.case, owed, f"shortfall:{charge.responsible}", short or ZERO, at)
    facts = {"amount": taken_in, "method": method, "receipt": charge.receipt, "shortfall": short,
             "responsible": charge.responsible}  # fmt: skip
    return [(charge, take(charge, row, by=by, at=at, facts=facts))]


def void(charge: Charge, *, by: Actor, at: datetime, reason: str) -> Steps:
    """MR-11  An order opened again takes back what was due and not yet collected."""
    row = CHARGE.step("void", charge.case.status, by.roles_in(charge.case.office_id))
    move(charge.case, f"owed:{charge.case.number}", f"income:{charge.case.office_id}", charge.due, at)
    return [(charge, take(charge, row, by=by, at=at, facts={"reason": reason}))]
