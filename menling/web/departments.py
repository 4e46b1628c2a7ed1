"""The departments an office passes reports on to, for the forms that name one (MR-39)."""

from dataclasses import replace

from django.utils.translation import gettext as _

from menling.procedures.referral import DEPARTMENTS
from menling.procedures.repair_policy import RepairPolicy
from menling.web.session import StaffRequest, figures
from menling.web.steps import Button

Choices = tuple[tuple[str, str], ...]


def department_name(key: str) -> str:
    """Return what a department is called: the office's own name where it added it."""
    return _(DEPARTMENTS[key]) if key in DEPARTMENTS else key


def departments(policy: RepairPolicy) -> Choices:
    """Return the departments of an office as (key, name)."""
    return tuple((each, department_name(each)) for each in policy.departments)


def with_departments(made: Button, request: StaffRequest) -> Button:
    """Return the form of `hand_on` with the departments to choose from; others as they are."""
    if made.verb != "hand_on":
        return made
    known = departments(figures(request).policy(RepairPolicy))
    fields = tuple(replace(each, widget="choice", choices=known) if each.name == "department" else each
                   for each in made.fields)  # fmt: skip
    return replace(made, fields=fields)
