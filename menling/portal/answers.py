"""What every address of a link has in common: who holds it, the page again, and what is in the way of a step."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from menling.doorway.doing import KeyMissing, NotThere
from menling.journal.facts import Malformed
from menling.kernel.refusal import Refused
from menling.portal import plain
from menling.portal.holding import Held, LinkGone, opened
from menling.portal.pages import page_of, shown
from menling.premises.clock import now
from menling.premises.models import Office

Answer = HttpResponse | FileResponse
View = Callable[..., Answer]
FEW = 3
"""So many offices' phones are shown under a link that says nothing; a larger company's resident knows its own."""


def linked(view: View) -> View:
    """Open the link of an address and hand who holds it to a view; where it is gone the page says whom to call instead."""

    @wraps(view)
    def of_link(request: HttpRequest, link: str, *args: Any, **kwargs: Any) -> Answer:
        try:
            held = opened(link, now())
        except LinkGone as gone:
            return _gone_page(request, gone)
        return view(request, held, *args, **kwargs)

    return of_link


def stepped(request: HttpRequest, held: Held, verb: str, kind: str, step: Callable[[], str]) -> HttpResponse:
    """Return the way to where a step leads, or the page again with what is in its way; what was typed stands in the form."""
    try:
        return HttpResponseRedirect(step(), status=303)
    except Refused as refusal:
        return _trouble(request, held, verb, plain.refused(verb, refusal, kind), refusal.status)
    except Malformed as error:
        return _trouble(request, held, verb, plain.malformed(error), 422)
    except (KeyMissing, NotThere):
        return _trouble(request, held, verb, plain.changed(), 409)


def page_shown(request: HttpRequest, held: Held, more: dict[str, Any], status: int = 200) -> HttpResponse:
    """Return the page of a link."""
    return private(render(request, page_of(held).template, shown(held, more.get("typed", {})) | more, status=status))


def private(answer: HttpResponse) -> HttpResponse:
    """Return an answer that goes into no search engine and tells no other site its address, which is a key."""
    answer["Referrer-Policy"] = "no-referrer"
    answer["X-Robots-Tag"] = "noindex, nofollow"
    return answer


def _trouble(request: HttpRequest, held: Held, verb: str, trouble: str, status: int) -> HttpResponse:
    told = {"trouble": trouble, "at": verb, "typed": request.POST.dict()}
    return page_shown(request, opened(held.link, now()), told, status)


def _gone_page(request: HttpRequest, gone: LinkGone) -> HttpResponse:
    """A link that is unknown or has expired: whom to call instead."""
    offices = [gone.office] if gone.office else list(Office.objects.all()[: FEW + 1])
    known = {"offices": offices if len(offices) <= FEW else [], "expired": gone.office is not None}
    return private(render(request, "portal/gone.html", known, status=410 if gone.office else 404))
