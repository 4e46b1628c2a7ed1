"""What every page of the back office shows around its answer: office, clock, person, role, left column."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language

from menling.kernel.procedure import ROLE_TITLES
from menling.kernel.roles import Role
from menling.web.navigation import START, sections, start
from menling.web.session import MOST_OFFICES, StaffRequest, offices_of


def surroundings(request: HttpRequest) -> dict[str, Any]:
    """Return the frame of a page for somebody who has entered; nothing for everybody else."""
    if not hasattr(request, "actor") or not hasattr(request, "office"):
        return {}
    come: StaffRequest = request  # type: ignore[assignment]  # `entered` put actor and office there
    held = come.actor.roles_in(come.office.pk)
    return {
        "person": come.actor,
        "office": come.office,
        "role_title": ROLE_TITLES[main_role(held)],
        # a part of a page asks for none of these
        "offices": SimpleLazyObject(lambda: offices_of(come.actor)[:MOST_OFFICES]),
        "sections": SimpleLazyObject(lambda: sections(held, request.path)),
        "start_url": start(held),
        "now": come.now,
        "language": get_language(),
    }


def main_role(held: frozenset[Role]) -> Role:
    """Return the role under which somebody sits here: the one that decides where the day begins."""
    return next((role for role in START if role in held), min(held, default=Role.EMPLOYEE))
