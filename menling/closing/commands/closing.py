"""Closing a desk's day: lay out what is unsigned, ask whoever took it, close when every order has an answer."""

from datetime import datetime
from typing import Any, Literal

from menling.closing.models import ClosingSheet
from menling.closing.queries import unsigned
from menling.journal.cases import open_case
from menling.journal.take import take
from menling.journal.taken import Taken, Tell
from menling.kernel.actor import Actor
from menling.kernel.procedure import Step
from menling.kernel.words import Message, _
from menling.policies.values import values_for
from menling.premises.models import Office, Staff
from menling.procedures import closing_sheet as rules
from menling.procedures.closing_sheet import CLOSING_SHEET, ClosingPolicy, Status

Steps = list[tuple[ClosingSheet, Taken]]
Desk = Literal["control_centre", "service_desk"]
ASKED = _("Not signed off yet: {numbers}. Please say why, and of what is not finished by when and how.")


def prepare(office: Office, *, by: Actor, at: datetime, desk: Desk) -> Steps:
    """HS-4.3.4  Lay out the day's unsigned orders of a desk's registers and ask whoever took them. Once per desk and shift."""
    roles = by.roles_in(office.pk)
    row = CLOSING_SHEET.step("prepare", Status.NEW, roles)
    rules.of_this_desk(desk, roles)
    values = values_for(office, at)
    day = values.calendar.local(at).date()
    sheet = ClosingSheet(office=office, desk=desk, day=day, lines=unsigned(office, desk, at),
                         due_at=rules.shift_end(desk, at, values.policy(ClosingPolicy), values.calendar))  # fmt: skip
    sheet.case = open_case("closing_sheet", office, at, year=day.year)
    sheet.values = values
    sheet.save(force_insert=True)
    facts = {"desk": desk, "day": day, "unsigned": len(sheet.lines)}
    return [(sheet, take(sheet, row, by=by, at=at, facts=facts, tell=_to_takers(sheet)))]


def ask(sheet: ClosingSheet, *, by: Actor, at: datetime) -> Steps:
    """HS-4.3.4  Look again, and ask those who have not answered."""
    row = _step(sheet, "ask", by)
    _looked(sheet, at)
    return [(sheet, take(sheet, row, by=by, at=at, facts=_counted(sheet), tell=_to_takers(sheet)))]


def close_day(sheet: ClosingSheet, *, by: Actor, at: datetime) -> Steps:
    """HS-4.3.4  Close the day: every unsigned order has a reason, and what is unfinished a time and a plan."""
    row = _step(sheet, "close_day", by)
    _looked(sheet, at)
    rules.nothing_unanswered([line["number"] for line in sheet.lines if not line["answered"]])
    return [(sheet, take(sheet, row, by=by, at=at, facts=_counted(sheet)))]


def _step(sheet: ClosingSheet, verb: str, by: Actor) -> Step:
    roles = by.roles_in(sheet.case.office_id)
    row = CLOSING_SHEET.step(verb, sheet.case.status, roles)
    rules.of_this_desk(sheet.desk, roles)
    return row


def _looked(sheet: ClosingSheet, at: datetime) -> None:
    """Count again: what was signed off meanwhile needs no answer any more, what was filed meanwhile does.

    A line stays once its order was on the sheet: who answered late is known afterwards.
    """
    now = {line["number"]: line for line in unsigned(sheet.office, sheet.desk, at)}
    before = [now.pop(line["number"], line | {"answered": True, "signed_off": True}) for line in sheet.lines]
    sheet.lines = [*before, *now.values()]
    sheet.save(update_fields=["lines"])


def _counted(sheet: ClosingSheet) -> dict[str, Any]:
    return {"unsigned": len(sheet.lines), "unanswered": sum(not line["answered"] for line in sheet.lines)}


def _to_takers(sheet: ClosingSheet) -> tuple[Tell, ...]:
    waiting: dict[str, list[str]] = {}
    for line in sheet.lines:
        if not line["answered"]:
            waiting.setdefault(line["taker"], []).append(line["number"])
    staff = Staff.objects.filter(number__in=waiting, company=sheet.office.company).values_list("number", "pk")
    people = tuple(Tell(Message(ASKED, {"numbers": ", ".join(waiting[number])}), staff=pk) for number, pk in staff)
    untaken = waiting.get("", [])
    desk = (Tell(Message(ASKED, {"numbers": ", ".join(untaken)}), roles=(sheet.desk,)),) if untaken else ()
    return people + desk
