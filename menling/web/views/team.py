"""The foreman's pages: who is where, which slips wait for me, and what was written down afterwards."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from menling.kernel.roles import Role
from menling.orders import team
from menling.orders.grid import grid, waiting
from menling.orders.pickups import unseen
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
    """Show people by hours and the jobs without a name or a time; then the slips to review and to confirm, and what was told."""
    by, office, now = request.actor, request.office, request.now
    crew = team.crew(office, now)
    slips, unsigned, told = team.to_review(by, office), team.to_confirm(by, office), team.troubles(by, office, now)
    free, hidden = sum(each.state == "free" for each in crew), unseen(office, now)
    nobody = [case for case in waiting(by, office) if case.pk not in hidden]
    figures = [
        Figure(len(nobody), _("jobs without a name or a time"), "#waiting"),
        Figure(len(slips), _("slips to review"), "#review", "late" if any(_late(each, now) for each in slips) else ""),
        Figure(len(unsigned), _("wait for the resident's signature"), "#confirm"),
        Figure(
            sum(each.late for each in crew), _("late at the door"), "#crew", "late" if any(each.late for each in crew) else ""
        ),
        Figure(free, _("of {n} on shift are free").format(n=sum(each.until is not None for each in crew)), "#crew"),
    ]
    alarms = [case for case in team.to_send(by, office) if case.pk not in hidden]
    accepting = team.to_accept(by, office, "site_accepted")
    shown = {"accepting": accepting, "alarms": alarms, "crew": crew, "slips": slips, "unsigned": unsigned,
             "told": told, "figures": figures, "states": STATES, "waiting": nobody, "grid": grid(office, now),
             "sends": True}  # fmt: skip
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
