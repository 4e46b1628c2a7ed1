"""When an agreement has its visits: on days of the week, every so many weeks, or on a day of the month."""

from calendar import monthrange
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, time, timedelta

from menling.kernel.points import rule

LOOK_AHEAD = timedelta(days=366)
"""How far two agreements are laid side by side: every rhythm has come round by then."""


@dataclass(frozen=True)
class Pattern:
    """A rhythm of visits: first and last day, the hour, the minutes one takes, and either days of the week (1 is Monday)
    with every how many weeks, or a day of the month. `holidays` says whether public holidays are served."""

    begin: date
    until: date
    clock: time
    minutes: int
    weekdays: tuple[int, ...] = ()
    every_weeks: int = 1
    month_day: int | None = None
    holidays: bool = True

    @property
    def says_when(self) -> bool:
        """Tell whether there is a day at all."""
        return bool(self.weekdays) or self.month_day is not None


@rule("HS-4.1.1.3")
def falls_on(pattern: Pattern, day: date, holidays: Collection[date] = ()) -> bool:
    """Tell whether the agreement fixes a visit on a day. The 31st is the last day of a shorter month; weeks are counted from
    the Monday of the first one."""
    if not pattern.begin <= day <= pattern.until or (not pattern.holidays and day in holidays):
        return False
    if pattern.month_day is not None:
        return day.day == min(pattern.month_day, monthrange(day.year, day.month)[1])
    weeks = (_monday(day) - _monday(pattern.begin)).days // 7
    return day.isoweekday() in pattern.weekdays and weeks % pattern.every_weeks == 0


def days(pattern: Pattern, first: date, last: date, holidays: Collection[date] = ()) -> list[date]:
    """Return the days of visits from `first` to `last`, both included."""
    begin, end = max(first, pattern.begin), min(last, pattern.until)
    asked = (begin + timedelta(days=count) for count in range((end - begin).days + 1))
    return [day for day in asked if falls_on(pattern, day, holidays)]


def first_clash(mine: Pattern, theirs: Pattern) -> date | None:
    """Return the first day on which one person would have to be at both places, or None. Holidays are not looked at."""
    begin = max(mine.begin, theirs.begin)
    shared = days(mine, begin, min(mine.until, theirs.until, begin + LOOK_AHEAD))
    if not _overlap(mine, theirs):
        return None
    return next((day for day in shared if falls_on(theirs, day)), None)


def _overlap(mine: Pattern, theirs: Pattern) -> bool:
    starts = [each.clock.hour * 60 + each.clock.minute for each in (mine, theirs)]
    return starts[0] < starts[1] + theirs.minutes and starts[1] < starts[0] + mine.minutes


def _monday(day: date) -> date:
    return day - timedelta(days=day.isoweekday() - 1)
