"""Public places of an estate, by the words people use for them: each is a unit nobody lives in from its first report on
(EN-D.4, MR-39)."""

import re

from menling.kernel.refusal import Refused
from menling.kernel.words import _
from menling.premises import names
from menling.premises.models import Building, Office, Unit
from menling.premises.models.places import GROUNDS

LONGEST, LONGEST_ROOM = 17, 12
"""Characters of a place, beside its building; of its words where a room number stands. What else is to be said is content."""
AFTER_BUILDING = re.compile(r"^[\s\-–—_/#]*(?:号楼|栋楼|幢楼|座楼|号院|栋|幢|座|楼|号)?[\s\-–—_/#]*")
HOUSE = re.compile(r"^([0-9A-Za-z]+)栋")
WORDS = re.compile(r"[^\W\d_]")


def public_place(office: Office, text: str) -> Unit:
    """Return the unit of a public place, made where nobody named it before: 3栋电梯厅 is 3-电梯厅, 地下车库 is 公共-地下车库.

    Errors: `Refused` MR-39, 422 for no words or too many, 409 for the number of a home.
    """
    plain = " ".join(names.folded(text).split())
    building, place = _within(office, plain)
    found = Unit.objects.filter(office=office, code__in=(plain, f"{building}-{place}")).order_by("is_public").first()
    if found is None:
        _in_few_words(place)
        found = _made(office, building, place)
    if not found.is_public:
        raise Refused("MR-39", _("{unit} is a home, no public place. Please file it for the home."), unit=found.code,
                      field="place")  # fmt: skip
    return found


def place_codes(text: str) -> tuple[str, ...]:
    """Return the numbers that a public place said in words may have in the register: 3栋电梯厅 is 3-电梯厅."""
    plain = " ".join(names.folded(text).split())
    return plain, HOUSE.sub(r"\1-", plain), f"{GROUNDS}-{plain}"


def _in_few_words(place: str) -> None:
    if not WORDS.search(place) or len(place) > LONGEST:
        raise Refused(
            "MR-39", _("Please write the public place in at most {most} characters, such as 3栋电梯厅."), status=422,
            most=LONGEST, field="place",
        )  # fmt: skip


def _within(office: Office, plain: str) -> tuple[str, str]:
    """Return the building a text begins with, by number or name, and the words behind it."""
    houses = [(called, code) for code, name in Building.objects.filter(office=office).values_list("code", "name")
              for called in (code, name) if called]  # fmt: skip
    for called, code in sorted(houses, key=lambda each: -len(each[0])):
        if plain.startswith(called):
            rest = AFTER_BUILDING.sub("", plain[len(called) :])
            if WORDS.search(rest) and not (called[-1].isdigit() and plain[len(called) :][:1].isdigit()):
                return code, rest
    return GROUNDS, plain


def _made(office: Office, building: str, place: str) -> Unit:
    house, _new = Building.objects.get_or_create(office=office, code=building)
    unit, _new = Unit.objects.get_or_create(
        office=office, code=f"{building}-{place}", defaults={"building": house, "room": place[:LONGEST_ROOM], "is_public": True}
    )
    return unit
