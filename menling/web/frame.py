"""What every page of the back office shows around its answer: office, clock, person, role, left column."""

from functools import lru_cache
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.functional import SimpleLazyObject
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from menling.kernel.procedure import ROLE_TITLES
from menling.kernel.roles import Role
from menling.premises.actors import first_offices
from menling.premises.models import Office
from menling.web.navigation import START, here, sections, start
from menling.web.session import MOST_OFFICES, StaffRequest


def surroundings(request: HttpRequest) -> dict[str, Any]:
    """Return the frame of a page for somebody who has entered; nothing for everybody else."""
    if not hasattr(request, "actor") or not hasattr(request, "office"):
        return {}
    come: StaffRequest = request  # type: ignore[assignment]  # `entered` put actor and office there
    held, language = come.actor.roles_in(come.office.pk), get_language() or ""
    return {
        "person": come.actor,
        "office": come.office,
        "role_title": ROLE_TITLES[main_role(held)],
        # a part of a page asks for none of these
        "offices": SimpleLazyObject(lambda: _to_choose(come)),
        "left_column": lambda: _left_column(held, here(held, request.path), language),
        "start_url": start(held),
        "now": come.now,
        "language": language,
    }


def _to_choose(come: StaffRequest) -> list[Office]:
    """Return the offices somebody may change to; who has a post in one alone sits there."""
    alone = len(come.actor.offices) == 1 and not come.actor.sees_all_offices
    return [come.office] if alone else first_offices(come.actor, MOST_OFFICES)


@lru_cache(maxsize=1024)
def _left_column(held: frozenset[Role], nearest: str, language: str) -> SafeString:
    """Draw the left column, which is a part of the program: once for a set of roles, a page and a language."""
    return render_to_string("web/parts/left_column.html", {"sections": sections(held, nearest)})


def main_role(held: frozenset[Role]) -> Role:
    """Return the role under which somebody sits here: the one that decides where the day begins."""
    return next((role for role in START if role in held), min(held, default=Role.EMPLOYEE))
