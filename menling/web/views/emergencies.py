"""Emergencies: those open, how their minutes run, who was called out when, and whom to call tonight (HC-5.2.5)."""

from datetime import timedelta
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.timezone import localtime

from menling.kernel.roles import RECORDERS
from menling.kernel.roles import Role as R
from menling.orders.emergencies import emergencies
from menling.premises.administration.covering import LEADERS, NIGHT_ENDS
from menling.premises.models import OnCall, Shift
from menling.web.emergencies import questions
from menling.web.session import StaffRequest, staff_page

READERS = (R.CONTROL_CENTRE, R.SERVICE_DESK, R.SERVICE_DESK_SUPERVISOR, R.TEAM_LEAD, R.BUSINESS_LEAD, R.OFFICE_MANAGER,
           R.COMPANY_MANAGEMENT, R.QUALITY)  # fmt: skip
NIGHTS = 7


@staff_page(*READERS)
def show(request: StaffRequest) -> HttpResponse:
    """Show the open emergencies, the list of the night for a week, and who is on shift now."""
    local = localtime(request.now)
    tonight = local.date() - timedelta(days=local.hour < NIGHT_ENDS)
    listed = OnCall.objects.filter(office=request.office, day__gte=tonight, day__lt=tonight + timedelta(days=NIGHTS))
    nights: dict[Any, list[OnCall]] = {tonight + timedelta(days=each): [] for each in range(NIGHTS)}
    for row in listed.select_related("staff").order_by("day", "rank"):
        nights[row.day].append(row)
    on_shift = Shift.objects.filter(office=request.office, starts_at__lte=request.now, ends_at__gt=request.now,
                                    staff__posts__role=R.REPAIR_WORKER, staff__posts__until__isnull=True)  # fmt: skip
    shown = {
        "rows": emergencies(request.office, request.actor, request.now), "nights": list(nights.items()), "tonight": tonight,
        "on_shift": list(on_shift.select_related("staff").distinct().order_by("staff__number")),
        "keeps_list": request.actor.holds(request.office.pk, *LEADERS), "asked": questions(request),
        "writes": request.actor.holds(request.office.pk, *RECORDERS),
    }  # fmt: skip
    return render(request, "web/roles/emergencies.html", shown)
