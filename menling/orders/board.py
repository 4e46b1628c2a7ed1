"""What a control room watches: the orders whose work is not done yet with their running promises, and who is where."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.db.models import Exists, OuterRef, Prefetch
from django.utils import timezone

from menling.journal.models import Case, Deadline
from menling.kernel.roles import Role
from menling.orders.models import Visit
from menling.premises.crew import employed
from menling.premises.models import Office, Shift, Staff
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


@dataclass(frozen=True)
class Mate:
    """A worker of the office: where (`at_home`, `under_way`, `free` or `off`), at which unit, and free from when as planned."""

    number: str
    name: str
    state: str
    unit: str = ""
    free_from: datetime | None = None


def crew(office: Office, now: datetime) -> list[Mate]:
    """Return the repair workers of an office, and the others of the crews who are out, in two queries: the free ones first,
    those off shift last."""
    on = Shift.objects.filter(staff=OuterRef("pk"), office=office, starts_at__lte=now, ends_at__gt=now)
    day = timezone.localtime(now).date()
    workers = employed(office.pk, Role.REPAIR_WORKER, day)
    known = workers | employed(office.pk, Role.HOUSEKEEPER, day) | employed(office.pk, Role.ENGINEERING_CREW, day)
    staff = list(known.annotate(on_shift=Exists(on), repairs=Exists(workers.filter(pk=OuterRef("pk")))))
    running = Visit.objects.filter(active=True, worker__in=staff).select_related("order__case", "order__unit").order_by("planned")
    trips: dict[int, list[Visit]] = {}
    for visit in running:
        trips.setdefault(visit.worker_id, []).append(visit)
    mates = [(each, _mate(each, trips.get(each.pk, []), now)) for each in staff]
    seen = [mate for each, mate in mates if each.repairs or mate.state in OUT]
    return sorted(seen, key=lambda mate: (ORDER.index(mate.state), mate.free_from or now, mate.name))


OUT = ("under_way", "at_home")
ORDER = ("free", "under_way", "at_home", "off")


def _mate(staff: Staff, trips: list[Visit], now: datetime) -> Mate:
    begun = [trip for trip in trips if trip.arrived_at is not None] or [trip for trip in trips if trip.planned.lower <= now]
    if begun:
        trip = begun[0]
        state = "under_way" if trip.arrived_at is None else "at_home"
        return Mate(staff.number, staff.name, state, trip.order.unit.code, trip.planned.upper)
    state = "free" if staff.on_shift else "off"  # type: ignore[attr-defined]  # annotated
    return Mate(staff.number, staff.name, state, trips[0].order.unit.code if trips else "")
