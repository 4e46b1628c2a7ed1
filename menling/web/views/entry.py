"""Coming in, taking turns at a shared PC, choosing office and language, going out."""

from datetime import datetime, timedelta

from django.contrib import auth, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from menling.doorway.keys import take_back
from menling.premises import names
from menling.premises.clock import now
from menling.premises.models import Staff
from menling.web.session import OFFICE, StaffRequest, offices_of, staff_page

OPENED = "opened_at"
"""Session key: when somebody opened this PC with a password; persons taking turns do not make it longer."""
SHIFT = timedelta(hours=12)
PIN_BACKEND = "menling.web.pins.PinBackend"
CHOSEN = "language_chosen"
"""Session key: the language somebody chose on the log-in page, before anybody knew who it was."""


@never_cache
@sensitive_post_parameters("password")
def login(request: HttpRequest) -> HttpResponse:
    """Work number and password."""
    number = names.folded(request.POST.get("number", ""))
    if request.method == "POST":
        person = auth.authenticate(request, number=number, password=request.POST.get("password", ""))
        if isinstance(person, Staff):
            return _welcome(request, person, timezone.now())
    wrong = request.method == "POST"
    return render(request, "web/pages/login.html", {"number": number, "wrong": wrong, "next": _after(request)},
                  status=422 if wrong else 200)  # fmt: skip


@require_POST
@sensitive_post_parameters("pin")
@staff_page()
def switch(request: StaffRequest) -> HttpResponse:
    """Another person sits down at this PC: number and PIN, while the PC is open."""
    opened = datetime.fromisoformat(request.session.get(OPENED) or timezone.now().isoformat())
    number, pin = names.folded(request.POST.get("number", "")), request.POST.get("pin", "")
    person = auth.authenticate(request, number=number, pin=pin, company=request.actor.company)
    if isinstance(person, Staff):
        return _welcome(request, person, opened)
    messages.error(request, _("Number and PIN do not fit together. Nothing was changed; {name} is still here.").format(
        name=request.actor.name))  # fmt: skip
    return redirect(_after(request))


def _welcome(request: HttpRequest, person: Staff, opened: datetime) -> HttpResponse:
    take_back(request.session, now())
    spoken = request.session.pop(CHOSEN, "") or person.language
    if spoken != person.language:
        Staff.objects.filter(pk=person.pk).update(language=spoken)
    backend = getattr(person, "backend", PIN_BACKEND)
    auth.login(request, person, backend=backend)
    request.session[OPENED] = opened.isoformat()
    request.session.set_expiry(opened + SHIFT)
    answer = redirect(_after(request))
    _speak(answer, spoken)
    return answer


@require_POST
def logout(request: HttpRequest) -> HttpResponse:
    """Close this PC, and the app that was opened on it."""
    take_back(request.session, now())
    auth.logout(request)
    return redirect("web:login")


def locked_out(request: HttpRequest, original: HttpResponse, credentials: dict[str, str]) -> HttpResponse:
    """Say that too many attempts failed, and for how long to wait."""
    return render(request, "web/pages/login.html", {"number": credentials.get("number", ""), "locked": True, "next": "/"},
                  status=429)  # fmt: skip


@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Speak the other language, now and the next time this person comes; chosen before the log-in, it is of who then comes in."""
    chosen = request.POST.get("language", "")
    answer = redirect(_after(request))
    if translation.check_for_language(chosen):
        _speak(answer, chosen)
        if isinstance(request.user, Staff):
            Staff.objects.filter(pk=request.user.pk).update(language=chosen)
        else:
            request.session[CHOSEN] = chosen
    return answer


@require_POST
@staff_page()
def office(request: StaffRequest) -> HttpResponse:
    """Look at another of one's offices."""
    chosen = request.POST.get("office", "")
    if chosen.isdecimal() and offices_of(request.actor).filter(pk=int(chosen)).exists():
        request.session[OFFICE] = int(chosen)
    return redirect("web:start")


def _after(request: HttpRequest) -> str:
    asked = request.POST.get("next") or request.GET.get("next") or "/"
    return asked if url_has_allowed_host_and_scheme(asked, {request.get_host()}, request.is_secure()) else "/"


def _speak(answer: HttpResponse, chosen: str) -> None:
    answer.set_cookie("django_language", chosen, max_age=365 * 24 * 3600, samesite="Lax")
