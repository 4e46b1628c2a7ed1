"""What is asked about pick-ups: what the next one brings, what lies ready and for how long, who came when (HS-4.1.1.3)."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch, QuerySet

from menling.journal.models import Case, Deadline
from menling.orders.models import Batch
from menling.premises.models import Office

RUNNING = Deadline.objects.filter(met_at__isnull=True, released_at__isnull=True).order_by("due_at", "pk")
Span = tuple[datetime, datetime]
KINDS = ("batch", "alarm_batch")
"""The pick-ups of every team."""


@dataclass(frozen=True)
class Pickup:
    """A batch with its orders, the first visit first, and the promise that somebody comes, while it runs."""

    batch: Batch
    orders: tuple[Case, ...]
    promise: Deadline | None

    @property
    def count(self) -> int:
        """Return how many orders were laid out."""
        return len(self.batch.entries)

    def is_late(self, now: datetime) -> bool:
        """Tell whether nobody came in time."""
        return self.promise is not None and self.promise.due_at < now


def uncollected(office: Office) -> list[Pickup]:
    """Return the batches nobody has come for, the oldest first, without their orders: two queries."""
    rows = Batch.objects.filter(office=office, case__kind__in=KINDS, case__closed_at__isnull=True).select_related("case")
    return [_pickup(each, {}) for each in _promised(rows.order_by("pick_up_at"))]


def pickups(office: Office, within: Span, kind: str = "batch") -> list[Pickup]:
    """Return the batches of a time and those still waiting, the newest first, with their orders: at most five queries."""
    rows = Batch.objects.filter(office=office, case__kind=kind).select_related("case", "collector")
    meant = rows.filter(pick_up_at__gte=within[0], pick_up_at__lt=within[1]) | rows.filter(case__closed_at__isnull=True)
    found = list(_promised(meant.order_by("-pick_up_at")))
    numbers = [number for each in found for number in each.entries]
    orders = Case.objects.filter(office=office, number__in=numbers).select_related("unit", "order", "order__worker")
    known = {case.number: case for case in orders}
    return [_pickup(each, known) for each in found]


def _promised(rows: QuerySet[Batch]) -> QuerySet[Batch]:
    return rows.prefetch_related(Prefetch("case__deadlines", RUNNING, to_attr="running"))


def _pickup(batch: Batch, orders: dict[str, Case]) -> Pickup:
    running: list[Deadline] = getattr(batch.case, "running", [])
    return Pickup(batch, tuple(orders[each] for each in batch.entries if each in orders), running[0] if running else None)
