"""What a control room watches: the orders whose work is not done yet with their running promises, and who is where."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import groupby
from typing import Any, NamedTuple

from django.db.models import Prefetch
from django.utils import timezone

from menling.journal.models import Case, Deadline
from menling.kernel.roles import Role
from menling.premises.models import Office
from menling.premises.models.places import place_said
from menling.premises.statements import rows_of
from menling.procedures import alarm, housekeeping
from menling.procedures.repair import AT_HOME, NOT_STARTED, Status

LIVE = frozenset(NOT_STARTED | AT_HOME | {Status.FINISHED, Status.OBJECTED})
UNDONE = LIVE | housekeeping.NOT_STARTED | housekeeping.AT_HOME | housekeeping.ACCEPTING
"""Work of either kind that somebody still has to do or the resident still has to sign."""
UNDISPATCHED: dict[str, frozenset[StrEnum]] = {
    "repair": frozenset({Status.REPORTED, Status.ACCEPTED}), "housekeeping": frozenset({housekeeping.Status.AGREED}),
    "alarm": frozenset({alarm.Status.REPORTED, alarm.Status.ACCEPTED}),
}  # fmt: skip
"""Where an order of a kind waits for somebody to be sent; cleaning waits for the resident's word before that."""
MOST = 500
UNREAD = (
    "order__quote", "order__materials", "order__warnings", "order__damages", "order__summary", "order__attested",
    "order__opinion", "order__worker__password", "order__worker__pin",
)  # fmt: skip
"""What no row of a board shows: documents of an order, secrets of a worker."""
RUNNING = Deadline.objects.filter(met_at__isnull=True, released_at__isnull=True).order_by("due_at", "pk")


def live(office: Office) -> list[Case]:
    """Return the live orders of an office in two queries a kind, each with order, home, worker and its `running` promises."""
    return [case for kind in UNDISPATCHED for case in _live(office, kind)]


def _live(office: Office, kind: str) -> list[Case]:
    # one kind at a time: the index of open work then gives the rows in their order
    rows = Case.objects.filter(office=office, kind=kind, closed_at__isnull=True, status__in=UNDONE)
    return list(
        rows.select_related("unit", "order", "order__worker")
        .defer(*UNREAD)
        .prefetch_related(Prefetch("deadlines", RUNNING, to_attr="running"))
        .order_by("reported_at", "pk")[:MOST]
    )


def with_promises(cases: Iterable[int]) -> list[Case]:
    """Return the orders with these ids, each with home, worker and its `running` promises, in two queries."""
    rows = Case.objects.filter(pk__in=list(cases)).select_related("unit", "office", "order", "order__worker").defer(*UNREAD)
    return list(rows.prefetch_related(Prefetch("deadlines", RUNNING, to_attr="running")))


@dataclass(frozen=True)
class Mate:
    """A worker of the office: where (`at_home`, `under_way`, `free` or `off`), at which unit, and free from when as planned.

    `public` tells that the unit is a public place and nobody's home.
    """

    number: str
    name: str
    state: str
    unit: str = ""
    free_from: datetime | None = None
    public: bool = False


CREW = """
WITH crew AS (
    SELECT s.id, s.number, s.name, bool_or(p.role = %(repairs)s) AS repairs
    FROM premises_post p JOIN premises_staff s ON s.id = p.staff_id AND s.is_active
    WHERE p.office_id = %(office)s AND p.role = ANY(%(roles)s) AND p.since <= %(day)s AND (p.until IS NULL OR p.until >= %(day)s)
    GROUP BY s.id
)
SELECT c.number, c.name, c.repairs, EXISTS (
    SELECT FROM premises_shift h
    WHERE h.staff_id = c.id AND h.office_id = %(office)s AND h.starts_at <= %(now)s AND h.ends_at > %(now)s
), u.code, lower(v.planned), upper(v.planned), v.arrived_at, u.is_public
FROM crew c LEFT JOIN orders_visit v ON v.worker_id = c.id AND v.active
LEFT JOIN orders_order o ON o.case_id = v.order_id LEFT JOIN premises_unit u ON u.id = o.unit_id
ORDER BY c.number, v.planned
"""


class Trip(NamedTuple):
    """A visit that is planned or under way: which unit, from when to when as planned, and when somebody arrived."""

    unit: str
    begin: datetime
    end: datetime
    arrived_at: datetime | None
    is_public: bool

    @property
    def where(self) -> str:
        """Return the unit as people say it: a public place in words (MR-39)."""
        return place_said(self.unit) if self.is_public else self.unit


def crew(office: Office, now: datetime) -> list[Mate]:
    """Return the repair workers of an office, and the others of the crews who are out, in one statement: the free ones first,
    those off shift last."""
    day = timezone.localtime(now).date()
    roles = [Role.REPAIR_WORKER.value, Role.HOUSEKEEPER.value, Role.ENGINEERING_CREW.value]
    asked: dict[str, Any] = {"office": office.pk, "roles": roles, "repairs": roles[0], "day": day, "now": now}
    seen = []
    for (number, name, repairs, on_shift), lines in groupby(rows_of(CREW, asked), key=lambda row: row[:4]):
        mate = _mate(number, name, on_shift, [Trip(*line[4:]) for line in lines if line[4] is not None], now)
        if repairs or mate.state in OUT:
            seen.append(mate)
    return sorted(seen, key=lambda mate: (ORDER.index(mate.state), mate.free_from or now, mate.name))


OUT = ("under_way", "at_home")
ORDER = ("free", "under_way", "at_home", "off")


def _mate(number: str, name: str, on_shift: bool, trips: list[Trip], now: datetime) -> Mate:
    begun = [trip for trip in trips if trip.arrived_at is not None] or [trip for trip in trips if trip.begin <= now]
    if begun:
        trip = begun[0]
        return Mate(number, name, "under_way" if trip.arrived_at is None else "at_home", trip.where, trip.end, trip.is_public)
    return Mate(number, name, "free" if on_shift else "off", trips[0].where if trips else "")
