"""The own shifts: what is coming, an exchange asked of a colleague, and the answer to one asked of me."""

from collections.abc import Callable

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from menling.doorway import rostering
from menling.premises.administration import swapping
from menling.premises.models import Shift, Swap
from menling.web.entering import entered, pen
from menling.web.session import StaffRequest, staff_page


@staff_page()
def show(request: StaffRequest) -> HttpResponse:
    """Show the coming month of the one who is here, and the exchanges that wait."""
    office, me, now = request.office, request.actor.id, request.now
    shown = {
        "shifts": swapping.coming(office, now).filter(staff=me), "offered": swapping.offered(office, me, now),
        "swaps": swapping.of_person(office, me, now), "me": me,
    }  # fmt: skip
    return render(request, "web/roles/my_shifts.html", shown)


@require_POST
@staff_page()
def ask(request: StaffRequest) -> HttpResponse:
    """Ask a colleague for an exchange."""
    me, now = request.actor.id, request.now
    one = _shift(request, "one", swapping.coming(request.office, now).filter(staff=me).filter)
    other = _shift(request, "other", swapping.offered(request.office, me, now).filter)
    reason = request.POST.get("reason", "")
    done = _("{name} is asked; then your leader decides.").format(name=other.staff.name)
    return entered(
        request, lambda: rostering.ask(request.office, pen(request), one, other, reason), reverse("web:my_shifts"), done
    )


def _shift(request: StaffRequest, name: str, among: Callable[..., object]) -> Shift:
    key = request.POST.get(name, "")
    found = among(pk=int(key)).first() if key.isdecimal() else None  # type: ignore[attr-defined]  # a filter of shifts
    if found is None:
        raise Http404(name)
    return found  # type: ignore[no-any-return]


@require_POST
@staff_page()
def answer(request: StaffRequest, key: int, verb: str) -> HttpResponse:
    """Agree to an exchange that is asked of me, decline it, or withdraw my own."""
    swap = Swap.objects.filter(office=request.office, pk=key).first()
    mine = swap and request.actor.id in (swap.asker_id, swap.colleague_id)
    if swap is None or not mine or verb not in rostering.ANSWERS:
        raise Http404(verb)
    return entered(request, lambda: rostering.ANSWERS[verb](swap, pen(request)), reverse("web:my_shifts"), _("Noted, and told."))
