"""A month of the crew: jobs, minutes at homes and amounts collected, for everybody and for one person by day."""

from datetime import date, timedelta
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render

from menling.doorway.month import Month, first_of, months
from menling.journal.facts import Malformed
from menling.kernel.roles import WORKERS, Role
from menling.premises.models import Staff
from menling.web.session import StaffRequest, staff_page

READERS = (Role.TEAM_LEAD, Role.BUSINESS_LEAD, Role.OFFICE_MANAGER, Role.COMPANY_MANAGEMENT)


@staff_page(*READERS)
def everybody(request: StaffRequest) -> HttpResponse:
    """Show the month of everybody who works at homes in this office, the most jobs first."""
    first, crew = _month(request), _crew(request)
    found = months([each.pk for each in crew], [request.office.pk], first)
    rows = sorted(((each, found.get(each.pk, Month()).whole) for each in crew), key=lambda row: (-row[1].jobs, row[0].number))
    return render(request, "web/roles/crew_month.html", {"rows": rows} | frame(first))


@staff_page(*READERS)
def one(request: StaffRequest, number: str) -> HttpResponse:
    """Show the month of one person, day by day."""
    found = next((each for each in _crew(request) if each.number.lower() == number.lower()), None)
    if found is None:
        raise Http404(number)
    first = _month(request)
    month = months([found.pk], [request.office.pk], first).get(found.pk, Month())
    shown = {"worker": found, "days": sorted(month.days.items()), "whole": month.whole}
    return render(request, "web/roles/crew_month_of.html", shown | frame(first))


def _crew(request: StaffRequest) -> list[Staff]:
    rows = Staff.objects.filter(posts__office=request.office, posts__role__in=WORKERS)
    return list(rows.distinct().order_by("number"))


def _month(request: StaffRequest) -> date:
    try:
        return first_of(request.GET.get("month", ""), request.now)
    except Malformed as error:
        raise Http404("month") from error


def frame(first: date) -> dict[str, Any]:
    """Return a month and those beside it, for a page with a pager."""
    return {"first": first, "before": first - timedelta(days=1), "after": first + timedelta(days=31)}
