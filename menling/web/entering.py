"""One entry in the books of an office from a form: written once, or refused beside the button."""

from collections.abc import Callable
from datetime import date

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.dateparse import parse_date
from django_htmx.http import HttpResponseClientRedirect

from menling.journal.facts import Malformed
from menling.kernel.refusal import Refused
from menling.premises.administration.books import Pen, WrittenBefore
from menling.web.answers import said_no
from menling.web.session import StaffRequest


def pen(request: StaffRequest) -> Pen:
    """Return who writes, now, under the key of the form."""
    return Pen(request.actor, request.now, request.POST.get("key", ""))


def entered(request: StaffRequest, writing: Callable[[], object], after: str, done: str) -> HttpResponse:
    """Write and go on to `after`; sent twice it is written once. What is refused is said beside the button."""
    try:
        writing()
        messages.success(request, done)
    except WrittenBefore:
        pass
    except (Refused, Malformed) as problem:
        return said_no(request, problem)
    return HttpResponseClientRedirect(after) if request.htmx else redirect(after)


def posted_day(request: StaffRequest, name: str, *, required: bool = True) -> date | None:
    """Return the day of a field. Errors: `Malformed` for what is no day, or for nothing where a day is needed."""
    text = request.POST.get(name, "").strip()
    try:
        on = parse_date(text) if text else None
    except ValueError:
        on = None
    if on is None and (text or required):
        raise Malformed([{"path": name, "message": text, "type": "date" if text else "missing"}])
    return on


def needed_day(request: StaffRequest, name: str) -> date:
    """Return the day of a field that must have one. Errors: `Malformed`."""
    on = posted_day(request, name)
    assert on is not None, "a required day is never empty"
    return on
