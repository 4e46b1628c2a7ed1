"""The administrator's start: is the house in order, and what is missing."""

from datetime import datetime, time, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from menling.catalogue.quotes import list_in_force
from menling.kernel.roles import Role
from menling.mail.failing import failing_channels
from menling.policies.models import CalendarDay
from menling.premises.administration.books import ADMINISTRATORS, KEEPERS
from menling.premises.administration.people import staff_of
from menling.premises.administration.roster import unmanned
from menling.premises.models import Change, Office, Shift, Unit
from menling.web.changes import entries
from menling.web.session import StaffRequest, staff_page

AHEAD = timedelta(days=7)
RECENT = 100
DUTIES = (Role.CONTROL_CENTRE, Role.SERVICE_DESK, Role.TEAM_LEAD, Role.REPAIR_WORKER, Role.FINANCE, Role.OFFICE_MANAGER)
"""Roles without which an order cannot be carried through."""


@staff_page(*sorted(KEEPERS))
def start(request: StaffRequest) -> HttpResponse:
    """Show what is missing in the books, and the latest entries."""
    office, now = request.office, request.now
    today = localtime(now).date()
    until = datetime.combine(today + AHEAD, time(), localtime(now).tzinfo)
    staff = staff_of(office, request.actor).filter(is_active=True)
    held = _held(office)
    on_duty = Shift.objects.filter(office=office, starts_at__lte=now, ends_at__gt=now)
    known = _known_until(office)
    shown: dict[str, Any] = {
        "keeps_people": request.actor.holds(office.pk, *ADMINISTRATORS),
        "gaps": unmanned(office, Role.CONTROL_CENTRE, now, until),
        "vacant": [role for role in DUTIES if role not in held],
        "idle": staff.annotate(live=Count("posts", Q(posts__until__isnull=True))).filter(live=0),
        "prices": list_in_force(office, now),
        "known_until": known,
        "this_year": today.year,
        "units": Unit.objects.filter(office=office)[:1],
        "on_duty": on_duty.select_related("staff").order_by("ends_at"),
        "failing": failing_channels(office, now),
        "changes": entries(_changes(office)[:8]),
    }  # fmt: skip
    shown["missing"] = sum(bool(shown[name]) for name in ("gaps", "vacant", "idle", "failing")) + sum(
        (not shown["prices"], (known or 0) < today.year, not shown["units"])
    )
    return render(request, "web/roles/admin.html", shown)


def _held(office: Office) -> set[str]:
    posts = office.post_set.filter(until__isnull=True, staff__is_active=True)
    return set(posts.values_list("role", flat=True))


def _known_until(office: Office) -> int | None:
    rows = CalendarDay.objects.filter(Q(office=office) | Q(office__isnull=True))
    last = rows.order_by("-day").values_list("day", flat=True).first()
    return last.year if last else None


def _changes(office: Office) -> QuerySet[Change]:
    return Change.objects.filter(office=office).select_related("who").order_by("-pk")


@staff_page(*sorted(KEEPERS))
def changes(request: StaffRequest) -> HttpResponse:
    """List the latest entries in the books of the office: who changed what, and how it was before."""
    rows = _changes(request.office)
    before = request.GET.get("before", "")
    found = list((rows.filter(pk__lt=int(before)) if before.isdecimal() else rows)[:RECENT])
    more = found[-1].pk if len(found) == RECENT else 0
    shown = {"rows": entries(found), "more": more, "empty": _("Nothing was changed yet.")}
    return render(request, "web/roles/changes.html", shown)
