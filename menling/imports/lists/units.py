"""Homes."""

from dataclasses import replace
from typing import Any

from menling.imports.cells import Field, Wrong, day, text
from menling.imports.sitting import Sitting, Sort, What
from menling.kernel.words import _
from menling.premises.administration.books import KEEPERS
from menling.premises.administration.places import Home, known_of, save_unit
from menling.premises.models import Unit
from menling.premises.rooms import read

FIELDS = (
    Field("code", _("Unit"), text(30), "3-2-1201", required=True),
    Field("handed_over_on", _("Handed over"), day, "2020-06-30"),
    Field("warranty_until", _("Warranty until"), day, "2022-06-30"),
    Field("developer_contact", _("Developer's contact"), text(100), "14000000800", width=24),
    Field("special_care", _("Special care"), text(200), "听力不便：请按两次门铃", width=30),
)

NAMES = tuple(each.key for each in FIELDS[1:])


def write(sitting: Sitting, said: dict[str, Any]) -> What:
    """Write a home down by its number; an empty cell leaves what is known as it is."""
    if "units" not in sitting.known:
        sitting.known["units"] = {unit.code: unit for unit in Unit.objects.filter(office=sitting.office)}
    code = number(said["code"])
    unit: Unit | None = sitting.known["units"].get(code)
    before = known_of(unit) if unit else Home(code)
    after = replace(before, **{name: said[name] for name in NAMES if said[name] is not None})
    if unit and before == after:
        return "unchanged"
    sitting.known["units"][code] = save_unit(sitting.office, sitting.pen(), after, unit)
    return "changed" if unit else "new"


def number(typed: str) -> str:
    """Return the number of a home in the form of the register. Errors: `Wrong` with the question that is left."""
    reading = read(typed)
    address = reading.sure or _two_parts(typed)
    if address is None or not address.building:
        question = reading.question
        if question is None:
            raise Wrong(_("The building is missing. Write the home as building-entrance-room, such as 3-2-1201."), "code")
        raise Wrong(question, "code")
    return str(address)


def _two_parts(typed: str) -> Any:
    """In a list of homes a number of two parts is building and room, as the register writes it."""
    whole = [each for each in read(typed).addresses if each.building and each.room and not each.entrance]
    return whole[0] if len(whole) == 1 else None


UNITS = Sort(
    "units", _("List of homes"), _("The homes of the estate: one row each, known by its number."), FIELDS, KEEPERS, write,
    ("code",),
)  # fmt: skip
