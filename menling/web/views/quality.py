"""The start of quality: what was served and nobody has asked the resident about yet."""

from datetime import datetime
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.dateparse import parse_datetime
from django.utils.http import urlencode

from menling.kernel.roles import Role
from menling.orders.served import AGES, COUNTED, PAGE, counts, must_be_called, not_followed_up, page
from menling.premises.models import Office
from menling.web.session import MOST_OFFICES, StaffRequest, offices_of, staff_page

READERS = (Role.QUALITY, Role.COMPANY_MANAGEMENT)


@staff_page(*READERS)
def start(request: StaffRequest) -> HttpResponse:
    """List the served orders without a follow-up, the oldest first, of one office or of all, from an age on."""
    offices = [each for each in offices_of(request.actor)[:MOST_OFFICES] if request.actor.holds(each.pk, *READERS)]
    chosen, age = _chosen(request, offices), _age(request)
    of_all = not_followed_up(request.actor, [each.pk for each in offices], request.now, age)
    rows = page(of_all.filter(office=chosen) if chosen else of_all, _after(request))
    shown: dict[str, Any] = {"rows": rows[:PAGE], "counts": counts(of_all, offices), "chosen": chosen, "age": age, "ages": AGES,
                             "more": _more(rows, chosen, age), "must_call": must_be_called(rows[:PAGE]),
                             "may_call": any(request.actor.holds(each.pk, Role.QUALITY) for each in offices)}  # fmt: skip
    meant = [count for office, count in shown["counts"] if chosen in (None, office)]
    shown |= {"whole": sum(meant), "counted": COUNTED, "and_more": any(count >= COUNTED for count in meant)}
    return render(request, "web/roles/quality.html", shown)


def _chosen(request: StaffRequest, offices: list[Office]) -> Office | None:
    code = request.GET.get("office", "")
    if not code:
        return None
    found = next((each for each in offices if each.code == code), None)
    if found is None:
        raise Http404(code)
    return found


def _age(request: StaffRequest) -> int:
    text = request.GET.get("age", "0")
    return int(text) if text.isdecimal() and int(text) in AGES else 0


def _after(request: StaffRequest) -> tuple[datetime, int] | None:
    text, key = request.GET.get("after", ""), request.GET.get("key", "")
    try:
        at = parse_datetime(text) if text else None
    except ValueError as error:
        raise Http404("after") from error
    return (at, int(key)) if at is not None and key.isdecimal() else None


def _more(rows: list[Any], chosen: Office | None, age: int) -> str:
    if len(rows) <= PAGE:
        return ""
    last = rows[PAGE - 1]
    named = {"office": chosen.code} if chosen else {}
    return urlencode({"after": last.reported_at.isoformat(), "key": last.pk, "age": age} | named)
