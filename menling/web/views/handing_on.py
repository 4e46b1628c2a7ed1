"""The open orders of somebody who fell ill or is away, given to others on one page: each told for itself."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from menling.doorway.leaving import FIRST_FREE, Outcome, hand_on
from menling.journal.models import Case
from menling.kernel.roles import Role
from menling.orders import team
from menling.orders.candidates import GOES
from menling.premises.crew import employed
from menling.premises.models import Staff
from menling.procedures.repair import SENT
from menling.web.answers import asked
from menling.web.session import StaffRequest, staff_page
from menling.web.views.team import STATES

SENDERS = (Role.TEAM_LEAD, Role.CONTROL_CENTRE, Role.SERVICE_DESK, Role.SERVICE_DESK_SUPERVISOR)
"""Who may open the page; the step itself asks once more whether this person assigns for that kind of order (CF-41)."""


@dataclass(frozen=True)
class Colleague:
    """Somebody who could go instead, and what that person does now; nothing said is off shift."""

    staff: Staff
    state: str


@dataclass(frozen=True)
class Line:
    """An order that can go to somebody else, who goes along, and who of the team could go instead."""

    case: Case
    mates: tuple[Staff, ...]
    colleagues: tuple[Colleague, ...]


@staff_page(*SENDERS)
def worker(request: StaffRequest, number: str) -> HttpResponse:
    """Show the orders of one worker and who could take them over."""
    found = _worker(request, number)
    orders = team.carried_by(request.actor, request.office, found)
    movable = [case for case in orders if case.status in SENT]
    teams = {kind: _colleagues(request, kind) for kind in {case.kind for case in movable}}
    lines = [_line(case, found, teams[case.kind]) for case in movable]
    everybody = next(iter(teams.values())) if len(teams) == 1 else []
    shown = {
        "worker": found, "movable": lines, "fixed": [case for case in orders if case not in movable], "states": STATES,
        "first_free": FIRST_FREE, "everybody": [each for each in everybody if each.staff != found],
        "leads": request.actor.holds(request.office.pk, Role.TEAM_LEAD),
    }  # fmt: skip
    return render(request, "web/roles/team_worker.html", shown)


def _worker(request: StaffRequest, number: str) -> Staff:
    rows = Staff.objects.filter(posts__office=request.office, posts__role__in=team.CREWS, number__iexact=number)
    found = rows.distinct().first()
    if found is None:
        raise Http404(number)
    return found


def _colleagues(request: StaffRequest, kind: str) -> list[Colleague]:
    """Return everybody who goes to orders of a kind: those on shift first, the free before the busy."""
    on = {each.staff.pk: each.state for each in team.crew(request.office, request.now, (GOES[kind],))}
    rows = employed(request.office.pk, GOES[kind], localtime(request.now).date()).order_by("number")
    found = [Colleague(each, on.get(each.pk, "")) for each in rows]
    return sorted(found, key=lambda each: (not each.state, each.state != "free"))


def _line(case: Case, ill: Staff, colleagues: list[Colleague]) -> Line:
    mates = tuple(each.staff for each in colleagues if each.staff.pk in case.crew and each.staff != ill)
    others = tuple(each for each in colleagues if each.staff != ill and each.staff not in mates)
    return Line(case, mates, others)


@require_POST
@staff_page(*SENDERS)
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
    """One colleague for all that is ticked, or for each line the one chosen there."""
    sent, all_to = request.POST, request.POST.get("to", "")
    wanted = {order: all_to or sent.get(f"worker:{order}", FIRST_FREE) for order in sent.getlist("order")}
    return hand_on(asked(request, {}), ill, wanted, sent.get("reason", ""))
