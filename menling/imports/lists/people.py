"""Residents with their roles in the homes."""

from collections import defaultdict
from datetime import date
from typing import Any

from menling.imports.cells import Field, Wrong, day, phone, text, yes_no
from menling.imports.sitting import Sitting, Sort, What
from menling.kernel.words import _
from menling.premises import names
from menling.premises.administration.books import KEEPERS, enter
from menling.premises.administration.places import move_in, move_out
from menling.premises.meant import home_meant
from menling.premises.models import Occupancy, Person, Unit

ROLES = (("owner", _("owner")), ("tenant", _("tenant")), ("family", _("family")), ("agent", _("agent")))
FIELDS = (
    Field("unit", _("Unit"), text(30), "3-2-1201", required=True),
    Field("name", _("Full name"), text(60), "王秀英", required=True),
    Field("role", _("Role in the home"), text(10), "owner", required=True, choices=ROLES),
    Field("phone", _("Phone"), phone, "14000088001", width=18),
    Field("title", _("Form of address"), text(20), "王阿姨"),
    Field("large_type", _("Large type"), yes_no, "yes", choices=(("yes", _("yes")), ("no", _("no")))),
    Field("since", _("First day"), day, "2020-06-30"),
    Field("until", _("Last day"), day),
)
Key = tuple[int, str, str, str]


def write(sitting: Sitting, said: dict[str, Any]) -> What:
    """Let somebody belong to a home, or end it; known by home, name, phone and role."""
    living = _living(sitting)
    unit = home_meant(Unit.objects.filter(office=sitting.office), said["unit"])
    number = names.phone_key(said["phone"] or "")
    key = (unit.pk, names.folded(said["name"]), number, said["role"])
    held = _held(living, key, said)
    if held is None and said["until"] is not None:
        return "unchanged"
    made = held or move_in(unit, sitting.pen(), name=said["name"], phone=said["phone"] or "", role=said["role"],
                           since=said["since"] or sitting.today, title=said["title"] or "")  # fmt: skip
    living[key] = [made]
    described = _described(sitting, made.person, said)
    if said["until"] is not None:
        _ended(sitting, made, said["until"])
        living[key] = []
    if held is None:
        return "new"
    return "changed" if described or said["until"] is not None else "unchanged"


def _living(sitting: Sitting) -> dict[Key, list[Occupancy]]:
    if "living" not in sitting.known:
        found: dict[Key, list[Occupancy]] = defaultdict(list)
        rows = Occupancy.objects.filter(unit__office=sitting.office, until__isnull=True).select_related("person", "unit__office")
        for row in rows.prefetch_related("person__phone_set"):
            for digits in {"", *(each.digits for each in row.person.phone_set.all())}:
                found[row.unit_id, row.person.name, digits, row.role].append(row)
        sitting.known["living"] = found
    living: dict[Key, list[Occupancy]] = sitting.known["living"]
    return living


def _held(living: dict[Key, list[Occupancy]], key: Key, said: dict[str, Any]) -> Occupancy | None:
    held = living.get(key, [])
    if len(held) > 1:
        raise Wrong(_("Two people of this name live here. Write the phone of the one meant."), "phone")
    return held[0] if held else None


def _described(sitting: Sitting, person: Person, said: dict[str, Any]) -> bool:
    """Write down form of address and large type; an empty cell leaves them."""
    large = None if said["large_type"] is None else said["large_type"] == "yes"
    wanted = {"title": said["title"], "large_type": large}
    after = {name: value for name, value in wanted.items() if value is not None and value != getattr(person, name)}
    if after:
        before = {name: getattr(person, name) for name in after}
        enter(sitting.pen(), sitting.office, "person", person.name, before, after)
        Person.objects.filter(pk=person.pk).update(**after)
    return bool(after)


def _ended(sitting: Sitting, held: Occupancy, until: date) -> None:
    move_out(held, sitting.pen(), until=until, today=sitting.today)


PEOPLE = Sort(
    "people", _("Residents"), _("Who lives in a home or stands behind it, with the role there. A last day ends it."), FIELDS,
    KEEPERS, write, ("unit", "name", "phone", "role"),
)  # fmt: skip
