"""Numbered paper: pads given out, their sheets, and the inquiries about missing ones."""

from functools import partial
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from menling.doorway.doing import find, open_new
from menling.doorway.showing import loaded, shown
from menling.imports.exports.paper import FATES
from menling.journal.cases import visible_to
from menling.pads.models import Inquiry, Pad
from menling.procedures.pad import KEEPERS
from menling.procedures.paper_inquiry import Status
from menling.web.answers import answered, asked
from menling.web.labels import CHOICES
from menling.web.navigation import PADS
from menling.web.session import StaffRequest, staff_page
from menling.web.steps import buttons
from menling.web.timeline import lines, waits_for_others

TEXTS = {"paper": "form", "first": "first", "last": "last", "to": "to"}
"""Fields of the page and what they say: one that is called form would stand in the way of the form it is in."""
MOST, DONE_SHOWN = 200, 20


@staff_page(*sorted(PADS))
def listing(request: StaffRequest) -> HttpResponse:
    """List the open inquiries first, then the pads that are out, then the last that came back."""
    seen = visible_to(request.actor).filter(office=request.office)
    inquiries = Inquiry.objects.filter(case__in=seen.filter(kind="paper_inquiry")).select_related(
        "case", "pad__holder", "used_on"
    )
    pads = Pad.objects.filter(case__in=seen.filter(kind="pad")).select_related("case", "holder", "issued_by")
    still = list(inquiries.filter(case__closed_at__isnull=True).order_by("pk")[:MOST])
    return render(request, "web/roles/pads.html", {
        "inquiries": [each for each in still if each.case.status == Status.OPEN],
        "traced": [each for each in still if each.case.status == Status.TRACED],
        "pads": pads.filter(case__closed_at__isnull=True).order_by("pk")[:MOST],
        "done": pads.filter(case__closed_at__isnull=False).order_by("-pk")[:DONE_SHOWN],
        "may_issue": request.actor.holds(request.office.pk, *KEEPERS), "forms": CHOICES["form"],
    })  # fmt: skip


@require_POST
@staff_page(*KEEPERS)
def issue(request: StaffRequest) -> HttpResponse:
    """Give a pad out."""
    sent = request.POST
    body: dict[str, Any] = {fact: sent[name].strip() for name, fact in TEXTS.items() if sent.get(name, "").strip()}
    body |= {"office": request.office.pk}
    return answered(
        request, partial(open_new, asked(request, body), "pad", "issue"), lambda answer: reverse("web:pads"), stays=False
    )


@staff_page()
def one(request: StaffRequest, number: str) -> HttpResponse:
    """Show a pad with its sheets, or an inquiry about one: what can be done, the timeline."""
    case = find(request.actor, number, ("pad", "paper_inquiry"))
    body = shown(case, request.actor, request.now)
    return render(request, "web/roles/pad.html", {
        "case": case, "row": loaded(case), "body": body, "buttons": buttons(body["actions"]), "fates": FATES,
        "forms": CHOICES["form"], "causes": CHOICES["cause"], "here": reverse("web:pad", args=[number]),
        "waits_for": waits_for_others(case, body["actions"]),
        "timeline": lines(case, body["events"], request.now),
    })  # fmt: skip
