"""What every page of the back office shows around its answer: office, clock, person, role, left column."""

from functools import lru_cache
from typing import Any

from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.utils.functional import SimpleLazyObject
from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from menling.kernel.procedure import ROLE_TITLES
from menling.kernel.roles import Role
from menling.premises.actors import first_offices
from menling.premises.models import Office
from menling.web.navigation import START, here, sections, start
from menling.web.session import MOST_OFFICES, StaffRequest

TOKEN, PLACE = "\0token\0", "\0place\0"
"""Marks in a drawn part of a page; no text from a database can hold such a character."""


def surroundings(request: HttpRequest) -> dict[str, Any]:
    """Return the frame of a page for somebody who has entered; nothing for everybody else."""
    if not hasattr(request, "actor") or not hasattr(request, "office"):
        return {}
    come: StaffRequest = request  # type: ignore[assignment]  # `entered` put actor and office there
    held, language = come.actor.roles_in(come.office.pk), get_language() or ""
    return {
        "person": come.actor,
        "office": come.office,
        # a part of a page asks for none of these
        "offices": SimpleLazyObject(lambda: _to_choose(come)),
        "person_menu": lambda: _person_menu(request, come.actor.name, ROLE_TITLES[main_role(held)], language),
        "left_column": lambda: _left_column(held, here(held, request.path), language),
        "start_url": start(held),
        "now": come.now,
        "language": language,
    }


def _to_choose(come: StaffRequest) -> list[Office]:
    """Return the offices somebody may change to; who has a post in one alone sits there."""
    alone = len(come.actor.offices) == 1 and not come.actor.sees_all_offices
    return [come.office] if alone else first_offices(come.actor, MOST_OFFICES)


def _person_menu(request: HttpRequest, name: str, role_title: str, language: str) -> SafeString:
    """Return who sits here and what they do for themselves, with the token of this page and the way back to it."""
    html = _person(name, role_title, language).replace(TOKEN, get_token(request))
    return SafeString(html.replace(PLACE, escape(request.get_full_path())))  # the template has escaped the name


@lru_cache(maxsize=1024)
def _person(name: str, role_title: str, _language: str) -> SafeString:
    """Draw it once for everybody of that name and role; it shows nothing else."""
    shown = {"name": name, "role_title": role_title, "csrf_token": TOKEN, "request": {"get_full_path": PLACE}}
    return render_to_string("web/parts/person.html", shown)


@lru_cache(maxsize=1024)
def _left_column(held: frozenset[Role], nearest: str, language: str) -> SafeString:
    """Draw the left column, which is a part of the program: once for a set of roles, a page and a language."""
    return render_to_string("web/parts/left_column.html", {"sections": sections(held, nearest)})


def main_role(held: frozenset[Role]) -> Role:
    """Return the role under which somebody sits here: the one that decides where the day begins."""
    return next((role for role in START if role in held), min(held, default=Role.EMPLOYEE))
