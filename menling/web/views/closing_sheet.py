"""The end of a desk's day: what is not signed off and why; and by month what was late, by who answers for it."""

from datetime import date
from functools import partial
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from menling.closing.models import ClosingSheet
from menling.closing.queries import UNANSWERED, late_in, unsigned
from menling.doorway.closing_papers import late_register, sheet_register
from menling.doorway.doing import NotThere, find, open_new
from menling.doorway.language import said
from menling.doorway.offered import actions
from menling.doorway.showing import loaded
from menling.journal.cases import visible_to
from menling.journal.models import Case
from menling.kernel.roles import Role as R
from menling.kinds import KINDS
from menling.policies.values import values_for
from menling.procedures.closing_sheet import CLOSERS, DESKS, ClosingPolicy, shift_end
from menling.web.answers import answered, asked
from menling.web.session import StaffRequest, staff_page
from menling.web.sheets import sheet
from menling.web.steps import buttons

MANAGERS = (R.SERVICE_DESK_SUPERVISOR, R.TEAM_LEAD, R.BUSINESS_LEAD, R.OFFICE_MANAGER, R.COMPANY_MANAGEMENT, R.QUALITY)
DONE_SHOWN = 14


@staff_page(*CLOSERS, *MANAGERS)
def listing(request: StaffRequest) -> HttpResponse:
    """Show the sheets that are open, as things stand now, and the last ones closed."""
    rows = visible_to(request.actor).filter(kind="closing_sheet", office=request.office).select_related("closingsheet")
    running = rows.filter(closed_at__isnull=True).order_by("-reported_at", "-pk")[:DONE_SHOWN]
    own = [desk for desk, roles in DESKS.items() if roles & request.actor.roles_in(request.office.pk)]
    values = values_for(request.office, request.now)
    ends = {desk: shift_end(desk, request.now, values.policy(ClosingPolicy), values.calendar) for desk in own}
    laid_out = set(rows.filter(closingsheet__due_at__in=ends.values()).values_list("closingsheet__desk", "closingsheet__due_at"))
    return render(request, "web/roles/closing.html", {
        "running": [_running(request, case) for case in running],
        "to_prepare": [desk for desk, end in ends.items() if (desk, end) not in laid_out],
        "done": rows.filter(closed_at__isnull=False).order_by("-closed_at", "-pk")[:DONE_SHOWN],
    })  # fmt: skip


def _running(request: StaffRequest, case: Case) -> dict[str, Any]:
    sheet: ClosingSheet = case.closingsheet
    now = {line["number"]: line for line in unsigned(request.office, sheet.desk, request.now)}
    kinds = {line["number"]: KINDS[line["kind"]].procedure.status_title(line["status"]) for line in now.values()}
    rows = [line | {"status_title": said(kinds[line["number"]])} for line in now.values()]
    open_rows = [each for each in rows if not each["answered"]]
    offered = actions(loaded(case), KINDS["closing_sheet"], request.actor)
    mine = DESKS[sheet.desk] & request.actor.roles_in(request.office.pk)
    return {
        "case": case, "sheet": sheet, "waiting": open_rows, "answered": [each for each in rows if each["answered"]],
        "late": request.now > sheet.due_at, "buttons": buttons(offered) if mine else None,
    }  # fmt: skip


@require_POST
@staff_page(*CLOSERS)
def prepare(request: StaffRequest) -> HttpResponse:
    """Lay the sheet of a desk out now, without waiting for its hour."""
    body = {"desk": request.POST.get("desk", ""), "office": request.office.pk}
    return answered(request, partial(open_new, asked(request, body), "closing_sheet", "prepare"),
                    lambda answer: reverse("web:closing"), _("{number} is laid out"), stays=False)  # fmt: skip


@staff_page(*CLOSERS, *MANAGERS)
def paper(request: StaffRequest, number: str, form: str) -> HttpResponse:
    """Return a closing sheet as paper or as a workbook."""
    case = find(request.actor, number, ("closing_sheet",))
    return sheet(sheet_register(case.closingsheet), form, number)


@staff_page(*MANAGERS)
def this_month(request: StaffRequest) -> HttpResponse:
    """Go to the month that runs."""
    return redirect("web:late_month", f"{localtime(request.now):%Y-%m}")


@staff_page(*MANAGERS)
def late(request: StaffRequest, month: str) -> HttpResponse:
    """List what was late in a month by who answers for it (HS-4.3.6); `form` takes it away as paper or workbook."""
    try:
        first = date.fromisoformat(f"{month}-01")
    except ValueError as error:
        raise NotThere(month) from error
    rows = late_in(request.office, first, request.now)
    if request.GET.get("form"):
        facts, name = late_register(request.office, first, rows), f"{request.office.code}-late-{month}"
        return sheet(facts, request.GET["form"], name)
    return render(request, "web/roles/late.html", {"rows": rows, "month": month, "first": first, "unanswered": UNANSWERED})
