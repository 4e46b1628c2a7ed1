"""A scratch company for measuring: offices with homes, residents, a crew, a desk, and a token for everybody who calls."""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime

from menling.kernel.roles import Role
from menling.premises import names
from menling.premises.models import (
    Building,
    Company,
    Household,
    Occupancy,
    Office,
    Person,
    Phone,
    Post,
    Staff,
    Token,
    Unit,
)

CREW = 50
HOMES = 400
SINCE = date(2020, 1, 1)
FIRST_PHONE = 14_001_000_000
FAMILY, GIVEN = "赵钱孙李周吴郑王冯陈", "建国秀英志强丽华卫东桂兰海燕晓明文静家豪"
NAMESAKES = 5
"""So many homes side by side have residents whose names begin alike."""
DESKS = (Role.CONTROL_CENTRE, Role.TEAM_LEAD, Role.SERVICE_DESK, Role.FINANCE, Role.OFFICE_MANAGER)


@dataclass(frozen=True)
class Home:
    """A home with the resident who calls from it."""

    unit: Unit
    person: Person
    phone: str


@dataclass(frozen=True)
class Team:
    """An office and its people; tokens are `token:<work number>`."""

    office: Office
    homes: list[Home]
    desk: Staff
    lead: Staff
    service: Staff
    finance: Staff
    manager: Staff
    crew: list[Staff]

    @property
    def units(self) -> list[Unit]:
        """Return the homes without their people."""
        return [home.unit for home in self.homes]


def token(staff: Staff) -> str:
    """Return the token of somebody."""
    return f"token:{staff.number}"


def build_town(now: datetime, *, offices: int = 1, crew: int = CREW, homes: int = HOMES) -> list[Team]:
    """Build the rows in the empty tables, the same ones each time."""
    company = Company.objects.create(name="测量物业", short_name="测量物业", is_demo=True)
    return [_team(company, at, crew, homes, now) for at in range(offices)]


def _team(company: Company, at: int, crew: int, homes: int, now: datetime) -> Team:
    office = Office.objects.create(company=company, code=f"BN{at:02d}", name=f"测量管理处{at:02d}", phone="14000000000")
    roles = [*DESKS, *[Role.REPAIR_WORKER] * crew]
    first = at * len(roles)
    people = Staff.objects.bulk_create(
        Staff(company=company, number=f"B{first + each:05d}", name=f"员工{first + each:05d}") for each in range(len(roles))
    )
    Post.objects.bulk_create(
        Post(staff=each, office=office, role=role, since=SINCE) for each, role in zip(people, roles, strict=True)
    )
    Token.objects.bulk_create(
        Token(digest=hashlib.sha256(token(each).encode()).hexdigest(), staff=each, created_at=now) for each in people
    )
    desk, lead, service, finance, manager, *workers = people
    return Team(office, _homes(company, office, at * homes, homes), desk, lead, service, finance, manager, workers)


def _homes(company: Company, office: Office, first: int, count: int) -> list[Home]:
    house = Building.objects.create(office=office, code="1")
    units = Unit.objects.bulk_create(
        Unit(office=office, building=house, code=f"1-1-{room}", entrance="1", room=str(room)) for room in range(101, 101 + count)
    )
    people = Person.objects.bulk_create(_person(company, first + each) for each in range(count))
    phones = Phone.objects.bulk_create(
        Phone(person=each, number=(number := str(FIRST_PHONE + 17 * (first + at))), digits=names.phone_key(number))
        for at, each in enumerate(people)
    )
    households = Household.objects.bulk_create(Household(unit=unit, since=SINCE) for unit in units)
    Occupancy.objects.bulk_create(
        Occupancy(household=household, unit=unit, person=person, role=Occupancy.Role.OWNER, since=SINCE)
        for household, unit, person in zip(households, units, people, strict=True)
    )
    return [Home(*each) for each in zip(units, people, (phone.number for phone in phones), strict=True)]


def _person(company: Company, at: int) -> Person:
    """Return an invented resident whose name nobody else of the town has; `NAMESAKES` of them begin with the same three signs."""
    tail = "".join("甲乙丙丁戊己庚辛壬癸"[int(digit)] for digit in f"{at:05d}")
    alike, family = divmod(at // NAMESAKES, len(FAMILY))
    given = alike * 2 % len(GIVEN)
    name = f"{FAMILY[family]}{GIVEN[given : given + 2]}{tail}"
    return Person(company=company, name=name, pinyin=names.pinyin(name), initials=names.initials(name))
