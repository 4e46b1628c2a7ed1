"""The shell of the app: one page that loads the bundle, and what a phone needs to put it on its first screen."""

from datetime import timedelta

from django.contrib import auth
from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext_noop as _
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_POST, require_safe

from menling.doorway.keys import lend, take_back
from menling.premises.clock import now
from menling.premises.models import Company, Staff

BUNDLE = "doorstep/app.js"
NAME = "门铃"
DEVICE = _("doorstep app")
"""What the list of somebody's keys calls a phone, as the app itself does at its log-in."""


@cache_control(no_cache=True, private=True)
@require_safe
def shell(request: HttpRequest) -> HttpResponse:
    """The one page of the app. Without a bundle it says so (503)."""
    built = finders.find(BUNDLE) is not None
    company = Company.objects.order_by("pk").first()
    shown = {"built": built, "company": company.short_name if company else "", "name": NAME}
    return render(request, "doorstep/shell.html", shown, status=200 if built else 503)


@never_cache
@require_POST
def enter(request: HttpRequest) -> JsonResponse:
    """MR-22  A token of the doorstep for who came in at the log-in page, as long as the session lasts; nobody there: 401."""
    person = request.user
    if not isinstance(person, Staff):
        return JsonResponse({}, status=401)
    lasts = timedelta(seconds=request.session.get_expiry_age())
    token = lend(request.session, now(), staff=person, name=DEVICE, lasts=lasts)
    return JsonResponse({"token": token, "name": person.name, "number": person.number, "language": person.language})


@never_cache
@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """Close what the log-in page opened: who leaves the app is not let in again by it."""
    take_back(request.session, now())
    auth.logout(request)
    return HttpResponse(status=204)


@cache_control(max_age=3600)
@require_safe
def manifest(request: HttpRequest) -> HttpResponse:
    """The web app manifest."""
    icons = [
        {"src": static(f"doorstep/icon-{size}.png"), "sizes": f"{size}x{size}", "type": "image/png", "purpose": purpose}
        for size in (192, 512)
        for purpose in ("any", "maskable")
    ]
    address = reverse("doorstep:shell")
    return JsonResponse(
        {
            "name": NAME, "short_name": NAME, "lang": "zh-Hans", "id": address, "start_url": address, "scope": address,
            "display": "standalone", "orientation": "portrait", "background_color": "#ffffff", "theme_color": "#0f766e",
            "icons": icons,
        },
        content_type="application/manifest+json",
    )  # fmt: skip
