"""One's own password and PIN."""

from django.contrib import auth, messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from menling.doorway.language import said
from menling.kernel.refusal import Refused
from menling.premises.administration.books import WrittenBefore
from menling.premises.administration.own import choose_password
from menling.web.entering import pen
from menling.web.pins import set_pin
from menling.web.session import StaffRequest, staff_page


@sensitive_post_parameters("old", "new", "again")
@staff_page(by_any_password=True)
def password(request: StaffRequest) -> HttpResponse:
    """Choose one's own password; the old one proves who asks. This PC stays open, every other one is closed."""
    if request.method != "POST":
        return _shown(request)
    given = {name: request.POST.get(name, "") for name in ("old", "new", "again")}
    try:
        choose_password(request.user, request.office, pen(request), **given)
    except Refused as refused:
        return _shown(request, password_fault=said(refused.why))
    except WrittenBefore:
        return redirect("web:start")
    auth.update_session_auth_hash(request, request.user)
    messages.success(request, _("Your password is changed. Only you know it now."))
    return redirect("web:start")


@sensitive_post_parameters("password", "pin", "again")
@staff_page()
def pin(request: StaffRequest) -> HttpResponse:
    """Choose one's own PIN; the password proves who asks."""
    fault = _new_pin(request) if request.method == "POST" else ""
    if request.method == "POST" and not fault:
        messages.success(request, _("Your PIN is set. With it you take over at any PC that is open."))
        return redirect("web:start")
    return _shown(request, pin_fault=fault)


def _new_pin(request: StaffRequest) -> str:
    if not request.user.check_password(request.POST.get("password", "")):
        return _("This is not your password. Please type it again.")
    if request.POST.get("pin") != request.POST.get("again"):
        return _("The two PINs differ. Please type the same PIN twice.")
    try:
        set_pin(request.user, request.POST.get("pin", ""))
    except ValueError:
        return _("A PIN has 4 to 8 digits, not all the same.")
    return ""


def _shown(request: StaffRequest, **faults: str) -> HttpResponse:
    page = "web/pages/own_first.html" if request.user.password_given else "web/pages/own.html"
    given = {"given": request.user.password_given}
    return render(request, page, faults | given, status=422 if any(faults.values()) else 200)
