"""The company head's start: every office side by side, each figure a door to its cases in that office."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from menling.doorway.doing import NotThere
from menling.doorway.offices import RATED_WITHIN, Standing, side_by_side
from menling.kernel.money import ZERO
from menling.kernel.roles import Role
from menling.money.watch import bags, to_settle
from menling.orders import days
from menling.orders.days import Line, span, typed
from menling.premises.models import Office
from menling.web.day_sheets import lines_sheet, offices_sheet
from menling.web.figures import Figure
from menling.web.session import OFFICE, StaffRequest, offices_of, staff_page
from menling.web.templatetags.show import yuan

HEADS = (Role.COMPANY_MANAGEMENT,)
MOST = 100


@dataclass(frozen=True)
class Door:
    """The list behind a figure of an office: its title, and in one sentence what stands in it."""

    title: str
    about: str
    now: bool = True


DOORS = {
    "reported": Door(gettext_noop("Orders reported today"), gettext_noop("Orders reported on this day.")),
    "open": Door(gettext_noop("Open orders"), gettext_noop("Orders that are not at their end yet.")),
    "undispatched": Door(gettext_noop("Nobody sent"), gettext_noop("Registered orders nobody was sent to yet.")),
    "late": Door(gettext_noop("Late now"), gettext_noop("Promises that are broken and still open.")),
    "cash": Door(gettext_noop("Cash with collectors"), gettext_noop("Cash that was taken and is not with finance yet.")),
    "unsettled": Door(gettext_noop("Not settled"), gettext_noop("Collected orders finance has not closed yet.")),
    "rated": Door(gettext_noop("Ratings of thirty days"), gettext_noop("Rated orders, the lowest rating first.")),
}


@staff_page(*HEADS)
def start(request: StaffRequest, form: str = "") -> HttpResponse:
    """Show the offices side by side, or return them all as a workbook (`form`); `q` looks for one by code or name."""
    today = span(localtime(request.now).date(), request.now)
    found = side_by_side(_offices(request), today, request.now)
    if form:
        period = f"{localtime(request.now):%Y-%m-%d %H:%M}"
        return offices_sheet(found, company=request.office.company.name, period=period)
    shown = {"rows": found[:MOST], "more": max(0, len(found) - MOST), "figures": _sums(found), "query": request.GET.get("q", ""),
             "doors": DOORS, "start_of": today[0]}  # fmt: skip
    return render(request, "web/roles/company.html", shown)


def _offices(request: StaffRequest) -> Any:
    asked = request.GET.get("q", "").strip()
    rows = offices_of(request.actor)
    return rows.filter(Q(code__icontains=asked) | Q(name__icontains=asked)) if asked else rows


def _sums(rows: list[Standing]) -> list[Figure]:
    late, waiting = sum(each.late for each in rows), sum(each.undispatched for each in rows)
    cash: Decimal = sum((each.cash for each in rows), ZERO)
    return [
        Figure(late, _("promises late now"), tone="late" if late else ""),
        Figure(waiting, _("orders nobody was sent to"), tone="soon" if waiting else ""),
        Figure(sum(each.reported for each in rows), _("orders reported today")),
        Figure(sum(each.open for each in rows), _("orders open")),
        Figure(yuan(cash), _("cash with collectors")),
        Figure(sum(each.unsettled for each in rows), _("not settled")),
    ]


@staff_page(*HEADS)
def cases(request: StaffRequest, code: str, name: str, form: str = "") -> HttpResponse:
    """Go to an office and show the cases behind one of its figures, as many as the figure said; or return them as a workbook."""
    office, door = offices_of(request.actor).filter(code=code).first(), DOORS.get(name)
    if office is None or door is None:
        raise NotThere(code)
    request.session[OFFICE] = office.pk
    request.office = office
    lines = _lines(request, office, name)
    if form:
        period = f"{localtime(request.now):%Y-%m-%d %H:%M}"
        return lines_sheet(office, lines, title=_(door.title), period=period, name=name)
    return render(request, "web/roles/company_cases.html", {"list": door, "lines": lines, "name": name})


def _lines(request: StaffRequest, office: Office, name: str) -> list[Line]:
    by, now = request.actor, request.now
    if name == "cash":
        return [Line(bag.handover.case, bag.since, typed(yuan(bag.cash)), bag.handover.holder.name)
                for bag in bags(by, office, now) if bag.cash]  # fmt: skip
    if name == "unsettled":
        return [Line(row.settlement.case, row.settlement.case.reported_at, typed(yuan(row.settlement.amount)))
                for row in to_settle(by, office)]  # fmt: skip
    if name == "reported":
        return days.reported(by, office, span(localtime(now).date(), now))
    if name == "rated":
        return days.rated(by, office, (now - RATED_WITHIN, now))
    if name == "late":
        return days.late_now(by, office, now)
    return days.undispatched(by, office) if name == "undispatched" else days.open_now(by, office)
