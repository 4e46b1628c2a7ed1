"""A repair on the books that turns out to be an emergency (HC-5.2.5)."""

from datetime import datetime
from typing import Annotated

from pydantic import Field

from menling.journal.taken import Tell
from menling.kernel.actor import Actor
from menling.kernel.words import Message, _
from menling.orders.commands.intake import called_out
from menling.orders.commands.steps import Steps, planned, step, taken
from menling.orders.models import Order, Visit
from menling.premises import names
from menling.procedures import emergency as rules
from menling.procedures.repair import Status

Text = Annotated[str, Field(max_length=300)]
GO_NOW = _("{number} at {unit} is an emergency now: {reason}. Please go at once and acknowledge.")


def make_urgent(order: Order, *, by: Actor, at: datetime, reason: Text, hazards: Text = "",
                occurred_at: datetime | None = None) -> Steps:  # fmt: skip
    """HC-5.2.5  What was ordinary is an emergency: its minutes count from when that was known, whoever was sent goes at once.

    `reason` is what was heard, `hazards` what is dangerous there; it occurred when it was known unless `occurred_at` says
    otherwise. What waited for a new time or for material is to be dispatched at once.
    """
    row = step(order, "make_urgent", by)
    rules.not_urgent_yet(order.urgency, reason)
    rules.occurred(occurred_at, at)
    waited = order.case.status == Status.WAITING
    order.urgency, order.occurred_at, order.visit_at, order.at_once = rules.URGENT, occurred_at, None, True
    order.emergency = order.emergency | {"known_at": at.isoformat(), "hazards": names.folded(hazards)}
    if row.after is not None:
        order.worker = order.case.assignee_id = None
    order.change_seen = order.worker_id is None
    _go_now(order, at)
    heard = names.folded(reason)
    return taken(
        order, row, by, at, "urgency", "occurred_at", "visit_at", "at_once", "emergency", "worker", "change_seen",
        tell=(*_worker_told(order, heard), *called_out(order, at)), resume=waited, reason=heard,
        hazards=order.emergency["hazards"], occurred_at=occurred_at,
    )  # fmt: skip


def _go_now(order: Order, at: datetime) -> None:
    """Plan the visit for now where the worker is free; where not, the other visit is the desk's to call back (MR-1)."""
    now = planned(order, at)
    if order.worker_id and not Visit.objects.filter(worker=order.worker_id, active=True, planned__overlap=now).exclude(
        order=order
    ):
        Visit.objects.filter(order=order, active=True).update(planned=now)


def _worker_told(order: Order, reason: str) -> tuple[Tell, ...]:
    values: dict[str, object] = {"number": order.case.number, "unit": order.unit.said, "reason": reason}
    return tuple(Tell(Message(GO_NOW, values), staff=each, urgent=True) for each in order.case.crew)
