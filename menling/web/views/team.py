"""The foreman's pages: who is where, which slips wait for me, who goes instead of somebody who fell ill."""

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_POST

from menling.doorway.leaving import FIRST_FREE, Outcome, hand_on
from menling.kernel.roles import Role
from menling.orders import team
from menling.premises.models import Staff
from menling.procedures.repair import SENT
from menling.web.answers import asked
from menling.web.figures import Figure
from menling.web.session import StaffRequest, staff_page

FOREMEN = (Role.TEAM_LEAD,)
READERS = (Role.TEAM_LEAD, Role.CONTROL_CENTRE, Role.SERVICE_DESK, Role.SERVICE_DESK_SUPERVISOR, Role.BUSINESS_LEAD,
           Role.OFFICE_MANAGER, Role.COMPANY_MANAGEMENT)  # fmt: skip
ENTRIES = 100
STATES = {
    "at_home": gettext_noop("at the home"), "on_the_way": gettext_noop("on the way"),
    "sent": gettext_noop("slip not acknowledged"),
    "planned": gettext_noop("planned"), "free": gettext_noop("free"), "off": gettext_noop("off shift, orders open"),
}  # fmt: skip


@staff_page(*FOREMEN)
def start(request: StaffRequest) -> HttpResponse:
    """Show the crew, the slips to review and to confirm, and what the crew told."""
    by, office, now = request.actor, request.office, request.now
    crew = team.crew(office, now)
    slips, unsigned, told = team.to_review(by, office), team.to_confirm(by, office), team.troubles(by, office, now)
    free = sum(each.state == "free" for each in crew)
    figures = [
        Figure(len(slips), _("slips to review"), "#review", "late" if any(_late(each, now) for each in slips) else ""),
        Figure(len(unsigned), _("wait for the resident's signature"), "#confirm"),
        Figure(
            sum(each.late for each in crew), _("late at the door"), "#crew", "late" if any(each.late for each in crew) else ""
        ),
        Figure(free, _("of {n} on shift are free").format(n=sum(each.until is not None for each in crew)), "#crew"),
    ]
    accepting = team.to_accept(by, office, "site_accepted")
    shown = {"accepting": accepting, "alarms": team.to_send(by, office), "crew": crew, "slips": slips, "unsigned": unsigned, "told": told, "figures": figures,
             "states": STATES}  # fmt: skip
    return render(request, "web/roles/team.html", shown)


def _late(slip: team.Slip, now: Any) -> bool:
    return slip.promise is not None and slip.promise.due_at < now


@staff_page(*READERS)
def late_entries(request: StaffRequest) -> HttpResponse:
    """List what was written down afterwards: the true time beside the time of the entry, and who wrote it."""
    before = parse_datetime(request.GET.get("before", "")) if request.GET.get("before") else None
    rows = team.late_entries(request.actor, request.office, before, ENTRIES)
    more = rows[-1].recorded_at.isoformat() if len(rows) == ENTRIES else ""
    return render(request, "web/roles/late_entries.html", {"rows": rows, "more": more})


@staff_page(*FOREMEN)
def worker(request: StaffRequest, number: str) -> HttpResponse:
    """Show the orders of one worker and who could take them over."""
    found = _worker(request, number)
    orders = team.carried_by(request.actor, request.office, found)
    crew = [each for each in team.crew(request.office, request.now, (Role.REPAIR_WORKER,)) if each.staff != found]
    movable = [case for case in orders if case.kind == "repair" and case.status in SENT]
    fixed = [case for case in orders if case not in movable]
    shown = {"worker": found, "movable": movable, "fixed": fixed, "crew": crew, "states": STATES, "first_free": FIRST_FREE}
    return render(request, "web/roles/team_worker.html", shown)


def _worker(request: StaffRequest, number: str) -> Staff:
    rows = Staff.objects.filter(posts__office=request.office, posts__role__in=team.CREWS, number__iexact=number)
    found = rows.distinct().first()
    if found is None:
        raise Http404(number)
    return found


@require_POST
@staff_page(*FOREMEN)
def reassign(request: StaffRequest, number: str) -> HttpResponse:
    """Give the chosen orders of a worker to others: each order is a command of its own, with its own key."""
    found = _worker(request, number)
    outcomes = list(_reassigned(request, found))
    refused = [each for each in outcomes if each.why]
    if outcomes and not refused:
        messages.success(request, _("{n} orders have a new worker; both were told.").format(n=len(outcomes)))
        return redirect("web:team_worker", number=found.number)
    address = reverse("web:team_worker", args=[found.number])
    shown = {"outcomes": outcomes, "worker": found, "again": address}
    return render(request, "web/roles/team_outcome.html", shown, status=409 if refused else 422)


def _reassigned(request: StaffRequest, ill: Staff) -> Iterator[Outcome]:
    wanted = {order: request.POST.get(f"worker:{order}", FIRST_FREE) for order in request.POST.getlist("order")}
    return hand_on(asked(request, {}), ill, wanted, request.POST.get("reason", ""))
