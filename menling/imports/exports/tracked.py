"""Coordination orders as a list: what is tracked, for how long, by whom, and what came of it."""

from collections.abc import Iterator

from django.utils.timezone import localtime

from menling.doorway.language import said
from menling.doorway.tracked import age_days
from menling.imports.exports.books import CHUNK, EVERYBODY_HERE
from menling.imports.exports.listing import Export, Scope
from menling.journal.cases import visible_to
from menling.kernel.roles import WORKERS
from menling.kernel.words import _
from menling.printing.facts import Kind, Row
from menling.tracking.models import Coordination

MOMENT, TEXT, COUNT = Kind.MOMENT, Kind.TEXT, Kind.COUNT
COLUMNS = (
    ("number", _("Number"), 8.0, TEXT), ("order", _("Order"), 8.0, TEXT), ("unit", _("Unit"), 6.0, TEXT),
    ("status", _("Status"), 7.0, TEXT), ("tracker", _("Tracked by"), 7.0, TEXT), ("reason", _("Reason"), 14.0, TEXT),
    ("clause", _("Clause"), 5.0, TEXT), ("opened_at", _("Opened at"), 10.0, MOMENT), ("age", _("Days"), 4.0, COUNT),
    ("entries", _("Entries"), 4.0, COUNT), ("last_entry_at", _("Last entry"), 10.0, MOMENT), ("result", _("Result"), 14.0, TEXT),
    ("closed_at", _("Closed at"), 10.0, MOMENT),
)  # fmt: skip


def _coordinations(scope: Scope) -> Iterator[Row]:
    cases = visible_to(scope.by).filter(office=scope.office, kind="coordination")
    cases = cases.filter(closed_at__isnull=True) if scope.open_only else cases
    rows = Coordination.objects.filter(case__in=cases).select_related("case", "case__parent", "case__unit", "tracker")
    for row in rows.order_by("case__reported_at", "pk").iterator(CHUNK):
        case = row.case
        yield {
            "number": case.number, "order": case.parent.number if case.parent else None,
            "unit": case.unit.said if case.unit else None, "status": said(case.procedure.status_title(case.status)),
            "tracker": f"{row.tracker.name} {row.tracker.number}" if row.tracker else None, "reason": row.reason,
            "clause": row.clause, "opened_at": localtime(case.reported_at), "age": age_days(case, case.closed_at or scope.now),
            "entries": row.entries, "last_entry_at": localtime(row.last_entry_at) if row.last_entry_at else None,
            "result": row.result, "closed_at": localtime(case.closed_at) if case.closed_at else None,
        }  # fmt: skip


COORDINATIONS = Export("coordinations", _("Coordination orders"), COLUMNS, _coordinations, EVERYBODY_HERE - WORKERS)
