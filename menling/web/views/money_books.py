"""The books for finance to take away: every movement of a day as a workbook, and a month as accounting vouchers."""

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.dateparse import parse_date
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from menling.doorway.language import said
from menling.doorway.month import first_of
from menling.doorway.vouchers import ENCODINGS, vouchers_csv
from menling.journal.facts import Malformed
from menling.kernel.money import ZERO
from menling.money.movements import Movement, Sum, by_person, by_word, movements
from menling.money.vouchers import Voucher, by_account, vouchers
from menling.printing.excel import registers_xlsx
from menling.printing.facts import Column, Kind, RegisterFacts, Row
from menling.procedures.accounts import place_word
from menling.web.session import StaffRequest, staff_page
from menling.web.sheets import WORKBOOK
from menling.web.templatetags.show import choice_word
from menling.web.templatetags.show import day as day_text
from menling.web.views.finance import READERS

SHOWN = 300
VOUCHERS_SHOWN = 40


@staff_page(*READERS)
def day(request: StaffRequest) -> HttpResponse:
    """Show what moved on a day: the sums by person and method, and every movement."""
    on = _day(request)
    found = movements(request.actor, request.office, on, on)
    shown = {
        "on": on, "before": on - timedelta(days=1), "after": on + timedelta(days=1), "today": localtime(request.now).date(),
        "rows": found[:SHOWN], "n": len(found), "people": by_person(found), "words": by_word(found),
        "total": _total(by_person(found).values()),
    }  # fmt: skip
    return render(request, "web/roles/books_day.html", shown)


@staff_page(*READERS)
def day_workbook(request: StaffRequest) -> HttpResponse:
    """Return a day as a workbook: every movement on one sheet, the sums by person and method on another."""
    on = _day(request)
    found = movements(request.actor, request.office, on, on)
    named = f"{request.office.code}-books-{on:%Y%m%d}.xlsx"
    return _file(registers_xlsx([_moved(request, on, found), _sums(request, on, found)]), WORKBOOK, named)


def _moved(request: StaffRequest, on: date, found: list[Movement]) -> RegisterFacts:
    columns = (
        Column("at", _("At"), 10, Kind.MOMENT), Column("what", _("What"), 8), Column("order", _("Order"), 9),
        Column("receipt", _("Receipt"), 9), Column("party", _("Who pays"), 9), Column("person", _("Collector"), 6),
        Column("source", _("From"), 8), Column("target", _("To"), 8), Column("amount", _("Amount"), 7, Kind.MONEY),
        Column("reason", _("Reason"), 12),
    )  # fmt: skip
    return _register(request, _("Money of the day"), on, columns, [_row(each) for each in found])


def _row(each: Movement) -> Row:
    charge = each.charge
    return {
        "at": localtime(each.row.happened_at), "what": said(each.word), "order": each.order, "party": each.party,
        "receipt": charge.receipt if charge else "", "person": each.person, "source": said(place_word(each.row.source)),
        "target": said(place_word(each.row.target)), "amount": each.row.amount,
        "reason": charge.shortfall_reason if charge and each.row.target.startswith("shortfall:") else "",
    }  # fmt: skip


def _sums(request: StaffRequest, on: date, found: list[Movement]) -> RegisterFacts:
    columns = (
        Column("what", _("What"), 10), Column("person", _("Collector"), 8), Column("method", _("Paid by"), 6),
        Column("times", _("Times"), 5, Kind.COUNT), Column("amount", _("Amount"), 8, Kind.MONEY),
    )  # fmt: skip
    rows: list[Row] = [
        {
            "what": _("Collected"),
            "person": person,
            "method": choice_word("method", method),
            "times": one.times,
            "amount": one.amount,
        }
        for (person, method), one in by_person(found).items()
    ]  # fmt: skip
    rows += [{"what": said(word), "times": one.times, "amount": one.amount} for word, one in by_word(found).items()]
    return _register(request, _("Sums of the day"), on, columns, rows)


def _register(request: StaffRequest, title: str, on: date, columns: tuple[Column, ...], rows: list[Row]) -> RegisterFacts:
    return RegisterFacts(
        title=title, office=request.office.name, company=request.office.company.name, period=day_text(on), columns=columns,
        rows=rows,
    )  # fmt: skip


@staff_page(*READERS)
def month(request: StaffRequest) -> HttpResponse:
    """Show the month by account, and the first of its vouchers."""
    first = _month(request)
    found = _vouchers(request, first)
    accounts = by_account(found)
    shown = {
        "first": first, "before": first - timedelta(days=1), "after": first + timedelta(days=31), "n": len(found),
        "vouchers": found[:VOUCHERS_SHOWN], "accounts": accounts, "encodings": list(ENCODINGS),
        "debit": sum((each.debit for each in accounts), ZERO), "credit": sum((each.credit for each in accounts), ZERO),
    }  # fmt: skip
    return render(request, "web/roles/books_month.html", shown)


@staff_page(*READERS)
def month_csv(request: StaffRequest) -> HttpResponse:
    """Return the vouchers of a month as CSV; `encoding` is one of those a package reads."""
    first, encoding = _month(request), request.GET.get("encoding", "utf-8")
    if encoding not in ENCODINGS:
        raise Http404(encoding)
    named = f"{request.office.code}-vouchers-{first:%Y%m}.csv"
    return _file(vouchers_csv(_vouchers(request, first), encoding), f"text/csv; charset={encoding}", named)


def _vouchers(request: StaffRequest, first: date) -> list[Voucher]:
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    return vouchers(movements(request.actor, request.office, first, last), request.office)


def _total(sums: Iterable[Sum]) -> Decimal:
    return sum((each.amount for each in sums), ZERO)


def _day(request: StaffRequest) -> date:
    try:
        asked = parse_date(request.GET.get("day", ""))
    except ValueError as error:
        raise Http404("day") from error
    return min(asked or date.max, localtime(request.now).date())


def _month(request: StaffRequest) -> date:
    try:
        return first_of(request.GET.get("month", ""), request.now)
    except Malformed as error:
        raise Http404("month") from error


def _file(content: bytes, sort: str, named: str) -> HttpResponse:
    return HttpResponse(content, sort, headers={"Content-Disposition": f'attachment; filename="{named}"'})
