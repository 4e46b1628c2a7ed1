"""One field that understands phones, room numbers, names and initials: the homes behind what a clerk typed."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from functools import reduce
from itertools import groupby
from operator import or_
from typing import Any, NamedTuple

from django.db.models import Case, Q, Value, When
from django.db.models.functions import Upper

from menling.kernel.refusal import Refused
from menling.premises import names
from menling.premises.meant import homes_meant
from menling.premises.models import Building, Occupancy, Office, Phone, Unit
from menling.premises.rooms import read
from menling.premises.statements import columns, made, rows_of

MOST_HOMES = 24
SHORTEST_PHONE, LONGEST_ROOM, LONGEST_PHONE = 5, 7, 20
"""Digits in a row: fewer are no phone, more are no room; none is longer."""
TAIL = range(4, 7)
"""So many digits alone may be the last ones of a number, as callers say them."""
ROOM = re.compile(r"^[0-9A-Za-z]+(-[0-9A-Za-z]+){0,3}$")
CHINESE = re.compile(r"[㐀-鿿]")
LATIN = re.compile(r"^[A-Za-z][A-Za-z .']*$")


@dataclass(frozen=True)
class Resident:
    """Somebody of a home: person's id, name, role there, phones as (id, number), and whether this is who was looked for."""

    person: int
    name: str
    role: str
    role_title: str
    phones: tuple[tuple[int, str], ...]
    large_type: bool
    found: bool


@dataclass(frozen=True)
class Home:
    """A unit with the people who live in it or stand behind it now, the one looked for first."""

    unit: Unit
    people: tuple[Resident, ...]


def search(offices: Collection[int], text: str) -> list[Home]:
    """Return the homes of some offices behind a phone, a room number or a name, in at most three queries; a room said in words
    (三号楼二单元1201室) takes two more.

    Phones and rooms are recognised in any spelling and by their beginning, phones also by their last digits; names by
    part, pinyin or initials. The homes somebody lives in come before those somebody is the agent of.
    """
    plain = names.folded(text)
    people, rooms, digits = _people(plain), _rooms(plain), _digits(plain)
    found: dict[int, set[int]] = {}
    if rooms is not None:
        found = {unit: set() for unit in Unit.objects.filter(rooms, office_id__in=offices).order_by("code")
                 .values_list("pk", flat=True)[:MOST_HOMES]}  # fmt: skip
    if digits and not _tail(plain):
        for unit, person in rows_of(BY_PHONE, {
            "offices": list(offices), "digits": digits, "last": f"{digits:9<{LONGEST_PHONE}}", "most": MOST_HOMES * 4,
        }):  # fmt: skip
            found.setdefault(unit, set()).add(person)
    elif people is not None:
        live = Occupancy.objects.annotate(**FOLDED).filter(people, until__isnull=True, unit__office_id__in=offices)
        for unit, person in live.order_by(OWN_FIRST, "unit__code").values_list("unit_id", "person_id")[: MOST_HOMES * 4]:
            found.setdefault(unit, set()).add(person)
    if not found and read(plain).addresses:
        found = {unit.pk: set() for unit in homes_meant(Unit.objects.filter(office_id__in=offices), plain)}
    return homes(list(found)[:MOST_HOMES], found) if found else []


# Who calls is looked up by the number, all day: by bytes, as the index lies.
BY_PHONE = """
SELECT o.unit_id, o.person_id FROM premises_phone f JOIN premises_occupancy o ON o.person_id = f.person_id AND o.until IS NULL
JOIN premises_unit u ON u.id = o.unit_id AND u.office_id = ANY(%(offices)s)
WHERE f.digits ~>=~ %(digits)s AND f.digits ~<=~ %(last)s ORDER BY o.role = 'agent', u.code LIMIT %(most)s
"""
OWN_FIRST = Case(When(role=Occupancy.Role.AGENT, then=Value(1)), default=Value(0))
FOLDED = {"name_up": Upper("person__name"), "pinyin_up": Upper("person__pinyin")}


def _people(plain: str) -> Q | None:
    """Who is meant: a phone by its beginning or its last digits, a name by a part, its sounds or its initials."""
    digits = _digits(plain)
    if _tail(plain):
        return Q(person__phone__digits__endswith=plain) | (
            Q(person__phone__digits__startswith=digits) if digits else Q(pk__in=())
        )
    if CHINESE.search(plain) and len(names.UNIT_PARTS.sub("", plain)) and not any(each.isdigit() for each in plain):
        return Q(name_up__contains=plain.upper())
    if LATIN.match(plain):
        joined = re.sub(r"[ .']+", "", plain)
        sounds = " ?".join(joined.upper())
        return reduce(or_, (Q(person__initials__startswith=joined.lower()), Q(pinyin_up__regex=f"^{sounds}"),
                            Q(name_up__contains=plain.upper())))  # fmt: skip
    return None


def _tail(plain: str) -> bool:
    return plain.isdigit() and len(plain) in TAIL


def _digits(plain: str) -> str:
    """The digits of a phone as it is searched; nothing when this is rather a room."""
    bare = names.BETWEEN_DIGITS.sub("", plain)
    if not bare.isdigit() or len(bare) < SHORTEST_PHONE or (ROOM.match(plain) and "-" in plain and len(bare) < 10):
        return ""
    try:
        return names.phone_key(plain)
    except Refused:
        return ""


def _rooms(plain: str) -> Q | None:
    """Which rooms are meant: 3-2-1201, 3栋2单元1201, 3-1201 or the beginning of one of them, or a room number alone."""
    key = names.unit_key(plain)
    if not ROOM.match(key) or not any(each.isdigit() for each in key) or (key.isdigit() and len(key) > LONGEST_ROOM):
        return None
    parts = key.split("-")
    meant = Q(code__startswith=key)
    if len(parts) == 1:
        return meant | Q(room__startswith=key)
    if len(parts) == 2:
        meant |= Q(building__code=parts[0], room__startswith=parts[1])
    return meant


def homes(units: Collection[int], found: dict[int, set[int]] | None = None) -> list[Home]:
    """Return units by id with everybody who belongs to them now, in the order of the ids given; two queries."""
    lines: dict[int, list[Living]] = {}
    for row in rows_of(LIVING, {"units": list(units)}):
        lines.setdefault(row[0], []).append(Living._make(row))
    known = {unit.pk: unit for unit in (_unit(row) for row in rows_of(UNITS, {"units": list(units)}))}
    return [Home(known[key], _residents(lines.get(key, []), (found or {}).get(key, set()))) for key in units if key in known]


class Living(NamedTuple):
    """Somebody who belongs to a home in one role, beside one of the phones: its id and number, None without any."""

    unit: int
    occupancy: int
    person: int
    name: str
    role: str
    large_type: bool
    phone: int | None
    number: str | None


LIVING = """
SELECT o.unit_id, o.id, p.id, p.name, o.role, p.large_type, f.id, f.number
FROM premises_occupancy o JOIN premises_person p ON p.id = o.person_id LEFT JOIN premises_phone f ON f.person_id = p.id
WHERE o.unit_id = ANY(%(units)s) AND o.until IS NULL ORDER BY o.role, o.id, f.id
"""
UNITS = f"""
SELECT {columns(Unit, "u")}, {columns(Building, "b")}, {columns(Office, "o")}
FROM premises_unit u JOIN premises_building b ON b.id = u.building_id JOIN premises_office o ON o.id = u.office_id
WHERE u.id = ANY(%(units)s)
"""  # noqa: S608  # names of columns
BUILDING, OFFICE = (len(model._meta.concrete_fields) for model in (Building, Office))


def _unit(row: tuple[Any, ...]) -> Unit:
    unit = made(Unit, row[: -BUILDING - OFFICE])
    unit.building = made(Building, row[-BUILDING - OFFICE : -OFFICE])
    unit.office = made(Office, row[-OFFICE:])
    return unit


def _residents(lines: list[Living], found: set[int]) -> tuple[Resident, ...]:
    order = [role for role, _title in Occupancy.Role.choices]
    living = [_resident(list(each), found) for _occupancy, each in groupby(lines, key=lambda line: line.occupancy)]
    return tuple(sorted(living, key=lambda each: (not each.found, order.index(each.role))))


def _resident(lines: list[Living], found: set[int]) -> Resident:
    """Return one person in one role, named in a line for each phone."""
    first = lines[0]
    phones = tuple((line.phone, line.number) for line in lines if line.phone is not None and line.number is not None)
    title = str(Occupancy.Role(first.role).label)
    return Resident(first.person, first.name, first.role, title, phones, first.large_type, first.person in found)


def phone_of(offices: Collection[int], phone: int, unit: int | None = None) -> Phone | None:
    """Return a phone by its id if its person belongs to a home of these offices now, or to the unit named; else None."""
    behind = Occupancy.objects.filter(until__isnull=True, unit__office_id__in=offices, person__phone=phone)
    if unit is not None:
        behind = behind.filter(unit=unit)
    return Phone.objects.select_related("person").filter(pk=phone).first() if behind.exists() else None


def under_warranty(unit: Unit, on: date) -> bool | None:
    """Tell whether a home is under the developer's warranty on a day; None when nobody wrote it down."""
    return None if unit.warranty_until is None else unit.warranty_until >= on
