"""What every command on an order shares: the row of its procedure that lets this person take this verb now."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from menling.journal.take import take
from menling.journal.taken import Taken, Tell
from menling.kernel.actor import Actor
from menling.kernel.procedure import Step
from menling.kernel.recording import own_opinion
from menling.kernel.refusal import Refused
from menling.kernel.roles import WORKERS, Role
from menling.kernel.words import Message, _
from menling.orders.models import Order
from menling.procedures import alarm_rules, housekeeping_rules
from menling.procedures import repair_rules as rules
from menling.procedures.alarm_policy import AlarmPolicy
from menling.procedures.housekeeping_policy import HousekeepingPolicy

Steps = list[tuple[Order, Taken]]


def roles_on(order: Order, by: Actor) -> frozenset[Role]:
    """Return the roles of somebody on this order: who sits at its desk and who assigns is as the office says (CF-01, CF-02,
    CF-41)."""
    held, policy = by.roles_in(order.case.office_id), order.policy
    if isinstance(policy, AlarmPolicy):
        return alarm_rules.acting(held, policy)
    if isinstance(policy, HousekeepingPolicy):
        return housekeeping_rules.acting(held, policy)
    return rules.acting(held, policy)


def is_assigned(order: Order, by: Actor) -> bool:
    """Tell whether a worker is one of those sent; for everybody else the question does not arise."""
    if by.kind != "staff" or not by.roles_in(order.case.office_id) & WORKERS:
        return True
    return by.id in order.case.crew


def step(order: Order, verb: str, by: Actor) -> Step:
    """Return the row of the order's table for `verb` now. Errors: `Refused` 403 or 409 with the clause.

    Somebody who writes down another's step never writes the resident's own words or signature (OC-4.5).
    """
    if by.recorder is not None:
        own_opinion(verb)
    case = order.case
    return case.procedure.step(verb, case.status, roles_on(order, by), assigned=is_assigned(order, by), sent=bool(case.crew))


def taken(
    order: Order, row: Step, by: Actor, at: datetime, *changed: str, tell: tuple[Tell, ...] = (), pause: str = "",
    resume: bool = False, facts: Mapping[str, object] | None = None, **more: object,
) -> Steps:  # fmt: skip
    """Save the changed fields, take the step and return it for the reactions."""
    if changed:
        order.save(update_fields=changed)
    return [(order, take(order, row, by=by, at=at, facts={**(facts or {}), **more}, tell=tell, pause=pause, resume=resume))]


def not_before_report(at: datetime, visit_at: datetime | None) -> None:
    """A visit is asked for at or after the report, never before it (MR-8)."""
    if visit_at is not None and visit_at < at:
        raise Refused(
            "MR-8", _("The visit time lies before the report. Please choose a later time."), field="visit_at"
        )  # fmt: skip


def planned(order: Order, begins: datetime) -> DateTimeTZRange:
    """Return the time a visit keeps a worker busy."""
    return DateTimeTZRange(begins, begins + timedelta(minutes=order.policy.busy_minutes))


def tell_worker(order: Order, sentence: str, **values: object) -> tuple[Tell, ...]:
    """Return a message to each of those sent, or nothing when nobody was sent yet."""
    values = {"number": order.case.number, "unit": order.unit.said} | values
    return tuple(Tell(Message(sentence, values), staff=each) for each in order.case.crew)


def tell_roles(order: Order, sentence: str, *roles: Role, **values: object) -> tuple[Tell, ...]:
    """Return a message to everybody who holds one of `roles` in the office of the order."""
    values = {"number": order.case.number, "unit": order.unit.said} | values
    return (Tell(Message(sentence, values), roles=tuple(role.value for role in roles)),)
