"""The commission of a month as registers: one person's lines to be looked through, and everybody's (MR-37)."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from menling.doorway.language import said
from menling.earnings.lines import Line, Sheet
from menling.kernel.money import ZERO
from menling.premises.models import Office
from menling.printing.facts import Column, Kind, RegisterFacts, Row


def person_register(office: Office, period: str, sheet: Sheet) -> RegisterFacts:
    """Return the sheet of one person with its sum, to be signed by both."""
    return RegisterFacts(
        title=_("Commission sheet"), office=office.name, company=office.company.name,
        period=f"{sheet.staff.name} {sheet.staff.number} · {period}", columns=_columns(),
        rows=[_row(each) for each in sheet.lines],
        totals={"amount": sheet.total}, signers=(_("Worker"), _("Foreman")), form_no=f"{office.code}-MR-37",
    )  # fmt: skip


def crew_register(office: Office, period: str, found: Sequence[Sheet]) -> RegisterFacts:
    """Return every line of everybody, with the person before it and the sum under all."""
    person = Column("person", _("Worker"), 9)
    rows = [{**_row(line), "person": f"{each.staff.name} {each.staff.number}"} for each in found for line in each.lines]
    return RegisterFacts(
        title=_("Commission of the crew"), office=office.name, company=office.company.name, period=period,
        columns=(person, *_columns()), rows=rows, totals={"amount": sum((each.total for each in found), ZERO)},
        signers=(_("Foreman"), _("Office manager")), form_no=f"{office.code}-MR-37",
    )  # fmt: skip


def _columns() -> tuple[Column, ...]:
    return (
        Column("at", _("Settled at"), 9, Kind.MOMENT), Column("order", _("Order"), 9),
        Column("kind", _("Kind"), 7),
        Column("charged", _("Charged"), 7, Kind.MONEY), Column("labour", _("Labour in it"), 7, Kind.MONEY),
        Column("whole", _("Commission on it"), 7, Kind.MONEY), Column("people", _("Shared by"), 5, Kind.COUNT),
        Column("amount", _("My part"), 7, Kind.MONEY), Column("query", _("Asked and answered"), 16),
    )  # fmt: skip


def _row(line: Line) -> Row:
    return {
        "at": line.at, "order": line.order.number, "kind": said(line.order.procedure.title),
        "charged": line.charged, "labour": line.labour, "whole": line.whole, "people": line.people, "amount": line.amount,
        "query": " / ".join([*_given_back(line), *_asked(line)]),
    }  # fmt: skip


def _given_back(line: Line) -> list[str]:
    return [_("Given back: ¥{amount} ({number})").format(amount=each.amount, number=each.number) for each in line.refunds]


def _asked(line: Line) -> list[str]:
    return [
        f"{each.question} → {each.answer or said(each.case.procedure.status_title(each.case.status))}" for each in line.queries
    ]
