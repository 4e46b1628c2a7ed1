"""The lists beside the roster: who is on call at night, who exchanges a shift, who stands in for whom."""

from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from menling.doorway import rostering
from menling.premises.administration import swapping
from menling.premises.administration.covering import LEADERS, NIGHT_ENDS, set_on_call
from menling.premises.models import Cover, OnCall, Shift, Staff, Swap
from menling.web.entering import entered, needed_day, pen
from menling.web.session import StaffRequest, staff_page

LEADING = tuple(sorted(LEADERS))
NIGHTS, AHEAD, RANKS, MOST = 7, timedelta(days=21), (1, 2, 3), 400


@staff_page(*LEADING)
def show(request: StaffRequest) -> HttpResponse:
    """Show the coming nights with their lists, the shifts that can be exchanged, and who stands in for whom."""
    office = request.office
    local = request.now.astimezone(ZoneInfo(office.zone))
    tonight = local.date() - timedelta(days=local.hour < NIGHT_ENDS)
    days = [tonight + timedelta(days=count) for count in range(NIGHTS)]
    listed: dict[Any, dict[int, int]] = {}
    for row in OnCall.objects.filter(office=office, day__range=(days[0], days[-1])):
        listed.setdefault(row.day, {})[row.rank] = row.staff_id
    coming = Shift.objects.filter(office=office, starts_at__gt=request.now, starts_at__lt=request.now + AHEAD)
    covers = Cover.objects.filter(office=office, until__gte=tonight).select_related("away", "stands_in").order_by("since", "pk")
    shown = {
        "nights": [(day, [(rank, listed.get(day, {}).get(rank)) for rank in RANKS]) for day in days],
        "swaps": swapping.open_ones(office, request.now),
        "crew": list(_crew(request).order_by("number")), "covers": covers, "today": local.date(),
        "shifts": list(coming.select_related("staff").order_by("starts_at", "staff__number")[:MOST]),
    }  # fmt: skip
    return render(request, "web/roles/roster_lists.html", shown)


def _crew(request: StaffRequest) -> Any:
    return Staff.objects.filter(is_active=True, posts__office=request.office, posts__until__isnull=True).distinct()


def _person(request: StaffRequest, name: str) -> Staff:
    found = _crew(request).filter(number__iexact=request.POST.get(name, "")).first()
    if found is None:
        raise Http404(name)
    return found  # type: ignore[no-any-return]  # _crew is a QuerySet[Staff]


def _shift(request: StaffRequest, name: str) -> Shift:
    key = request.POST.get(name, "")
    found = Shift.objects.filter(office=request.office, pk=int(key)).select_related("staff").first() if key.isdecimal() else None
    if found is None:
        raise Http404(name)
    return found


@require_POST
@staff_page(*LEADING)
def exchange(request: StaffRequest) -> HttpResponse:
    """Agree to an exchange of two shifts; both people are told."""
    one, other = _shift(request, "one"), _shift(request, "other")
    done = _("{one} and {other} exchange their shifts; both were told.").format(one=one.staff.name, other=other.staff.name)
    return entered(
        request, lambda: rostering.exchange(request.office, pen(request), one, other), reverse("web:roster_lists"), done
    )


@require_POST
@staff_page(*LEADING)
def decide(request: StaffRequest, key: int, verb: str) -> HttpResponse:
    """Approve an exchange both people agreed to, or decline it."""
    swap = Swap.objects.filter(office=request.office, pk=key).select_related("office").first()
    if swap is None or verb not in ("approve", "decline"):
        raise Http404(str(key))
    done = _("The exchange stands in the roster; both were told.") if verb == "approve" else _("Declined; both were told.")
    return entered(request, lambda: rostering.decide(swap, pen(request), approve=verb == "approve"), reverse("web:roster_lists"),
                   done)  # fmt: skip


@require_POST
@staff_page(*LEADING)
def cover(request: StaffRequest) -> HttpResponse:
    """Let somebody stand in for somebody who is away."""
    away, stands_in = _person(request, "away"), _person(request, "stands_in")

    def writing() -> None:
        days = {"since": needed_day(request, "since"), "until": needed_day(request, "until")}
        rostering.cover(request.office, pen(request), away, stands_in, reason=request.POST.get("reason", ""), **days)

    done = _("{name} stands in for {away}; both were told.").format(name=stands_in.name, away=away.name)
    return entered(request, writing, reverse("web:roster_lists"), done)


@require_POST
@staff_page(*LEADING)
def on_call(request: StaffRequest) -> HttpResponse:
    """Write down who is on call on a night, in this order."""
    numbers = [each for each in request.POST.getlist("staff") if each]
    known = {each.number: each for each in _crew(request).filter(number__in=numbers)}
    if set(numbers) - set(known):
        raise Http404("staff")

    def writing() -> None:
        set_on_call(request.office, pen(request), needed_day(request, "day"), [known[number] for number in numbers])

    return entered(request, writing, reverse("web:roster_lists"), _("The list of the night is saved."))
