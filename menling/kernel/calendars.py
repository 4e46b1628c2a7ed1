"""The office's own time: shifts, working days, holidays. Rules ask it; it never asks the clock."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from zoneinfo import ZoneInfo


@dataclass(frozen=True)
class OfficeCalendar:
    """Working time of one office.

    `holidays` are weekdays without work, `worked` weekend days with work, `known_years` the years whose public holidays
    are loaded: outside them a weekday counts as worked and `announced` says False, so that a screen can warn.
    """

    zone: ZoneInfo = ZoneInfo("Asia/Shanghai")
    shift_start: time = time(8, 0)
    shift_end: time = time(18, 0)
    holidays: frozenset[date] = frozenset()
    worked: frozenset[date] = frozenset()
    known_years: frozenset[int] = frozenset()

    def local(self, at: datetime) -> datetime:
        """Return `at` in the office's time zone."""
        return at.astimezone(self.zone)

    def announced(self, day: date) -> bool:
        """Tell whether the public holidays of the year of `day` are known."""
        return day.year in self.known_years

    def is_working_day(self, day: date) -> bool:
        """Tell whether the office works on `day`."""
        return day in self.worked or (day.weekday() < 5 and day not in self.holidays)

    def next_working_day(self, day: date) -> date:
        """Return the first working day after `day`."""
        following = day + timedelta(days=1)
        while not self.is_working_day(following):
            following += timedelta(days=1)
        return following

    def at(self, day: date, clock: time) -> datetime:
        """Return the instant of `clock` on `day` at the office."""
        return datetime.combine(day, clock, self.zone)

    def end_of_day(self, at: datetime) -> datetime:
        """Return the last instant that still counts as the day of `at` (23:59:59.999999)."""
        return self.at(self.local(at).date(), time.max)

    def end_of_shift(self, at: datetime) -> datetime:
        """Return the end of the shift on the day of `at` (CF-35), also when that end has passed."""
        return self.at(self.local(at).date(), self.shift_end)

    def start_of_shift(self, at: datetime) -> datetime:
        """Return the last start of work at or before `at`."""
        start = self.at(self.local(at).date(), self.shift_start)
        return start if start <= at else self.at(self.local(at).date() - timedelta(days=1), self.shift_start)

    def before_end_of_shift(self, at: datetime) -> datetime:
        """Return the end of work of the day of `at`, or the next start of work when that end has passed (HS-4.1.1.6)."""
        end = self.end_of_shift(at)
        if at < end:
            return end
        return self.at(self.local(at).date() + timedelta(days=1), self.shift_start)


def month_of(day: date, zone: tzinfo) -> tuple[datetime, datetime]:
    """Return the instants at which the month of `day` and the next one begin."""
    first = day.replace(day=1)
    return datetime.combine(first, time.min, zone), datetime.combine(months_after(first, 1), time.min, zone)


def years_after(day: date, years: int) -> date:
    """Return the same day `years` later; 29 February becomes the 28th where there is no 29th (EN-D.2)."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def months_after(day: date, months: int) -> date:
    """Return the same day of the month `months` later; the last day of a month that has no such day (HC-5.1.1.2)."""
    year, month = divmod(day.month - 1 + months, 12)
    last = monthrange(day.year + year, month + 1)[1]
    return day.replace(year=day.year + year, month=month + 1, day=min(day.day, last))
