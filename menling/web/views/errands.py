"""Errands: the proxy purchase register, one errand, and the register on paper."""

from datetime import datetime, time, timedelta
from functools import partial
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from menling.doorway.buying_papers import errand_register
from menling.doorway.doing import find, open_new
from menling.doorway.showing import loaded, shown
from menling.errands.models import Errand
from menling.errands.queries import purses_of
from menling.journal.cases import visible_to
from menling.journal.facts import Malformed
from menling.orders.addresses import Reader
from menling.policies.values import values_for
from menling.procedures.errand import BUYERS, DESK, READERS, Status
from menling.procedures.errand_rules import ErrandPolicy
from menling.web.answers import answered, asked, said_no
from menling.web.fields import instant
from menling.web.links import resident_page
from menling.web.session import StaffRequest, staff_page
from menling.web.sheets import sheet
from menling.web.steps import buttons
from menling.web.timeline import lines

TEXTS = ("unit", "name", "item", "brand", "nature", "quantity", "spec", "price", "phone", "buyer", "order", "sheet")
ON_PAPER = "sign_on_paper"
MOST, DONE_SHOWN, MONTHS = 200, 30, 62


@staff_page(*READERS | BUYERS)
def listing(request: StaffRequest) -> HttpResponse:
    """List what is to be bought, brought, paid and filed, and the last that were filed; a buyer sees the own."""
    cases = visible_to(request.actor).filter(kind="errand", office=request.office)
    rows = Errand.objects.filter(case__in=cases).select_related("case__office", "case__unit__building", "unit", "buyer")
    open_ones = list(rows.filter(case__closed_at__isnull=True).order_by("pk")[:MOST])
    groups = [
        (_("To be bought"), [each for each in open_ones if each.case.status == Status.REGISTERED]),
        (_("To be brought, signed and paid"),
         [each for each in open_ones if each.case.status in (Status.BOUGHT, Status.DELIVERED, Status.SIGNED)]),
        (_("With finance"), [each for each in open_ones if each.case.status in
                             (Status.SETTLED, Status.NOT_BOUGHT, Status.RECKONED, Status.VOIDED)]),
    ]  # fmt: skip
    reader = Reader(request.actor, request.now)
    answer = render(request, "web/roles/errands.html", {
        "groups": groups, "reader": reader, "anything": bool(open_ones), "purses": purses_of(open_ones),
        "done": rows.filter(case__closed_at__isnull=False).order_by("-pk")[:DONE_SHOWN],
        "may_file": request.actor.holds(request.office.pk, *DESK), "may_print": request.actor.holds(request.office.pk, *READERS),
        "day": localtime(request.now).date(),
        "limit": values_for(request.office, request.now).policy(ErrandPolicy).register_from,
    })  # fmt: skip
    reader.on_record()
    return answer


@require_POST
@staff_page(*DESK)
def file(request: StaffRequest) -> HttpResponse:
    """Write a line of the register."""
    sent, zone = request.POST, values_for(request.office, request.now).calendar.zone
    try:
        at = instant("buy_by", sent.get("buy_by", ""), request.now, zone)
    except Malformed as problem:
        return said_no(request, problem)
    body: dict[str, Any] = {name: sent[name].strip() for name in TEXTS if sent.get(name, "").strip()}
    body |= {"office": request.office.pk} | ({"buy_by": at} if at else {})
    return answered(request, partial(open_new, asked(request, body), "errand", "file"),
                    lambda answer: reverse("web:errand", args=[answer.body["number"]]), stays=False)  # fmt: skip


@staff_page()
def one(request: StaffRequest, number: str) -> HttpResponse:
    """Show one errand: its line of the register, its money, what can be done, the timeline."""
    case = find(request.actor, number, ("errand",))
    body = shown(case, request.actor, request.now)
    may = {each["verb"] for each in body["actions"]}
    reader = Reader(request.actor, request.now)
    answer = render(request, "web/roles/errand.html", {
        "case": case, "errand": loaded(case), "body": body, "may": may, "reader": reader,
        "buttons": buttons([each for each in body["actions"] if each["verb"] != ON_PAPER]),
        "prompts": body["prompts"] if "tick" in may else [], "here": reverse("web:errand", args=[number]),
        "promises": [each for each in body["deadlines"] if each["state"] not in ("met", "met_late", "released")],
        "timeline": lines(case, body["events"], request.now), **resident_page(request, body),
    })  # fmt: skip
    reader.on_record()
    return answer


@staff_page(*READERS)
def register(request: StaffRequest, form: str) -> HttpResponse:
    """Return the register of the last two months, every number in its turn, as paper or as a workbook."""
    until = localtime(request.now).date()
    since = until - timedelta(days=MONTHS)
    begin = values_for(request.office, request.now).calendar.at(since, time.min)
    facts = errand_register(request.office, f"{since} – {until}", _lines(request, begin))
    name = f"{request.office.code}-HC-F2-{until}"
    return sheet(facts, form, name)


def _lines(request: StaffRequest, begin: datetime) -> list[Errand]:
    cases = visible_to(request.actor).filter(kind="errand", office=request.office, reported_at__gte=begin)
    return list(Errand.objects.filter(case__in=cases).select_related("case", "unit", "buyer").order_by("pk"))
