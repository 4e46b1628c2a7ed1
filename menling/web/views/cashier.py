"""The cashier's day on the page: what each place holds, who still holds what, the way to the bank, closing and reopening."""

from datetime import date, timedelta
from functools import partial
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from menling.doorway.cashier_papers import LIES_IN, day_book, day_sheet, held_of, lines, waiting_of
from menling.doorway.doing import NotThere, find, open_new
from menling.journal.cases import visible_to
from menling.kernel.roles import Role
from menling.money.cashier import previous, since, standing
from menling.money.movements import Movement, movements, newest
from menling.money.sheets import CashBook, CashierDay
from menling.policies.values import values_for
from menling.printing.excel import registers_xlsx
from menling.printing.slips import register_pdf
from menling.procedures.accounts import kind_of
from menling.procedures.cashier_day import CASHIER_DAY, REVERSIBLE, booked_on
from menling.procedures.places import safe
from menling.web.answers import answered, asked
from menling.web.session import StaffRequest, staff_page
from menling.web.sheets import as_pdf, as_workbook
from menling.web.views.finance import READERS

SHOWN = 31
BACK = timedelta(days=14)
"""So far back a movement is offered for a counter-entry."""
OFFERED = 60
TOLD = ("close_day", "reopen", "set_aside", "take_up")
"""Steps of a day that are on no other list of its page."""


@staff_page(*READERS)
def start(request: StaffRequest) -> HttpResponse:
    """Show the day that is to be closed next, or how to begin one, or today's when it is closed; and the days before."""
    opened = _days(request).filter(case__status="open").order_by("day").first()
    return _page(request, opened or _days(request).filter(day__gte=localtime(request.now).date()).first())


@staff_page(*READERS)
def one(request: StaffRequest, number: str) -> HttpResponse:
    """Show a day of the cashier."""
    return _page(request, _day(request, number))


def _page(request: StaffRequest, day: CashierDay | None) -> HttpResponse:
    days = _days(request).order_by("-day")
    today = localtime(request.now).date()
    through = CashBook.objects.filter(office=request.office).values_list("closed_through", flat=True).first()
    shown: dict[str, Any] = {
        "days": days[:SHOWN], "today": today, "first": not days.exists(),
        "keeps": request.actor.holds(request.office.pk, Role.FINANCE),
        "may_begin": not days.filter(day__gte=today).exists(), "day": day, "through": through,
    }  # fmt: skip
    if through is not None and through >= today:
        shown |= {"after": _after(request, through), "next_day": booked_on(today, through)}
    return render(request, "web/roles/cashier.html", shown | (_figures(request, day) if day else {}))


def _after(request: StaffRequest, through: date) -> list[Movement]:
    """Return the money that came or went since today was closed: it belongs to the next day and is on no sheet yet (MR-28)."""
    next_day = through + timedelta(days=1)
    moved = movements(request.actor, request.office, next_day, next_day)
    return [each for each in moved if {kind_of(each.row.source), kind_of(each.row.target)} & {*LIES_IN}]


def _figures(request: StaffRequest, day: CashierDay) -> dict[str, Any]:
    now = standing(day)
    is_open = day.case.status == "open"
    moved = _offered(request, day) if is_open else []
    roles = request.actor.roles_in(request.office.pk)
    may = {step.verb for step in CASHIER_DAY.open_steps(day.case.status, roles, assigned=True)}
    return {
        "whole": now, "lines": lines(now), "held": held_of(day, now), "waiting": waiting_of(day), "is_open": is_open,
        "safe": now.at_end(safe(day.office_id)) + (since(day)[safe(day.office_id)] if is_open else 0),
        "slips": day.slips.order_by("pk"), "may": may, "moved": moved, "me": request.actor.id,
        "entries": day.entries.select_related("asked_by", "decided_by").order_by("pk"),
        "told": day.case.events.filter(verb__in=TOLD).order_by("pk"),
        "many_days": now.first != now.last, "before": previous(day),
    }  # fmt: skip


def _offered(request: StaffRequest, day: CashierDay) -> list[Movement]:
    """Return the newest movements a counter-entry may take back."""
    today = localtime(request.now).date()
    return newest(request.actor, request.office, day.day - BACK, today, REVERSIBLE, OFFERED)


def _days(request: StaffRequest) -> Any:
    seen = visible_to(request.actor).filter(office=request.office, kind="cashier_day")
    return CashierDay.objects.filter(case__in=seen).select_related("case", "office__company")


def _day(request: StaffRequest, number: str) -> CashierDay:
    case = find(request.actor, number, ("cashier_day",))
    day = get_object_or_404(CashierDay.objects.select_related("case", "office__company"), pk=case.pk)
    day.values = values_for(day.office, day.valued_at)
    return day


@require_POST
@staff_page(Role.FINANCE)
def begin(request: StaffRequest) -> HttpResponse:
    """Begin today, the first day with what was counted in the safe."""
    body: dict[str, Any] = {"office": request.office.pk}
    count = {name[6:]: pieces for name, pieces in request.POST.items() if name.startswith("count:") and pieces}
    if request.POST.get("amount"):
        body["amount"] = request.POST["amount"]
    if count:
        body["count"] = count
    doing = partial(open_new, asked(request, body), "cashier_day", "begin")
    return answered(request, doing, lambda answer: reverse("web:cashier"), _("The day is begun"), stays=False)


@staff_page(*READERS)
def paper(request: StaffRequest, number: str, form: str) -> HttpResponse:
    """Return the sheet of a day as paper, or the day as a workbook with its movements and counter-entries."""
    day = _day(request, number)
    if form == "pdf":
        return as_pdf(register_pdf(day_sheet(day)), number)
    if form != "xlsx":
        raise NotThere(form)
    now = standing(day)
    return as_workbook(registers_xlsx(day_book(day, movements(request.actor, day.office, now.first, now.last))), number)
