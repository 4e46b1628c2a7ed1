"""A worker's month: jobs, minutes at homes and amounts collected, day by day, for the worker and for the foreman."""

import re
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.utils.timezone import get_default_timezone, localtime

from menling.journal.facts import Malformed
from menling.journal.models import Case
from menling.kernel.actor import Actor
from menling.kernel.calendars import month_of
from menling.kernel.money import ZERO
from menling.money.models import Transfer
from menling.orders.models import Visit
from menling.policies.history import History
from menling.procedures.charging import ChargingPolicy
from menling.procedures.repair_time import shown_minutes, time_at_home, time_known

MONTH = re.compile(r"20\d\d-(0[1-9]|1[0-2])")
NO_TIME = timedelta()


@dataclass
class Day:
    """One day: ended visits at homes, the exact time there, what was collected, in yuan; visits of unknown time."""

    jobs: int = 0
    spent: timedelta = NO_TIME
    collected: Decimal = ZERO
    unended: int = 0

    @property
    def minutes(self) -> int:
        """Return the whole minutes at homes (EN-D.10B)."""
        return shown_minutes(self.spent)


@dataclass
class Month:
    """The days of one worker on which something was done, by date."""

    days: dict[date, Day] = field(default_factory=lambda: defaultdict(Day))

    @property
    def whole(self) -> Day:
        """Return the sums of the month; the time is summed exactly, not by shown minutes."""
        days = self.days.values()
        return Day(sum(each.jobs for each in days), sum((each.spent for each in days), NO_TIME),
                   sum((each.collected for each in days), ZERO), sum(each.unended for each in days))  # fmt: skip


def first_of(text: str, now: datetime) -> date:
    """Return the first day of a month written 2026-11; of this one for nothing. Errors: `Malformed`."""
    if not text:
        return localtime(now).date().replace(day=1)
    if not MONTH.fullmatch(text):
        raise Malformed([{"path": "month", "message": text, "type": "month"}])
    return date.fromisoformat(f"{text}-01")


def months(workers: Collection[int], offices: Collection[int], first: date) -> dict[int, Month]:
    """Return the month of some workers in some offices by staff id, in two queries and one for each office with a visit.

    A visit nobody ended at the home is a job, of minutes nobody knows (EN-D.10B).
    """
    zone = get_default_timezone()
    begin, end = month_of(first, zone)
    found: dict[int, Month] = defaultdict(Month)
    figures: dict[int, History] = {}
    for visit in _visits(workers, offices, begin, end):
        if visit.arrived_at and visit.finished_at:
            day = found[visit.worker_id].days[visit.finished_at.astimezone(zone).date()]
            arrived, finished = time_at_home(visit.arrived_at, visit.started_at, visit.finished_at)
            day.jobs += 1
            if time_known(arrived, finished, _longest(visit.order.case, figures)):
                day.spent += finished - arrived
            else:
                day.unended += 1
    for collector, at, amount in _collected(workers, offices, begin, end):
        found[collector].days[at.astimezone(zone).date()].collected += amount
    return found


def _longest(case: Case, figures: dict[int, History]) -> int:
    """The hours after which a visit was not ended at the home, as they stood when its order was reported."""
    history = figures.setdefault(case.office_id, History(case.office))
    return history.at(case.reported_at).policy(ChargingPolicy).longest_visit


def _visits(workers: Collection[int], offices: Collection[int], begin: datetime, end: datetime) -> QuerySet[Visit]:
    ended = Visit.objects.filter(
        worker__in=workers, finished_at__gte=begin, finished_at__lt=end, arrived_at__isnull=False,
        order__case__office__in=offices,
    ).exclude(outcome="absent").select_related("order__case__office")  # fmt: skip
    return ended.only("worker", "arrived_at", "started_at", "finished_at", "order__case__reported_at",
                      "order__case__office__company")  # fmt: skip


def _collected(workers: Collection[int], offices: Collection[int], begin: datetime, end: datetime) -> Any:
    rows = Transfer.objects.filter(
        office__in=offices, happened_at__gte=begin, happened_at__lt=end, source__startswith="owed:",
        case__charge__collector__in=workers,
    ).exclude(target__startswith="income:").exclude(target__startswith="shortfall:")  # fmt: skip
    return rows.values_list("case__charge__collector_id", "happened_at", "amount")


def my_month(by: Actor, text: str, now: datetime) -> Mapping[str, Any]:
    """Return the own month as JSON: sums, and the days with something in them, the newest first. Errors: `Malformed`."""
    first = first_of(text, now)
    month = months([by.id], by.offices, first).get(by.id, Month())
    days = [{"day": on} | _shown(each) for on, each in sorted(month.days.items(), reverse=True)]
    return {"month": f"{first:%Y-%m}", "days": days} | _shown(month.whole)


def _shown(day: Day) -> dict[str, Any]:
    return {"jobs": day.jobs, "minutes": day.minutes, "collected": str(day.collected), "unended": day.unended}
