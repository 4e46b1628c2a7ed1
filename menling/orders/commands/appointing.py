"""When a visit is: a time of its own with a slip, a new one, and the lead both keep (HS-4.1.1.2, EN-2.5, CF-06)."""

from datetime import datetime, timedelta
from typing import Annotated, Any

from pydantic import Field

from menling.journal.models import Deadline
from menling.kernel.refusal import Refused
from menling.kernel.words import _
from menling.orders.models import Order
from menling.procedures.emergency import URGENT
from menling.procedures.repair_sending import lead_kept

Why = Annotated[str, Field(max_length=300)]


def sent_at(order: Order, visit_at: datetime | None, at: datetime, why: str) -> dict[str, Any]:
    """Put the time of a slip into an order, where it is not the agreed one; return the fact why it is so soon, if it was said.

    Errors: `Refused` MR-8 for a time that has passed, HS-4.1.1.2 for one brought forward into the lead, as in `move`.
    """
    if visit_at is None:
        return {}
    not_before(visit_at, at)
    soon = said_why_soon(order, visit_at, why)
    order.visit_at, order.at_once = visit_at, False
    return soon


def there_by(order: Order, at: datetime) -> datetime:
    """Return by when who is sent at once is there: so many minutes on, or an emergency's promise if that is sooner (CF-06)."""
    limit = at + timedelta(minutes=order.policy.arrive_within)
    if order.urgency != URGENT:
        return limit
    promised = Deadline.objects.filter(
        case=order.case, key="emergency", counted=True, met_at=None, released_at=None, due_at__gt=at
    )
    return min([limit, *promised.values_list("due_at", flat=True)])


def not_before(visit_at: datetime, at: datetime) -> None:
    """Refuse an appointment in the past (MR-8)."""
    if visit_at < at:
        raise Refused("MR-8", _("The visit time has passed already. Please choose a later time."), field="visit_at")


def said_why_soon(order: Order, visit_at: datetime, why: str) -> dict[str, Any]:
    """Return the fact why a visit brought forward is so soon, where it was said. Errors: `Refused` HS-4.1.1.2."""
    lead_kept(order.case.reported_at, None if order.at_once else order.visit_at, visit_at, order.urgency, why, order.policy)
    return {"override_reason": why.strip()} if why.strip() else {}
