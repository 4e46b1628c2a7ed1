"""What was served and not yet asked about: the orders quality calls back."""

from collections.abc import Collection
from datetime import datetime, timedelta

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from menling.journal.cases import visible_to
from menling.journal.models import Case, Event
from menling.kernel.actor import Actor
from menling.orders.days import ORDER_KINDS
from menling.premises.models import Office

SERVED = ("completed", "archived")
WITHIN = timedelta(days=90)
"""What is older is no longer called back; the window keeps the list from growing with history."""
AGES = (0, 1, 3, 7, 30)
PAGE = 100


def not_followed_up(by: Actor, offices: Collection[int], now: datetime, age: int = 0) -> QuerySet[Case]:
    """Return the orders served and not followed up, reported at least `age` days ago, within `WITHIN`."""
    called = Event.objects.filter(case=OuterRef("pk"), verb="note", facts__follow_up="reached")
    reported = Q(reported_at__gte=now - WITHIN, reported_at__lte=now - timedelta(days=age))
    rows = visible_to(by).filter(reported, ~Exists(called), office__in=offices, kind__in=ORDER_KINDS, status__in=SERVED)
    return rows.order_by("reported_at", "pk")


def page(rows: QuerySet[Case], after: tuple[datetime, int] | None) -> list[Case]:
    """Return the next `PAGE` rows and one more, the oldest first, behind the one last shown."""
    if after is not None:
        at, key = after
        rows = rows.filter(Q(reported_at__gt=at) | Q(reported_at=at, pk__gt=key))
    return list(rows.select_related("unit", "office", "order", "order__worker")[: PAGE + 1])


def counts(rows: QuerySet[Case], offices: Collection[Office]) -> list[tuple[Office, int]]:
    """Return how many of some orders each office has, in one query, the most first."""
    found = dict(rows.order_by().values_list("office_id").annotate(n=Count("pk")))
    return sorted(((each, found.get(each.pk, 0)) for each in offices), key=lambda row: (-row[1], row[0].code))
