"""Housekeeping on paper: the lists to print, and the day of people without phones written down on one page (MR-4)."""

from datetime import datetime, time, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localtime
from django.utils.translation import ngettext

from menling.doorway.doing import Asked
from menling.journal.models import Case
from menling.kernel.roles import Role as R
from menling.orders.housekeeping import lists
from menling.policies.values import values_for
from menling.web.crew_rows import SOURCES, Row, record, typed_in
from menling.web.session import StaffRequest, staff_page

WRITERS = (R.TEAM_LEAD, R.SERVICE_DESK, R.SERVICE_DESK_SUPERVISOR, R.OFFICE_MANAGER)
MOST_BATCHES = 6


@staff_page(*WRITERS)
def today(request: StaffRequest) -> HttpResponse:
    """GET: today's visits of those without the app. POST: take what is typed; a row that cannot keeps its text."""
    rows = _rows(request)
    if request.method != "POST":
        return _shown(request, rows)
    zone = values_for(request.office, request.now).calendar.zone
    taken = _taken(request, rows, zone)
    if taken:
        sentence = ngettext("{count} order written down.", "{count} orders written down.", taken)
        messages.success(request, sentence.format(count=taken))
    if any(row.why for row in rows):
        return _shown(request, _again(request, rows), status=422)
    return redirect("web:crew_paper")


def _taken(request: StaffRequest, rows: list[Row], zone: ZoneInfo) -> int:
    filled = [row for row in rows if row.is_filled]
    return sum(record(row, Asked(request.actor, row.key, request.now, {}), zone) for row in filled)


def _rows(request: StaffRequest) -> list[Row]:
    begin = datetime.combine(localtime(request.now).date(), time.min, localtime(request.now).tzinfo)
    visits = lists.jobs(request.office, (begin, begin + timedelta(days=1)))
    found = []
    for crew in lists.without_app(visits, request.now):
        case = crew[0].order.case
        typed = typed_in(request.POST.dict(), case.number)
        found.append(Row(case, tuple(crew), typed.get("key", "") if request.method == "POST" else uuid4().hex, typed))
    return found


def _again(request: StaffRequest, rows: list[Row]) -> list[Row]:
    """The rows as they stand now: what could not be taken with its text and its reason, the others empty."""
    fresh = Case.objects.in_bulk([row.case.pk for row in rows])
    return [
        Row(fresh[row.case.pk], row.crew, row.key if row.why else uuid4().hex, row.typed if row.why else {}, row.why, row.clause)
        for row in rows
    ]


def _shown(request: StaffRequest, rows: list[Row], status: int = 200) -> HttpResponse:
    batches = Case.objects.filter(office=request.office, kind="batch").order_by("-reported_at", "-pk")[:MOST_BATCHES]
    day = localtime(request.now).date()
    shown = {"rows": rows, "batches": batches, "today": day, "month": f"{day:%Y-%m}", "sources": SOURCES,
             "anything_left": any(row.left for row in rows)}  # fmt: skip
    return render(request, "web/roles/crew_paper.html", shown, status=status)
