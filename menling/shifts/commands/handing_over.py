"""Handing a shift over: written down, given by who leaves, taken by who comes."""

from datetime import datetime
from typing import Annotated

from pydantic import Field

from menling.journal.cases import open_case
from menling.journal.take import take
from menling.journal.taken import Taken, Tell
from menling.kernel.actor import Actor
from menling.kernel.procedure import Step
from menling.kernel.refusal import Refused
from menling.kernel.words import Message, _
from menling.policies.values import values_for
from menling.premises import names
from menling.premises.crew import employed
from menling.premises.models import Office, Staff
from menling.procedures import shift_handover as rules
from menling.procedures.closing_sheet import DESKS, closed_before_leaving
from menling.procedures.shift_handover import SHIFT_HANDOVER, WATCH, Status
from menling.shifts.models import ShiftHandover
from menling.shifts.queries import open_sheets, standing

Steps = list[tuple[ShiftHandover, Taken]]
Short = Annotated[str, Field(max_length=200)]


def prepare(office: Office, *, by: Actor, at: datetime, keys: Short = "", radios: Short = "", remarks: str = "") -> Steps:
    """MR-14  Write down what is open: orders, cash envelopes, keys, radios, remarks. The one who writes is the one who gives."""
    row = SHIFT_HANDOVER.step("prepare", Status.NEW, by.roles_in(office.pk))
    values = values_for(office, at)
    shift = ShiftHandover(
        office=office, giver_id=by.id, holder_id=by.id, keys=names.folded(keys), radios=names.folded(radios),
        remarks=names.folded(remarks),
    )  # fmt: skip
    shift.case = open_case("shift_handover", office, at, year=values.calendar.local(at).year, assignee=by.id)
    shift.values = values
    _count(shift, at)
    shift.save(force_insert=True)
    return [(shift, take(shift, row, by=by, at=at, facts=_counted(shift)))]


def change(shift: ShiftHandover, *, by: Actor, at: datetime, keys: Short | None = None, radios: Short | None = None,
           remarks: str | None = None) -> Steps:  # fmt: skip
    """MR-14  Write down something else before it is given."""
    row = _step(shift, "change", by)
    new = {name: names.folded(value) for name, value in (("keys", keys), ("radios", radios), ("remarks", remarks))
           if value is not None}  # fmt: skip
    for name, value in new.items():
        setattr(shift, name, value)
    shift.save(update_fields=["keys", "radios", "remarks"])
    return [(shift, take(shift, row, by=by, at=at, facts=new))]


def give(shift: ShiftHandover, *, by: Actor, at: datetime, to: str | int) -> Steps:
    """MR-14, HS-4.3.4  Give the shift to who comes, after the closing sheet of the own desk; what is open is counted once
    more, as it is now."""
    row = _step(shift, "give", by)
    _sheet_closed(shift, by)
    _count(shift, at)
    shift.given_at = at
    _to(shift, to, at)
    shift.save(update_fields=["open_orders", "late_orders", "envelopes", "given_at", "taker", "holder"])
    return [(shift, take(shift, row, by=by, at=at, facts=_counted(shift) | _named(shift), tell=_told(shift)))]


def give_to(shift: ShiftHandover, *, by: Actor, at: datetime, to: str | int) -> Steps:
    """MR-14  Somebody else comes than was thought."""
    row = _step(shift, "give_to", by)
    _to(shift, to, at)
    shift.save(update_fields=["taker", "holder"])
    return [(shift, take(shift, row, by=by, at=at, facts=_named(shift), tell=_told(shift)))]


def acknowledge(shift: ShiftHandover, *, by: Actor, at: datetime, remark: str = "") -> Steps:
    """MR-14  Who comes has read it and takes the shift; what does not agree is written down."""
    row = _step(shift, "acknowledge", by)
    shift.answer = names.folded(remark)[:300]
    shift.save(update_fields=["answer"])
    message = Message(_("{number}: {name} has taken the shift."), {"number": shift.case.number, "name": by.name})
    tell = (Tell(message, staff=shift.giver_id),)
    return [(shift, take(shift, row, by=by, at=at, facts={"remark": shift.answer}, tell=tell))]


def drop(shift: ShiftHandover, *, by: Actor, at: datetime, reason: str = "") -> Steps:
    """MR-14  It was written by mistake, and given to nobody."""
    row = _step(shift, "drop", by)
    return [(shift, take(shift, row, by=by, at=at, facts={"reason": names.folded(reason)}))]


def _step(shift: ShiftHandover, verb: str, by: Actor) -> Step:
    roles = by.roles_in(shift.case.office_id)
    return SHIFT_HANDOVER.step(verb, shift.case.status, roles, assigned=shift.holder_id == by.id)


def _sheet_closed(shift: ShiftHandover, by: Actor) -> None:
    roles = by.roles_in(shift.case.office_id)
    for desk, number in open_sheets(shift.office).items():
        if roles & DESKS[desk]:
            closed_before_leaving(desk, number)


def _to(shift: ShiftHandover, to: str | int, at: datetime) -> None:
    taker = _watch(shift, to, at)
    rules.two_people(shift.giver_id, taker.pk)
    shift.taker, shift.holder = taker, taker
    shift.case.assignee_id = taker.pk


def _watch(shift: ShiftHandover, to: str | int, at: datetime) -> Staff:
    on = shift.values.calendar.local(at).date()
    text = names.folded(str(to))
    for role in sorted(WATCH):
        found = employed(shift.office_id, role, on).filter(number__iexact=text).first()
        if found is not None:
            return found
    raise Refused("MR-8", _("Nobody with the number {number} works in shifts here."), status=422, number=text[:20], field="to")


def _count(shift: ShiftHandover, at: datetime) -> None:
    now = standing(shift.office, at)
    shift.open_orders, shift.late_orders, shift.envelopes = now.orders, now.late, now.envelopes


def _counted(shift: ShiftHandover) -> dict[str, object]:
    return {"open_orders": len(shift.open_orders), "late_orders": len(shift.late_orders), "envelopes": len(shift.envelopes)}


def _named(shift: ShiftHandover) -> dict[str, object]:
    return {"to": shift.taker.number, "to_name": shift.taker.name} if shift.taker else {}


def _told(shift: ShiftHandover) -> tuple[Tell, ...]:
    message = Message(_("{number}: {name} hands the shift over to you. Please read and take it."),
                      {"number": shift.case.number, "name": shift.giver.name})  # fmt: skip
    return (Tell(message, staff=shift.holder_id),)
