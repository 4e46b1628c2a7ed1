"""An order that belongs to another department: handed on in one step, and followed there (MR-39)."""

from datetime import datetime

from menling.journal.models import Detail
from menling.journal.taken import Taken
from menling.kernel.actor import Actor
from menling.orders.commands.referring import Name, come_back, lay_before
from menling.orders.commands.steps import step, taken
from menling.orders.models import Order
from menling.premises import names
from menling.procedures.referral import back_for_a_reason


def hand_on(order: Order, *, by: Actor, at: datetime, department: Name, taken_by: Name) -> list[tuple[Detail, Taken]]:
    """MR-39  It belongs to another `department`, where `taken_by` took it: the order ends here and goes on there.

    Its promises are let go; the department's begin. What it answers reaches the resident's page of this order.
    """
    row = step(order, "hand_on", by)
    laid = lay_before(order, by=by, at=at, department=department, taken_by=taken_by)
    said = {"department": department, "taken_by": names.folded(taken_by), "referral": laid[0][0].case.number}
    return [*taken(order, row, by, at, facts=said), *laid]


def take_back(order: Order, *, by: Actor, at: datetime, reason: str) -> list[tuple[Detail, Taken]]:
    """MR-39  The department says that it is ours after all: the order goes on here, and what lies there is taken as it."""
    row = step(order, "take_back", by)
    back_for_a_reason(reason)
    if order.visit_at is not None and order.visit_at <= at:  # an appointment still to come stays as it was agreed
        order.visit_at, order.at_once = None, True
    said = {"reason": names.folded(reason)}
    return [*taken(order, row, by, at, "visit_at", "at_once", facts=said), *come_back(order, at=at)]
