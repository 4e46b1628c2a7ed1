"""Orders of the call department: what it placed and was told, and what an office has to answer."""

from functools import partial
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from menling.calls.models import CallOrder
from menling.doorway.doing import find, open_new
from menling.doorway.elsewhere import who_else
from menling.doorway.showing import shown
from menling.journal.cases import visible_to
from menling.journal.facts import Malformed
from menling.journal.models import Case
from menling.kernel.roles import Role as R
from menling.policies.values import values_for
from menling.procedures.call_order import DESK, Status
from menling.web.answers import answered, asked, said_no
from menling.web.fields import instant
from menling.web.labels import CHOICES
from menling.web.session import StaffRequest, offices_of, staff_page
from menling.web.steps import buttons
from menling.web.timeline import lines

CALLERS = (R.CALL_DEPARTMENT,)
TEXTS = ("customer", "phone", "unit", "content", "wanted", "answer_in_days", "office")
WANTED = ("repair", "housekeeping", "other")
MOST, DONE_SHOWN = 200, 20


@staff_page(*CALLERS, *DESK)
def listing(request: StaffRequest) -> HttpResponse:
    """List the orders of the call department: for it those of every office, for a desk those of the own office."""
    calls = request.actor.holds(request.office.pk, *CALLERS)
    rows = _rows(request, whole=calls)
    waiting = list(rows.filter(closed_at__isnull=True).order_by("reported_at", "pk")[:MOST])
    groups = [
        (_("Told back, to be seen"), [each for each in waiting if each.status == Status.TOLD]),
        (_("To be answered by the office"), [each for each in waiting if each.status == Status.PLACED]),
        (_("Asked back, to be clarified"), [each for each in waiting if each.status == Status.ASKED]),
        (_("With the office"), [each for each in waiting if each.status in (Status.ACCEPTED, Status.IN_HAND)]),
    ]
    if not calls:
        groups = groups[1:] + groups[:1]
    return render(request, "web/roles/calls.html", {
        "groups": groups, "anything": bool(waiting), "calls": calls,
        "offices": offices_of(request.actor).order_by("code")[:MOST] if calls else [],
        "wanted": [(each, CHOICES["wanted"][each]) for each in WANTED], "outcomes": CHOICES["outcome"],
        "done": rows.filter(closed_at__isnull=False).order_by("-reported_at", "-pk")[:DONE_SHOWN],
    })  # fmt: skip


def _rows(request: StaffRequest, *, whole: bool) -> QuerySet[Case]:
    rows = visible_to(request.actor).filter(kind="call_order").select_related("office", "callorder", "callorder__became")
    return rows if whole else rows.filter(office=request.office)


@staff_page(*CALLERS, *DESK)
def one(request: StaffRequest, number: str) -> HttpResponse:
    """Show one order of the call department: what was asked, what can be done now, who else could help, the timeline."""
    case = find(request.actor, number, ("call_order",))
    body = shown(case, request.actor, request.now)
    call: CallOrder = case.callorder
    may = {each["verb"] for each in body["actions"]}
    offered = [each for each in body["actions"] if each["verb"] != "pass_on"]
    others = who_else(case.office, call.wanted, request.now) if "pass_on" in may else []
    return render(request, "web/roles/call.html", {
        "case": case, "call": call, "body": body, "buttons": buttons(offered), "others": others, "may_pass": "pass_on" in may,
        "prompts": body["prompts"] if "tick" in may else [], "wanted": CHOICES["wanted"], "outcomes": CHOICES["outcome"],
        "promises": [each for each in body["deadlines"] if each["state"] not in ("met", "met_late", "released")],
        "timeline": lines(case, body["events"], request.now),
    })  # fmt: skip


@require_POST
@staff_page(*CALLERS)
def place(request: StaffRequest) -> HttpResponse:
    """Place an order with one office, or ask several at once."""
    sent = request.POST
    zone = values_for(request.office, request.now).calendar.zone
    try:
        at = instant("visit_at", sent.get("visit_at", ""), request.now, zone)
    except Malformed as problem:
        return said_no(request, problem)
    body: dict[str, Any] = {name: sent[name].strip() for name in TEXTS if sent.get(name, "").strip()}
    body |= {"also": sent.getlist("also"), "urgent": "urgent" in sent} | ({"visit_at": at} if at else {})
    return answered(request, partial(open_new, asked(request, body), "call_order", "place"), lambda answer: reverse("web:calls"),
                    _("{number} is placed"), stays=False)  # fmt: skip
