"""The lists behind the figures of manager and company head as workbooks: as many rows as the figure says."""

from collections.abc import Iterable, Sequence

from django.http import HttpResponse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from menling.doorway.language import said
from menling.doorway.offices import Standing
from menling.orders.days import Line
from menling.premises.models import Office
from menling.printing.excel import register_xlsx
from menling.printing.facts import Column, Kind, RegisterFacts, Row
from menling.web.sheets import as_workbook
from menling.web.wording import in_words


def lines_sheet(office: Office, lines: Iterable[Line], *, title: str, period: str, name: str) -> HttpResponse:
    """Return the cases behind a figure of an office as a workbook; `title` in the reader's language."""
    columns = (
        Column("at", _("At"), 10, Kind.MOMENT), Column("number", _("Number"), 9), Column("unit", _("Unit"), 6),
        Column("what", _("What"), 16), Column("status", _("Where it stands"), 9), Column("who", _("Who"), 7),
        Column("clause", _("Clause"), 6),
    )  # fmt: skip
    facts = RegisterFacts(title=title, office=office.name, company=office.company.name, period=period, columns=columns,
                          rows=[_line(each) for each in lines])  # fmt: skip
    return as_workbook(register_xlsx(facts), f"{office.code}-{name}")


def _line(line: Line) -> Row:
    case = line.case
    return {
        "at": localtime(line.at), "number": case.number, "unit": case.unit.said if case.unit else "",
        "what": in_words(line.words), "status": said(case.procedure.status_title(case.status)), "who": line.who,
        "clause": line.clause,
    }  # fmt: skip


def offices_sheet(rows: Sequence[Standing], *, company: str, period: str) -> HttpResponse:
    """Return the offices side by side as a workbook, every one of them."""
    columns = (
        Column("code", _("Code"), 5), Column("office", _("Office"), 12), Column("late", _("Late now"), 6, Kind.COUNT),
        Column("undispatched", _("Nobody sent"), 6, Kind.COUNT), Column("open", _("Open orders"), 6, Kind.COUNT),
        Column("reported", _("Today"), 6, Kind.COUNT), Column("cash", _("Cash with collectors"), 8, Kind.MONEY),
        Column("unsettled", _("Not settled"), 6, Kind.COUNT), Column("rating", _("Rating"), 5),
        Column("rated", _("Ratings of thirty days"), 7, Kind.COUNT),
    )  # fmt: skip
    facts = RegisterFacts(title=_("Offices side by side"), office="", company=company, period=period, columns=columns,
                          rows=[_standing(each) for each in rows])  # fmt: skip
    return as_workbook(register_xlsx(facts), "offices")


def _standing(each: Standing) -> Row:
    return {
        "code": each.office.code, "office": each.office.name, "late": each.late, "undispatched": each.undispatched,
        "open": each.open, "reported": each.reported, "cash": each.cash, "unsettled": each.unsettled,
        "rating": "" if each.rating is None else str(each.rating), "rated": each.rated,
    }  # fmt: skip
