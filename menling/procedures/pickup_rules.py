"""When a team comes for its orders, and which of them cannot or need not wait for that (CF-37)."""

from datetime import datetime, timedelta

from menling.kernel.calendars import OfficeCalendar
from menling.kernel.points import rule
from menling.procedures.pickup_policy import BATCH_FIRST, TOLD_AT_ONCE, PickupPolicy


@rule("HS-4.1.1.3", "HS-4.1.2.2")
def next_pickup(at: datetime, policy: PickupPolicy, calendar: OfficeCalendar) -> datetime:
    """Return the first pick-up after an instant: one at that very instant has its orders already."""
    day = calendar.local(at).date()
    hours = [calendar.at(each, clock) for each in (day, day + timedelta(days=1)) for clock in policy.pickups]
    return min(hour for hour in hours if hour > at)


@rule("HS-4.1.1.3", "HS-4.1.2.2")
def last_pickup(at: datetime, policy: PickupPolicy, calendar: OfficeCalendar) -> datetime:
    """Return the last pick-up up to an instant, that instant included."""
    day = calendar.local(at).date()
    hours = [calendar.at(each, clock) for each in (day - timedelta(days=1), day) for clock in policy.pickups]
    return max(hour for hour in hours if hour <= at)


@rule("HS-4.1.1.3", "HS-4.1.2.2", "HA-2", "CF-37")
def told_at_once(visit_at: datetime | None, pickup: datetime, policy: PickupPolicy) -> bool:
    """Tell whether the team is told of an order directly: it starts before the next pick-up, or the office tells all so."""
    return policy.mode == TOLD_AT_ONCE or visit_at is None or visit_at < pickup


@rule("CF-37")
def laid_out(policy: PickupPolicy) -> bool:
    """Tell whether an order is formally collected at a pick-up: not where the team was told of every order directly."""
    return policy.mode != TOLD_AT_ONCE


@rule("CF-37")
def held_back(visit_at: datetime | None, pickup: datetime, policy: PickupPolicy) -> bool:
    """Tell whether the team sees an order only at the pick-up that brings it: where batches come first, if it can wait."""
    return policy.mode == BATCH_FIRST and not told_at_once(visit_at, pickup, policy)
