"""The books of an office in the form of their import: homes, people, staff, roster and prices go out as they come in."""

from collections.abc import Iterator
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db.models import Q
from django.utils.translation import gettext

from menling.catalogue.quotes import list_in_force
from menling.imports.exports.listing import Export, Scope, columns_of
from menling.imports.lists import people, prices, rosters, staff, units
from menling.kernel.roles import OUTSIDE, Role
from menling.premises.administration.books import ADMINISTRATORS, KEEPERS
from menling.premises.administration.covering import LEADERS
from menling.premises.models import Occupancy, Post, Shift, Unit
from menling.printing.facts import Row

CHUNK = 2000
EVERYBODY_HERE = frozenset(Role) - OUTSIDE - {Role.CUSTOMER, Role.SYSTEM, Role.EMPLOYEE}


def _word(choices: tuple[tuple[str, str], ...], key: str) -> str:
    return gettext(dict(choices).get(key, key))


def _day(on: date | None) -> str | None:
    return None if on is None else on.isoformat()


def _units(scope: Scope) -> Iterator[Row]:
    for unit in Unit.objects.filter(office=scope.office).order_by("code").iterator(CHUNK):
        yield {
            "code": unit.code, "handed_over_on": _day(unit.handed_over_on), "warranty_until": _day(unit.warranty_until),
            "developer_contact": unit.developer_contact, "special_care": unit.special_care,
        }  # fmt: skip


def _people(scope: Scope) -> Iterator[Row]:
    living = Occupancy.objects.filter(unit__office=scope.office, until__isnull=True).select_related("person", "unit")
    for row in living.prefetch_related("person__phone_set").order_by("unit__code", "pk").iterator(CHUNK):
        phones = list(row.person.phone_set.all())
        yield {
            "unit": row.unit.code, "name": row.person.name, "role": _word(people.ROLES, row.role), "title": row.person.title,
            "phone": phones[0].number if phones else None, "since": _day(row.since),
            "large_type": gettext("yes") if row.person.large_type else gettext("no"),
        }  # fmt: skip


def _staff(scope: Scope) -> Iterator[Row]:
    held = Post.objects.filter(Q(until__isnull=True) | Q(until__gte=scope.day), office=scope.office, staff__is_active=True)
    for post in held.select_related("staff").prefetch_related("staff__skills").order_by("staff__number", "pk").iterator(CHUNK):
        yield {
            "number": post.staff.number, "name": post.staff.name, "role": _word(staff.ROLES, post.role),
            "phone": post.staff.phone, "since": _day(post.since), "until": _day(post.until),
            "skills": "、".join(sorted(skill.name for skill in post.staff.skills.all())),
        }  # fmt: skip


def _rosters(scope: Scope) -> Iterator[Row]:
    zone = ZoneInfo(scope.office.zone)

    def hour(at: datetime) -> str:
        return f"{at.astimezone(zone):%H:%M}"

    for shift in Shift.objects.filter(office=scope.office).select_related("staff").order_by("starts_at", "pk").iterator(CHUNK):
        yield {
            "number": shift.staff.number, "day": _day(shift.starts_at.astimezone(zone).date()), "starts": hour(shift.starts_at),
            "ends": hour(shift.ends_at), "name": shift.name,
        }  # fmt: skip


def _prices(scope: Scope) -> Iterator[Row]:
    standing = list_in_force(scope.office, scope.now)
    for item in standing.items.all() if standing else ():
        yield {
            "code": item.code, "name": item.name, "sort": _word(prices.SORTS, "material" if item.is_material else "service"),
            "price": str(item.price), "per": _word(prices.PER, item.per), "name_en": item.name_en, "skill": item.skill,
            "review": item.review,
        }  # fmt: skip


BOOKS = (
    Export("units", units.UNITS.title, columns_of(units.FIELDS), _units, KEEPERS),
    Export("people", people.PEOPLE.title, columns_of(people.FIELDS), _people, KEEPERS),
    Export("staff", staff.STAFF.title, columns_of(staff.FIELDS), _staff, ADMINISTRATORS),
    Export("rosters", rosters.ROSTERS.title, columns_of(rosters.FIELDS), _rosters, LEADERS),
    Export("prices", prices.PRICES.title, columns_of(prices.FIELDS), _prices, EVERYBODY_HERE),
)
