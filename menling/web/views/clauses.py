"""The clauses of the written procedures: all of them with what keeps each, and one with its text and its latest events."""

from functools import cache

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language, gettext_noop

from menling.clauses import DOCUMENTS, Clause, clauses
from menling.journal.cases import visible_to
from menling.journal.models import Event
from menling.kernel.actor import Actor
from menling.kernel.points import POINTS
from menling.kinds import KINDS
from menling.ledger.book import Outside, keepers, outside_software
from menling.premises.models import Office
from menling.web.keeping import kept_by
from menling.web.session import StaffRequest, staff_page

NEWEST = 300
"""Events are looked for among so many newest cases of each kind: a page must not grow slower with history."""
SHOWN = 20
TITLES = {
    "HS": gettext_noop("Home-service flow"),
    "HC": gettext_noop("Control of home services"),
    "EN": gettext_noop("On-site engineering"),
    "QI": gettext_noop("Quality inspection"),
    "HR": gettext_noop("Requests for help"),
    "HA": gettext_noop("Acceptance of housekeeping"),
    "CS": gettext_noop("Customer service"),
    "OI": gettext_noop("Taking orders"),
    "OC": gettext_noop("Conduct on site"),
    "OS": gettext_noop("Outsourcing"),
    "MR": gettext_noop("House rules"),
}


@staff_page()
def listing(request: StaffRequest) -> HttpResponse:
    """List every clause of a paper with its standing and the places in the program that keep it."""
    chosen = request.GET.get("paper", "HS")
    if chosen not in DOCUMENTS:
        raise Http404(chosen)
    where, outside = _kept(), _outside()
    papers = [
        (name, TITLES[name], sum(each.document == name for each in clauses().values()),
         sum(each.document == name and each.id in where for each in clauses().values()))
        for name in DOCUMENTS
    ]  # fmt: skip
    rows = [_row(each, where, outside) for each in clauses().values() if each.document == chosen]
    return render(request, "web/roles/clauses.html", {"papers": papers, "chosen": chosen, "rows": rows, "title": TITLES[chosen]})


def _row(each: Clause, where: dict[str, tuple[str, ...]], outside: dict[str, Outside]) -> dict[str, object]:
    spoken = get_language() or ""
    return {
        "id": each.id,
        "title": each.title(spoken),
        "text": each.text(spoken),
        "enforce": each.enforce,
        "where": [kept_by(point) for point in where.get(each.id, ())],
        "standing": _standing(each.id, where, outside),
        "reason": _reason(outside.get(each.id), spoken),
    }


def _reason(outside: Outside | None, spoken: str) -> str:
    if outside is None:
        return ""
    return outside.reason if spoken.startswith("en") else outside.reason_zh or outside.reason


def _standing(key: str, where: dict[str, tuple[str, ...]], outside: dict[str, Outside]) -> str:
    if key in where:
        return "kept"
    return "outside" if key in outside else "planned"


@cache
def _kept() -> dict[str, tuple[str, ...]]:
    return keepers(POINTS)


@cache
def _outside() -> dict[str, Outside]:
    return {each.id: each for each in outside_software()}


@staff_page()
def one(request: StaffRequest, key: str) -> HttpResponse:
    """Show one clause: title, text, what keeps it, and the latest events of the office that cite it."""
    found = clauses().get(key)
    if found is None:
        raise Http404(key)
    shown = {"row": _row(found, _kept(), _outside()), "paper": TITLES[found.document], "document": found.document,
             "events": cited(request.actor, request.office, key)}  # fmt: skip
    return render(request, "web/roles/clause.html", shown)


def cited(by: Actor, office: Office, key: str) -> list[Event]:
    """Return the latest events of an office that cite a clause, the newest first, among the newest cases of each kind."""
    newest: set[int] = set()
    for kind in KINDS:
        rows = visible_to(by).filter(office=office, kind=kind).order_by("-reported_at", "-pk")
        newest |= set(rows.values_list("pk", flat=True)[:NEWEST])
    found = Event.objects.filter(case__in=newest, clauses__contains=[key]).select_related("case", "case__unit")
    return list(found.order_by("-happened_at", "-pk")[:SHOWN])
