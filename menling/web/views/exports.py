"""Every list as a workbook, whole, limited to the office looked at."""

from datetime import date, datetime
from tempfile import TemporaryFile
from typing import cast

from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpResponse
from django.utils.dateparse import parse_date
from django.utils.timezone import localtime

from menling.imports.exports.listing import Scope, write
from menling.imports.exports.registry import EXPORTS
from menling.web.session import StaffRequest, staff_page


@staff_page()
def workbook(request: StaffRequest, name: str) -> HttpResponse:
    """Return a list of the office; `day` chooses the day of a list of a day, `open` leaves closed cases out."""
    export = EXPORTS.get(name)
    if export is None:
        raise Http404(name)
    if not export.readers & request.actor.roles_in(request.office.pk):
        raise PermissionDenied
    scope = Scope(
        request.office, request.actor, request.now, _day(request.GET.get("day", ""), request.now), "open" in request.GET
    )
    # A long list goes through a file, not through memory; it is gone when it was sent.
    made = TemporaryFile()  # noqa: SIM115  # the response closes it
    write(export, scope, made)
    made.seek(0)
    named = f"{request.office.code}-{name}-{localtime(request.now):%Y%m%d}.xlsx"
    answer = FileResponse(made, as_attachment=True, filename=named)
    answer["Cache-Control"] = "private, no-store"
    return cast(HttpResponse, answer)


def _day(text: str, now: datetime) -> date:
    try:
        return parse_date(text) or localtime(now).date()
    except ValueError as error:
        raise Http404("day") from error
