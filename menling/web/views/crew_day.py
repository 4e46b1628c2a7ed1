"""The foreman's day: people by hours, what waits for a name or a time first, and a gap filled with two presses."""

from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.db.models import Exists, OuterRef
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.timezone import is_naive, localtime

from menling.doorway.doing import act, find
from menling.journal.models import Case
from menling.kernel.roles import WORKERS, Role
from menling.kinds import KINDS
from menling.orders.days import ORDER_KINDS
from menling.orders.grid import grid, waiting
from menling.orders.pickups import unseen
from menling.policies.history import History
from menling.premises.crew import employed
from menling.premises.models import Shift, Staff
from menling.web.answers import answered, asked
from menling.web.session import StaffRequest, staff_page
from menling.web.views.crew_month import READERS as MONTHS
from menling.web.views.handing_on import SENDERS

FOREMEN = (Role.TEAM_LEAD, Role.CONTROL_CENTRE, Role.SERVICE_DESK, Role.SERVICE_DESK_SUPERVISOR, Role.BUSINESS_LEAD,
           Role.OFFICE_MANAGER)  # fmt: skip
SOON = timedelta(minutes=5)
KIND_OF: dict[str, str] = {Role.REPAIR_WORKER: "repair", Role.HOUSEKEEPER: "housekeeping", Role.ENGINEERING_CREW: "alarm"}


@staff_page(*FOREMEN)
def show(request: StaffRequest) -> HttpResponse:
    """Show people by hours, and above them the jobs without a name or a time."""
    shown = {"grid": grid(request.office, request.now), "waiting": waiting(request.actor, request.office),
             "sends": request.actor.holds(request.office.pk, *SENDERS),
             "foreman": request.actor.holds(request.office.pk, Role.TEAM_LEAD),
             "months": request.actor.holds(request.office.pk, *MONTHS)}  # fmt: skip
    return render(request, "web/roles/crew_day.html", shown)


@staff_page(*FOREMEN)
def assign(request: StaffRequest, number: str) -> HttpResponse:
    """GET: the jobs that can be sent, with worker and time of the gap filled in. POST: send the chosen one."""
    worker, at = _worker(request, number), _at(request)
    if request.method == "POST":
        return _send(request, worker, at)
    history, kinds = History(request.office), _kinds(request, worker)
    hidden = unseen(request.office, request.now)
    open_ones = [case for case in waiting(request.actor, request.office) if case.kind in kinds and case.pk not in hidden]
    jobs = [(case, sendable(case, request, history)) for case in open_ones]
    shown = {"worker": worker, "at": at, "jobs": sorted(jobs, key=lambda each: not each[1]),
             "mates": _mates(request, worker, kinds)}  # fmt: skip
    return render(request, "web/roles/crew_assign.html", shown)


def _worker(request: StaffRequest, number: str) -> Staff:
    rows = Staff.objects.filter(posts__office=request.office, posts__role__in=WORKERS, number__iexact=number)
    found = rows.distinct().first()
    if found is None:
        raise Http404(number)
    return found


def _mates(request: StaffRequest, worker: Staff, kinds: set[str]) -> list[Staff]:
    """Who may go along with a housekeeper: the others of the team, those on shift first."""
    if "housekeeping" not in kinds:
        return []
    on = Shift.objects.filter(staff=OuterRef("pk"), office=request.office, starts_at__lte=request.now, ends_at__gt=request.now)
    team = employed(request.office.pk, Role.HOUSEKEEPER, localtime(request.now).date()).exclude(pk=worker.pk)
    return list(team.annotate(on_shift=Exists(on)).order_by("-on_shift", "number"))


def _kinds(request: StaffRequest, worker: Staff) -> set[str]:
    """The kinds of order somebody is sent on, by the posts held in this office."""
    held = worker.posts.filter(office=request.office, until__isnull=True).values_list("role", flat=True)
    return {KIND_OF[role] for role in held if role in KIND_OF}


def _at(request: StaffRequest) -> datetime:
    """The begin of the gap, not earlier than now."""
    text = request.POST.get("at") or request.GET.get("at", "")
    try:
        asked_for = parse_datetime(text) if text else request.now
    except ValueError:
        asked_for = None
    if asked_for is None or is_naive(asked_for):
        raise Http404("at")
    return localtime(max(asked_for, request.now))


def sendable(case: Case, request: StaffRequest, history: History) -> bool:
    """Tell whether this person may send somebody to an order as it stands, by the figures of the day it was reported on."""
    order = case.order
    order.values = history.at(order.valued_at)
    roles = KINDS[case.kind].roles(order, request.actor)
    return any(step.verb == "dispatch" for step in case.procedure.open_steps(case.status, roles, assigned=False))


def _send(request: StaffRequest, worker: Staff, at: datetime) -> HttpResponse:
    """An order with an agreed time keeps it; one for “at once” goes now, or at the time of a later gap."""
    case = find(request.actor, request.POST.get("order", ""), ORDER_KINDS)
    body: dict[str, Any] = {"worker": worker.number}
    mate = request.POST.get("mate", "")
    if case.kind == "housekeeping" and mate:
        body = {"workers": [worker.number, mate]}
    if case.order.at_once and at > request.now + SOON:
        body["visit_at"] = at.isoformat()
    doing = partial(act, asked(request, body), case.number, "dispatch", ORDER_KINDS)
    return answered(request, doing, lambda answer: reverse("web:crew_day"))
