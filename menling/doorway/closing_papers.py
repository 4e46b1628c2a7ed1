"""From rows to papers: the closing sheet of a desk, and what was late in a month."""

from collections.abc import Sequence
from datetime import date, datetime

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from menling.closing.models import ClosingSheet
from menling.closing.queries import UNANSWERED, Late
from menling.doorway.language import said
from menling.kernel.words import _ as marked
from menling.premises.models import Office
from menling.printing.facts import Column, Kind, RegisterFacts, Row
from menling.procedures import PROCEDURES

DESK_TITLES = {"control_centre": marked("control centre"), "service_desk": marked("service desk"), "desk": marked("the desk")}
NO_ANSWER = marked("no answer by the end of work on why it was not signed")


def sheet_register(sheet: ClosingSheet) -> RegisterFacts:
    """Return a closing sheet as a register in the active language (HS-4.3.4)."""
    return RegisterFacts(
        title=_("Closing sheet: unsigned orders"), office=sheet.office.name, company=sheet.office.company.name,
        period=f"{sheet.day.isoformat()} {said(DESK_TITLES[sheet.desk])} – {localtime(sheet.due_at):%H:%M}",
        signers=_signers(sheet), form_no=f"{sheet.office.code}-HS-4.3.4", rows=[_line(line) for line in sheet.lines],
        columns=(
            Column("number", _("Number"), 9), Column("unit", _("Unit"), 6), Column("status", _("Status"), 7),
            Column("taker", _("Who took it"), 7), Column("reason", _("Reason not signed"), 14),
            Column("expected_at", _("Expected completion"), 8, Kind.MOMENT), Column("plan", _("How it will be done"), 14),
        ),
    )  # fmt: skip


def _signers(sheet: ClosingSheet) -> tuple[str, ...]:
    """Who closed it when, once it is closed; and who comes next."""
    closed = sheet.case.events.filter(verb="close_day").order_by("-pk").first()
    who = f"{said(DESK_TITLES[sheet.desk])} {closed.actor_name} {localtime(closed.happened_at):%m-%d %H:%M}" if closed else ""
    return (who or said(DESK_TITLES[sheet.desk]), _("Who comes next"))


def _line(line: dict[str, str]) -> Row:
    title = PROCEDURES[line["kind"]].status_title(line["status"])
    expected = localtime(datetime.fromisoformat(line["expected_at"])) if line["expected_at"] else None
    return {
        "number": line["number"], "unit": line["unit"], "status": said(title),
        "taker": f"{line['taker_name']} {line['taker']}".strip(), "reason": line["reason"], "expected_at": expected,
        "plan": line["plan"],
    }  # fmt: skip


def late_register(office: Office, month: date, rows: Sequence[Late]) -> RegisterFacts:
    """Return what was late in a month as a register: facts by who answers for them (HS-4.3.6)."""
    return RegisterFacts(
        title=_("What was late, by who answers for it"), office=office.name, company=office.company.name,
        period=f"{month:%Y-%m}", rows=[_late(each) for each in rows],
        columns=(
            Column("who", _("Who answers for it"), 9), Column("number", _("Number"), 9),
            Column("promise", _("What was promised"), 14), Column("clause", _("Clause"), 5),
            Column("due_at", _("To be done by"), 9, Kind.MOMENT), Column("kept_at", _("Done at"), 9, Kind.MOMENT),
            Column("complaints", _("Complaints"), 8),
        ),
    )  # fmt: skip


def _late(each: Late) -> Row:
    promise = NO_ANSWER if each.promise == UNANSWERED else each.promise
    return {
        "who": said(DESK_TITLES.get(each.who, "")) or each.who, "number": each.number, "promise": said(promise),
        "clause": each.clause, "due_at": localtime(each.due_at), "kept_at": localtime(each.kept_at) if each.kept_at else None,
        "complaints": ", ".join(each.complaints),
    }  # fmt: skip
