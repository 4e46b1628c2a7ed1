"""What is known of a home at the counter: its open orders, and what was before."""

from menling.journal.cases import visible_to
from menling.journal.models import Case
from menling.kernel.actor import Actor
from menling.orders.board import UNDONE
from menling.orders.watch import Work, told
from menling.premises.models import Unit

KINDS = ("repair", "housekeeping", "alarm")
OPEN_SHOWN, PAST_SHOWN = 20, 20
SHOWN = ("number", "kind", "status", "reported_at", "order__content", "order__rating", "order__worker__name")
"""What the counter tells of an order of before."""


def open_orders(unit: Unit, by: Actor) -> list[Work]:
    """Return the orders of a home not done yet, the newest first, in one query, or two where there is any."""
    rows = visible_to(by).filter(unit=unit, kind__in=KINDS, closed_at__isnull=True, status__in=UNDONE)
    return told(rows.order_by("-reported_at").values_list("pk", flat=True)[:OPEN_SHOWN])


def newest_order(unit: int, by: Actor) -> Case | None:
    """Return the newest order of a home, open or not, or None."""
    return visible_to(by).filter(unit=unit, kind__in=KINDS).order_by("-reported_at").first()


def past_orders(unit: Unit, by: Actor) -> list[Case]:
    """Return those one may see of the last twenty orders of a home that were done or ended otherwise, the newest first, in
    one query."""
    # the home first, the reader afterwards: asked for both at once, the database reads the history of the whole office
    newest = Case.objects.filter(unit=unit, kind__in=KINDS).exclude(status__in=UNDONE).order_by("-reported_at")
    rows = visible_to(by).filter(pk__in=newest.values("pk")[:PAST_SHOWN])
    return list(rows.select_related("order__worker").only(*SHOWN).order_by("-reported_at"))
