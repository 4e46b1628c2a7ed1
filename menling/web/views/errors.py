"""When a page cannot be shown: what is safe, and what to do."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

NOT_THERE = _("There is nothing here under this name, or it is not yours to see.")


def not_there(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: there is no such page or case, or it belongs to others. A form in a page is told in its own place."""
    if request.headers.get("HX-Request") and request.method == "POST":
        return render(request, "web/parts/refusal.html", {"why": gettext(NOT_THERE), "field": ""}, status=404)
    return render(request, "web/pages/not_there.html", status=404)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403: the page belongs to other roles."""
    return render(request, "web/pages/forbidden.html", status=403)


def page_too_old(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: the form was open longer than its session."""
    return render(request, "web/pages/page_too_old.html", status=403)


def broken(request: HttpRequest) -> HttpResponse:
    """500: our fault. The page stands alone: it may not need the database."""
    return render(request, "web/pages/broken.html", status=500)
