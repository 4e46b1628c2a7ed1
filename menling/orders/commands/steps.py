"""What every command on a repair shares: the row of the procedure that lets this person take this verb now."""

from collections.abc import Mapping
from datetime import datetime

from menling.journal.take import take
from menling.journal.taken import Taken, Tell
from menling.kernel.actor import Actor
from menling.kernel.procedure import Step
from menling.kernel.recording import own_opinion
from menling.kernel.roles import WORKERS, Role
from menling.kernel.words import Message
from menling.orders.models import Order
from menling.procedures import repair_rules as rules
from menling.procedures.repair import REPAIR

Steps = list[tuple[Order, Taken]]


def roles_on(order: Order, by: Actor) -> frozenset[Role]:
    """Return the roles of somebody on this order: the repair desk is who the office says it is (CF-01)."""
    return rules.acting(by.roles_in(order.case.office_id), order.policy)


def is_assigned(order: Order, by: Actor) -> bool:
    """Tell whether a worker is the one sent; for everybody else the question does not arise."""
    if by.kind != "staff" or not by.roles_in(order.case.office_id) & WORKERS:
        return True
    return order.worker_id == by.id


def step(order: Order, verb: str, by: Actor) -> Step:
    """Return the row of the table for `verb` now. Errors: `Refused` 403 or 409 with the clause.

    Somebody who writes down another's step never writes the resident's own words or signature (OC-4.5).
    """
    if by.recorder is not None:
        own_opinion(verb)
    return REPAIR.step(verb, order.case.status, roles_on(order, by), assigned=is_assigned(order, by))


def taken(
    order: Order, row: Step, by: Actor, at: datetime, *changed: str, tell: tuple[Tell, ...] = (), pause: str = "",
    resume: bool = False, facts: Mapping[str, object] | None = None, **more: object,
) -> Steps:  # fmt: skip
    """Save the changed fields, take the step and return it for the reactions."""
    if changed:
        order.save(update_fields=changed)
    return [(order, take(order, row, by=by, at=at, facts={**(facts or {}), **more}, tell=tell, pause=pause, resume=resume))]


def tell_worker(order: Order, sentence: str, **values: object) -> tuple[Tell, ...]:
    """Return a message to the worker sent, or nothing when nobody was sent yet."""
    if order.worker_id is None:
        return ()
    values = {"number": order.case.number, "unit": order.unit.code} | values
    return (Tell(Message(sentence, values), staff=order.worker_id),)


def tell_roles(order: Order, sentence: str, *roles: Role, **values: object) -> tuple[Tell, ...]:
    """Return a message to everybody who holds one of `roles` in the office of the order."""
    values = {"number": order.case.number, "unit": order.unit.code} | values
    return (Tell(Message(sentence, values), roles=tuple(role.value for role in roles)),)
