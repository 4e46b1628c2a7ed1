"""Handing the shift over: what is open, who gives, who takes."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from menling.doorway.doing import open_new
from menling.doorway.offered import actions
from menling.doorway.showing import loaded
from menling.journal.cases import visible_to
from menling.journal.models import Case
from menling.kernel.actor import Actor
from menling.kinds import KINDS
from menling.premises.crew import employed
from menling.procedures.shift_handover import WATCH
from menling.shifts.queries import open_sheets, standing
from menling.web.answers import answered, asked
from menling.web.session import StaffRequest, staff_page
from menling.web.steps import buttons

TEXTS = ("keys", "radios", "remarks")
TO_SOMEBODY = ("give", "give_to")
DONE_SHOWN, OPEN_SHOWN = 10, 100


@staff_page(*WATCH)
def listing(request: StaffRequest) -> HttpResponse:
    """Show what is open now, the hand-overs that are under way, and the last ones taken."""
    rows = visible_to(request.actor).filter(kind="shift_handover", office=request.office)
    rows = rows.select_related("shifthandover__giver", "shifthandover__taker").order_by("-reported_at", "-pk")
    running = list(rows.filter(closed_at__isnull=True)[:DONE_SHOWN])
    named = _handed_over(request.actor, running)
    return render(request, "web/roles/shifts.html", {
        "running": [_running(request, case, named) for case in running],
        "done": rows.filter(closed_at__isnull=False)[:DONE_SHOWN], "now_open": standing(request.office, request.now),
        "sheets": open_sheets(request.office),
        "people": _people(request),
    })  # fmt: skip


def _handed_over(by: Actor, running: Sequence[Case]) -> dict[str, Case]:
    """Return the cases that hand-overs show, by their numbers: with the home, without which nobody knows what is meant."""
    numbers = {number for case in running for number in _shown(case)}
    rows = visible_to(by).filter(number__in=numbers).select_related("unit", "order")
    return {row.number: row for row in rows}


def _shown(case: Case) -> list[str]:
    """Return the numbers a hand-over lists, the late ones first; how many there are it says itself."""
    shift = case.shifthandover
    late = set(shift.late_orders)
    return sorted(shift.open_orders, key=lambda number: number not in late)[:OPEN_SHOWN]


def _running(request: StaffRequest, case: Case, named: dict[str, Case]) -> dict[str, Any]:
    offered = actions(loaded(case), KINDS["shift_handover"], request.actor)
    to = next((each for each in offered if each["verb"] in TO_SOMEBODY), None)
    return {
        "case": case, "shift": case.shifthandover, "to": to,
        "open": [named[number] for number in _shown(case) if number in named],
        "more": max(0, len(case.shifthandover.open_orders) - OPEN_SHOWN),
        "buttons": buttons([each for each in offered if each["verb"] not in TO_SOMEBODY]),
    }  # fmt: skip


def _people(request: StaffRequest) -> list[tuple[str, str]]:
    on = localtime(request.now).date()
    found = {each.number: each.name for role in sorted(WATCH) for each in employed(request.office.pk, role, on)}
    found.pop(request.actor.number, None)
    return sorted(found.items())


@require_POST
@staff_page(*WATCH)
def prepare(request: StaffRequest) -> HttpResponse:
    """Begin a hand-over: what is open is counted, keys, radios and remarks are written down."""
    texts = {name: request.POST[name].strip() for name in TEXTS if request.POST.get(name, "").strip()}
    body = texts | {"office": request.office.pk}
    return answered(request, partial(open_new, asked(request, body), "shift_handover", "prepare"),
                    lambda answer: reverse("web:shifts"), _("{number}: now choose who comes"), stays=False)  # fmt: skip
