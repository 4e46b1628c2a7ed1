"""What belongs to another desk goes there with every typed word."""

from datetime import datetime
from typing import Literal

from menling.journal.cases import open_case
from menling.journal.models import Case
from menling.journal.take import take
from menling.journal.taken import Taken, Tell
from menling.kernel.actor import Actor
from menling.kernel.procedure import Step
from menling.kernel.refusal import Refused
from menling.kernel.words import Message, _
from menling.orders.models import Referral
from menling.policies.values import values_for
from menling.premises import names
from menling.premises.models import Office
from menling.procedures.referral import REFERRAL, Status, desk_in_charge, for_this_desk, home_noted
from menling.procedures.repair_policy import RepairPolicy
from menling.procedures.repair_rules import declined_with_reason

Desk = Literal["control_centre", "service_desk"]
Steps = list[tuple[Referral, Taken]]


def pass_on(office: Office, *, by: Actor, at: datetime, wanted: Literal["repair", "housekeeping", "alarm", "other"],
            to_desk: Desk | None = None, unit: str = "", reporter: str = "", phone: str = "", content: str = "",
            urgent: bool = False) -> Steps:  # fmt: skip
    """HS-4.1.3, HS-4.2.1  Hand what was typed to the desk it belongs to; half-typed is welcome, nothing is checked away.

    Anybody at work passes on what a resident said with the unit alone; the desk in charge is found by itself (HA-1.2).
    """
    roles = by.roles_in(office.pk)
    row = REFERRAL.step("pass_on", Status.NEW, roles)
    home_noted(unit, roles)
    values = values_for(office, at)
    desk = to_desk or desk_in_charge(wanted, values.policy(RepairPolicy).desk)
    referral = Referral(
        wanted=wanted, to_desk=desk, unit_text=names.folded(unit)[:60], reporter=names.folded(reporter)[:60],
        phone=names.folded(phone)[:20], content=names.folded(content), urgent=urgent,
    )  # fmt: skip
    referral.case = open_case("referral", office, at, year=values.calendar.local(at).year)
    referral.values = values
    referral.save(force_insert=True)
    text = Message(_("{number}: a resident asks for something your desk does ({wanted})."),
                   {"number": referral.case.number, "wanted": wanted})  # fmt: skip
    tell = (Tell(text, roles=(desk,)),)
    return [(referral, take(referral, row, by=by, at=at, facts={"wanted": wanted, "to_desk": desk}, tell=tell))]


def take_over(referral: Referral, *, by: Actor, at: datetime, became: str = "") -> Steps:
    """HS-4.1.3  The right desk takes it; `became` is the number of the order it turned into, if there is one."""
    row = _step(referral, "take", by)
    if became:
        referral.became = Case.objects.filter(number=became, office=referral.case.office).first()
        if referral.became is None:
            raise Refused("MR-8", _("There is no order {number} here."), status=422, number=became, field="became")
        referral.save(update_fields=["became"])
    return [(referral, take(referral, row, by=by, at=at, facts={"became": became}))]


def take_referral(office: Office, number: str, *, by: Actor, at: datetime, became: str) -> Steps:
    """HS-4.1.3  Take what was passed on as the order it has just become, in the same breath.

    Errors: `Refused` MR-8 (422) when nothing of that number was passed on here.
    """
    rows = Referral.objects.select_related("case", "case__office").filter(case__number=number, case__office=office)
    referral = rows.select_for_update(of=("self", "case"), no_key=True).first()
    if referral is None:
        raise Refused("MR-8", _("Nothing was passed on here under {number}."), status=422, number=number, field="referral")
    referral.values = values_for(office, at)
    return take_over(referral, by=by, at=max(at, referral.case.last_at), became=became)


def close(referral: Referral, *, by: Actor, at: datetime, reason: str) -> Steps:
    """HS-4.2.2  Nothing can be done: the resident is told why, and the reason is kept."""
    row = _step(referral, "close", by)
    declined_with_reason(reason)
    referral.reason = reason.strip()[:300]
    referral.save(update_fields=["reason"])
    return [(referral, take(referral, row, by=by, at=at, facts={"reason": reason}))]


def _step(referral: Referral, verb: str, by: Actor) -> Step:
    roles = by.roles_in(referral.case.office_id)
    row = REFERRAL.step(verb, referral.case.status, roles)
    for_this_desk(referral.to_desk, roles)
    return row
