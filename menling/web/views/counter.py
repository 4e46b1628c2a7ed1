"""The counter: one field, then the household, its open orders, the new order and what was before, in one glance."""

from datetime import datetime, time, timedelta
from typing import Any

from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.timezone import localtime
from django.views.decorators.http import require_POST

from menling.doorway.departments import department_name
from menling.doorway.doing import ORDERS, NotThere, act, find
from menling.doorway.showing import loaded
from menling.journal.facts import Malformed
from menling.journal.models import Case, Deadline
from menling.journal.sweep import clock_of
from menling.kernel.refusal import Refused
from menling.kernel.roles import Role as R
from menling.money.queries import questioned
from menling.orders.calls import callers, guided, owed
from menling.orders.commands.copying import entries
from menling.orders.household import newest_order, open_orders, past_orders
from menling.orders.queries import picked_up_at
from menling.orders.referred import wished_at
from menling.orders.register import lines, to_call
from menling.orders.team import to_accept
from menling.policies.values import values_for
from menling.premises import names
from menling.premises.search import Home, homes, phone_of, search, under_warranty
from menling.web.answers import asked, said_no
from menling.web.boards import rows_of
from menling.web.intake import alarm_picked_up_at, desk_of, desks, prefilled
from menling.web.past_rows import past_rows
from menling.web.session import StaffRequest, staff_page

CLERKS = (R.SERVICE_DESK, R.SERVICE_DESK_SUPERVISOR, R.CONTROL_CENTRE, R.TEAM_LEAD, R.BUSINESS_LEAD, R.OFFICE_MANAGER)

CALL_BACK = (R.SERVICE_DESK, R.SERVICE_DESK_SUPERVISOR)
"""Who calls back after the work (HS-3.1), and explains a price (HC-5.3.8)."""


@staff_page(*CLERKS)
def show(request: StaffRequest) -> HttpResponse:
    """The page; `q` is what was typed, `unit` the home chosen from what was found, `filed` the order just filed."""
    query = request.GET.get("q", "").strip()
    number = _order_number(request, query)
    if number:
        return redirect("web:order", number)
    return render(request, "web/pages/counter.html", _context(request, query))


@staff_page(*CLERKS)
def found(request: StaffRequest) -> HttpResponse:
    """What is found while somebody types."""
    return render(request, "web/parts/found.html", _context(request, request.GET.get("q", "").strip()))


@staff_page(*CLERKS)
def intake(request: StaffRequest) -> HttpResponse:
    """A new order without looking anybody up first, or with the words of a referral."""
    context = {"desk": desk_of(request), "form": _passed(request), "fresh": True}
    return render(request, "web/pages/intake.html", context)


@require_POST
@staff_page(*CLERKS)
def reveal(request: StaffRequest, unit: int, phone: int) -> HttpResponse:
    """Show the number of somebody of a home; the look stands in the timeline of its newest order (MR-13)."""
    found = phone_of([request.office.pk], phone, unit)
    case = newest_order(unit, request.actor)
    if found is None or case is None:
        raise NotThere(str(phone))
    try:
        act(asked(request, {"whose": found.person.name}), case.number, "reveal", ORDERS)
    except (Refused, Malformed) as problem:
        return said_no(request, problem)
    return JsonResponse({"phone": found.number})


def _passed(request: StaffRequest) -> dict[str, Any]:
    number = request.GET.get("referral", "")
    if not number:
        return prefilled(None)
    case = find(request.actor, number, ("referral",))
    referral, wished = case.referral, wished_at(case)
    urgency = "emergency" if referral.urgent else "ordinary"
    return {"unit": referral.unit_text, "reporter": referral.reporter, "phone": referral.phone,
            "content": referral.content, "urgency": urgency, "referral": number, "wanted": referral.wanted,
            "visit_at": localtime(wished).strftime("%m-%d %H:%M") if wished else ""}  # fmt: skip


def _context(request: StaffRequest, query: str) -> dict[str, Any]:
    hits = search([request.office.pk], query) if query else []
    chosen = _chosen(request, hits)
    desk = desk_of(request)
    context: dict[str, Any] = {
        "query": query, "hits": hits, "home": chosen, "desk": desk, **_filed(request),
        "form": prefilled(chosen, "" if hits else names.folded(query)),
    }  # fmt: skip
    if chosen is None and not query:
        context |= _day(request)
    if chosen is not None:
        roles = request.actor.roles_in(request.office.pk)
        context |= {
            "warranty": under_warranty(chosen.unit, timezone.localdate(request.now)),
            "open_rows": rows_of(open_orders(chosen.unit, request.actor), request.now, roles),
            "past": past_rows(past_orders(chosen.unit, request.actor), request.now),
        }
    return context


def _chosen(request: StaffRequest, hits: list[Home]) -> Home | None:
    asked = request.GET.get("unit", "")
    if asked.isdecimal():
        listed = next((home for home in hits if home.unit.pk == int(asked)), None)
        known = listed or next(iter(homes([int(asked)])), None)
        if known is None or known.unit.office_id != request.office.pk:
            raise NotThere(asked)
        return known
    return hits[0] if len(hits) == 1 or len(_callers(hits)) == 1 else None


def _callers(hits: list[Home]) -> set[int]:
    """Return the people looked for behind some homes: where it is one, it is who calls, and the own home stands first."""
    return {person.person for home in hits for person in home.people if person.found} if all(
        any(person.found for person in home.people) for home in hits) else set()  # fmt: skip


def _day(request: StaffRequest) -> dict[str, Any]:
    """What a desk wants to know before the telephone rings: who called today, whom to call, what waits."""
    today = timezone.localdate(request.now)
    calendar = values_for(request.office, request.now).calendar
    yesterday = today - timedelta(days=1)
    numbers = [*entries(request.office, yesterday, calendar), *_cleaned(request, calendar.at(yesterday, time.min))]
    register = to_call(lines(request.office, numbers))
    promised = owed(request.office, request.actor, desks(request))
    asked_price = questioned(request.office, request.actor) if request.actor.holds(request.office.pk, *CALL_BACK) else []
    calls = sum(some[0].whole for some in (promised, asked_price) if some)  # type: ignore[union-attr]  # annotated
    return {
        "accepting": _accepting(request), "calls": calls, "more_calls": calls - len(promised) - len(asked_price),
        "callers": [(case, _lying_with(case)) for case in callers(request.office, request.actor, calendar.at(today, time.min))],
        "owed": [(row, _promised(row), _lying_with(row.case)) for row in promised], "questioned": asked_price,
        "guided": guided(request.office, request.actor, desks(request)), "yesterday": yesterday, "today": today,
        "follow_ups": [row for row in register if not row.reached] if request.actor.holds(request.office.pk, *CALL_BACK) else [],
    }  # fmt: skip


def _cleaned(request: StaffRequest, since: datetime) -> list[str]:
    """The numbers of a day's housekeeping, which the service centre follows up as well (HS-4.3.5)."""
    rows = Case.objects.filter(office=request.office, kind="housekeeping", reported_at__gte=since)
    return list(rows.filter(reported_at__lt=since + timedelta(days=1)).values_list("number", flat=True))


def _accepting(request: StaffRequest) -> list[Case]:
    """Cleaning the office supervisor accepts before the resident is asked (HA-4.1)."""
    supervises = request.actor.holds(request.office.pk, R.SERVICE_DESK_SUPERVISOR)
    return to_accept(request.actor, request.office, "team_accepted") if supervises else []


def _lying_with(case: Case) -> str:
    """The name of the department a report lies with: one given there at once, or an order `callers` says that of."""
    if case.kind == "referral":
        return department_name(case.referral.department)
    return department_name(getattr(case, "department", None) or "") if case.status == "handed_on" else ""


def _promised(row: Deadline) -> str:
    clock = clock_of(row.case.kind, row.key)
    return clock.promise if clock else row.key


def _order_number(request: StaffRequest, query: str) -> str:
    """The number of a case one may see, typed whole: XH-R26-00012."""
    plain = names.folded(query).upper()
    if plain.count("-") != 2 or not plain[:1].isalpha():
        return ""
    try:
        return find(request.actor, plain).number
    except NotThere:
        return ""


def _filed(request: StaffRequest) -> dict[str, Any]:
    """The order just filed; of housekeeping that is agreed, or an alarm, when it is picked up (HS-4.1.1.3, HS-4.1.2.2)."""
    number = request.GET.get("filed", "")
    try:
        case = find(request.actor, number) if number else None
    except NotThere:
        case = None
    away = department_name(case.referral.department) if case and case.kind == "referral" else ""
    return {"filed": case, "pickup": _pickup(case) if case else None, "department": away}


def _pickup(case: Case) -> datetime | None:
    if case.kind == "alarm":
        return alarm_picked_up_at(loaded(case))
    return picked_up_at(loaded(case)) if case.kind == "housekeeping" else None
