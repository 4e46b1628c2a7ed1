"""Orders of the call department: placed, answered, passed on, turned into an order of the office, told back and seen."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Annotated, Any, Literal

from pydantic import Field

from menling.calls.commands.asking import Steps, save_and_take, step, tell_caller, tell_desks
from menling.calls.models import CallOrder
from menling.journal.cases import open_case
from menling.journal.models import Case
from menling.journal.take import take
from menling.kernel.actor import SYSTEM, Actor
from menling.kernel.refusal import Refused
from menling.kernel.roles import Role
from menling.kernel.words import _
from menling.policies.values import values_for
from menling.premises import names
from menling.premises.models import Office
from menling.procedures import call_rules as rules
from menling.procedures.call_order import CALL_ORDER, UNDECIDED, Status
from menling.procedures.repair_rules import declined_with_reason
from menling.procedures.taking import may_decline

Wanted = Literal["repair", "housekeeping", "other"]
Name = Annotated[str, Field(max_length=60)]
Reason = Annotated[str, Field(max_length=300)]
Codes = Annotated[list[str], Field(max_length=30)]
NEW_ORDER = _("{number}: the call department has an order for {customer}. Please answer it.")


def place(
    office: Office, *, by: Actor, at: datetime, customer: Name, content: str, phone: str = "", unit: Name = "",
    wanted: Wanted = "repair", urgent: bool = False, visit_at: datetime | None = None, answer_in_days: int | None = None,
    also: Codes | None = None,
) -> Steps:  # fmt: skip
    """OI-1.1, OI-4.3  Place an order with an office, or ask several at once with `also`, their codes: the first to accept has it.

    `answer_in_days`: the customer wants to hear on that day, whatever comes of it (OI-4.4).
    """
    CALL_ORDER.step("place", Status.NEW, by.roles_in(office.pk))
    if not names.folded(customer) or not names.folded(content):
        raise Refused("OI-1.1", _("Please write who the customer is and what is wanted."), status=422,
                      field="content" if names.folded(customer) else "customer")  # fmt: skip
    offices = [office, *_offices(office, also or [], by)]
    asked = CallOrder(
        placed_by_id=by.id, customer=names.folded(customer)[:60], phone=names.phone(phone), unit_text=names.folded(unit)[:60],
        content=names.folded(content), wanted=wanted, urgent=urgent, visit_at=visit_at,
        answer_day=_answer_day(office, at, answer_in_days),
    )  # fmt: skip
    steps: Steps = []
    for each in offices:
        steps += _opened(asked, each, by, at, group=steps[0][0].case.number if steps else "", alone=len(offices) == 1)
    if len(offices) > 1:
        first = steps[0][0]
        first.group = first.case.number
        first.save(update_fields=["group"])
    return steps


def _answer_day(office: Office, at: datetime, days: int | None) -> date | None:
    if days is None:
        return None
    values = values_for(office, at)
    return rules.answer_day(values.calendar.local(at).date(), days, values.policy(rules.CallPolicy))


def _offices(office: Office, codes: Sequence[str], by: Actor) -> list[Office]:
    rows = Office.objects.filter(company_id=office.company_id, code__in=codes).exclude(pk=office.pk)
    found = [each for each in rows.order_by("code") if by.holds(each.pk, Role.CALL_DEPARTMENT)]
    missing = set(codes) - {each.code for each in found} - {office.code}
    if missing:
        raise Refused("MR-8", _("There is no office {office} you may ask."), status=422, office=min(missing)[:30], field="also")
    return found


def _opened(asked: CallOrder, office: Office, by: Actor, at: datetime, *, group: str = "", alone: bool = True,
            parent: Case | None = None, **more: object) -> Steps:  # fmt: skip
    values = values_for(office, at)
    call = CallOrder(**{name: getattr(asked, name) for name in CARRIED}, group=group)
    call.case = open_case("call_order", office, at, year=values.calendar.local(at).year, parent=parent)
    call.values = values
    row = CALL_ORDER.step("place", Status.NEW, by.roles_in(office.pk))
    call.save(force_insert=True)
    facts = {"wanted": call.wanted, "urgent": call.urgent, "answer_day": call.answer_day, **more}
    steps = [(call, take(call, row, by=by, at=at, facts=facts, tell=tell_desks(call, NEW_ORDER, customer=call.customer)))]
    return steps + (_accepted_itself(call, at) if rules.accepted_at_once(call.policy, alone=alone) else [])


CARRIED = ("placed_by_id", "customer", "phone", "unit_text", "content", "wanted", "urgent", "visit_at", "answer_day")
"""What goes along to every office asked."""


def _accepted_itself(call: CallOrder, at: datetime) -> Steps:
    call.accepted_at = call.accepted_at or at
    row = CALL_ORDER.step("accept", call.case.status, SYSTEM.roles_in(call.case.office_id))
    return save_and_take(call, row, SYSTEM, at, "accepted_at")


def accept(call: CallOrder, *, by: Actor, at: datetime) -> Steps:
    """OI-1.1  The office takes it; the other offices that were asked need not look any longer (OI-4.3)."""
    row = step(call, "accept", by)
    call.accepted_at, call.accepted_by = at, by.name[:60]
    tell = tell_caller(call, _("{number}: {office} takes the order of {customer}."))
    steps = save_and_take(call, row, by, at, "accepted_at", "accepted_by", tell=tell)
    for other in _others_asked(call):
        gone = CALL_ORDER.step("give_way", other.case.status, SYSTEM.roles_in(other.case.office_id))
        steps += save_and_take(other, gone, SYSTEM, max(at, other.case.last_at), taken_by=call.case.office.code)
    return steps


def _others_asked(call: CallOrder) -> list[CallOrder]:
    if not call.group:
        return []
    rows = CallOrder.objects.filter(group=call.group, case__status__in=UNDECIDED).exclude(pk=call.pk).order_by("pk")
    found = list(rows.select_related("case", "case__office").select_for_update(of=("self", "case"), no_key=True))
    for each in found:
        each.values = values_for(each.case.office, each.valued_at)
    return found


def decline(call: CallOrder, *, by: Actor, at: datetime, reason: str, offered: str) -> Steps:
    """HS-4.2.2  The office cannot: reason and the help offered instead go back, where it may judge at all (CF-03)."""
    row = step(call, "decline", by)
    may_decline(call.policy)
    declined_with_reason(reason)
    rules.help_offered(offered)
    call.outcome, call.told = "declined", names.folded(reason)[:300]
    tell = tell_caller(call, _("{number}: {office} cannot take the order of {customer} ({reason})."), reason=call.told)
    return save_and_take(call, row, by, at, "outcome", "told", tell=tell, reason=call.told, offered=names.folded(offered))


def ask_back(call: CallOrder, *, by: Actor, at: datetime, question: str) -> Steps:
    """OI-1.1  What the customer wants is not clear: the call department is asked again."""
    row = step(call, "ask_back", by)
    rules.unclear(question)
    call.question = names.folded(question)[:300]
    tell = tell_caller(call, _("{number}: {office} asks: {question}"), question=call.question)
    return save_and_take(call, row, by, at, "question", tell=tell, question=call.question)


def clarify(call: CallOrder, *, by: Actor, at: datetime, content: str = "", phone: str = "", unit: Name = "",
            answer: str = "") -> Steps:  # fmt: skip
    """OI-1.1  The call department says what was not clear; an order that was accepted stays accepted."""
    row = step(call, "clarify", by)
    new = {"content": names.folded(content), "phone": names.phone(phone), "unit_text": names.folded(unit)}
    new = {name: value for name, value in new.items() if value}
    if not new and not answer.strip():
        raise Refused("OI-1.1", _("Please answer the question."), status=422, field="answer")
    for name, value in new.items():
        setattr(call, name, value)
    call.question = ""
    tell = tell_desks(call, _("{number}: the call department answered."))
    facts: dict[str, Any] = {**new, "answer": names.folded(answer)}
    steps = save_and_take(call, row, by, at, *new, "question", tell=tell, **facts)
    return steps + (_accepted_itself(call, at) if call.accepted_at else [])


def pass_on(call: CallOrder, *, by: Actor, at: datetime, to: str, reason: str = "") -> Steps:
    """OI-4.3  Another office of the company takes over, with everything the call department wrote down."""
    row = step(call, "pass_on", by)
    office = Office.objects.filter(company_id=call.case.office.company_id, code=names.folded(to)).first()
    if office is None:
        raise Refused("MR-8", _("There is no office {office}."), status=422, office=to[:30], field="to")
    rules.not_asked_before(office.code, _had_it(call))
    tell = tell_caller(call, _("{number}: {office} passes the order of {customer} to {to}."), to=office.name)
    steps = save_and_take(call, row, by, at, tell=tell, to=office.code, reason=names.folded(reason))
    return steps + _opened(call, office, SYSTEM, at, parent=call.case, passed_by=call.case.office.code)


def _had_it(call: CallOrder) -> set[str]:
    """The offices an order came through, its own among them."""
    had, case = {call.case.office.code}, call.case.parent
    while case is not None and case.kind == "call_order":
        had.add(case.office.code)
        case = case.parent
    return had


def make_order(call: CallOrder, *, by: Actor, at: datetime, kind: Literal["repair", "housekeeping"] = "repair", unit: str = "",
               visit_at: datetime | None = None, override_reason: Reason = "") -> Steps:  # fmt: skip
    """OI-1.1  The office makes it an order of its own: what the call department wrote down goes along.

    `override_reason` says why it is too urgent for the lead, where the order has one (CF-07).

    The reaction to this step files the order; its rules say who may, and what is missing.
    """
    row = step(call, "make_order", by)
    call.unit_text = names.folded(unit)[:60] or call.unit_text
    call.visit_at = visit_at or call.visit_at
    return save_and_take(call, row, by, at, "unit_text", "visit_at", kind=kind, override_reason=names.folded(override_reason))


def withdraw(call: CallOrder, *, by: Actor, at: datetime, reason: str) -> Steps:
    """OI-1.1  The customer does not want it any more, before the office made it an order."""
    row = step(call, "withdraw", by)
    if not reason.strip():
        raise Refused("OI-1.1", _("Please write why it is withdrawn."), status=422, field="reason")
    tell = tell_desks(call, _("{number}: the call department withdraws the order of {customer}."), customer=call.customer)
    return save_and_take(call, row, by, at, tell=tell, reason=names.folded(reason))
