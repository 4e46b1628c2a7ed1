"""The repair register of a day: its lines, who is to be called back, and the copy for the service desk."""

from datetime import date, timedelta
from functools import partial
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from menling.doorway.doing import NotThere, open_new
from menling.doorway.offered import actions
from menling.doorway.papers import register_facts
from menling.doorway.showing import loaded
from menling.kernel.roles import Role as R
from menling.kinds import KINDS
from menling.orders.commands.copying import entries
from menling.orders.register import copies, copy_of, lines, to_call
from menling.policies.values import values_for
from menling.web.answers import answered, asked
from menling.web.session import StaffRequest, staff_page
from menling.web.sheets import sheet
from menling.web.steps import buttons
from menling.web.views.cleaning_papers import READERS as CLEANING

READERS = (R.CONTROL_CENTRE, R.SERVICE_DESK, R.SERVICE_DESK_SUPERVISOR, R.TEAM_LEAD, R.BUSINESS_LEAD, R.OFFICE_MANAGER,
           R.COMPANY_MANAGEMENT, R.QUALITY)  # fmt: skip
CALLERS = (R.SERVICE_DESK, R.SERVICE_DESK_SUPERVISOR)
"""Who calls back after the work (HS-3.1)."""


@staff_page(*READERS)
def registers(request: StaffRequest) -> HttpResponse:
    """Go to yesterday's register: the one that is copied this morning."""
    yesterday = timezone.localdate(request.now) - timedelta(days=1)
    return redirect("web:register", yesterday.isoformat())


@staff_page(*READERS)
def register(request: StaffRequest, day: str) -> HttpResponse:
    """Show the register of a day; POST prepares its copy."""
    on = _day(day)
    if request.method == "POST":
        body = {"day": on, "office": request.office.pk}
        doing = partial(open_new, asked(request, body), "register_copy", "prepare")
        return answered(request, doing, lambda answer: reverse("web:register", args=[day]))
    copy = copy_of(request.office, on)
    rows = lines(request.office, _numbers(request, on))
    context: dict[str, Any] = {
        "day": on, "before": on - timedelta(days=1), "after": on + timedelta(days=1), "copy": copy, "rows": rows,
        "calls": to_call(rows), "calls_back": request.actor.holds(request.office.pk, *CALLERS),
        "today": timezone.localdate(request.now), "copies": copies(request.office),
        "may_prepare": request.actor.holds(request.office.pk, R.CONTROL_CENTRE),
        "reads_cleaning": request.actor.holds(request.office.pk, *CLEANING),
    }  # fmt: skip
    if copy is not None:
        context["buttons"] = buttons(actions(loaded(copy.case), KINDS["register_copy"], request.actor))
    return render(request, "web/pages/register.html", context)


@staff_page(*READERS)
def register_file(request: StaffRequest, day: str, form: str) -> HttpResponse:
    """Return the register of a day as a workbook or as the paper with its signature columns."""
    on = _day(day)
    facts = register_facts(request.office, on, lines(request.office, _numbers(request, on)))
    name = f"{request.office.code}-{on.isoformat()}"
    return sheet(facts, form, name)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise NotThere(text) from error


def _numbers(request: StaffRequest, on: date) -> list[str]:
    """The numbers of the copy, or, before it is made, of the day as it stands."""
    copy = copy_of(request.office, on)
    if copy is not None and copy.delivered_at is not None:
        return list(copy.entries)
    return entries(request.office, on, values_for(request.office, request.now).calendar)
