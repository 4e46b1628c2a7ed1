"""Questions about a line of the own commission, and their answers (MR-38)."""

from datetime import datetime
from decimal import Decimal
from typing import Annotated

from django.db.models import Sum
from pydantic import Field

from menling.commission.models import CommissionQuery
from menling.journal.cases import open_case
from menling.journal.models import Case
from menling.journal.take import take
from menling.journal.taken import Taken, Tell
from menling.kernel.actor import Actor
from menling.kernel.money import ZERO, yuan
from menling.kernel.procedure import Step
from menling.kernel.refusal import Refused
from menling.kernel.words import Message, _
from menling.policies.values import values_for
from menling.premises import names
from menling.premises.models import Office
from menling.procedures import commission as rules
from menling.procedures.commission import COMMISSION_QUERY, Status

Steps = list[tuple[CommissionQuery, Taken]]
Text = Annotated[str, Field(max_length=300)]
Number = Annotated[str, Field(max_length=30)]


def file(office: Office, *, by: Actor, at: datetime, settlement: Number, question: Text) -> Steps:
    """MR-38  A worker asks about a line: `settlement` is the number of what was settled."""
    row = COMMISSION_QUERY.step("file", Status.NEW, by.roles_in(office.pk))
    line = _line(office, settlement)
    assert line.parent is not None, "a settlement belongs to an order"
    rules.own_line(line.parent.crew, by.id)
    rules.says_something(question, "question")
    values = values_for(office, at)
    query = CommissionQuery(settlement=line, staff_id=by.id, question=names.folded(question)[:300])
    query.case = open_case("commission_query", office, at, year=values.calendar.local(at).year, assignee=by.id)
    query.values = values
    query.save(force_insert=True)
    text = Message(_("{number}: {name} asks about the commission on {order}: {question}"), {
        "number": query.case.number, "name": by.name, "order": line.parent.number, "question": query.question,
    })  # fmt: skip
    facts = {"order": line.parent.number, "settlement": line.number, "question": query.question}
    return [(query, take(query, row, by=by, at=at, facts=facts, tell=(Tell(text, roles=("team_lead",)),)))]


def _line(office: Office, settlement: str) -> Case:
    rows = Case.objects.filter(office=office, kind="settlement", number=settlement)
    found = rows.select_related("parent").first()
    if found is None or found.status != "settled":
        raise Refused("MR-38", _("{number} is not settled here. Commission follows the settlement."),
                      status=409 if found else 422, field="settlement", number=settlement)  # fmt: skip
    return found


def answer(query: CommissionQuery, *, by: Actor, at: datetime, answer: Text, more: Decimal | None = None) -> Steps:
    """MR-38  The foreman or the manager answers; `more` is what the line was short of, in yuan: never less than reckoned."""
    row = _step(query, "answer", by)
    rules.says_something(answer, "answer")
    query.answer, query.more = names.folded(answer)[:300], yuan(more or ZERO, "more")
    if query.more:
        rules.within_charge(query.more, _added(query), query.settlement.settlement.amount)
    query.answered_by_id, query.is_open = by.id, False
    query.save(update_fields=["answer", "more", "answered_by", "is_open"])
    text = Message(_("{number}: your question about commission is answered: {answer}"),
                   {"number": query.case.number, "answer": query.answer})  # fmt: skip
    facts = {"answer": query.answer, "more": query.more}
    return [(query, take(query, row, by=by, at=at, facts=facts, tell=(Tell(text, staff=query.staff_id),)))]


def _added(query: CommissionQuery) -> Decimal:
    # Locked: two answers about one line at once count each other.
    line = Case.objects.select_for_update(no_key=True).get(pk=query.settlement_id)
    others = CommissionQuery.objects.filter(settlement=line).exclude(pk=query.pk)
    return others.aggregate(Sum("more"))["more__sum"] or ZERO


def withdraw(query: CommissionQuery, *, by: Actor, at: datetime) -> Steps:
    """MR-38  Who asked takes the question back."""
    row = _step(query, "withdraw", by)
    rules.own_word(recorded=by.recorder is not None)
    query.is_open = False
    query.save(update_fields=["is_open"])
    return [(query, take(query, row, by=by, at=at))]


def _step(query: CommissionQuery, verb: str, by: Actor) -> Step:
    mine = query.staff_id == by.id
    return COMMISSION_QUERY.step(verb, query.case.status, by.roles_in(query.case.office_id), assigned=mine)
