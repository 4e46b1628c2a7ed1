"""When a page cannot be shown: what is safe, and what to do."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def not_there(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: there is no such page or case, or it belongs to others."""
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
