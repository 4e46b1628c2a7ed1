"""Sending engineering's crew to a home alarm, and calling it back (HS-3.4, HS-4.1.2.2)."""

from datetime import datetime
from typing import Any

from menling.journal.taken import Tell
from menling.kernel.actor import Actor
from menling.kernel.procedure import Step
from menling.kernel.refusal import Refused
from menling.kernel.roles import Role
from menling.kernel.words import _
from menling.orders.commands.appointing import Why, sent_at
from menling.orders.commands.sending import NEW_SLIP, free
from menling.orders.commands.steps import Steps, planned, step, taken, tell_roles, tell_worker
from menling.orders.models import Alarm, Visit
from menling.premises import names
from menling.premises.crew import named_of
from menling.premises.models import Staff
from menling.procedures import alarm_rules as rules

SENT = ("worker", "visit_at", "at_once", "issued_at", "change_seen")


def dispatch(order: Alarm, *, by: Actor, at: datetime, worker: str, visit_at: datetime | None = None,
             override_reason: Why = "") -> Steps:  # fmt: skip
    """HS-3.4, HS-4.1.2.2  The leader sends one of engineering's crew, by work number, at the agreed time.

    A `visit_at` of its own keeps the lead or says why not in `override_reason`, as in `move` (HS-4.1.1.2).
    """
    row = step(order, "dispatch", by)
    chosen = crew_member(order, worker, at)
    soon = sent_at(order, visit_at, at, override_reason)
    return _sent(order, chosen, at, row, by, facts=soon)


def reassign(order: Alarm, *, by: Actor, at: datetime, worker: str, reason: str) -> Steps:
    """MR-9  Somebody else of the crew goes: the first one's time is released, both are told."""
    row = step(order, "reassign", by)
    if not reason.strip():
        raise Refused("MR-9", _("Please write why somebody else goes."), status=422, field="reason")
    chosen = crew_member(order, worker, at)
    before = tell_worker(order, _("{number} at {unit} goes to a colleague now; please do not set out."))
    free(order, "reassigned")
    return _sent(order, chosen, at, row, by, before, {"reason": reason.strip()})


def _sent(order: Alarm, chosen: Staff, at: datetime, row: Step, by: Actor, before: tuple[Tell, ...] = (),
          facts: dict[str, Any] | None = None) -> Steps:  # fmt: skip
    order.worker, order.issued_at, order.change_seen = chosen, at, True
    order.case.assignee_id = chosen.pk
    Visit.objects.create(order=order, worker=chosen, planned=planned(order, order.visit_at or at))
    tell = before + tell_worker(order, NEW_SLIP, by=order.visit_at.isoformat() if order.visit_at else "")
    told = {"worker": chosen.number, "worker_name": chosen.name} | (facts or {})
    return taken(order, row, by, at, *SENT, tell=tell, facts=told)


def release(order: Alarm, *, by: Actor, at: datetime, reason: str) -> Steps:
    """MR-1  The crew is called back before the door: the order waits for somebody else, the resident is told why."""
    row = step(order, "release", by)
    if not reason.strip():
        raise Refused("MR-1", _("Please write why the worker is called back."), status=422, field="reason")
    free(order, "released")
    tell = tell_worker(order, _("{number} at {unit} waits; you are needed elsewhere. Please do not set out."))
    tell += tell_roles(order, _("{number} at {unit} lost its worker ({reason}). Please apologise and send somebody."),
                       Role.SERVICE_DESK, Role.TEAM_LEAD, reason=reason)  # fmt: skip
    order.worker, order.change_seen, order.case.assignee_id = None, True, None
    return taken(order, row, by, at, "worker", "change_seen", tell=tell, reason=reason.strip())


def crew_member(order: Alarm, number: str, at: datetime) -> Staff:
    """Return one of engineering's crew of the order's office by work number. Errors: `Refused` HS-3.4 (422)."""
    on = order.values.calendar.local(at).date()
    found = named_of(order.case.office_id, rules.performers(), number, on)
    if found is not None:
        return found
    raise Refused(
        "HS-3.4", _("{worker} is not of engineering's crew in this office. Choose one of the list."), status=422,
        worker=names.folded(number)[:40], field="worker",
    )  # fmt: skip
