"""What belongs to another desk goes there with every typed word."""

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
from menling.kernel.roles import Role
from menling.kernel.words import Message, _
from menling.orders.models import Order, Referral
from menling.policies.values import values_for
from menling.premises import names
from menling.premises.models import Office
from menling.procedures import referral as rules
from menling.procedures.emergency import URGENT
from menling.procedures.referral import REFERRAL, Status, desk_in_charge, for_this_desk, home_noted
from menling.procedures.repair_policy import RepairPolicy
from menling.procedures.repair_rules import declined_with_reason

Name = Annotated[str, Field(max_length=60)]
WORK_THERE = {"security": (Role.SECURITY.value,), "engineering": (Role.ENGINEERING_CREW.value,)}
"""Who of a department has an account here."""
Desk = Literal["control_centre", "service_desk"]
Steps = list[tuple[Referral, Taken]]
OPEN = (Status.PASSED, Status.HEARD)


def pass_on(office: Office, *, by: Actor, at: datetime, wanted: Literal["repair", "housekeeping", "alarm", "other"],
            to_desk: Desk | None = None, unit: str = "", reporter: str = "", phone: str = "", content: str = "",
            urgent: bool = False, visit_at: datetime | None = None, department: Name = "",
            taken_by: Name = "") -> Steps:  # fmt: skip
    """HS-4.1.3, HS-4.2.1  Hand what was typed to the desk it belongs to; half-typed is welcome, nothing is checked away.

    `visit_at` is when the resident would like the visit, which the right desk agrees or not.
    Anybody at work passes on what a resident said with the unit alone; the desk in charge is found by itself (HA-1.2).
    What belongs to another `department` goes there, `taken_by` there by name, and a desk follows it up (MR-39).
    """
    roles = by.roles_in(office.pk)
    row = REFERRAL.step("pass_on", Status.NEW, roles)
    home_noted(unit, roles)
    values = values_for(office, at)
    policy = values.policy(RepairPolicy)
    if department:
        rules.department_known(department, policy.departments, taken_by)
        desk = rules.keeper(roles, wanted, policy.desk)
    else:
        desk = to_desk or desk_in_charge(wanted, policy.desk)
    referral = Referral(
        wanted=wanted, to_desk=desk, unit_text=names.folded(unit)[:60], reporter=names.folded(reporter)[:60],
        phone=names.folded(phone)[:20], content=names.folded(content), urgent=urgent,
        department=department,
    )  # fmt: skip
    referral.case = open_case("referral", office, at, year=values.calendar.local(at).year)
    referral.values = values
    referral.save(force_insert=True)
    tell = _to_department(referral) if department else (Tell(_wish(referral), roles=(desk,)),)
    away = {"department": department, "taken_by": names.folded(taken_by)} if department else {}
    wished = {"visit_at": visit_at.isoformat()} if visit_at else {}
    facts = {"wanted": wanted, "to_desk": desk} | wished | away
    return [(referral, take(referral, row, by=by, at=at, facts=facts, tell=tell))]


def _wish(referral: Referral) -> Message:
    told: dict[str, object] = {"number": referral.case.number, "wanted": referral.wanted}
    if not referral.unit_text:
        return Message(_("{number}: a resident asks for something your desk does ({wanted})."), told)
    words = _("{number} at {unit}: a resident asks for something your desk does ({wanted}).")
    return Message(words, told | {"unit": referral.unit_text})


def _to_department(referral: Referral) -> tuple[Tell, ...]:
    """Tell who works for a department in this system; the others were called.

    The place of an order is told as its privacy allows; what was typed by hand may be a home, and stands there only where no
    other words do.
    """
    roles = WORK_THERE.get(referral.department, ())
    told: dict[str, object] = {"number": referral.case.number, "content": referral.content[:80] or referral.unit_text}
    text = Message(_("{number}: a report for your department: {content}"), told)
    if referral.case.unit_id is not None:
        text = Message(_("{number} at {unit}: a report for your department: {content}"), told | {"unit": referral.unit_text})
    return (Tell(text, roles=roles),) if roles else ()


def lay_before(order: Order, *, by: Actor, at: datetime, department: Name, taken_by: Name) -> Steps:
    """MR-39  What was reported as an order goes to a department with place, words and reporter, as a case under the order.

    The photos stay with the order, where the referral shows them. Errors: `Refused` MR-39 (422).
    """
    office = order.case.office
    values = values_for(office, at)
    policy = values.policy(RepairPolicy)
    rules.department_known(department, policy.departments, taken_by)
    roles = by.roles_in(office.pk)
    row = REFERRAL.step("pass_on", Status.NEW, roles)
    referral = Referral(
        wanted="repair", to_desk=rules.keeper(roles, "repair", policy.desk), unit_text=order.unit.said[:60],
        reporter=order.reporter, phone=order.phone, content="\n".join(filter(None, (order.content, order.requirements))),
        urgent=order.urgency == URGENT, department=department,
    )  # fmt: skip
    referral.case = open_case("referral", office, at, year=values.calendar.local(at).year, parent=order.case,
                              unit=order.case.unit_id)  # fmt: skip
    referral.values = values
    referral.save(force_insert=True)
    facts = {"of": order.case.number, "department": department, "taken_by": names.folded(taken_by)}
    return [(referral, take(referral, row, by=by, at=at, facts=facts, tell=_to_department(referral)))]


def come_back(order: Order, *, at: datetime) -> Steps:
    """MR-39  The order that was handed on comes back: what lies with the department is taken as that order."""
    rows = Referral.objects.select_related("case", "case__office").filter(case__parent=order.case, case__status__in=OPEN)
    referral = rows.select_for_update(of=("self", "case"), no_key=True).first()
    if referral is None:
        return []
    referral.values = values_for(order.case.office, referral.valued_at)
    row = REFERRAL.step("take", referral.case.status, SYSTEM.roles_in(order.case.office_id))
    return _taken_as(referral, order.case, row, by=SYSTEM, at=max(at, referral.case.last_at))


def hand_on(referral: Referral, *, by: Actor, at: datetime, department: Name, taken_by: Name) -> Steps:
    """MR-39  It belongs to another department: `taken_by` is who took it there, and this desk follows it up."""
    row = _step(referral, "hand_on", by)
    rules.department_known(department, referral.values.policy(RepairPolicy).departments, taken_by)
    referral.department, referral.reason = department, ""
    referral.save(update_fields=["department", "reason"])
    facts = {"department": department, "taken_by": names.folded(taken_by)}
    return [(referral, take(referral, row, by=by, at=at, facts=facts, tell=_to_department(referral)))]


def chase(referral: Referral, *, by: Actor, at: datetime, text: str) -> Steps:
    """MR-39  The department was asked again: what it said stands in the timeline, with a promise of its own."""
    row = _step(referral, "chase", by)
    rules.lies_with_a_department(referral.department)
    rules.asked_again(text)
    return [(referral, take(referral, row, by=by, at=at, facts={"text": names.folded(text)}, tell=_to_department(referral)))]


def answer(referral: Referral, *, by: Actor, at: datetime, answer: str, told_resident: bool = False) -> Steps:
    """MR-39  The department dealt with it: what it did is kept when it says so.

    Telling who reported it is a step of its own, taken with this one where that is done already, or nobody is named.
    """
    row = _step(referral, "answer", by)
    rules.lies_with_a_department(referral.department)
    rules.answer_on_record(answer)
    referral.reason = names.folded(answer)[:300]
    referral.save(update_fields=["reason"])
    steps = [(referral, take(referral, row, by=by, at=at, facts={"answer": names.folded(answer)}))]
    if rules.still_to_tell(reporter=bool(referral.reporter or referral.phone), told_resident=told_resident):
        return steps
    return [*steps, *tell(referral, by=by, at=at)]


def tell(referral: Referral, *, by: Actor, at: datetime, text: str = "") -> Steps:
    """MR-39  Whoever reported it knows what the department answered; `text` is what was said to that."""
    row = _step(referral, "tell", by)
    named = bool(referral.reporter or referral.phone)
    return [(referral, take(referral, row, by=by, at=at, facts={"told_resident": named, "text": names.folded(text)}))]


def take_over(referral: Referral, *, by: Actor, at: datetime, became: str = "") -> Steps:
    """HS-4.1.3  The right desk takes it; `became` is the number of the order it turned into, if there is one."""
    row = _step(referral, "take", by)
    rules.not_handed_on(referral.case.parent.number if referral.case.parent else "")
    order = Case.objects.filter(number=became, office=referral.case.office).first() if became else None
    if became and order is None:
        raise Refused("MR-8", _("There is no order {number} here."), status=422, number=became, field="became")
    return _taken_as(referral, order, row, by=by, at=at)


def _taken_as(referral: Referral, order: Case | None, row: Step, *, by: Actor, at: datetime) -> Steps:
    if order is not None:
        referral.became = order
        referral.save(update_fields=["became"])
    return [(referral, take(referral, row, by=by, at=at, facts={"became": order.number if order else ""}))]


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
    for_this_desk(referral.to_desk, roles, verb, referral.department)
    return row
