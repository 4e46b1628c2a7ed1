"""What people ask about orders: who was there before, whose home it is, how long it took, which slips are still out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Q

from menling.journal.models import Deadline, Event
from menling.kernel.points import rule
from menling.orders.models import Housekeeping, MessageSlip, Order, Visit
from menling.premises.models import Occupancy, Office, Person
from menling.procedures.charging import ChargingPolicy
from menling.procedures.conduct import briefing_due
from menling.procedures.housekeeping import Status
from menling.procedures.pickup_rules import next_pickup, told_at_once
from menling.procedures.repair_time import exact_time, shown_minutes, started_blocks, time_at_home, time_known


@dataclass(frozen=True)
class EarlierVisit:
    """Somebody was there about this report: who (name and work number), when, and what came of it."""

    worker: str
    number: str
    arrived_at: datetime
    outcome: str


@rule("EN-1.16")
def earlier_visits(order: Order) -> list[EarlierVisit]:
    """Return the visits already made for this report, the first one first; trips that ended before the door are none."""
    made = Visit.objects.filter(order=order, active=False, arrived_at__isnull=False).select_related("worker")
    return [EarlierVisit(each.worker.name, each.worker.number, each.arrived_at, each.outcome) for each in made.order_by("pk")
            if each.arrived_at is not None]  # fmt: skip


def first_visit(order: Order) -> bool:
    """OI-4.5  Tell whether nobody of those sent stood at this door before, of whatever order; so also before anybody is sent."""
    made = Visit.objects.filter(order__unit=order.unit_id, worker__in=order.case.crew, arrived_at__isnull=False)
    return briefing_due(made.count())


def stub_out(order: Order) -> bool:
    """HS-4.3.3  Tell whether a slip was left at the door whose stub has not come back."""
    return MessageSlip.objects.filter(order=order, stub_returned_at__isnull=True).exists()


@rule("EN-1.5")
def legal_owner(order: Order) -> Person | None:
    """Return the owner of the home on the day of the report, who is printed on the slip and need not be who reported."""
    return owner_on(order, order.values.calendar.local(order.case.reported_at).date())


def owner_on(order: Order, day: date) -> Person | None:
    """Return the owner of the home of an order on a day; of several the one longest there."""
    held = Occupancy.objects.filter(
        Q(until__isnull=True) | Q(until__gte=day), unit_id=order.unit_id, role="owner", since__lte=day
    )
    first = held.select_related("person").order_by("since", "pk").first()
    return first.person if first else None


@dataclass(frozen=True)
class HandlingTime:
    """The exact time at work over the visits somebody ended, with the whole minutes shown and the started blocks charged.

    `unended` visits were left without their end being written: nobody knows how long they took. The sum of the others is
    told beside their number; blocks are not counted then, and `measured`, the time that is charged by, is not known.
    """

    spent: timedelta | None
    minutes: int | None
    blocks: int | None
    unended: int = 0

    @property
    def measured(self) -> timedelta | None:
        """Return the time over all visits, None where one of them was not ended: nothing is charged by a part of it."""
        return None if self.unended else self.spent


def handling_time(order: Order) -> HandlingTime:
    """Return how long the ended visits of an order took, from the start at the home to their end (EN-D.10A to C)."""
    visits = Visit.objects.filter(order=order, arrived_at__isnull=False, finished_at__isnull=False)
    return time_of(order, list(visits.values_list("arrived_at", "started_at", "finished_at")))


def begin_tapped(order: Order) -> bool:
    """Tell whether the start of each ended visit of an order was tapped; else its time runs from the check-in (EN-D.10A)."""
    return not Visit.objects.filter(order=order, arrived_at__isnull=False, finished_at__isnull=False,
                                    started_at__isnull=True).exists()  # fmt: skip


def time_of(order: Order, visits: Sequence[tuple[datetime | None, datetime | None, datetime | None]]) -> HandlingTime:
    """Return how long some visits of an order took; each is (arrived, started, finished)."""
    times = [time_at_home(arrived, started, finished) for arrived, started, finished in visits
             if arrived is not None and finished is not None]  # fmt: skip
    policy = order.values.policy(ChargingPolicy)
    known = [(begin, end) for begin, end in times if time_known(begin, end, policy.longest_visit)]
    unended = len(times) - len(known)
    if unended and not known:
        return HandlingTime(None, None, None, unended)
    spent = exact_time(known)
    return HandlingTime(spent, shown_minutes(spent), None if unended else started_blocks(spent, policy.unit), unended)


def seconds(spent: timedelta | None) -> float | None:
    """Return a time as the journal and programs are told it: in seconds, nothing where nobody knows."""
    return None if spent is None else spent.total_seconds()


@dataclass(frozen=True)
class SlipOut:
    """A finished slip on its way: its number, what it waits for (``review`` or ``archive``) and by when."""

    number: str
    waits_for: str
    due_at: datetime


@rule("EN-7.7")
def slips_out(office: Office) -> list[SlipOut]:
    """Return the completed slips the foreman has not checked or the desk has not filed, the most urgent first."""
    out = Deadline.objects.filter(office=office, key__in=("review", "archive"), met_at__isnull=True, released_at__isnull=True)
    rows = out.order_by("due_at", "pk").values_list("case__number", "key", "due_at")
    return [SlipOut(number, key, due_at) for number, key, due_at in rows]


def picked_up_at(order: Housekeeping) -> datetime | None:
    """Return the pick-up that brought an agreed order to the team, or will bring it; None where the leader heard of it at once.

    It is the first one after the step that agreed the order, whatever was noted on it since (CF-41).
    """
    came = Event.objects.filter(case=order.case, after=Status.AGREED).exclude(before=Status.AGREED).order_by("-pk")
    agreed_at = came.values_list("happened_at", flat=True).first()
    if agreed_at is None or order.case.status != Status.AGREED:
        return None
    if order.batch is not None and order.batch.pick_up_at >= agreed_at:
        return order.batch.pick_up_at
    pickup = next_pickup(agreed_at, order.policy, order.values.calendar)
    return None if told_at_once(order.visit_at, pickup, order.policy) else pickup
