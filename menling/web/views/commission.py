"""Commission of a month: for everybody, for one person line by line, as paper and workbook; questions about a line."""

from datetime import date
from functools import partial
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.timezone import localtime
from django.views.decorators.http import require_POST

from menling.commission.models import CommissionMonth, CommissionQuery
from menling.doorway.commission_papers import crew_register, person_register
from menling.doorway.doing import NotThere, open_new
from menling.doorway.month import first_of
from menling.doorway.offered import actions
from menling.doorway.showing import loaded
from menling.earnings.lines import Sheet
from menling.earnings.sheets import sheets
from menling.journal.cases import visible_to
from menling.journal.facts import Malformed
from menling.kernel.roles import WORKERS, Role
from menling.kinds import KINDS
from menling.premises.models import Staff
from menling.procedures.commission import is_over
from menling.web.answers import answered, asked
from menling.web.navigation import COMMISSION
from menling.web.session import StaffRequest, staff_page
from menling.web.sheets import sheet
from menling.web.steps import Buttons, buttons
from menling.web.views.crew_month import frame

READERS = tuple(sorted(COMMISSION))
MOST = 100


@staff_page(*READERS)
def everybody(request: StaffRequest) -> HttpResponse:
    """Show what the month brings everybody who works at homes here, and the questions that wait for an answer."""
    first = _month(request)
    found = sheets(request.office, _crew(request), first)
    approved = CommissionMonth.objects.filter(office=request.office, month=first).select_related("case").first()
    return render(request, "web/roles/commission.html", {
        "rows": [each for each in found if each.lines], "questions": _questions(request), "approved": approved,
        "may_approve": approved is None and request.actor.holds(request.office.pk, Role.OFFICE_MANAGER)
        and is_over(first, localtime(request.now).date()),
        "total": sum(each.total for each in found),
    } | frame(first))  # fmt: skip


@require_POST
@staff_page(Role.OFFICE_MANAGER)
def approve(request: StaffRequest) -> HttpResponse:
    """MR-51  Approve the commission of a month that is over."""
    month = request.POST.get("month", "").strip()
    doing = partial(open_new, asked(request, {"month": month, "office": request.office.pk}), "commission_month", "approve")
    back = f"{reverse('web:commission')}?{urlencode({'month': month})}"
    return answered(request, doing, lambda answer: back, stays=False)


@staff_page(*READERS)
def everybody_file(request: StaffRequest, form: str) -> HttpResponse:
    """Return every line of the month as ``pdf`` or ``xlsx``."""
    first = _month(request)
    facts = crew_register(request.office, f"{first:%Y-%m}", sheets(request.office, _crew(request), first))
    return sheet(facts, form, f"{request.office.code}-commission-{first:%Y%m}")


@staff_page()
def own(request: StaffRequest) -> HttpResponse:
    """Lead a worker to the own sheet."""
    return redirect(f"{reverse('web:commission_of', args=[request.user.number])}?{urlencode(request.GET)}")


@staff_page()
def one(request: StaffRequest, number: str) -> HttpResponse:
    """Show the sheet of one person, line by line: to that person, and to those who answer for the crew."""
    first = _month(request)
    found = _sheet(request, number, first)
    return render(request, "web/roles/commission_of.html", {
        "sheet": found, "mine": found.staff.pk == request.user.pk and request.actor.holds(request.office.pk, *WORKERS),
        "figures": _figures(found),
    } | frame(first))  # fmt: skip


@staff_page()
def one_file(request: StaffRequest, number: str, form: str) -> HttpResponse:
    """Return the sheet of one person as ``pdf`` or ``xlsx``."""
    first = _month(request)
    facts = person_register(request.office, f"{first:%Y-%m}", _sheet(request, number, first))
    return sheet(facts, form, f"{request.office.code}-commission-{number}-{first:%Y%m}")


@require_POST
@staff_page(*WORKERS)
def ask(request: StaffRequest) -> HttpResponse:
    """Ask about a line of the own sheet."""
    body = {name: request.POST.get(name, "").strip() for name in ("settlement", "question")}
    doing = partial(open_new, asked(request, body | {"office": request.office.pk}), "commission_query", "file")
    back = f"{reverse('web:commission_of', args=[request.user.number])}?{urlencode({'month': request.POST.get('month', '')})}"
    return answered(request, doing, lambda answer: back, stays=False)


def _sheet(request: StaffRequest, number: str, first: date) -> Sheet:
    """Return the sheet of somebody of this office, whom the reader answers for or is. Errors: `NotThere`."""
    found = next((each for each in _crew(request) if each.number.lower() == number.lower()), None)
    if found is None or not (found.pk == request.user.pk or request.actor.holds(request.office.pk, *READERS)):
        raise NotThere(number)
    return sheets(request.office, [found], first)[0]


def _figures(found: Sheet) -> list[Any]:
    """Return the rules the lines were reckoned by, each once."""
    return list(dict.fromkeys(each.policy for each in found.lines))


def _crew(request: StaffRequest) -> list[Staff]:
    rows = Staff.objects.filter(posts__office=request.office, posts__role__in=WORKERS)
    return list(rows.distinct().order_by("number"))


def _questions(request: StaffRequest) -> list[tuple[CommissionQuery, Buttons]]:
    seen = visible_to(request.actor).filter(office=request.office, kind="commission_query", closed_at__isnull=True)
    rows = CommissionQuery.objects.filter(case__in=seen).select_related("case", "staff", "settlement__parent").order_by("pk")
    return [(each, _answering(buttons(actions(loaded(each.case), KINDS[each.case.kind], request.actor)))) for each in rows[:MOST]]


def _answering(made: Buttons) -> Buttons:
    """Return the answer as the one button: who asked takes a question back, nobody else."""
    return Buttons(next((each for each in made.rare if each.verb == "answer"), None), (), (), ())


def _month(request: StaffRequest) -> date:
    try:
        return first_of(request.GET.get("month", ""), localtime(request.now))
    except Malformed as error:
        raise NotThere("month") from error
