"""What every step on an order of the call department shares: its row, its saving, and whom it tells."""

from datetime import datetime

from menling.calls.models import CallOrder
from menling.journal.take import take
from menling.journal.taken import Taken, Tell
from menling.kernel.actor import Actor
from menling.kernel.procedure import Step
from menling.kernel.roles import Role
from menling.kernel.words import Message
from menling.procedures.call_order import CALL_ORDER, DESK

Steps = list[tuple[CallOrder, Taken]]


def step(call: CallOrder, verb: str, by: Actor) -> Step:
    """Return the row of the table for `verb` now. Errors: `Refused` 403 or 409 with the clause."""
    return CALL_ORDER.step(verb, call.case.status, by.roles_in(call.case.office_id))


def save_and_take(call: CallOrder, row: Step, by: Actor, at: datetime, *changed: str, tell: tuple[Tell, ...] = (),
                  clauses: tuple[str, ...] = (), **facts: object) -> Steps:  # fmt: skip
    """Save the changed fields, take the step and return it for the reactions."""
    if changed:
        call.save(update_fields=changed)
    return [(call, take(call, row, by=by, at=at, facts=facts, tell=tell, clauses=clauses))]


def tell_caller(call: CallOrder, sentence: str, **values: object) -> tuple[Tell, ...]:
    """Return a message to whoever placed the order, and to the call department where that person is not known."""
    known = {"number": call.case.number, "office": call.case.office.name, "customer": call.customer} | values
    roles = () if call.placed_by_id else (Role.CALL_DEPARTMENT.value,)
    return (Tell(Message(sentence, known), staff=call.placed_by_id, roles=roles),)


def tell_desks(call: CallOrder, sentence: str, **values: object) -> tuple[Tell, ...]:
    """Return a message to the desks of the office."""
    roles = tuple(sorted(role.value for role in DESK))
    return (Tell(Message(sentence, {"number": call.case.number} | values), roles=roles),)
