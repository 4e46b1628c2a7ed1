"""Homes and their people, as an office keeps them."""

from dataclasses import dataclass
from datetime import date

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet

from menling.kernel.refusal import Refused
from menling.kernel.words import _
from menling.premises import names
from menling.premises.administration.books import Pen, enter, keeps, not_so, wrong
from menling.premises.models import Building, Household, Occupancy, Office, Person, Phone, Unit


@dataclass(frozen=True)
class Home:
    """What is written about a home; a public area (`is_public`) is one nobody lives in (EN-D.4)."""

    code: str
    handed_over_on: date | None = None
    warranty_until: date | None = None
    developer_contact: str = ""
    special_care: str = ""
    is_public: bool = False


def units_of(office: Office, asked: str = "") -> QuerySet[Unit]:
    """Return the homes of an office whose number begins with, or whose people are called or phoned, as asked."""
    rows = Unit.objects.filter(office=office).order_by("code")
    asked = names.folded(asked)
    if not asked:
        return rows
    live = Occupancy.objects.filter(until__isnull=True, unit__office=office)
    people = live.filter(
        Q(person__name__icontains=asked) | Q(person__initials__istartswith=asked) | Q(person__phone__digits=asked)
    )
    return rows.filter(Q(code__istartswith=names.unit_key(asked)) | Q(pk__in=people.values("unit_id")))


@transaction.atomic
def save_unit(office: Office, pen: Pen, home: Home, unit: Unit | None = None) -> Unit:
    """Write a home down, a new one or one that is there; its number reads building, entrance, room.

    Errors: `Refused` MR-12 (403); MR-8 (422) for a number that is none, (409) for one taken; `WrittenBefore`.
    """
    keeps(pen.by, office)
    code = names.unit_key(home.code)
    parts = code.split("-")
    if not 2 <= len(parts) <= 3 or any(len(part) > 8 for part in parts):
        raise wrong(_("Write the home as building-entrance-room, such as 3-2-1201."), "code")
    before = _told(unit) if unit else {}
    enter(pen, office, "unit", code, before, {**vars_of(home), "code": code})
    if Unit.objects.filter(office=office, code=code).exclude(pk=unit.pk if unit else 0).exists():
        raise not_so(_("The home {code} is on the list already."), "code", code=code)
    house, _made = Building.objects.get_or_create(office=office, code=parts[0])
    row = unit or Unit(office=office)
    row.building, row.code, row.entrance, row.room = house, code, parts[1] if len(parts) == 3 else "", parts[-1]
    row.handed_over_on, row.warranty_until = home.handed_over_on, home.warranty_until
    row.developer_contact, row.special_care = names.folded(home.developer_contact)[:100], names.folded(home.special_care)[:200]
    row.is_public = home.is_public
    row.save()
    return row


def known_of(unit: Unit) -> Home:
    """Return what is written about a home."""
    return Home(unit.code, unit.handed_over_on, unit.warranty_until, unit.developer_contact, unit.special_care, unit.is_public)


def _told(unit: Unit) -> dict[str, str]:
    return vars_of(known_of(unit))


def vars_of(home: Home) -> dict[str, str]:
    """Return what is written about a home as texts."""
    return {name: "✓" if value is True else str(value or "") for name, value in vars(home).items()}


@transaction.atomic
def move_in(unit: Unit, pen: Pen, *, name: str, phone: str, role: str, since: date, title: str = "") -> Occupancy:
    """Add somebody to a home; somebody of that name and phone whom the company knows already is the same person.

    Errors: `Refused` MR-12 (403); MR-8 (422) without a name, with a phone that is none, (409) for a role held already.
    """
    keeps(pen.by, unit.office)
    name, digits = names.folded(name)[:60], names.phone_key(phone)
    if not name:
        raise wrong(_("Please write the name."), "name")
    if role not in Occupancy.Role.values:
        raise wrong(_("Choose a role of the list."), "role")
    enter(pen, unit.office, "move_in", unit.code, after={"name": name, "role": role, "since": str(since)})
    person = Person.objects.filter(company_id=unit.office.company_id, name=name, phone__digits=digits).first() if digits else None
    person = person or _new_person(unit.office, name, phone, title)
    household, _made = Household.objects.get_or_create(unit=unit, until=None, defaults={"since": since})
    try:
        with transaction.atomic():
            return Occupancy.objects.create(household=household, unit=unit, person=person, role=role, since=since)
    except IntegrityError as error:
        raise not_so(_("{name} is on the list of this home already."), "name", name=name) from error


def _new_person(office: Office, name: str, phone: str, title: str) -> Person:
    person = Person.objects.create(
        company_id=office.company_id, name=name, pinyin=names.pinyin(name), initials=names.initials(name),
        title=names.folded(title)[:20],
    )  # fmt: skip
    if names.phone(phone):
        Phone.objects.create(person=person, number=names.phone(phone), digits=names.phone_key(phone))
    return person


@transaction.atomic
def move_out(occupancy: Occupancy, pen: Pen, *, until: date, today: date) -> None:
    """Let somebody's role in a home end; with the last of them the stay ends. Errors: `Refused` MR-12 (403); MR-8 (409) for
    a day before the first or after today; `WrittenBefore`."""
    office = occupancy.unit.office
    keeps(pen.by, office)
    if not occupancy.since <= until <= today:
        raise Refused("MR-8", _("The last day lies between the first day and today."), field="until")
    enter(pen, office, "move_out", occupancy.unit.code, {"name": occupancy.person.name, "role": occupancy.role},
          {"until": str(until)})  # fmt: skip
    Occupancy.objects.filter(pk=occupancy.pk).update(until=until)
    if not Occupancy.objects.filter(household_id=occupancy.household_id, until__isnull=True).exists():
        Household.objects.filter(pk=occupancy.household_id).update(until=until)


@transaction.atomic
def save_office(office: Office, pen: Pen, *, name: str, phone: str, address: str) -> None:
    """Correct what is printed of an office: name, phone and address. Errors: `Refused` MR-12 (403); MR-8 (422)."""
    keeps(pen.by, office)
    name, number = names.folded(name)[:60], names.folded(phone)[:20]
    if not name or not number:
        raise wrong(_("An office needs a name and a phone: both stand on every slip."), "phone" if name else "name")
    before = {"name": office.name, "phone": office.phone, "address": office.address}
    after = {"name": name, "phone": number, "address": names.folded(address)[:200]}
    enter(pen, office, "office", office.code, before, after)
    Office.objects.filter(pk=office.pk).update(**after)
