"""Inquiries about sheets: opened by themselves, closed by people who found the cause."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field

from menling.journal.cases import open_case
from menling.journal.models import Case
from menling.journal.take import take
from menling.journal.taken import Taken, Tell
from menling.kernel.actor import SYSTEM, Actor
from menling.kernel.procedure import Step
from menling.kernel.refusal import Refused
from menling.kernel.words import Message, _
from menling.pads.models import Inquiry, Pad
from menling.policies.values import values_for
from menling.premises import names
from menling.premises.models import Office, Staff
from menling.procedures import paper_inquiry as rules
from menling.procedures.paper_inquiry import PAPER_INQUIRY, Status

Steps = list[tuple[Inquiry, Taken]]
Cause = Literal["printing", "damaged", "elsewhere", "lost", "misused"]
Text = Annotated[str, Field(max_length=300)]
SENTENCES = {
    "missing": _("{number}: sheet {sheet} is missing. Please find out why."),
    "stray": _("{number}: sheet {sheet} was used, but given out to nobody. Please find out why."),
    "twice": _("{number}: sheet {sheet} was used, but accounted for before. Please find out why."),
}


def inquire(office: Office, at: datetime, *, sort: str, form: str, sheet: str, pad: Pad | None = None,
            used_on: Case | None = None) -> Steps:  # fmt: skip
    """Open the inquiry about one sheet (HC-5.4.6); its parent is the pad, where it is of one."""
    values = values_for(office, at)
    inquiry = Inquiry(office=office, pad=pad, form=form, number=sheet[:20], sort=sort, used_on=used_on)
    inquiry.case = open_case("paper_inquiry", office, at, year=values.calendar.local(at).year, parent=pad.case if pad else None)
    inquiry.values = values
    inquiry.save(force_insert=True)
    row = PAPER_INQUIRY.step("open", Status.NEW, SYSTEM.roles_in(office.pk))
    message = Message(SENTENCES[sort], {"number": inquiry.case.number, "sheet": inquiry.number})
    tell = (Tell(message, roles=("office_manager", "service_desk_supervisor")),)
    facts = {"sort": sort, "form": form, "sheet": inquiry.number, "used_on": used_on.number if used_on else ""}
    return [(inquiry, take(inquiry, row, by=SYSTEM, at=at, facts=facts, tell=tell))]


def trace(inquiry: Inquiry, *, by: Actor, at: datetime, cause: Cause, found: Text, person: str = "") -> Steps:
    """HC-5.4.6  The cause is known; `person` is the work number of who caused it, if anybody did."""
    row = _step(inquiry, "trace", by)
    rules.cause_named(cause, found, person)
    inquiry.cause, inquiry.found, inquiry.person = cause, names.folded(found), _person(inquiry, person)
    inquiry.save(update_fields=["cause", "found", "person"])
    facts = {"cause": cause, "found": inquiry.found, "person": inquiry.person.name if inquiry.person else ""}
    return [(inquiry, take(inquiry, row, by=by, at=at, facts=facts))]


def close(inquiry: Inquiry, *, by: Actor, at: datetime, dealt: Text = "") -> Steps:
    """HC-5.4.6  The manager closes it; where a person caused it, with how that was dealt with."""
    row = _step(inquiry, "close", by)
    rules.dealt_with(inquiry.person_id is not None, dealt)
    inquiry.dealt = names.folded(dealt)
    inquiry.save(update_fields=["dealt"])
    return [(inquiry, take(inquiry, row, by=by, at=at, facts={"dealt": inquiry.dealt}))]


def note(inquiry: Inquiry, *, by: Actor, at: datetime, text: str) -> Steps:
    """HC-5.4.6  A remark with name and time; it cannot be erased."""
    row = _step(inquiry, "note", by)
    if not text.strip():
        raise Refused("HC-5.4.6", _("Please write something."), status=422, field="text")
    return [(inquiry, take(inquiry, row, by=by, at=at, facts={"text": names.folded(text)}))]


def _step(inquiry: Inquiry, verb: str, by: Actor) -> Step:
    return PAPER_INQUIRY.step(verb, inquiry.case.status, by.roles_in(inquiry.case.office_id))


def _person(inquiry: Inquiry, number: str) -> Staff | None:
    """Return who is named; somebody who has left may have caused it too."""
    if not number.strip():
        return None
    found = Staff.objects.filter(company_id=inquiry.case.office.company_id, number__iexact=number.strip()).first()
    if found is None:
        raise Refused("MR-8", _("Nobody has the number {number}."), status=422, number=number[:20], field="person")
    return found
