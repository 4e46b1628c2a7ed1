"""What is not finished in time: tracked as a coordination order, excepted, or explained at the end of the day."""

from datetime import datetime
from typing import Annotated

from pydantic import Field

from menling.journal.models import Case
from menling.kernel.actor import Actor
from menling.orders.commands.steps import Steps, step, taken
from menling.orders.models import Order
from menling.premises import names
from menling.procedures import closing_sheet
from menling.procedures import coordination as rules

Reason = Annotated[str, Field(max_length=300)]


def coordinate(order: Order, *, by: Actor, at: datetime, reason: Reason, tracker: str = "", owner_told: bool = False) -> Steps:
    """EN-D.4, EN-4.5  It cannot be finished in time, or is beyond us: a coordination order with one named tracker.

    The order itself goes on; the coordination order is opened under it in the same transaction. The job of the clocks
    names nobody and gives no reason: the leads do so afterwards.
    """
    row = step(order, "coordinate", by)
    rules.tracked_once(tracked_as(order.case))
    if by.kind != "system":
        rules.noted_and_given(reason, tracker)
    return taken(
        order, row, by, at, reason=names.folded(reason), tracker=names.folded(tracker), owner_told=owner_told,
        clause="EN-4.5" if order.under_warranty else "EN-D.4", warranty=order.under_warranty,
    )  # fmt: skip


def tracked_as(case: Case) -> str:
    """Return the number of the open coordination order that tracks a case, or nothing."""
    found = case.children.filter(kind="coordination", closed_at__isnull=True).values_list("number", flat=True).first()
    return found or ""


def exempt(order: Order, *, by: Actor, at: datetime, reason: Reason) -> Steps:
    """EN-D.4  A special case: the foreman says why it is not tracked as a coordination order."""
    row = step(order, "exempt", by)
    rules.exception_given(reason)
    return taken(order, row, by, at, reason=names.folded(reason))


def explain(order: Order, *, by: Actor, at: datetime, reason: Reason, expected_at: datetime | None = None,
            plan: Reason = "") -> Steps:  # fmt: skip
    """HS-4.3.4  Why it is not signed off at the end of the day; of what is not finished also by when and how it will be.

    It stands in the register's columns of the order.
    """
    row = step(order, "explain", by)
    closing_sheet.explained(order.case.status in closing_sheet.WORK_DONE, reason, expected_at, plan, at)
    return taken(order, row, by, at, reason=names.folded(reason), expected_at=expected_at, plan=names.folded(plan))
