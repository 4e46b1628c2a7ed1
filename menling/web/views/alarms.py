"""The home alarm register: a month on the screen and as paper, who signs what off, and the spot checks of the service centre."""

from datetime import timedelta
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localtime

from menling.doorway.alarm_papers import alarm_batch_facts, alarm_register_facts
from menling.doorway.doing import find
from menling.doorway.showing import loaded
from menling.journal.models import Case
from menling.kernel.roles import Role as R
from menling.orders.addresses import Reader
from menling.orders.alarms.checking import Pool, spot_check_pool
from menling.orders.alarms.lists import Line, Span, register_lines
from menling.orders.team import to_send
from menling.policies.values import values_for
from menling.printing.slips import register_pdf
from menling.procedures.alarm_policy import AlarmPolicy
from menling.web.session import StaffRequest, staff_page
from menling.web.sheets import as_pdf, sheet, span_of_month

DESK = (R.SERVICE_DESK, R.SERVICE_DESK_SUPERVISOR)
READERS = (*DESK, R.TEAM_LEAD, R.ENGINEERING_CREW, R.BUSINESS_LEAD, R.OFFICE_MANAGER, R.COMPANY_MANAGEMENT, R.QUALITY, R.FINANCE)
TO_CHECK = 12
"""Orders offered for a spot check at a time."""
OFFICE = tuple(each for each in READERS if each is not R.ENGINEERING_CREW)


@staff_page(*READERS)
def this_month(request: StaffRequest) -> HttpResponse:
    """Go to the month that runs."""
    return redirect("web:alarm_month", f"{localtime(request.now):%Y-%m}")


@staff_page(*READERS)
def month(request: StaffRequest, month: str) -> HttpResponse:
    """Show the register of a month: what waits to be sent, to be signed off, to be checked, then every order."""
    within = span_of_month(month, request.now)
    rows = register_lines(request.office, within, request.actor)
    roles = request.actor.roles_in(request.office.pk)
    shown: dict[str, Any] = {
        "reader": Reader(request.actor, request.now), "office_roles": bool(roles & set(OFFICE)),
        "rows": rows, "month": month, "before": f"{within[0] - timedelta(days=1):%Y-%m}", "after": f"{within[1]:%Y-%m}",
        "is_now": within[0] <= request.now < within[1], "to_sign_off": [row for row in rows if row.case.status == "signed"],
        "to_file": [row for row in rows if row.case.status == "signed_off"] if roles & set(DESK) else [],
        "leads": R.TEAM_LEAD in roles, "to_send": to_send(request.actor, request.office) if R.TEAM_LEAD in roles else [],
        "checks": bool(roles & set(DESK)), "pool": _pool(request, within) if roles & set(OFFICE) else None,
        "faults": [row for row in rows if row.case.order.nonconformity],
    }  # fmt: skip
    return render(request, "web/roles/alarms.html", shown)


def _pool(request: StaffRequest, within: Span) -> Pool:
    found = spot_check_pool(request.office, within, values_for(request.office, within[0]).policy(AlarmPolicy))
    return Pool(found.finished, found.checked, found.due, found.waiting[:TO_CHECK])


@staff_page(*OFFICE)
def register(request: StaffRequest, month: str, form: str) -> HttpResponse:
    """Return the register of a month as paper or as a workbook."""
    rows: list[Line] = register_lines(request.office, span_of_month(month, request.now), request.actor)
    facts, name = alarm_register_facts(request.office, month, rows), f"{request.office.code}-alarms-{month}"
    return sheet(facts, form, name)


@staff_page(*OFFICE)
def batch(request: StaffRequest, number: str) -> HttpResponse:
    """Return the list of a pick-up, for the signature of who comes for the slips (HS-4.1.2.2)."""
    detail = loaded(find(request.actor, number, ("alarm_batch",)))
    rows = Case.objects.filter(office_id=detail.case.office_id, number__in=detail.entries).select_related("unit", "order")
    place = {each: at for at, each in enumerate(detail.entries)}
    return as_pdf(register_pdf(alarm_batch_facts(detail, sorted(rows, key=lambda case: place[case.number]))), number)
