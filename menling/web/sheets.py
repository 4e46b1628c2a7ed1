"""Registers as a paper or a workbook, and the days and months that addresses name."""

from datetime import date, datetime, time, timedelta

from django.http import HttpResponse
from django.utils.timezone import get_default_timezone, localtime

from menling.doorway.doing import NotThere
from menling.kernel.calendars import month_of
from menling.printing.excel import register_xlsx
from menling.printing.facts import RegisterFacts
from menling.printing.slips import register_pdf

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Span = tuple[datetime, datetime]


def as_pdf(made: bytes, name: str) -> HttpResponse:
    """Return a PDF to look at and print; nobody keeps a copy on the way."""
    headers = {"Content-Disposition": f'inline; filename="{name}.pdf"', "Cache-Control": "private, no-store"}
    return HttpResponse(made, content_type="application/pdf", headers=headers)


def as_workbook(made: bytes, name: str) -> HttpResponse:
    """Return an Excel file to keep; nobody keeps a copy on the way."""
    headers = {"Content-Disposition": f'attachment; filename="{name}.xlsx"', "Cache-Control": "private, no-store"}
    return HttpResponse(made, content_type=WORKBOOK, headers=headers)


def sheet(facts: RegisterFacts, form: str, name: str) -> HttpResponse:
    """Return a register as ``pdf`` or ``xlsx``. Errors: `NotThere` for any other form."""
    if form == "pdf":
        return as_pdf(register_pdf(facts), name)
    if form != "xlsx":
        raise NotThere(form)
    return as_workbook(register_xlsx(facts), name)


def day_of(text: str) -> date:
    """Return the day an address names, such as 2026-11-20. Errors: `NotThere`."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise NotThere(text) from error


def span_of_day(day: date, now: datetime) -> Span:
    """Return the begin of a day at the office and of the next one."""
    begin = datetime.combine(day, time.min, localtime(now).tzinfo)
    return begin, begin + timedelta(days=1)


def span_of_month(month: str, now: datetime) -> Span:
    """Return the begin at the office of a month such as 2026-11 and of the next one. Errors: `NotThere`."""
    return month_of(day_of(f"{month}-01"), localtime(now).tzinfo or get_default_timezone())
