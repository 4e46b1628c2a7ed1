"""Which figures are in force for an office at an instant, and how a new one comes into force."""

import json
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from functools import cached_property
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from django.db import connection
from django.db.models import Q

from menling.kernel.actor import Actor
from menling.kernel.calendars import OfficeCalendar
from menling.kernel.policy import SETTINGS, in_force, setting
from menling.kernel.refusal import Refused
from menling.kernel.roles import Role
from menling.kernel.words import _
from menling.policies.models import CalendarDay, PolicyValue
from menling.premises.models import Office

Shape = TypeVar("Shape")
MANAGERS = (Role.OFFICE_MANAGER, Role.COMPANY_MANAGEMENT, Role.ADMINISTRATOR)


@dataclass(frozen=True)
class CalendarPolicy:
    """Working time of an office (CF-35)."""

    shift_start: time = setting("calendar.shift_start", ("HS-4.1.1.6", "CF-35"), _("Start of work"), time(8, 0), in_source=False)
    shift_end: time = setting("calendar.shift_end", ("HS-4.1.1.6", "CF-35"), _("End of work"), time(18, 0), in_source=False)


@dataclass(frozen=True)
class KnownDays(OfficeCalendar):
    """The calendar of one office with its public holidays and worked weekend days, read when a clock first asks for them."""

    office: Office | None = None

    @cached_property
    def _special(self) -> dict[Any, bool]:
        return calendar_days(self.office)

    def is_working_day(self, day: date) -> bool:
        """Tell whether the office works on `day`; a year nobody announced yet has its weekdays."""
        return self._special.get(day, super().is_working_day(day))


@dataclass(frozen=True)
class Values:
    """The figures of one office at one instant: key -> raw value."""

    office: Office
    raw: dict[str, Any]
    _shapes: dict[type, Any] = field(default_factory=dict, init=False, repr=False, compare=False)

    def policy(self, shape: type[Shape]) -> Shape:
        """Return these figures in the shape a procedure asks for, made once: a step asks for the same one dozens of times."""
        if shape not in self._shapes:
            self._shapes[shape] = in_force(shape, self.raw)
        known: Shape = self._shapes[shape]
        return known

    @cached_property
    def calendar(self) -> OfficeCalendar:
        """The working time of the office, its public holidays and worked weekend days included (EN-4.5)."""
        times = self.policy(CalendarPolicy)
        return KnownDays(ZoneInfo(self.office.zone), times.shift_start, times.shift_end, office=self.office)


def values_for(office: Office, at: datetime) -> Values:
    """Return the figures in force at `at`, in one query: the office's own before the company's, the newest first."""
    with connection.cursor() as cursor:
        cursor.execute(IN_FORCE, {"company": office.company_id, "office": office.pk, "at": at})
        return Values(office, {key: json.loads(value) for key, value in cursor.fetchall()})


# The same beside a case that is being read anyway, for the kinds whose figures are those of their own report.
IN_FORCE_FOR_CASE = """
(SELECT jsonb_object_agg(v.key, v.value) FROM (
    SELECT DISTINCT ON (p.key) p.key, p.value FROM policies_policyvalue p
    WHERE p.company_id = "premises_office"."company_id" AND (p.office_id = "premises_office"."id" OR p.office_id IS NULL)
        AND p.in_force_from <= "journal_case"."reported_at"
    ORDER BY p.key, p.office_id NULLS LAST, p.in_force_from DESC, p.id DESC) v)
"""
IN_FORCE = """
SELECT DISTINCT ON (key) key, value::text FROM policies_policyvalue
WHERE company_id = %(company)s AND (office_id = %(office)s OR office_id IS NULL) AND in_force_from <= %(at)s
ORDER BY key, office_id NULLS LAST, in_force_from DESC, id DESC
"""


def approve(
    office: Office | None, key: str, value: Any, *, by: Actor, company_id: int, in_force_from: datetime, at: datetime,
    reason: str = "",
) -> PolicyValue:  # fmt: skip
    """Bring a new figure into force from an instant on; cases reported before keep theirs.

    Errors: `Refused` 404 for an unknown setting, 403 without authority, else as `Setting.check`.
    """
    known = SETTINGS.get(key)
    if known is None:
        raise Refused("MR-8", _("There is no setting “{key}”."), status=404, key=key)
    if not by.holds(office.pk if office else 0, *MANAGERS):
        raise Refused(known.clauses[0], _("The office manager decides on figures."), status=403)
    if in_force_from < at:
        raise Refused("MR-4", _("A new figure is in force from now on, never backwards."), field="in_force_from")
    known.check(value)
    kept = str(value) if isinstance(value, (Decimal, time)) else value
    return PolicyValue.objects.create(
        company_id=company_id, office=office, key=key, value=kept, clause=known.clauses[0],
        in_force_from=in_force_from, approved_by_id=by.id, approved_at=at, reason=reason,
    )  # fmt: skip


def calendar_days(office: Office | None, since: datetime | None = None, until: datetime | None = None) -> dict[Any, bool]:
    """Return day -> worked for the days that are not ordinary, all or between two instants, the office's own row first."""
    rows = CalendarDay.objects.filter(Q(office=office) | Q(office__isnull=True))
    if since is not None and until is not None:
        rows = rows.filter(day__gte=since.date(), day__lte=until.date())
    ordered = sorted(rows, key=lambda row: row.office_id is not None)
    return {row.day: row.works for row in ordered}
