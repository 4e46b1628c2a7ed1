"""What an office goes by: its figures, its public holidays, the entries in its books, who is on call, and every clause."""

import json
from collections.abc import Iterator

from django.db.models import Q
from django.utils.timezone import localtime
from django.utils.translation import get_language, gettext

from menling.clauses import clauses
from menling.doorway.language import said
from menling.imports.exports.books import CHUNK, EVERYBODY_HERE
from menling.imports.exports.listing import Export, Scope
from menling.kernel.policy import SETTINGS
from menling.kernel.roles import Role
from menling.kernel.words import _
from menling.policies.history import History
from menling.policies.models import CalendarDay
from menling.policies.values import MANAGERS
from menling.premises.administration.books import ADMINISTRATORS, KEEPERS, WHAT
from menling.premises.administration.covering import LEADERS
from menling.premises.models import Change, Office, OnCall
from menling.printing.facts import Kind, Row

MOMENT, TEXT, COUNT = Kind.MOMENT, Kind.TEXT, Kind.COUNT


def _figures(scope: Scope) -> Iterator[Row]:
    history = History(scope.office)
    standing, raw = history.standing(scope.now), history.at(scope.now).raw
    for key, setting in sorted(SETTINGS.items()):
        row = standing.get(key)
        yield {
            "key": key, "title": said(setting.title), "value": str(setting.read(raw.get(key))), "unit": setting.unit,
            "default": str(setting.default), "clauses": " ".join(setting.clauses),
            "since": localtime(row.in_force_from) if row else None,
        }  # fmt: skip


FIGURE_COLUMNS = (
    ("key", _("Key"), 12.0, TEXT), ("title", _("Figure"), 18.0, TEXT), ("value", _("Value"), 10.0, TEXT),
    ("unit", _("Measure"), 4.0, TEXT), ("default", _("Default of the procedure"), 10.0, TEXT),
    ("clauses", _("Clauses"), 8.0, TEXT), ("since", _("In force from"), 10.0, MOMENT),
)  # fmt: skip


def _calendar(scope: Scope) -> Iterator[Row]:
    rows = CalendarDay.objects.filter(Q(office=scope.office) | Q(office__isnull=True)).order_by("day", "pk")
    for row in rows.iterator(CHUNK):
        yield {"day": row.day.isoformat(), "works": gettext("yes") if row.works else gettext("no"), "name": row.name,
               "office": scope.office.name if row.office_id else ""}  # fmt: skip


CALENDAR_COLUMNS = (
    ("day", _("Day"), 8.0, TEXT), ("works", _("Working day"), 5.0, TEXT), ("name", _("Name"), 12.0, TEXT),
    ("office", _("Office"), 10.0, TEXT),
)  # fmt: skip


def _changes(scope: Scope) -> Iterator[Row]:
    for row in Change.objects.filter(office=scope.office).select_related("who").order_by("pk").iterator(CHUNK):
        yield {"at": localtime(row.at), "who": row.who.name, "what": said(WHAT.get(row.what, row.what)), "subject": row.subject,
               "before": _told(row.before), "after": _told(row.after)}  # fmt: skip


def _told(values: object) -> str:
    return json.dumps(values, ensure_ascii=False) if values else ""


CHANGE_COLUMNS = (
    ("at", _("Written down at"), 10.0, MOMENT), ("who", _("Who"), 6.0, TEXT), ("what", _("What"), 8.0, TEXT),
    ("subject", _("About"), 8.0, TEXT), ("before", _("Before"), 18.0, TEXT), ("after", _("After"), 18.0, TEXT),
)  # fmt: skip


def _on_call(scope: Scope) -> Iterator[Row]:
    for row in OnCall.objects.filter(office=scope.office).select_related("staff").order_by("day", "rank").iterator(CHUNK):
        yield {"day": row.day.isoformat(), "rank": row.rank, "number": row.staff.number, "name": row.staff.name}


ON_CALL_COLUMNS = (
    ("day", _("Night of"), 8.0, TEXT), ("rank", _("Place"), 4.0, COUNT), ("number", _("Work number"), 8.0, TEXT),
    ("name", _("Full name"), 8.0, TEXT),
)  # fmt: skip


def _clauses(scope: Scope) -> Iterator[Row]:
    language = get_language() or ""
    for clause in clauses().values():
        yield {"clause": clause.id, "title": clause.title(language), "text": clause.text(language)}


def _offices(scope: Scope) -> Iterator[Row]:
    rows = Office.objects.filter(company_id=scope.office.company_id).order_by("code")
    seen = rows if scope.by.sees_all_offices else rows.filter(pk__in=scope.by.offices)
    for row in seen.iterator(CHUNK):
        yield {"code": row.code, "name": row.name, "phone": row.phone, "address": row.address}


OFFICE_COLUMNS = (
    ("code", _("Code"), 5.0, TEXT), ("name", _("Office"), 12.0, TEXT), ("phone", _("Phone"), 8.0, TEXT),
    ("address", _("Address"), 20.0, TEXT),
)  # fmt: skip
CLAUSE_COLUMNS = (("clause", _("Clause"), 6.0, TEXT), ("title", _("Title"), 14.0, TEXT), ("text", _("Text"), 50.0, TEXT))
RULES = (
    Export("figures", _("Figures in force"), FIGURE_COLUMNS, _figures, frozenset(MANAGERS)),
    Export("calendar", _("Public holidays"), CALENDAR_COLUMNS, _calendar, KEEPERS),
    Export("changes", _("Entries in the books"), CHANGE_COLUMNS, _changes, KEEPERS),
    Export("on-call", _("On call at night"), ON_CALL_COLUMNS, _on_call, LEADERS),
    Export("offices", _("Offices"), OFFICE_COLUMNS, _offices, ADMINISTRATORS | {Role.COMPANY_MANAGEMENT}),
    Export("clauses", _("Clauses"), CLAUSE_COLUMNS, _clauses, EVERYBODY_HERE),
)
