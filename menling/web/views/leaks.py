"""The leak list: what stands out in a month, for quality and the manager; facts, not guilt."""

from datetime import date, timedelta

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from menling.doorway.language import said
from menling.doorway.leaks import SORTS, Leak, leaks
from menling.doorway.month import first_of
from menling.journal.facts import Malformed
from menling.kernel.roles import Role
from menling.printing.excel import register_xlsx
from menling.printing.facts import Column, Kind, RegisterFacts, Row
from menling.procedures.repair import CALLERS
from menling.web.session import StaffRequest, staff_page
from menling.web.sheets import as_workbook, span_of_month
from menling.web.templatetags.show import choice_word

READERS = (Role.QUALITY, Role.OFFICE_MANAGER, Role.COMPANY_MANAGEMENT)


@staff_page(*READERS)
def start(request: StaffRequest) -> HttpResponse:
    """Show what stands out in a month, sort by sort."""
    first = _month(request)
    found = _found(request, first)
    shown = {
        "first": first, "before": first - timedelta(days=1), "after": first + timedelta(days=31), "n": len(found),
        "may_reveal": request.actor.holds(request.office.pk, *CALLERS),
        "sorts": [(sort, [each for each in found if each.sort == sort]) for sort in SORTS],
    }  # fmt: skip
    return render(request, "web/roles/leaks.html", shown)


@staff_page(*READERS)
def workbook(request: StaffRequest) -> HttpResponse:
    """Return the list of a month as a workbook."""
    first = _month(request)
    columns = (
        Column("sort", _("What stands out"), 14), Column("order", _("Order"), 9), Column("at", _("Reported at"), 10, Kind.MOMENT),
        Column("unit", _("Unit"), 6), Column("worker", _("Worker"), 6), Column("content", _("What is to be done"), 16),
        Column("amount", _("Amount"), 7, Kind.MONEY), Column("call", _("Call afterwards"), 10),
    )  # fmt: skip
    facts = RegisterFacts(
        title=_("Worth a second look"), office=request.office.name, company=request.office.company.name, period=f"{first:%Y-%m}",
        columns=columns, rows=[_row(each) for each in _found(request, first)],
    )  # fmt: skip
    name = f"{request.office.code}-leaks-{first:%Y%m}"
    return as_workbook(register_xlsx(facts), name)


def _row(each: Leak) -> Row:
    order = each.case.order
    return {
        "sort": said(each.sort), "order": each.case.number, "at": localtime(each.case.reported_at), "amount": each.amount,
        "unit": each.case.unit.said if each.case.unit else "", "worker": order.worker.name if order.worker else "",
        "content": order.content, "call": choice_word("follow_up", each.call.facts["follow_up"]) if each.call else "",
    }  # fmt: skip


def _found(request: StaffRequest, first: date) -> list[Leak]:
    since, until = span_of_month(f"{first:%Y-%m}", request.now)
    return leaks(request.actor, request.office, since, min(until, request.now))


def _month(request: StaffRequest) -> date:
    try:
        return first_of(request.GET.get("month", ""), request.now)
    except Malformed as error:
        raise Http404("month") from error
