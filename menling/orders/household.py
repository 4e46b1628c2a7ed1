"""What is known of a home at the counter: its open orders, and what was before."""

from django.db.models import Prefetch

from menling.journal.cases import visible_to
from menling.journal.models import Case
from menling.kernel.actor import Actor
from menling.orders.board import RUNNING, UNDONE, UNREAD
from menling.premises.models import Unit

KINDS = ("repair", "housekeeping", "alarm")
OPEN_SHOWN, PAST_SHOWN = 20, 20


def open_orders(unit: Unit, by: Actor) -> list[Case]:
    """Return the orders of a home not done yet, the newest first, with order, worker and `running` promises: two queries."""
    rows = visible_to(by).filter(unit=unit, kind__in=KINDS, closed_at__isnull=True, status__in=UNDONE)
    return list(
        rows.select_related("unit", "order", "order__worker")
        .defer(*UNREAD)
        .prefetch_related(Prefetch("deadlines", RUNNING, to_attr="running"))
        .order_by("-reported_at")[:OPEN_SHOWN]
    )


def newest_order(unit: int, by: Actor) -> Case | None:
    """Return the newest order of a home, open or not, or None."""
    return visible_to(by).filter(unit=unit, kind__in=KINDS).order_by("-reported_at").first()


def past_orders(unit: Unit, by: Actor) -> list[Case]:
    """Return the last twenty orders of a home that were done or ended otherwise, the newest first, in one query."""
    rows = visible_to(by).filter(unit=unit, kind__in=KINDS).exclude(status__in=UNDONE)
    return list(rows.select_related("order", "order__worker").order_by("-reported_at")[:PAST_SHOWN])
