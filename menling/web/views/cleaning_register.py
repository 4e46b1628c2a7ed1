"""The housekeeping register of a day on the screen, and whom the service centre calls back (HS-4.1.1, HS-4.2.4, HS-4.3.5)."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.timezone import localtime

from menling.doorway.doing import NotThere
from menling.doorway.language import said
from menling.orders.housekeeping.lists import register_lines, repairs_passed_on
from menling.orders.register import lines, to_call
from menling.policies.values import values_for
from menling.procedures.form_titles import FormTitles, printed_title
from menling.web.session import StaffRequest, staff_page
from menling.web.views.cleaning_papers import READERS
from menling.web.views.records import CALLERS


@staff_page(*READERS)
def show(request: StaffRequest, day: str) -> HttpResponse:
    """Show the lines of a day with their sign-off, the repairs passed on, and whom to call back."""
    on = _day(day)
    begin = datetime.combine(on, time.min, localtime(request.now).tzinfo)
    within = (begin, begin + timedelta(days=1))
    rows = register_lines(request.office, within)
    known = {line.case.number: line for line in lines(request.office, [row.case.number for row in rows])}
    titles = values_for(request.office, request.now).policy(FormTitles)
    shown: dict[str, Any] = {
        "title": said(printed_title(titles.register)),
        "day": on, "before": on - timedelta(days=1), "after": on + timedelta(days=1), "today": localtime(request.now).date(),
        "rows": [(row, known[row.case.number]) for row in rows], "calls": to_call(list(known.values())),
        "calls_back": request.actor.holds(request.office.pk, *CALLERS), "repairs": repairs_passed_on(request.office, within),
    }  # fmt: skip
    return render(request, "web/pages/cleaning_register.html", shown)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise NotThere(text) from error
