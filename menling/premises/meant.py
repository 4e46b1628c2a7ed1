"""Which homes of a register a text can mean."""

from functools import reduce
from operator import or_

from django.db.models import Q, QuerySet

from menling.kernel.refusal import Refused
from menling.kernel.words import Message, _
from menling.premises import rooms
from menling.premises.models import Unit
from menling.premises.public_places import place_codes
from menling.premises.rooms import Address
from menling.premises.statements import columns, made, rows_of

MOST = 12
"""So many homes are named when it has to be asked."""


def home_as_registered(office: int, number: str) -> Unit | None:
    """Return the home of an office with a number just as it stands in the register, or None."""
    for row in rows_of(REGISTERED, {"office": office, "number": number}):
        return made(Unit, row)
    return None


REGISTERED = f"""
SELECT {columns(Unit, "u")} FROM premises_unit u WHERE u.office_id = %(office)s AND u.code = %(number)s ORDER BY u.id LIMIT 1
"""  # noqa: S608  # names of columns


def homes_meant(rows: QuerySet[Unit], text: str) -> list[Unit]:
    """Return the homes among `rows` a text can mean, by number: one when it is clear, several when somebody has to say which.

    A number just as it stands in the register means that home and no other, and so do the words of a public place (3栋电梯厅). At
    most `MOST` and one more.
    """
    exact = rows.filter(code__in=place_codes(text)).order_by("is_public", "pk").first()
    if exact:
        return [exact]
    addresses = [each for each in rooms.read(text).addresses if each.room]
    if not addresses:
        return []
    chosen = reduce(or_, (Q(room__iregex=rf"^0*{rooms.tidy(each.room)}$") for each in addresses))
    near = rows.filter(chosen).select_related("building").order_by("code")
    return [unit for unit in near if any(_fits(each, unit) for each in addresses)][: MOST + 1]


def _fits(address: Address, unit: Unit) -> bool:
    return address.fits(unit.building.code, unit.entrance, unit.room)


def home_meant(rows: QuerySet[Unit], text: str) -> Unit:
    """Return the one home among `rows` a text means. Errors: `Refused` MR-8 (422), naming the homes it can mean."""
    return the_one(homes_meant(rows, text), text)


def the_one(found: list[Unit], text: str) -> Unit:
    """Return the only home found for a text. Errors: `Refused` MR-8 (422): none, or which there are."""
    if len(found) == 1:
        return found[0]
    if not found:
        raise Refused(
            "MR-8", _("There is no unit {unit} in this office. Check the room number, such as 3-2-1201."), status=422,
            unit=text[:40], field="unit",
        )  # fmt: skip
    raise Refused(
        "MR-8", _("“{unit}” can mean {homes}. Please write which one."), status=422, unit=text[:40], field="unit",
        homes=_named(found),
    )  # fmt: skip


def _named(found: list[Unit]) -> Message:
    codes = tuple(unit.code for unit in found[:MOST])
    return Message(_("{homes} and others") if len(found) > MOST else "{homes}", {"homes": codes})
