"""What came of an order of the call department: told back, reminded of, seen, asked about, and the customer called back."""

from datetime import datetime
from typing import Literal

from menling.calls.commands.asking import Steps, save_and_take, step, tell_caller, tell_desks
from menling.calls.models import CallOrder
from menling.kernel.actor import Actor
from menling.kernel.refusal import Refused
from menling.kernel.words import _
from menling.premises import names
from menling.procedures import call_rules as rules
from menling.procedures.conduct import ticked
from menling.procedures.conduct_policy import ConductPolicy

CALL_LATER = "call_later"
Outcome = Literal["done", "not_needed", "cannot"]


def tell(call: CallOrder, *, by: Actor, at: datetime, outcome: Outcome, words: str = "") -> Steps:
    """OI-2  The customer was followed up: done, not wanted any more, or nobody found; the call department is told."""
    row = step(call, "tell", by)
    rules.result_told(outcome, words)
    call.outcome, call.told = outcome, names.folded(words)[:300]
    message = tell_caller(call, _("{number}: {office} has a result for {customer}. Please mark it as seen."))
    return save_and_take(call, row, by, at, "outcome", "told", tell=message, outcome=outcome, words=call.told)


def remind(call: CallOrder, *, by: Actor, at: datetime) -> Steps:
    """OI-2  Nobody of the call department has seen the result yet: told again, and again after the office's minutes."""
    row = step(call, "remind", by)
    message = tell_caller(call, _("{number}: the result for {customer} from {office} waits to be seen."))
    return save_and_take(call, row, by, at, tell=message)


def see(call: CallOrder, *, by: Actor, at: datetime) -> Steps:
    """OI-2  The call department has seen what came of it."""
    return save_and_take(call, step(call, "see", by), by, at)


def tick(call: CallOrder, *, by: Actor, at: datetime, group: str) -> Steps:
    """MR-10  One tap on a card; who did not take the order lets the call department ring again later (OI-3)."""
    row = step(call, "tick", by)
    card = ticked("call_order", call.case.status, group, by.roles_in(call.case.office_id),
                  policy=call.values.policy(ConductPolicy))  # fmt: skip
    if group != CALL_LATER:
        return save_and_take(call, row, by, at, clauses=card.clauses, group=group)
    call.call_again_at = rules.call_again_at(at, call.policy)
    message = tell_caller(call, _("{number}: who took the order at {office} is not there. Please call again at {again}."),
                          again=call.call_again_at.isoformat())  # fmt: skip
    return save_and_take(call, row, by, at, "call_again_at", clauses=card.clauses, tell=message, group=group,
                         call_again_at=call.call_again_at)  # fmt: skip


def follow_up(call: CallOrder, *, by: Actor, at: datetime, answer: str = "") -> Steps:
    """OI-3  The call department rang the office and heard how it stands."""
    row = step(call, "follow_up", by)
    call.call_again_at = None
    return save_and_take(call, row, by, at, "call_again_at", answer=names.folded(answer))


def promise_answer(call: CallOrder, *, by: Actor, at: datetime, answer_in_days: int) -> Steps:
    """OI-4.4  The customer wants to hear after so many days."""
    row = step(call, "promise_answer", by)
    call.answer_day = rules.answer_day(call.values.calendar.local(at).date(), answer_in_days, call.policy)
    call.called_back_at = None
    return save_and_take(call, row, by, at, "answer_day", "called_back_at", answer_day=call.answer_day)


def call_back(call: CallOrder, *, by: Actor, at: datetime, answer: str = "") -> Steps:
    """OI-4.4  The customer was called, whether or not anybody was found."""
    row = step(call, "call_back", by)
    call.called_back_at = at
    return save_and_take(call, row, by, at, "called_back_at", answer=names.folded(answer))


def note(call: CallOrder, *, by: Actor, at: datetime, text: str) -> Steps:
    """EN-D.9  A remark with name and time; it cannot be erased."""
    row = step(call, "note", by)
    if not text.strip():
        raise Refused("EN-D.9", _("Please write something."), status=422, field="text")
    return save_and_take(call, row, by, at, tell=tell_desks(call, _("{number}: a remark was added.")), text=names.folded(text))
