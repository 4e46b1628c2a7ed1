"""The shell of the app: one page that loads the bundle, and what a phone needs to put it on its first screen."""

from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from menling.premises.models import Company

BUNDLE = "doorstep/app.js"
NAME = "门铃"


@cache_control(no_cache=True)
@require_safe
def shell(request: HttpRequest) -> HttpResponse:
    """The one page of the app. Without a bundle it says so (503)."""
    built = finders.find(BUNDLE) is not None
    company = Company.objects.order_by("pk").first()
    shown = {"built": built, "company": company.short_name if company else "", "name": NAME}
    return render(request, "doorstep/shell.html", shown, status=200 if built else 503)


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
