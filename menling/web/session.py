"""Who is at the keyboard: from a request to an actor in one of the actor's offices."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any, cast

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, resolve_url
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.http import urlencode
from django_htmx.http import HttpResponseClientRedirect
from django_htmx.middleware import HtmxDetails

from menling.doorway.doing import NotThere
from menling.kernel.actor import Actor
from menling.kernel.refusal import Refused
from menling.kernel.roles import Role
from menling.policies.values import Values, values_for
from menling.premises.actors import staff_actor
from menling.premises.administration.own import chosen_by_oneself
from menling.premises.clock import now
from menling.premises.models import Company, Office, Staff
from menling.premises.statements import columns, made, rows_of

OFFICE = "office"
"""Session key of the office looked at, for people who have several."""
MOST_OFFICES = 60


class StaffRequest(HttpRequest):
    """A request of somebody who is logged in: the person, the actor, the office looked at, and when it came."""

    user: Staff
    htmx: HtmxDetails
    actor: Actor
    office: Office
    now: datetime
    figures: Values


View = Callable[..., HttpResponse]


def staff_page(*roles: Role, by_any_password: bool = False) -> Callable[[View], View]:
    """Open a view to staff; with `roles`, to those who hold one of them in the office looked at (else 403).

    The view receives a `StaffRequest`. Nobody logged in: to the log-in page and back. A password somebody else made leads
    to choosing the own one (MR-43), except where `by_any_password`. `NotThere`: 404.
    """

    def mark(view: View) -> View:
        @wraps(view)
        def opened(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not request.user.is_authenticated:
                return to_login(request)
            come = entered(request)
            if not by_any_password and _choosing(come):
                return HttpResponseClientRedirect(resolve_url("web:password")) if come.htmx else redirect("web:password")
            if roles and not come.actor.holds(come.office.pk, *roles):
                raise PermissionDenied
            try:
                return _fresh(view(come, *args, **kwargs))
            except NotThere as error:
                raise Http404(str(error)) from error

        return opened

    return mark


def _choosing(come: StaffRequest) -> bool:
    """Tell whether somebody has to choose the own password first."""
    try:
        chosen_by_oneself(given=come.user.password_given)
    except Refused:
        return True
    return False


def _fresh(answer: HttpResponse) -> HttpResponse:
    """A page is asked for again on the way back to it: a kept one shows an office of before, and keys used already."""
    if not answer.has_header("Cache-Control"):
        add_never_cache_headers(answer)
    return answer


def entered(request: HttpRequest) -> StaffRequest:
    """Return the request with actor, office and now, worked out once. Errors: PermissionDenied for staff without a post."""
    come = cast(StaffRequest, request)
    if hasattr(come, "actor"):
        return come
    come.now = now()
    come.actor = staff_actor(come.user, timezone.localtime(come.now).date())
    office = _office(come)
    if office is None:
        raise PermissionDenied
    come.office = office
    return come


def figures(request: StaffRequest) -> Values:
    """Return the figures in force in the office looked at, read once for a request."""
    if not hasattr(request, "figures"):
        request.figures = values_for(request.office, request.now)
    return request.figures


def offices_of(actor: Actor) -> QuerySet[Office]:
    """Return the offices an actor may look at."""
    rows = Office.objects.filter(company_id=actor.company)
    return rows if actor.sees_all_offices else rows.filter(pk__in=actor.offices)


def _office(come: StaffRequest) -> Office | None:
    asked = {"company": come.actor.company, "every": come.actor.sees_all_offices, "own": list(come.actor.offices),
             "chosen": come.session.get(OFFICE) or 0}  # fmt: skip
    for row in rows_of(LOOKED_AT, asked):
        office = made(Office, row[:-OF_COMPANY])
        office.company = made(Company, row[-OF_COMPANY:])
        return office
    return None


# As `offices_of`, of which one is looked at: the one chosen, if it is one of them, else the first.
LOOKED_AT = f"""
SELECT {columns(Office, "o")}, {columns(Company, "c")} FROM premises_office o JOIN premises_company c ON c.id = o.company_id
WHERE o.company_id = %(company)s AND (%(every)s OR o.id = ANY(%(own)s)) ORDER BY o.id = %(chosen)s DESC, o.code LIMIT 1
"""  # noqa: S608  # names of columns
OF_COMPANY = len(Company._meta.concrete_fields)


def to_login(request: HttpRequest) -> HttpResponse:
    """Return the way to the log-in page and back here; a poll or a form of an open page goes there as a whole page."""
    htmx = cast(StaffRequest, request).htmx
    back = htmx.current_url_abs_path if htmx else request.get_full_path()
    address = f"{resolve_url('web:login')}?{urlencode({'next': back or '/'})}"
    if htmx:
        return HttpResponseClientRedirect(address)
    return HttpResponse(status=302, headers={"Location": address})
