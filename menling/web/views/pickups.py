"""The pick-ups of housekeeping and engineering: what the next one brings, what lies ready, and who comes for it."""

from datetime import datetime, time, timedelta
from functools import partial
from typing import Any

from django.contrib import auth
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from menling.doorway.doing import Asked, act, open_new
from menling.kernel.refusal import Refused
from menling.kernel.roles import Role as R
from menling.orders.addresses import Reader
from menling.orders.housekeeping.batches import Pickup, pickups
from menling.orders.pickups import seen_ahead, waiting
from menling.policies.history import History
from menling.policies.values import values_for
from menling.premises import names
from menling.premises.actors import staff_actor
from menling.premises.models import Staff
from menling.procedures import batch
from menling.procedures.pickup_rules import last_pickup, next_pickup
from menling.web.answers import answered, asked, said_no
from menling.web.session import StaffRequest, staff_page
from menling.web.views.cleaning_papers import READERS as LIST_READERS
from menling.web.views.crew_day import sendable
from menling.web.views.steps import back

DESK = batch.DESK
COLLECTORS = frozenset().union(*(team.roles for team in batch.TEAMS.values()))
READERS = (*sorted(COLLECTORS | DESK), R.BUSINESS_LEAD, R.OFFICE_MANAGER, R.COMPANY_MANAGEMENT)
WRONG = gettext_noop("Number and PIN do not fit together. Leave the PIN empty if the desk writes down who came.")
BATCH = tuple(batch.TEAMS)


PAPERS = {"batch": "web:cleaning_batch", "alarm_batch": "web:alarm_batch"}
"""The address of the list to sign, by kind of pick-up."""


def _team(request: StaffRequest) -> batch.Team:
    """The team asked for; without a question that of who looks."""
    held = request.actor.roles_in(request.office.pk)
    own = batch.ENGINEERING if R.ENGINEERING_CREW in held and R.HOUSEKEEPER not in held else batch.CLEANING
    return next((team for team in batch.TEAMS.values() if team.name == request.GET.get("team")), own)


@staff_page(*READERS)
def show(request: StaffRequest) -> HttpResponse:
    """GET: the next pick-up and those of today. POST: the desk lays out the last one by hand."""
    values = values_for(request.office, request.now)
    team = _team(request)
    policy = values.policy(team.policy)
    calendar = values.calendar
    last = last_pickup(request.now, policy, calendar)
    here = f"{reverse('web:pickups')}?team={team.name}"
    if request.method == "POST":
        body = {"pick_up_at": last, "office": request.office.pk}
        doing = partial(open_new, asked(request, body), team.batch, "prepare")
        return answered(request, doing, lambda answer: here)
    begin = datetime.combine(localtime(request.now).date(), time.min, localtime(request.now).tzinfo)
    found = pickups(request.office, (begin, begin + timedelta(days=1)), team.batch)
    desk = request.actor.holds(request.office.pk, *DESK)
    ahead = waiting(team, request.office, request.now)
    laid_out = any(each.batch.pick_up_at == last for each in found)
    shown: dict[str, Any] = {
        "reader": Reader(request.actor, request.now), "team": team, "paper": PAPERS[team.batch], "here": here,
        "next_at": next_pickup(request.now, policy, calendar),
        "ahead": ahead if desk else seen_ahead(team, ahead), "pickups": found, "last": last,
        "late": sum(each.is_late(request.now) for each in found), "grace": policy.pickup_grace,
        "may_print": request.actor.holds(request.office.pk, *LIST_READERS),
        "signs": request.actor.holds(request.office.pk, *team.roles), "desk": desk,
        "sends": _sends(request, team, found),
        "forgotten": not laid_out and bool(waiting(team, request.office, last)),
    }  # fmt: skip
    return render(request, "web/pages/pickups.html", shown)


def _sends(request: StaffRequest, team: batch.Team, found: list[Pickup]) -> set[int]:
    """Return the orders signed for that nobody goes to yet and that this person may send somebody to."""
    history = History(request.office)
    lying = [case for each in found if each.batch.collected_at for case in each.orders if case.status == team.waits]
    return {case.pk for case in lying if sendable(case, request, history)}


@require_POST
@sensitive_post_parameters("pin")
@staff_page(*sorted(COLLECTORS | DESK))
def sign(request: StaffRequest, number: str) -> HttpResponse:
    """Sign for a batch: in the own name, in that of who types number and PIN at this PC, or the desk names who came."""
    came, pin = names.folded(request.POST.get("collector", "")), request.POST.get("pin", "")
    sent = asked(request, {"collector": came} if came else {})
    if pin:
        person = auth.authenticate(request, number=came, pin=pin, company=request.actor.company)
        if not isinstance(person, Staff):
            return said_no(request, Refused("HS-4.1.1.3", WRONG, status=422, field="pin"))
        who = staff_actor(person, localtime(request.now).date())
        sent = Asked(who, sent.key, request.now, {"collector": person.number}, shown_to=request.actor)
    return answered(request, partial(act, sent, number, "pick_up", BATCH), lambda answer: back(request),
                    _("{number}: signed for"))  # fmt: skip
