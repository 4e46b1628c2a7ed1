"""The invented estates: buildings, homes, and who lives or owns there."""

from dataclasses import dataclass
from datetime import date, timedelta

from menling.demo.chance import Chance
from menling.premises import names
from menling.premises.models import Building, Company, Household, Occupancy, Office, Person, Phone, Unit

ENTRANCES = ("1", "2", "3")
FLOORS, LOW = tuple(range(1, 19)), tuple(range(1, 7))
DOORS = ("01", "02")
NEW_BUILDINGS = {"5", "6"}
"""Handed over lately: the developer still answers for them."""
DEVELOPER = "示范置业 客服 14000000800"
CARE = (
    "独居老人，听力不便：先打电话，再用力敲门", "家有婴儿，午间请勿按门铃", "养大型犬，上门前请电话通知",
    "行动不便，开门较慢，请多等一会儿", "住户上夜班，上午请勿打扰", "对消毒水过敏", "轮椅出入，工具勿放门口",
    "孕妇在家，请勿使用刺激性药剂",
)  # fmt: skip
RESIDENT_HOME = "3-2-1201"
RESIDENT_AGENT_FOR = ("3-2-1202", "3-2-1001", "5-1-301", "1-3-802")
AGENT_FOR = ("2-1-501", "2-1-502", "2-3-1701", "4-2-801", "4-2-802", "6-1-1502")
SOLE = frozenset({RESIDENT_HOME, *RESIDENT_AGENT_FOR, *AGENT_FOR})


@dataclass
class Home:
    """A home and the person who opens the door, None where nobody lives."""

    unit: Unit
    person: Person | None = None
    phone: str = ""


@dataclass
class Register:
    """Rows on their way into the tables."""

    people: list[Person]
    phones: list[Phone]
    households: list[Household]
    occupancies: list[Occupancy]

    def write(self) -> None:
        """Write everything that was collected."""
        Person.objects.bulk_create(self.people)
        Phone.objects.bulk_create(self.phones)
        Household.objects.bulk_create(self.households)
        Occupancy.objects.bulk_create(self.occupancies)


class Estate:
    """One estate on its way into the tables."""

    def __init__(self, company: Company, office: Office, chance: Chance, today: date) -> None:
        self.company, self.office, self.chance, self.today = company, office, chance, today
        self.register = Register([], [], [], [])
        self.homes: dict[str, Home] = {}

    def build(self, buildings: tuple[str, ...], entrances: tuple[str, ...], floors: tuple[int, ...]) -> None:
        """Build the homes: building, entrance, floor and door in every combination."""
        houses = Building.objects.bulk_create(Building(office=self.office, code=code, name=f"{code}号楼") for code in buildings)
        units = [self._unit(house, entrance, f"{floor}{door}") for house in houses for entrance in entrances
                 for floor in floors for door in DOORS]  # fmt: skip
        for number, unit in enumerate(Unit.objects.bulk_create(units)):
            if number % 37 == 5 and unit.code not in SOLE:
                unit.special_care = CARE[number // 37 % len(CARE)]
            self.homes[unit.code] = Home(unit)
        Unit.objects.bulk_update(units, ["special_care"])

    def _unit(self, house: Building, entrance: str, room: str) -> Unit:
        is_new = house.code in NEW_BUILDINGS
        handed_over = self.today - timedelta(days=300 if is_new else 2500)
        return Unit(
            office=self.office, building=house, code=f"{house.code}-{entrance}-{room}", entrance=entrance, room=room,
            handed_over_on=handed_over, warranty_until=handed_over + timedelta(days=730),
            developer_contact=DEVELOPER if is_new else "",
        )  # fmt: skip

    def people(self) -> None:
        """Let people move in: owners with family, tenants of owners elsewhere, and a few empty homes."""
        for code, home in self.homes.items():
            if code not in SOLE and not self.chance.happens(0.06):
                self._move_in(home)

    def _move_in(self, home: Home) -> None:
        household = self.household(home.unit)
        owner = self.person()
        lets = self.chance.happens(0.18)
        self.lives(household, owner, Occupancy.Role.OWNER)
        home.person, home.phone = owner, self.register.phones[-1].number
        if lets:
            home.person = self.person()
            home.phone = self.register.phones[-1].number
            self.lives(household, home.person, Occupancy.Role.TENANT)
        elif self.chance.happens(0.55):
            self.lives(household, self.person(), Occupancy.Role.FAMILY)

    def household(self, unit: Unit) -> Household:
        """Begin a household."""
        since = self.today - timedelta(days=120 + self.chance.random.randrange(1800))
        self.register.households.append(Household(unit=unit, since=since))
        return self.register.households[-1]

    def person(self, name: str = "", phone: str = "") -> Person:
        """Invent somebody with a phone; about one in twelve reads large type only."""
        named = name or self.chance.name()
        person = Person(company=self.company, name=named, pinyin=names.pinyin(named), initials=names.initials(named),
                        large_type=not name and self.chance.happens(0.08))  # fmt: skip
        number = phone or self.chance.phone()
        self.register.people.append(person)
        self.register.phones.append(Phone(person=person, number=number, digits=names.phone_key(number)))
        return person

    def lives(self, household: Household, person: Person, role: str) -> None:
        """Give somebody a role in a household."""
        self.register.occupancies.append(
            Occupancy(household=household, unit=household.unit, person=person, role=role, since=household.since)
        )

    def one_behind_many(self, person: Person, phone: str, codes: tuple[str, ...]) -> None:
        """Let one person stand as agent behind several homes whose owners live elsewhere."""
        for code in codes:
            household = self.household(self.homes[code].unit)
            self.lives(household, self.person(), Occupancy.Role.OWNER)
            self.lives(household, person, Occupancy.Role.AGENT)
            self.homes[code].person, self.homes[code].phone = person, phone

    def resident(self, name: str, phone: str, home: str, agent_for: tuple[str, ...]) -> Person:
        """Let the resident of the demonstration own one home and stand behind others."""
        person = self.person(name, phone)
        self.lives(self.household(self.homes[home].unit), person, Occupancy.Role.OWNER)
        self.homes[home].person, self.homes[home].phone = person, phone
        self.one_behind_many(person, phone, agent_for)
        return person
