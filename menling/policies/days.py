"""The public holidays and worked weekends of an office, year by year, as they were announced."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from chinese_calendar import constants
from django.db import transaction
from django.db.models import Q

from menling.kernel.refusal import Refused
from menling.kernel.words import _
from menling.policies.models import CalendarDay
from menling.premises.administration.books import Pen, enter, keeps
from menling.premises.models import Office


@dataclass(frozen=True)
class Day:
    """A day that is not ordinary: off or worked, and its name."""

    day: date
    works: bool
    name: str


def announced() -> Mapping[int, list[Day]]:
    """Return the days of every year that was announced and is known here, by year."""
    chinese = {each.value: each.chinese for each in constants.Holiday}
    found: dict[int, list[Day]] = {}
    for works, days in ((False, constants.holidays), (True, constants.workdays)):
        for day, name in days.items():
            found.setdefault(day.year, []).append(Day(day, works, chinese.get(name, name)))
    return found


def days_of(office: Office, year: int) -> list[CalendarDay]:
    """Return the days of a year that are not ordinary in an office, its own row before that of all offices."""
    rows = CalendarDay.objects.filter(Q(office=office) | Q(office__isnull=True), day__year=year)
    ordered = sorted(rows, key=lambda row: row.office_id is not None)
    return sorted({row.day: row for row in ordered}.values(), key=lambda row: row.day)


@transaction.atomic
def load_year(office: Office, pen: Pen, year: int) -> int:
    """Load an announced year for an office; return how many days are new. Errors: `Refused` MR-12 (403); MR-8 (422) for a year
    nobody announced yet; `WrittenBefore`."""
    keeps(pen.by, office)
    known = announced().get(year)
    if known is None:
        raise Refused("MR-8", _("The holidays of {year} are not known yet. Enter them by hand once they are announced."),
                      status=422, year=str(year), field="year")  # fmt: skip
    there = {row.day for row in days_of(office, year)}
    rows = [CalendarDay(office=office, day=each.day, works=each.works, name=each.name) for each in known if each.day not in there]
    enter(pen, office, "year", str(year), after={"days": len(rows)})
    return len(CalendarDay.objects.bulk_create(rows))


@transaction.atomic
def set_day(office: Office, pen: Pen, day: Day) -> None:
    """Write down a day of an office as off or worked. Errors: `Refused` MR-12 (403); `WrittenBefore`."""
    keeps(pen.by, office)
    before = CalendarDay.objects.filter(office=office, day=day.day).first()
    was = {"works": before.works, "name": before.name} if before else {}
    enter(pen, office, "day", str(day.day), was, {"works": day.works, "name": day.name})
    CalendarDay.objects.update_or_create(office=office, day=day.day, defaults={"works": day.works, "name": day.name[:60]})
