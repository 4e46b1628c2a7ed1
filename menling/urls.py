"""Every door's addresses, one line a door."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import include, path, re_path
from django.views.generic import RedirectView

from menling.api import problems
from menling.api.urls import nothing_here
from menling.web.views.errors import broken as page_broken


def nowhere(request: HttpRequest) -> HttpResponse:
    """Answer an address that holds what no number or name does. Errors: `Http404`, always."""
    raise Http404(request.path)


def broken(request: HttpRequest) -> HttpResponse:
    """Answer our own fault as the door it happened behind answers: a program reads a problem, a person a page."""
    return problems.problem(500, problems.BROKEN) if request.path.startswith("/api/") else page_broken(request)


urlpatterns = [
    path("api/v1/", include("menling.api.urls")),
    re_path("^api(?:/|$)", nothing_here),
    re_path("\x00", nowhere),
    path("i18n/", include("django.conf.urls.i18n")),
    # Asked for unbidden wherever no page names an icon, as beside a PDF.
    path("favicon.ico", RedirectView.as_view(url=f"{settings.STATIC_URL}mark.svg")),
    path("", include("menling.portal.urls")),
    path("", include("menling.doorstep.urls")),
    path("", include("menling.web.urls")),
]

handler403 = "menling.web.views.errors.forbidden"
handler404 = "menling.web.views.errors.not_there"
handler500 = "menling.urls.broken"
