"""The pick-ups of housekeeping and engineering: what the next one brings, what lies ready, and who comes for it."""

from collections.abc import Callable
from dataclasses import dataclass
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
from menling.orders.commands import collecting, picking
from menling.orders.housekeeping.batches import pickups
from menling.policies.values import values_for
from menling.premises.actors import staff_actor
from menling.premises.models import Staff
from menling.procedures import alarm_batch, alarm_rules, batch, housekeeping_rules
from menling.procedures.alarm_policy import AlarmPolicy
from menling.procedures.housekeeping_policy import HousekeepingPolicy
from menling.web.answers import answered, asked, said_no
from menling.web.session import StaffRequest, staff_page
from menling.web.views.steps import back

DESK = batch.DESK
READERS = (*sorted(batch.TEAM | alarm_batch.TEAM | DESK), R.BUSINESS_LEAD, R.OFFICE_MANAGER, R.COMPANY_MANAGEMENT)
WRONG = gettext_noop("Number and PIN do not fit together. Leave the PIN empty if the desk writes down who came.")
BATCH = ("batch", "alarm_batch")


@dataclass(frozen=True)
class Team:
    """Who comes for which orders at which hours; `paper` is the address of the list to sign."""

    name: str
    kind: str
    roles: frozenset[R]
    clause: str
    paper: str
    policy: type
    next: Callable[[datetime, Any, Any], datetime]
    last: Callable[[datetime, Any, Any], datetime]
    waiting: Callable[[Any, datetime], Any]


TEAMS = {
    "housekeeping": Team("housekeeping", "batch", batch.TEAM, "HS-4.1.1.3", "web:cleaning_batch", HousekeepingPolicy,
                         housekeeping_rules.next_pickup, housekeeping_rules.last_pickup, picking.waiting),
    "engineering": Team("engineering", "alarm_batch", alarm_batch.TEAM, "HS-4.1.2.2", "web:alarm_batch", AlarmPolicy,
                        alarm_rules.next_pickup, alarm_rules.last_pickup, collecting.waiting),
}  # fmt: skip


def _team(request: StaffRequest) -> Team:
    """The team asked for; without a question that of who looks."""
    held = request.actor.roles_in(request.office.pk)
    own = "engineering" if R.ENGINEERING_CREW in held and R.HOUSEKEEPER not in held else "housekeeping"
    return TEAMS.get(request.GET.get("team", ""), TEAMS[own])


@staff_page(*READERS)
def show(request: StaffRequest) -> HttpResponse:
    """GET: the next pick-up and those of today. POST: the desk lays out the last one by hand."""
    values = values_for(request.office, request.now)
    team = _team(request)
    policy: Any = values.policy(team.policy)
    calendar = values.calendar
    last = team.last(request.now, policy, calendar)
    here = f"{reverse('web:pickups')}?team={team.name}"
    if request.method == "POST":
        body = {"pick_up_at": last, "office": request.office.pk}
        doing = partial(open_new, asked(request, body), team.kind, "prepare")
        return answered(request, doing, lambda answer: here)
    begin = datetime.combine(localtime(request.now).date(), time.min, localtime(request.now).tzinfo)
    found = pickups(request.office, (begin, begin + timedelta(days=1)), team.kind)
    ahead = team.waiting(request.office, request.now).select_related("case", "case__unit", "unit")
    laid_out = any(each.batch.pick_up_at == last for each in found)
    shown: dict[str, Any] = {
        "reader": Reader(request.actor, request.now), "team": team, "here": here,
        "next_at": team.next(request.now, policy, calendar), "ahead": list(ahead), "pickups": found, "last": last,
        "late": sum(each.is_late(request.now) for each in found), "grace": policy.pickup_grace,
        "signs": request.actor.holds(request.office.pk, *team.roles), "desk": request.actor.holds(request.office.pk, *DESK),
        "forgotten": not laid_out and team.waiting(request.office, last).exists(),
    }  # fmt: skip
    return render(request, "web/pages/pickups.html", shown)


@require_POST
@sensitive_post_parameters("pin")
@staff_page(*sorted(batch.TEAM | alarm_batch.TEAM | DESK))
def sign(request: StaffRequest, number: str) -> HttpResponse:
    """Sign for a batch: in the own name, in that of who types number and PIN at this PC, or the desk names who came."""
    came, pin = request.POST.get("collector", "").strip(), request.POST.get("pin", "")
    sent = asked(request, {"collector": came} if came else {})
    if pin:
        person = auth.authenticate(request, number=came, pin=pin, company=request.actor.company)
        if not isinstance(person, Staff):
            return said_no(request, Refused("HS-4.1.1.3", WRONG, status=422, field="pin"))
        sent = Asked(staff_actor(person, localtime(request.now).date()), sent.key, request.now, {})
    return answered(request, partial(act, sent, number, "pick_up", BATCH), lambda answer: back(request),
                    _("{number}: signed for"))  # fmt: skip
