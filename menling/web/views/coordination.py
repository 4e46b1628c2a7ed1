"""Coordination orders: what is tracked, for how long, by whom, and what is due next; one of them with its entries."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.timezone import localtime

from menling.doorway.coordination_paper import coordination_facts
from menling.doorway.doing import find
from menling.doorway.language import said
from menling.doorway.showing import loaded, shown
from menling.doorway.tracked import age_days
from menling.journal.cases import visible_to
from menling.journal.models import Case, Deadline
from menling.journal.sweep import clock_of
from menling.printing.coordination import coordination_pdf
from menling.procedures.coordination import ENTRY, WAITING, Status
from menling.tracking.commands.steps import trackers, unfinished
from menling.web.links import resident_page
from menling.web.session import StaffRequest, staff_page
from menling.web.sheets import as_pdf
from menling.web.steps import buttons
from menling.web.timeline import lines, waits_for_others

MOST, DONE_SHOWN = 300, 20
NAMING = ("appoint", "reassign")
OPEN_PROMISES = Deadline.objects.filter(met_at__isnull=True, released_at__isnull=True, counted=True).order_by("due_at")


@dataclass(frozen=True)
class Row:
    """One line of the list: the case, its age in days, what is due next and by when, and whether that is late."""

    case: Case
    age: int
    duty: str
    due_at: datetime | None
    late: bool


@staff_page()
def listing(request: StaffRequest) -> HttpResponse:
    """List what is tracked: what nobody has first, then the oldest; a tracker sees the own."""
    rows = visible_to(request.actor).filter(kind="coordination", office=request.office)
    rows = rows.select_related("coordination__tracker", "unit", "parent")
    waiting = rows.filter(closed_at__isnull=True).prefetch_related(Prefetch("deadlines", OPEN_PROMISES, to_attr="due"))
    found = [_row(case, request.now) for case in waiting.order_by("reported_at", "pk")[:MOST]]
    return render(request, "web/roles/coordinations.html", {
        "rows": sorted(found, key=lambda row: row.case.status != "unowned"),
        "mine": sum(row.case.assignee_id == request.actor.id for row in found),
        "done": rows.filter(closed_at__isnull=False).order_by("-closed_at", "-pk")[:DONE_SHOWN],
    })  # fmt: skip


def _row(case: Case, now: datetime) -> Row:
    due: list[Deadline] = case.due  # type: ignore[attr-defined]  # the prefetch's
    if not due:
        return Row(case, age_days(case, now), "", None, False)
    clock = clock_of(case.kind, due[0].key)
    late = due[0].broken_at is not None or now > due[0].due_at
    return Row(case, age_days(case, now), said(clock.promise) if clock else due[0].key, due[0].due_at, late)


@staff_page()
def one(request: StaffRequest, number: str) -> HttpResponse:
    """Show one coordination order: its entries as the sheet has them, the signed checks, and what can be done now."""
    case = find(request.actor, number, ("coordination",))
    body = shown(case, request.actor, request.now)
    entries = list(case.events.filter(verb__in=("log", "note")).order_by("happened_at", "pk"))
    under = unfinished(case) if case.status in WAITING else None
    naming = next((each for each in body["actions"] if each["verb"] in NAMING), None)
    return render(request, "web/roles/coordination.html", {
        "case": case, "order": case.coordination, "body": body, "entries": entries, "titles": ENTRY, "naming": naming,
        "age": age_days(case, request.now), "people": trackers(request.office, localtime(request.now).date()) if naming else [],
        "buttons": buttons([each for each in body["actions"] if each is not naming]),
        "prompts": body["prompts"] if any(each["verb"] == "tick" for each in body["actions"]) else [],
        "promises": [each for each in body["deadlines"] if each["state"] not in ("met", "met_late", "released")],
        "waits_for": [] if under and case.status == Status.TRACKED else waits_for_others(case, body["actions"]),
        "unfinished": under,
        "timeline": lines(case, body["events"], request.now), "open_verb": request.GET.get("do", ""),
        **resident_page(request, body),
    })  # fmt: skip


@staff_page()
def sheet(request: StaffRequest, number: str) -> HttpResponse:
    """Return the coordination order as its paper, with continuation sheets where its entries need them (EN-D.17)."""
    case = find(request.actor, number, ("coordination",))
    return as_pdf(coordination_pdf(coordination_facts(loaded(case))), number)
