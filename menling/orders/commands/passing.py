"""An order that belongs to another department: handed on in one step, and followed there (MR-39)."""

from datetime import datetime

from menling.journal.models import Detail
from menling.journal.taken import Taken
from menling.kernel.actor import Actor
from menling.orders.commands.referring import Name, lay_before
from menling.orders.commands.steps import step, taken
from menling.orders.models import Order
from menling.premises import names


def hand_on(order: Order, *, by: Actor, at: datetime, department: Name, taken_by: Name) -> list[tuple[Detail, Taken]]:
    """MR-39  It belongs to another `department`, where `taken_by` took it: the order ends here and goes on there.

    Its promises are let go; the department's begin. What it answers reaches the resident's page of this order.
    """
    row = step(order, "hand_on", by)
    laid = lay_before(order, by=by, at=at, department=department, taken_by=taken_by)
    said = {"department": department, "taken_by": names.folded(taken_by), "referral": laid[0][0].case.number}
    return [*taken(order, row, by, at, facts=said), *laid]
