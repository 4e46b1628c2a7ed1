"""The emergency pack: printed each shift, and its sheets entered once the office works again."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from django_htmx.http import HttpResponseClientRedirect

from menling.doorway.doing import KeyMissing
from menling.doorway.emergency_pack import free, kept, pack
from menling.journal.facts import Malformed
from menling.kernel.refusal import Refused
from menling.kernel.roles import Role
from menling.pads.models import Pad
from menling.policies.values import values_for
from menling.premises.crew import employed
from menling.printing.pack import pack_pdf
from menling.procedures.pad import KEEPERS
from menling.web.answers import asked, said_no
from menling.web.labels import CHOICES
from menling.web.paper_slip import enter
from menling.web.session import StaffRequest, staff_page
from menling.web.sheets import as_pdf


@staff_page(*KEEPERS)
def show(request: StaffRequest) -> HttpResponse:
    """Show how to print the pack, which numbers are out, and the form to enter a sheet."""
    people = employed(request.office.pk, Role.REPAIR_WORKER, localtime(request.now).date()).order_by("number")
    return render(request, "web/roles/emergency_pack.html", {
        "pads": [_row(pad) for pad in kept(request.office)], "forms": CHOICES["form"], "people": people,
        "urgencies": CHOICES["urgency"],
    })  # fmt: skip


def _row(pad: Pad) -> dict[str, object]:
    blank = free(pad)
    used = pad.sheets.select_related("case").order_by("-figure")[:6]
    return {
        "pad": pad, "next": pad.printed(blank[0]) if blank else "", "blank": len(blank),
        "used": [(pad.printed(each.figure), each.case.number if each.case else "") for each in used],
    }  # fmt: skip


@require_POST
@staff_page(*KEEPERS)
def printed(request: StaffRequest) -> HttpResponse:
    """Return the pack of this shift as PDF; its numbers are reserved in the pad register."""
    key = request.POST.get("key", "")
    try:
        if not key:
            raise KeyMissing
        facts = pack(request.office, request.actor, request.now, key)
    except (Refused, Malformed, KeyMissing) as problem:
        return said_no(request, problem)
    return as_pdf(pack_pdf(facts), f"{request.office.code}-EP-{localtime(request.now):%Y%m%d-%H%M}")


@require_POST
@staff_page(*KEEPERS)
def entered(request: StaffRequest) -> HttpResponse:
    """Enter one sheet: its order and the steps written on it, at their true times."""
    zone = values_for(request.office, request.now).calendar.zone
    try:
        done = enter(asked(request, {}), request.POST.dict(), request.office.pk, zone)
    except (Refused, Malformed, KeyMissing) as problem:
        return said_no(request, problem)
    if done.why:
        messages.warning(request, _("{number} is entered up to here. {why}").format(number=done.number, why=done.why))
        return _gone_to(request, reverse("web:order", args=[done.number]))
    messages.success(request, _("{number}: entered with its true times.").format(number=done.number))
    return _gone_to(request, reverse("web:emergency_pack"))


def _gone_to(request: StaffRequest, address: str) -> HttpResponse:
    return HttpResponseClientRedirect(address) if request.htmx else redirect(address)
