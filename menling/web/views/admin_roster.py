"""The roster: a week as a grid, a line more, a line less."""

from collections import defaultdict
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Prefetch, Q
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.dateparse import parse_date, parse_time
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from menling.journal.facts import Malformed
from menling.kernel.roles import Role
from menling.premises.administration import roster
from menling.premises.administration.books import KEEPERS
from menling.premises.models import Post, Shift, Staff
from menling.web.entering import entered, needed_day, pen
from menling.web.session import StaffRequest, staff_page

KEEPING = tuple(sorted(KEEPERS))
WEEK = timedelta(days=7)


@staff_page(*KEEPING)
def week(request: StaffRequest) -> HttpResponse:
    """Show a week: a row for each person, a column for each day; and the hours the control room has nobody."""
    office, zone = request.office, ZoneInfo(request.office.zone)
    monday = _monday(request)
    begin, end = (datetime.combine(each, time(), zone) for each in (monday, monday + WEEK))
    days = [monday + timedelta(days=count) for count in range(7)]
    shifts: dict[tuple[int, date], list[Shift]] = defaultdict(list)
    for shift in Shift.objects.filter(office=office, starts_at__lt=end, starts_at__gte=begin).order_by("starts_at"):
        shifts[shift.staff_id, shift.starts_at.astimezone(zone).date()].append(shift)
    crew = list(_crew(request))
    shown = {
        "days": days, "today": localtime(request.now).date(), "crew": crew,
        "groups": _groups(crew, shifts, days), "gaps": roster.unmanned(office, Role.CONTROL_CENTRE, begin, end),
        "before": monday - WEEK, "after": monday + WEEK, "monday": monday,
    }  # fmt: skip
    return render(request, "web/roles/roster.html", shown)


def _monday(request: StaffRequest) -> date:
    try:
        asked = parse_date(request.GET.get("week", "")) or localtime(request.now).date()
    except ValueError as error:
        raise Http404("week") from error
    return asked - timedelta(days=asked.weekday())


def _crew(request: StaffRequest) -> list[Staff]:
    posts = Post.objects.filter(office=request.office, until__isnull=True).order_by("pk")
    rows = Staff.objects.filter(is_active=True, posts__office=request.office, posts__until__isnull=True).distinct()
    return list(rows.prefetch_related(Prefetch("posts", posts, to_attr="live")).order_by("number"))


def _groups(
    crew: list[Staff], shifts: dict[tuple[int, date], list[Shift]], days: list[date]
) -> dict[str, list[tuple[Staff, list[list[Shift]]]]]:
    """Return role -> people with their shifts day by day; the roles in the order of the day's work."""
    groups: dict[str, list[tuple[Staff, list[list[Shift]]]]] = defaultdict(list)
    order = [role.value for role in (Role.CONTROL_CENTRE, Role.SERVICE_DESK, Role.REPAIR_WORKER)]
    for role in [*order, *(role.value for role in Role if role.value not in order)]:
        for staff in crew:
            if staff.live and staff.live[0].role == role:  # type: ignore[attr-defined]  # prefetched
                groups[role].append((staff, [shifts.get((staff.pk, day), []) for day in days]))
    return dict(groups)


@require_POST
@staff_page(*KEEPING)
def add(request: StaffRequest) -> HttpResponse:
    """Put somebody on the roster, on one day or on the same hours of several days."""
    office = request.office
    staff = Staff.objects.filter(Q(posts__office=office), number__iexact=request.POST.get("staff", "")).distinct().first()
    if staff is None:
        raise Http404("staff")

    def writing() -> None:
        begin, end = _hours(request)
        on = needed_day(request, "day")
        starts = datetime.combine(on, begin, ZoneInfo(office.zone))
        ends = datetime.combine(on + timedelta(days=end <= begin), end, ZoneInfo(office.zone))
        roster.add_shift(office, pen(request), staff, starts_at=starts, ends_at=ends, name=request.POST.get("name", ""))

    return entered(request, writing, _page(request), _("{name} is on the roster.").format(name=staff.name))


def _hours(request: StaffRequest) -> tuple[time, time]:
    read: list[time] = []
    for name in ("starts", "ends"):
        try:
            at = parse_time(request.POST.get(name, ""))
        except ValueError:
            at = None
        if at is None:
            raise Malformed([{"path": name, "message": request.POST.get(name, ""), "type": "time"}])
        read.append(at)
    return read[0], read[1]


def _page(request: StaffRequest) -> str:
    return f"{reverse('web:roster')}?week={request.POST.get('week', '')}"


@require_POST
@staff_page(*KEEPING)
def delete(request: StaffRequest, key: int) -> HttpResponse:
    """Take a line off the roster; one that is gone already is gone."""
    shift = Shift.objects.filter(pk=key, office=request.office).select_related("staff", "office").first()
    if shift is None:
        raise Http404(str(key))
    return entered(request, lambda: roster.delete_shift(shift, pen(request)), _page(request), _("The line is off the roster."))
