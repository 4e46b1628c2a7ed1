"""Refunds and waivers that wait for somebody: to be decided, or to be paid out."""

from menling.journal.cases import visible_to
from menling.kernel.actor import Actor
from menling.money.given import Adjustment
from menling.premises.models import Office


def adjustments_waiting(by: Actor, office: Office) -> list[Adjustment]:
    """Return the adjustments of an office that are not decided or not paid out yet, the oldest first, in one query."""
    cases = visible_to(by).filter(kind="adjustment", office=office, closed_at__isnull=True)
    rows = Adjustment.objects.filter(case__in=cases).select_related("case__parent", "case__unit", "asked_by")
    return list(rows.order_by("case__reported_at", "pk"))
