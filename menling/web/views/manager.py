"""The manager's pages: what stands out this morning, six figures beside yesterday's, and the list behind each."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.dateparse import parse_date
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from menling.kernel.actor import Actor
from menling.kernel.money import ZERO
from menling.kernel.roles import Role
from menling.money.watch import bags, collections
from menling.orders import days
from menling.orders.days import Line, Span, span
from menling.premises.models import Office
from menling.procedures.handover import HANDOVER
from menling.web.day_sheets import lines_sheet
from menling.web.figures import Figure
from menling.web.session import StaffRequest, staff_page
from menling.web.templatetags.show import day as day_text
from menling.web.templatetags.show import yuan

MANAGERS = (Role.OFFICE_MANAGER, Role.COMPANY_MANAGEMENT)


@dataclass(frozen=True)
class Moment:
    """For whom, where and about which time a list is asked for."""

    by: Actor
    office: Office
    within: Span
    now: datetime


@dataclass(frozen=True)
class List:
    """A list of the day with its title, in one sentence what stands in it, and what is counted. `now` lists know no other day."""

    title: str
    about: str
    lines: Callable[[Moment], list[Line]]
    now: bool = False
    counts: str = "orders"


def _verb(verb: str, sent: bool = False) -> Callable[[Moment], list[Line]]:
    return lambda at: days.happened(at.by, at.office, at.within, verb, sent=sent)


def _cash(at: Moment) -> list[Line]:
    """Cash whose hour has passed; the collector stands where a worker stands."""
    words = HANDOVER.clocks[0].promise
    return [Line(each.handover.case, each.promise.due_at, words, each.handover.holder.name, each.promise.clause)
            for each in bags(at.by, at.office, at.now) if each.overdue and each.promise]  # fmt: skip


LISTS: dict[str, List] = {
    "late": List(gettext_noop("Late now"), gettext_noop("Promises that are broken and still open."),
                 lambda at: days.late_now(at.by, at.office, at.now), now=True, counts="promises"),
    "undispatched": List(gettext_noop("Nobody sent"), gettext_noop("Registered orders nobody was sent to yet."),
                         lambda at: days.undispatched(at.by, at.office), now=True),
    "cash": List(gettext_noop("Cash not handed over"), gettext_noop("Cash of the day that is not with finance in time."),
                 _cash, now=True, counts="bags"),
    "broken": List(gettext_noop("Promises broken"), gettext_noop("Promises that broke on this day, kept since or not."),
                   lambda at: days.broken(at.by, at.office, at.within), counts="promises"),
    "absent": List(gettext_noop("Nobody home"), gettext_noop("Visits at which nobody opened."), _verb("absent"),
                   counts="visits"),
    "objected": List(gettext_noop("Objections"), gettext_noop("Work the resident was not content with."), _verb("object")),
    "attested": List(gettext_noop("Confirmed for the resident"),
                     gettext_noop("Work the foreman confirmed because the resident could not sign."),
                     _verb("attest")),
    "cancelled": List(gettext_noop("Cancelled after dispatch"),
                      gettext_noop("Orders cancelled when somebody had been sent already."),
                      _verb("cancel", sent=True)),
    "reported": List(gettext_noop("Orders reported"), gettext_noop("Orders reported on this day."),
                     lambda at: days.reported(at.by, at.office, at.within)),
    "finished": List(gettext_noop("Orders finished"), gettext_noop("Orders whose work was finished on this day."),
                     _verb("finish")),
}  # fmt: skip
EXCEPTIONS = ("late", "broken", "undispatched", "absent", "objected", "cash", "attested", "cancelled")
SIX = ("reported", "finished", "broken", "absent", "objected")
"""Five counted lists; the sixth figure is the money collected."""


@staff_page(*MANAGERS)
def start(request: StaffRequest) -> HttpResponse:
    """Show what stands out, and the six figures of the day."""
    today = localtime(request.now).date()
    at = _moment(request, today)
    lists = {name: LISTS[name].lines(at) for name in (*EXCEPTIONS, "reported", "finished")}
    shown = {
        "exceptions": [_exception(name, lists[name]) for name in EXCEPTIONS],
        "by_clause": _by_clause(lists["broken"]),
        "figures": _six(request, at, lists),
        "today": today,
        "standing_out": sum(bool(lists[name]) for name in EXCEPTIONS),
    }
    return render(request, "web/roles/manager.html", shown)


def _moment(request: StaffRequest, on: date) -> Moment:
    return Moment(request.actor, request.office, span(on, request.now), request.now)


def _exception(name: str, lines: list[Line]) -> dict[str, Any]:
    return {"name": name, "title": LISTS[name].title, "lines": lines[:3], "count": len(lines), "late": name in ("late", "cash"),
            "unit": unit(LISTS[name].counts, lines)}  # fmt: skip


def unit(counts: str, lines: list[Line]) -> str:
    """Return what a figure counts, said behind it: promises on so many orders, orders, visits or bags."""
    orders, much = len({line.case.pk for line in lines}), len(lines)
    if counts == "promises":
        return ngettext("promises on {n} order", "promises on {n} orders", orders).format(n=orders)
    if counts == "visits":
        return ngettext("home visit", "home visits", much)
    return ngettext("cash bag", "cash bags", much) if counts == "bags" else ngettext("repair order", "repair orders", much)


def _by_clause(lines: list[Line]) -> list[tuple[str, str, int]]:
    """Return clause, promise and how often it broke, the most often first."""
    counts = Counter((each.clause, str(each.words)) for each in lines)
    return sorted(((*key, count) for key, count in counts.items()), key=lambda row: (-row[2], row[0]))


def _six(request: StaffRequest, at: Moment, lists: dict[str, list[Line]]) -> list[Figure]:
    """Yesterday is counted until the same hour, so that the two figures of a morning can be compared."""
    ago = timedelta(days=1)
    before = replace(at, within=(at.within[0] - ago, at.within[1] - ago))
    six = [_figure(name, lists[name], len(LISTS[name].lines(before))) for name in SIX]
    return [*six, Figure(_money(at), _("Collected"), reverse("web:finance"), before=_money(before))]


def _figure(name: str, today: list[Line], yesterday: int) -> Figure:
    counted = _("{title} ({unit})").format(title=_(LISTS[name].title), unit=unit(LISTS[name].counts, today))
    return Figure(len(today), counted, reverse("web:day_list", args=[name]), before=str(yesterday))


def _money(at: Moment) -> str:
    return yuan(sum((each.amount for each in collections(at.by, at.office, *at.within)), ZERO))


@staff_page(*MANAGERS)
def day_list(request: StaffRequest, name: str, form: str = "") -> HttpResponse:
    """Show the cases behind a figure, as many rows as the figure said; or return them as a workbook (`form`)."""
    chosen = LISTS.get(name)
    if chosen is None:
        raise Http404(name)
    today = localtime(request.now).date()
    on = today if chosen.now else min(_day(request) or today, today)
    clause = request.GET.get("clause", "")
    promise = request.GET.get("promise", "")
    lines = [line for line in chosen.lines(_moment(request, on))
             if clause in ("", line.clause) and promise in ("", str(line.words))]  # fmt: skip
    if form:
        period = day_text(on)
        return lines_sheet(request.office, lines, title=_(chosen.title), period=period, name=f"{name}-{on:%Y%m%d}")
    shown = {
        "list": chosen, "name": name, "lines": lines, "unit": unit(chosen.counts, lines), "clause": clause, "promise": promise,
        "on": on, "today": today, "before": on - timedelta(days=1), "after": on + timedelta(days=1),
    }  # fmt: skip
    return render(request, "web/roles/day_list.html", shown)


def _day(request: StaffRequest) -> date | None:
    try:
        return parse_date(request.GET.get("day", ""))
    except ValueError as error:
        raise Http404("day") from error
