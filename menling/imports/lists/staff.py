"""Staff with their roles in the office and what they can do."""

import re
from datetime import date
from typing import Any

from django.db.models import Q

from menling.imports.cells import Field, Wrong, day, label, phone, text
from menling.imports.sitting import Sitting, Sort, What
from menling.kernel.procedure import ROLE_TITLES
from menling.kernel.roles import Role
from menling.kernel.words import _
from menling.premises.administration import people
from menling.premises.administration.books import ADMINISTRATORS, enter
from menling.premises.models import Post, Staff

ROLES = tuple((role.value, ROLE_TITLES[role]) for role in Role if role not in people.NO_POSTS)
FIELDS = (
    Field("number", _("Work number"), label(20), "W021", required=True),
    Field("name", _("Full name"), text(60), "赵建国", required=True),
    Field("role", _("Role"), text(30), "repair_worker", required=True, choices=ROLES, width=18),
    Field("phone", _("Phone"), phone, "14000088021", width=18),
    Field("since", _("First day"), day, "2024-03-01"),
    Field("until", _("Last day"), day),
    Field("skills", _("Skills"), text(300), "水暖、电气", width=24),
)
BETWEEN = re.compile(r"[、,，;；/\s]+")


def write(sitting: Sitting, said: dict[str, Any]) -> What:
    """Write down somebody's role in the office by work number and role; a person with two roles has two rows."""
    number = said["number"].upper()
    staff = Staff.objects.filter(number__iexact=number).first()
    if staff is None:
        return _taken_on(sitting, said, number)
    _same_person(sitting, staff, said)
    changes = [_phone(sitting, staff, said), _post(sitting, staff, said), _skills(sitting, staff, said)]
    return "changed" if any(changes) else "unchanged"


def _taken_on(sitting: Sitting, said: dict[str, Any], number: str) -> What:
    staff, _password = people.hire(
        sitting.office, sitting.pen(), number=number, name=said["name"], role=said["role"], phone=said["phone"] or "",
        since=said["since"] or sitting.today,
    )  # fmt: skip
    _skills(sitting, staff, said)
    if said["until"] is not None:
        _post(sitting, staff, said)
    return "new"


def _same_person(sitting: Sitting, staff: Staff, said: dict[str, Any]) -> None:
    if staff.company_id != sitting.office.company_id or staff.name != said["name"]:
        raise Wrong(_("The work number {number} belongs to somebody else. Please correct it."), "number", number=staff.number)
    if not staff.is_active:
        raise Wrong(_("{name} has left the company. Give a new work number."), "number", name=staff.name)


def _phone(sitting: Sitting, staff: Staff, said: dict[str, Any]) -> bool:
    wanted = said["phone"]
    if wanted is None or wanted == staff.phone:
        return False
    people.administers(sitting.pen(), staff, sitting.office)
    enter(sitting.pen(), sitting.office, "person", staff.number, {"phone": staff.phone}, {"phone": wanted})
    Staff.objects.filter(pk=staff.pk).update(phone=wanted[:20])
    return True


def _post(sitting: Sitting, staff: Staff, said: dict[str, Any]) -> bool:
    """Give or end the role named in the row."""
    live = Post.objects.filter(Q(until__isnull=True) | Q(until__gte=sitting.today), staff=staff, office=sitting.office)
    held = live.filter(role=said["role"]).select_related("staff", "office").first()
    until: date | None = said["until"]
    if held is None:
        if until is not None and until < sitting.today:
            return False
        since = said["since"] or sitting.today
        people.give_post(staff, sitting.office, sitting.pen(), role=said["role"], since=since, until=until)
        return True
    if until is None or held.until == until:
        return False
    people.end_post(held, sitting.pen(), until=until)
    return True


def _skills(sitting: Sitting, staff: Staff, said: dict[str, Any]) -> bool:
    """Write down what somebody can do, as a whole; an empty cell leaves it."""
    if said["skills"] is None:
        return False
    wanted = {each for each in BETWEEN.split(said["skills"]) if each}
    if wanted == set(staff.skills.values_list("name", flat=True)):
        return False
    people.set_skills(staff, sitting.office, sitting.pen(), wanted)
    return True


STAFF = Sort(
    "staff", _("Staff"),
    _("Who works here: one row for each role. New people get their first password on the page of the person."),
    FIELDS, ADMINISTRATORS, write, ("number", "role"),
)  # fmt: skip
