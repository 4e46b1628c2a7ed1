"""The departments an office passes reports on to, for the forms that name one (MR-39)."""

from dataclasses import replace

from menling.doorway.departments import department_name
from menling.procedures.repair_policy import RepairPolicy
from menling.web.session import StaffRequest, figures
from menling.web.steps import Button

Choices = tuple[tuple[str, str], ...]


def departments(policy: RepairPolicy) -> Choices:
    """Return the departments of an office as (key, name)."""
    return tuple((each, department_name(each)) for each in policy.departments)


def with_departments(made: Button, request: StaffRequest) -> Button:
    """Return the form of `hand_on` with the departments to choose from, none of them chosen; others as they are."""
    if made.verb != "hand_on":
        return made
    known = departments(figures(request).policy(RepairPolicy))
    fields = tuple(replace(each, widget="pick", choices=known) if each.name == "department" else each
                   for each in made.fields)  # fmt: skip
    return replace(made, fields=fields)
