"""A scratch office for measuring: homes, a crew, a desk, and a token for everybody who calls."""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime

from menling.kernel.roles import Role
from menling.premises.models import Building, Company, Office, Post, Staff, Token, Unit

CREW = 50
HOMES = 400
SINCE = date(2020, 1, 1)


@dataclass(frozen=True)
class Town:
    """The office and its people; tokens are `token:<work number>`."""

    office: Office
    units: list[Unit]
    desk: Staff
    crew: list[Staff]


def token(staff: Staff) -> str:
    """Return the token of somebody."""
    return f"token:{staff.number}"


def build_town(now: datetime) -> Town:
    """Build the rows in the empty tables."""
    company = Company.objects.create(name="测量物业", short_name="测量物业", is_demo=True)
    office = Office.objects.create(company=company, code="BN", name="测量管理处", phone="14000000000")
    house = Building.objects.create(office=office, code="1")
    units = Unit.objects.bulk_create(
        Unit(office=office, building=house, code=f"1-1-{room}", entrance="1", room=str(room)) for room in range(101, 101 + HOMES)
    )
    people = [Staff(company=company, number=f"B{at:03d}", name=f"员工{at}") for at in range(CREW + 1)]
    desk, *crew = Staff.objects.bulk_create(people)
    roles = [Role.CONTROL_CENTRE] + [Role.REPAIR_WORKER] * CREW
    Post.objects.bulk_create(
        Post(staff=each, office=office, role=role, since=SINCE) for each, role in zip(people, roles, strict=True)
    )
    Token.objects.bulk_create(Token(digest=hashlib.sha256(token(each).encode()).hexdigest(), staff=each, created_at=now)
                              for each in people)  # fmt: skip
    return Town(office, units, desk, crew)
