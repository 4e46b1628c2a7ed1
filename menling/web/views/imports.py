"""Lists by Excel: a template to fill in, a look at what a file would change, the word to keep it, and every list to take away."""

from datetime import datetime, time, timedelta
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from menling.imports.cells import Field
from menling.imports.exports.registry import EXPORTS
from menling.imports.models import Upload
from menling.imports.progress import standing
from menling.imports.registry import LISTS
from menling.imports.sitting import Report, Sort, carry_out
from menling.imports.templates import template
from menling.imports.workbooks import MOST_BYTES, Line
from menling.kernel.roles import Role
from menling.premises.models import Office
from menling.web.session import StaffRequest, staff_page
from menling.web.sheets import WORKBOOK
from menling.web.wording import in_words

IMPORTERS = frozenset[Role]().union(*(sort.keepers for sort in LISTS.values()))
SHOWN_FLAWS = 200
KEPT = timedelta(days=1)
"""A file that nobody kept after a day is forgotten."""


@staff_page(*sorted(IMPORTERS))
def start(request: StaffRequest) -> HttpResponse:
    """Show every list in the order of a change of systems with what stands here of it, and the lists to take away."""
    held = request.actor.roles_in(request.office.pk)
    shown = {
        "places": standing(request.office, held),
        "exports": [export for export in EXPORTS.values() if export.readers & held], "most": MOST_BYTES >> 20,
    }  # fmt: skip
    return render(request, "web/roles/imports.html", shown)


@staff_page(*sorted(IMPORTERS))
def empty(request: StaffRequest, kind: str) -> HttpResponse:
    """Return the empty workbook of a list."""
    sort = _sort(request, kind)
    return as_workbook(template(sort), f"{_(sort.title)}-{request.office.code}")


@require_POST
@staff_page(*sorted(IMPORTERS))
def look(request: StaffRequest, kind: str) -> HttpResponse:
    """Look at a workbook: what would be new or changed, what is wrong where. Nothing is kept yet."""
    sort, sent = _sort(request, kind), request.FILES.get("file")
    if not isinstance(sent, UploadedFile) or not sent.size:
        messages.error(request, _("Please choose a workbook first."))
        return redirect("web:imports")
    # One byte too many is enough to know that it is too large.
    data = sent.read(MOST_BYTES + 1)
    report = carry_out(sort, request.office, request.actor, request.now, data, keep=False)
    waiting = _waiting(request, sort, sent.name or "", data) if report.good and report.changes else None
    return _shown(request, report, sent.name or "", waiting)


def _waiting(request: StaffRequest, sort: Sort, name: str, data: bytes) -> Upload:
    Upload.objects.filter(sent_at__lt=request.now - KEPT).delete()
    return Upload.objects.create(staff_id=request.actor.id, office=request.office, kind=sort.name, name=name[:100], data=data,
                                 sent_at=request.now)  # fmt: skip


@require_POST
@staff_page(*sorted(IMPORTERS))
def keep(request: StaffRequest, key: int) -> HttpResponse:
    """Keep the workbook that was looked at, as a whole; whatever changed meanwhile is looked at again."""
    offices = Office.objects.filter(pk=request.office.pk)
    with transaction.atomic():
        rows = Upload.objects.select_for_update().filter(staff_id=request.actor.id, office__in=offices)
        upload = rows.filter(pk=key).first()
        if upload is None:
            messages.info(request, _("This file was kept already, or it waited too long."))
            return redirect("web:imports")
        report = carry_out(_sort(request, upload.kind), request.office, request.actor, request.now, bytes(upload.data), keep=True)
        upload.delete()
    if not report.good:
        return _shown(request, report, upload.name, None)
    done = _("{list}: {n} new or changed, all in the books.")
    messages.success(request, done.format(list=_(report.sort.title), n=report.changes))
    return redirect("web:imports")


def _shown(request: StaffRequest, report: Report, name: str, waiting: Upload | None) -> HttpResponse:
    shown = {
        "report": report, "name": name, "waiting": waiting, "flaws": report.flaws[:SHOWN_FLAWS],
        "more": max(0, len(report.flaws) - SHOWN_FLAWS), "new": report.rows["new"], "changed": report.rows["changed"],
        "unchanged": report.rows["unchanged"], "seen": [_row(report.sort, what, line) for what, line in report.seen],
        "unseen": max(0, report.changes - report.gone - len(report.seen)),
    }  # fmt: skip
    return render(request, "web/roles/import_seen.html", shown, status=200 if report.good else 422)


def _row(sort: Sort, what: str, line: Line) -> tuple[int, str, list[str]]:
    """Return a row as it was understood: its number in Excel, whether it is new, and a text for each column."""
    return line.row, what, [_cell(field, line.said.get(field.key)) for field in sort.fields]


def _cell(field: Field, value: Any) -> str:
    if isinstance(value, (list, tuple, set, frozenset)):
        return _(", ").join(_cell(field, each) for each in value)
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    if isinstance(value, (bool, time)):
        return in_words(value)
    named = dict(field.choices).get(value)
    return _(named) if named else "" if value is None else str(value)


def _sort(request: StaffRequest, kind: str) -> Sort:
    sort = LISTS.get(kind)
    if sort is None:
        raise Http404(kind)
    if not request.actor.holds(request.office.pk, *sort.keepers):
        raise PermissionDenied
    return sort


def as_workbook(made: bytes, name: str) -> HttpResponse:
    """Return a workbook to keep."""
    answer = HttpResponse(made, WORKBOOK)
    answer["Content-Disposition"] = f'attachment; filename="{name}.xlsx"'
    return answer
