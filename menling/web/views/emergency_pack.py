"""The emergency pack: printed each shift, and its sheets entered once the office works again."""

from collections.abc import Iterator
from datetime import datetime

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from django_htmx.http import HttpResponseClientRedirect

from menling.catalogue.offers import repair_items
from menling.catalogue.quotes import list_in_force
from menling.doorway.doing import KeyMissing
from menling.doorway.emergency_pack import free, kept, pack
from menling.journal.cases import visible_to
from menling.journal.facts import Malformed
from menling.journal.models import Case
from menling.kernel.refusal import Refused
from menling.kernel.roles import Role
from menling.pads.models import Pad
from menling.policies.values import values_for
from menling.premises.crew import employed, employed_as
from menling.premises.models import Office
from menling.printing.pack import pack_pdf
from menling.procedures.errand import BUYERS
from menling.procedures.pad import KEEPERS
from menling.procedures.repair import SENT
from menling.procedures.repair_policy import RepairPolicy
from menling.web.answers import asked, said_no
from menling.web.fields import instant
from menling.web.labels import CHOICES
from menling.web.paper_others import VISITED, enter_errand, enter_slip
from menling.web.paper_slip import enter
from menling.web.paper_steps import Entered
from menling.web.session import StaffRequest, staff_page
from menling.web.sheets import as_pdf

MOST = 200
PAID_BY = ("cash", "qr")


@staff_page(*KEEPERS)
def show(request: StaffRequest) -> HttpResponse:
    """Show how to print the pack, which numbers are out, and the form to enter a sheet."""
    policy = values_for(request.office, request.now).policy(RepairPolicy)
    office, today = request.office.pk, localtime(request.now).date()
    return render(request, "web/roles/emergency_pack.html", {
        "pads": [_row(pad) for pad in kept(request.office)], "forms": CHOICES["form"],
        "people": employed(office, Role.REPAIR_WORKER, today).order_by("number"),
        "buyers": employed_as(office, BUYERS, today).order_by("number"),
        "offered": offered(request.office, request.now),
        "urgencies": CHOICES["urgency"], "visited": _visited(request),
        "lead": policy.lead_minutes if policy.lead_for == "all_orders" else 0,
        "methods": {each: CHOICES["method"][each] for each in PAID_BY},
    })  # fmt: skip


def _visited(request: StaffRequest) -> list[Case]:
    """Return the orders a slip can have been left for: somebody was sent, and nobody was let in yet."""
    rows = visible_to(request.actor).filter(office=request.office, kind__in=VISITED, closed_at__isnull=True, status__in=SENT)
    return list(rows.select_related("unit").order_by("-reported_at")[:MOST])


def _row(pad: Pad) -> dict[str, object]:
    blank = free(pad)
    used = pad.sheets.select_related("case").order_by("-figure")[:6]
    return {
        "pad": pad, "next": pad.printed(blank[0]) if blank else "", "blank": len(blank),
        "used": [(pad.printed(each.figure), each.case.number if each.case else "") for each in used],
    }  # fmt: skip


@staff_page(*KEEPERS)
def items(request: StaffRequest) -> HttpResponse:
    """Show what can have been priced on a sheet: the list in force when it was reported, by which it is charged."""
    zone = values_for(request.office, request.now).calendar.zone
    try:
        reported = instant("reported", request.GET.get("reported", ""), request.now, zone)
    except Malformed:
        reported = None
    return render(request, "web/parts/paper_items.html", {"offered": offered(request.office, reported or request.now)})


def offered(office: Office, at: datetime) -> dict[str, object]:
    """Return the services for repairs of the price list in force at an instant, and that list itself (none before the first)."""
    return {"list": list_in_force(office, at), "items": repair_items(office, at)}


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
    """Enter one sheet: its order, its errand or the slip on the door, at their true times.

    Where a step is refused, each step is shown with what became of it, and the form goes on from there once it is put right.
    """
    try:
        done = _entered(request)
    except (Refused, Malformed, KeyMissing) as problem:
        return said_no(request, problem)
    if done.refused and request.htmx:
        return render(request, "web/parts/paper_steps.html", {"done": done, "now": request.now})
    if done.is_whole:
        messages.success(request, _("{number}: entered with its true times.").format(number=done.number))
    for sentence in _still_to_do(done):
        messages.warning(request, sentence)
    return _gone_to(request, reverse("web:emergency_pack") if done.is_whole else reverse("web:order", args=[done.number]))


def _still_to_do(done: Entered) -> Iterator[str]:
    """Yield what somebody has to look at after a sheet: a plan beside it, each step refused and why, the steps left out."""
    if done.beside:
        yield _(
            "{number} stands beside what the worker was planned for then: {others}. Please look whether that visit still holds."
        ).format(number=done.number, others=done.beside)
    for line in done.refused:
        yield _("{number}: {step} was refused. {why} ({clause})").format(
            number=done.number, step=line.title, why=line.why, clause=line.clause
        )
    if done.left_out:
        yield _("{number} is not entered to its end. Still to be taken: {steps}.").format(number=done.number, steps=done.left_out)


def _entered(request: StaffRequest) -> Entered:
    zone, sent, sheet = values_for(request.office, request.now).calendar.zone, request.POST.dict(), asked(request, {})
    if sent.get("paper") == "errand_sheet":
        scan = request.FILES.get("scan")
        return enter_errand(sheet, sent, request.office.pk, zone, scan.read() if scan else b"")
    if sent.get("paper") == "message_slip":
        return enter_slip(sheet, sent, request.office.pk, zone)
    scan = request.FILES.get("scan")
    return enter(sheet, sent, request.office.pk, zone, scan.read() if scan else b"")


def _gone_to(request: StaffRequest, address: str) -> HttpResponse:
    return HttpResponseClientRedirect(address) if request.htmx else redirect(address)
