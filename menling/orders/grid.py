"""The day of a crew as a grid: who is where from when to when, where somebody has time, and what waits for a name or a time."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import pairwise

from django.db.models import Q
from django.utils.timezone import localtime

from menling.journal.cases import visible_to
from menling.journal.models import Case
from menling.kernel.actor import Actor
from menling.kernel.roles import WORKERS
from menling.kernel.words import Message
from menling.orders.days import ORDER_KINDS
from menling.orders.models import Visit
from menling.premises.models import Office, Post, Shift, Staff
from menling.procedures.batch import PICKED_UP, WAITS

SLOT = timedelta(minutes=15)
SHORTEST_GAP = timedelta(minutes=30)
FIRST, LAST = 8, 18
"""Hours the grid shows at least."""
TO_SEND = ("reported", "accepted", "quoted", "priced", "agreed")
PARKED = ("nobody_home", "unfinished", "waiting_material")
MOST = 100


@dataclass(frozen=True)
class Block:
    """A stretch of the day in slots of a quarter of an hour: ``visit``, ``gap`` (on shift, nothing planned) or ``off``."""

    sort: str
    begin: datetime
    slots: int
    visit: Visit | None = None
    late: bool = False

    @property
    def end(self) -> datetime:
        """Return when the stretch ends."""
        return self.begin + self.slots * SLOT


@dataclass(frozen=True)
class Row:
    """One person and the day in blocks that follow each other without a hole."""

    staff: Staff
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Grid:
    """The hours shown, and a row for each person who is on shift or out today."""

    begin: datetime
    hours: tuple[datetime, ...]
    rows: tuple[Row, ...]


Span = tuple[datetime, datetime]


def grid(office: Office, now: datetime) -> Grid:
    """Return the day of everybody who works at homes, in three queries however many there are."""
    day = localtime(now).date()
    begin, end = _hour(now, 0), _hour(now, 0) + timedelta(days=1)
    crew = list(_crew(office, day))
    shifts: dict[int, list[Span]] = defaultdict(list)
    for shift in Shift.objects.filter(office=office, staff__in=crew, starts_at__lt=end, ends_at__gt=begin).order_by("starts_at"):
        shifts[shift.staff_id].append((max(shift.starts_at, begin), min(shift.ends_at, end)))
    trips: dict[int, list[tuple[datetime, datetime, Visit]]] = defaultdict(list)
    for visit in _visits(office, crew, begin, end):
        trips[visit.worker_id].append((*_span(visit, now, begin, end), visit))
    shown = [each for each in crew if shifts[each.pk] or trips[each.pk]]
    first, last = _window(
        now, [each for spans in shifts.values() for each in spans] + [t[:2] for ts in trips.values() for t in ts]
    )
    rows = tuple(Row(each, tuple(_blocks(sorted(trips[each.pk], key=lambda trip: trip[0]), shifts[each.pk], (first, last), now)))
                 for each in shown)  # fmt: skip
    return Grid(first, tuple(first + timedelta(hours=n) for n in range((last - first) // timedelta(hours=1))), rows)


def _hour(now: datetime, hour: int) -> datetime:
    return datetime.combine(localtime(now).date(), time(hour), localtime(now).tzinfo)


def _crew(office: Office, on: date) -> Collection[Staff]:
    held = Post.objects.filter(Q(until__isnull=True) | Q(until__gte=on), office=office, role__in=WORKERS, since__lte=on)
    return Staff.objects.filter(pk__in=held.values("staff_id"), is_active=True).order_by("number")


def _visits(office: Office, crew: Collection[Staff], begin: datetime, end: datetime) -> Collection[Visit]:
    today = Q(active=True, planned__startswith__lt=end) | Q(finished_at__gte=begin, finished_at__lt=end, arrived_at__isnull=False)
    rows = Visit.objects.filter(today, worker__in=crew, order__case__office=office)
    return rows.select_related("order__case", "order__unit")


def _span(visit: Visit, now: datetime, begin: datetime, end: datetime) -> Span:
    """When a visit was, or will be; one that runs over goes on until now, one that waits to begin is still to come."""
    since = visit.arrived_at or visit.planned.lower
    until = visit.finished_at if visit.finished_at is not None else max(visit.planned.upper, now)
    return max(since, begin), min(max(until, since + SLOT), end)


def _window(now: datetime, spans: list[Span]) -> Span:
    """The whole hours shown: the ordinary day, or more where somebody works later, or earlier and it is not long past."""
    passed = min(_hour(now, FIRST), max(_hour(now, 0), localtime(now) - timedelta(hours=2)))
    earliest = max(passed, min([_hour(now, FIRST), *(each[0] for each in spans)]))
    first, last = localtime(earliest), localtime(max([_hour(now, LAST), *(each[1] for each in spans)]))
    over = last.minute or last.second or last.microsecond
    top = last.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1 if over else 0)
    return first.replace(minute=0, second=0, microsecond=0), top


def _blocks(trips: list[tuple[datetime, datetime, Visit]], shifts: list[Span], window: Span, now: datetime) -> list[Block]:
    """The visits one behind the other, rounded to slots, and between them what the shifts leave."""
    found: list[Block] = []
    place = window[0]
    for since, until, visit in trips:
        if until <= window[0]:
            continue
        begin = max(place, window[0] + (since - window[0]) // SLOT * SLOT)
        slots = max(1, -((begin - min(until, window[1])) // SLOT))
        if begin >= window[1]:
            break
        found += _between(place, begin, shifts, now)
        late = visit.arrived_at is None and visit.active and visit.planned.lower < now
        found.append(Block("visit", begin, slots, visit, late))
        place = found[-1].end
    return found + _between(place, window[1], shifts, now)


def _between(begin: datetime, end: datetime, shifts: list[Span], now: datetime) -> list[Block]:
    cuts = sorted({begin, end, *(_slot(at, begin) for span in shifts for at in span if begin < _slot(at, begin) < end)})
    return [_quiet(left, right, shifts, now) for left, right in pairwise(cuts)]


def _slot(at: datetime, begin: datetime) -> datetime:
    return begin + round((at - begin) / SLOT) * SLOT


def _quiet(left: datetime, right: datetime, shifts: list[Span], now: datetime) -> Block:
    middle = left + (right - left) / 2
    on = any(since <= middle < until for since, until in shifts)
    free = on and right - max(left, now) >= SHORTEST_GAP
    return Block("gap" if free else "on" if on else "off", left, (right - left) // SLOT)


def waiting(by: Actor, office: Office) -> list[Case]:
    """Return the open orders without a name or a time: not sent yet, or to be agreed anew.

    An emergency stands first; then what a pick-up brought to the team, the first visit on top (HA-2); then what somebody
    waits for at once; then the oldest.
    """
    nobody = Q(order__worker__isnull=True) | Q(order__visit_at__isnull=True)
    rows = visible_to(by).filter(Q(status__in=TO_SEND) & nobody | Q(status__in=PARKED), office=office, kind__in=ORDER_KINDS,
                                 closed_at__isnull=True)  # fmt: skip
    found = rows.select_related("unit", "order", "order__worker", "order__batch").order_by("reported_at", "pk")[:MOST]
    return sorted(found, key=_pressing)


def _pressing(case: Case) -> tuple[int, datetime]:
    order = case.order
    if order.urgency == "emergency":
        return 0, case.reported_at
    if picked_up(case):
        return 1, order.visit_at or case.reported_at
    return 2 if order.at_once and order.worker_id is None else 3, case.reported_at


def picked_up(case: Case) -> bool:
    """Tell whether an order with a time was laid out for its team and waits for names (HS-4.1.1.3, HS-4.1.2.2)."""
    return case.order.batch_id is not None and case.order.visit_at is not None and case.status == WAITS.get(case.kind)


def standing(case: Case) -> Message:
    """Return how an order stands, in the words of its procedure; what its team has come for lies no more (HS-4.1.1.3)."""
    order = case.order
    lies = case.status == WAITS.get(case.kind) and order.issued_at is None
    return PICKED_UP if lies and order.batch and order.batch.collected_at else case.procedure.status_title(case.status)
