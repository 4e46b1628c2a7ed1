"""The time a visit keeps its worker busy: as planned, or as good as none of it where it took place already."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from menling.orders.commands.steps import planned
from menling.orders.models import Order, Visit
from menling.premises.models import Staff

INSTANT = timedelta(microseconds=1)


def beside(worker: Staff, busy: DateTimeTZRange) -> list[str]:
    """Return the numbers of the orders for which a worker's time is kept free in `busy`, the earliest first."""
    rows = Visit.objects.filter(worker=worker, active=True, planned__overlap=busy).order_by("planned", "pk")
    return list(rows.values_list("order__case__number", flat=True))


def kept_free(order: Order, worker: Staff, begins: datetime, *, took_place: bool) -> tuple[DateTimeTZRange, list[str]]:
    """Return the time to keep free for a visit (MR-1), and the orders it took place beside, whatever was planned for them.

    What took place is a fact: where the worker was to be elsewhere then, it takes the last instant before that nobody planned.
    """
    busy = planned(order, begins)
    others = beside(worker, busy) if took_place else []
    return (_instant(worker, begins) if others else busy), others


def _instant(worker: Staff, begins: datetime) -> DateTimeTZRange:
    end = begins + INSTANT
    rows = Visit.objects.filter(worker=worker, active=True, planned__startswith__lt=end).order_by("-planned__startswith")
    slots: Iterable[DateTimeTZRange] = rows.values_list("planned", flat=True)
    for slot in slots:
        if slot.upper < end:
            break
        end = slot.lower
    return DateTimeTZRange(end - INSTANT, end)
