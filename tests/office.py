"""A small office for tests: one company, two offices, a few homes, people and staff. Real rows, nothing faked."""

import os
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import count
from typing import Any

from menling.catalogue.models import PriceItem, PriceList, StandardItem
from menling.journal.facts import read_facts
from menling.journal.models import Case
from menling.journal.perform import Answer
from menling.journal.when import When
from menling.kernel.actor import Actor
from menling.kernel.roles import Role
from menling.kinds import KINDS
from menling.premises import names
from menling.premises.actors import resident_actor, staff_actor
from menling.premises.models import Building, Company, Household, Occupancy, Office, Person, Phone, Post, Staff, Unit
from menling.reactions import perform

MORNING = datetime(2026, 11, 20, 2, 4, tzinfo=UTC)
"""Friday 10:04 in Shanghai."""
SINCE = date(2020, 1, 1)
ROLES = (
    Role.CONTROL_CENTRE, Role.SERVICE_DESK, Role.SERVICE_DESK_SUPERVISOR, Role.TEAM_LEAD, Role.REPAIR_WORKER,
    Role.HOUSEKEEPER, Role.BUSINESS_LEAD, Role.FINANCE, Role.OFFICE_MANAGER, Role.QUALITY, Role.ADMINISTRATION,
    Role.ENGINEERING_CREW, Role.WAREHOUSE,
)  # fmt: skip
_keys = count(1)


@dataclass
class World:
    """The rows of a test, and short words for what people do."""

    company: Company
    office: Office
    elsewhere: Office
    unit: Unit
    resident: Person
    staff: dict[str, Staff]
    now: datetime = MORNING
    actors: dict[str, Actor] = field(default_factory=dict)

    def actor(self, who: str) -> Actor:
        """Return a member of staff by role key, by role key with ``_2`` or ``_elsewhere``, or the resident."""
        if who not in self.actors:
            made = resident_actor(self.resident) if who == "customer" else staff_actor(self.staff[who], self.now.date())
            self.actors[who] = made
        return self.actors[who]

    def later(self, minutes: float = 0, seconds: float = 0) -> datetime:
        """Let time pass and return the new now."""
        self.now += timedelta(minutes=minutes, seconds=seconds)
        return self.now

    def file(self, who: str = "control_centre", *, at: datetime | None = None, key: str | None = None, **facts: Any) -> Case:
        """File a repair and return its case."""
        asked = {"unit": self.unit.code, "reporter": "王芳", "phone": "13800138000", "content": "厨房下水堵"} | facts
        answer = self.answer("file", None, who, at=at, key=key, **asked)
        return Case.objects.get(number=answer.body["number"])

    def do(self, case: Case, verb: str, who: str, *, at: datetime | None = None, key: str | None = None, **facts: Any) -> Case:
        """Take a step and return the case as it is then."""
        self.answer(verb, case, who, at=at, key=key, **facts)
        case.refresh_from_db()
        return case

    def answer(self, verb: str, case: Case | None, who: str | Actor, *, at: datetime | None = None, key: str | None = None,
               kind: str = "repair", **facts: Any) -> Answer:  # fmt: skip
        """Perform a command as a door does, with a fresh key unless one is given."""
        sort = KINDS[case.kind if case else kind]
        command = (sort.commands if case else sort.openings)[verb]
        by = self.actor(who) if isinstance(who, str) else who
        instant = at or self.now
        return perform(command, case or self.office, kind=sort, by=by, at=When(instant, max(instant, self.now), "typed"),
                       key=key or f"test-{os.getpid()}-{next(_keys)}", facts=read_facts(command, facts))  # fmt: skip

    def sent(self, **facts: Any) -> Case:
        """Return a repair that was filed, accepted and dispatched to the first worker."""
        case = self.do(self.file(**facts), "accept", "control_centre")
        return self.do(case, "dispatch", "control_centre", worker=self.staff["repair_worker"].number)

    def at_home(self, **facts: Any) -> Case:
        """Return a repair whose worker is at the home."""
        case = self.do(self.sent(**facts), "acknowledge", "repair_worker")
        return self.do(case, "arrive", "repair_worker")

    def finished(self, amount: str | None = None, **facts: Any) -> Case:
        """Return a finished repair, free or for an agreed amount."""
        case = self.at_home(**facts)
        if amount is not None:
            self.do(case, "quote", "repair_worker", amount=Decimal(amount), description="疏通")
            self.do(case, "consent", "repair_worker")
        return self.do(case, "finish", "repair_worker", summary="已疏通")

    def signed(self, amount: str | None = None, **facts: Any) -> Case:
        """Return a repair the resident signed and rated."""
        case = self.do(self.finished(amount, **facts), "sign", "customer")
        return self.do(case, "rate", "customer", rating=5)

    def completed(self, amount: str | None = None, **facts: Any) -> Case:
        """Return a repair reviewed and signed off."""
        case = self.do(self.signed(amount, **facts), "review", "team_lead")
        return self.do(case, "sign_off", "repair_worker")

    def child(self, case: Case, kind: str) -> Case:
        """Return the newest case of a kind that belongs to another case."""
        return case.children.filter(kind=kind).latest("id")


def build_world() -> World:
    """Build the rows and return the world."""
    company = Company.objects.create(name="安居物业管理有限公司", short_name="安居物业", is_demo=True)
    office = Office.objects.create(company=company, code="XH", name="星河管理处", phone="021-60000001")
    elsewhere = Office.objects.create(company=company, code="LY", name="绿苑管理处", phone="021-60000002")
    unit = make_unit(office, "3", "2", "1201")
    make_unit(office, "3", "2", "1202")
    make_unit(elsewhere, "1", "1", "101")
    resident = make_person(company, "王芳", "13800138000")
    move_in(resident, unit, "owner")
    staff: dict[str, Staff] = {}
    for number, role in enumerate(ROLES, 1):
        staff[role.value] = make_staff(company, office, role, f"A{number:03d}", f"员工{number}")
        staff[f"{role.value}_elsewhere"] = make_staff(company, elsewhere, role, f"B{number:03d}", f"同事{number}")
    staff["repair_worker_2"] = make_staff(company, office, Role.REPAIR_WORKER, "A101", "赵师傅")
    staff["housekeeper_2"] = make_staff(company, office, Role.HOUSEKEEPER, "A102", "钱阿姨")
    staff["engineering_crew_2"] = make_staff(company, office, Role.ENGINEERING_CREW, "A103", "孙工")
    staff["company_management"] = make_staff(company, None, Role.COMPANY_MANAGEMENT, "C001", "总经理")
    staff["call_department"] = make_staff(company, None, Role.CALL_DEPARTMENT, "C002", "呼叫员")
    make_prices(office)
    return World(company, office, elsewhere, unit, resident, staff)


def make_unit(office: Office, building: str, entrance: str, room: str) -> Unit:
    """Make a home."""
    house, _made = Building.objects.get_or_create(office=office, code=building)
    return Unit.objects.create(office=office, building=house, code=f"{building}-{entrance}-{room}", entrance=entrance, room=room)


def make_person(company: Company, name: str, phone: str) -> Person:
    """Make somebody with a phone."""
    person = Person.objects.create(company=company, name=name, pinyin=names.pinyin(name), initials=names.initials(name))
    Phone.objects.create(person=person, number=phone, digits=names.phone_key(phone))
    return person


def move_in(person: Person, unit: Unit, role: str) -> Occupancy:
    """Let somebody live in a home, or stand behind it."""
    household, _made = Household.objects.get_or_create(unit=unit, until=None, defaults={"since": SINCE})
    return Occupancy.objects.create(household=household, unit=unit, person=person, role=role, since=SINCE)


def make_staff(company: Company, office: Office | None, role: Role, number: str, name: str) -> Staff:
    """Make a member of staff with one post."""
    staff = Staff(company=company, number=number, name=name, pinyin=names.pinyin(name), initials=names.initials(name))
    staff.set_password("menling-test")
    staff.save()
    Post.objects.create(staff=staff, office=office, role=role, since=SINCE)
    return staff


def make_prices(office: Office) -> PriceList:
    """Publish a short price list."""
    published = PriceList.objects.create(office=office, name="特约服务收费标准", in_force_from=datetime(2020, 1, 1, tzinfo=UTC))
    rows = (("W01", "疏通厨房下水", "86.00", "visit", False), ("W02", "更换灯泡", "5.00", "piece", False),
            ("W03", "疏通马桶", "100.00", "visit", False), ("M01", "三角阀", "25.00", "piece", True))  # fmt: skip
    for code, name, price, per, material in rows:
        PriceItem.objects.create(price_list=published, code=code, name=name, name_en=name, price=Decimal(price), per=per,
                                 is_material=material)  # fmt: skip
        if not material:
            StandardItem.objects.create(company=office.company, code=code, name=name, name_en=name, price=Decimal(price), per=per,
                                        in_force_from=published.in_force_from)  # fmt: skip
    return published
