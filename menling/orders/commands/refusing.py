"""Steps a phone sent late and the office refused: kept with what was typed, and decided on by a desk or the foreman."""

from datetime import datetime
from typing import Annotated, Any

from pydantic import Field

from menling.journal.cases import open_case, visible_to
from menling.journal.models import Case
from menling.journal.take import take
from menling.journal.taken import Taken, Tell
from menling.kernel.actor import Actor
from menling.kernel.procedure import Step
from menling.kernel.refusal import Refused
from menling.kernel.words import Message, _
from menling.orders.models import RefusedStep, Visit
from menling.policies.values import values_for
from menling.premises import names
from menling.premises.models import Office
from menling.procedures import refused_step as rules
from menling.procedures.refused_step import REFUSED_STEP, Status

Steps = list[tuple[RefusedStep, Taken]]
Verb = Annotated[str, Field(max_length=40)]
Number = Annotated[str, Field(max_length=30)]
Why = Annotated[str, Field(max_length=500)]
Clause = Annotated[str, Field(max_length=20)]


def keep(office: Office, *, by: Actor, at: datetime, of: Number, step: Verb, facts: dict[str, Any], done_at: datetime,
         why: Why, why_zh: Why = "", clause: Clause = "") -> Steps:  # fmt: skip
    """MR-41  Keep a step of the case `of` that was refused when the phone found a network again: what was typed, when it was
    done, and why it was refused. The foreman hears of it."""
    row = REFUSED_STEP.step("keep", Status.NEW, by.roles_in(office.pk))
    rules.typed_in_full(step, facts)
    found = _been_there(office, of.strip(), by)
    values = values_for(office, at)
    kept = RefusedStep(of=found, verb=step.strip(), facts=facts, done_at=done_at, worker_id=by.id, clause=clause,
                       why=names.folded(why), why_zh=names.folded(why_zh))  # fmt: skip
    kept.case = open_case("refused_step", office, at, year=values.calendar.local(at).year, assignee=by.id, unit=found.unit_id)
    kept.values = values
    kept.save(force_insert=True)
    text = Message(_("{number}: a step of {name} was refused when the phone was online again. Please look under “Refused on a "
                     "phone”."), {"number": found.number, "name": by.name})  # fmt: skip
    facts_said = {"of": found.number, "step": kept.verb, "done_at": done_at, "clause": clause}
    return [(kept, take(kept, row, by=by, at=at, facts=facts_said, tell=(Tell(text, roles=("team_lead",)),)))]


def _been_there(office: Office, number: str, by: Actor) -> Case:
    """Return the case a step was for: one the worker sees, or went to before somebody else did."""
    case = Case.objects.filter(number=number, office=office).first()
    if case and (visible_to(by).filter(pk=case.pk).exists() or Visit.objects.filter(order=case.pk, worker=by.id).exists()):
        return case
    raise Refused("MR-8", _("There is no order {number} here."), status=422, number=number, field="of")


def record(kept: RefusedStep, *, by: Actor, at: datetime) -> Steps:
    """MR-41  It is written down after all: the step of the case it belongs to is taken in the same breath, or this is refused."""
    row = _step(kept, "record", by)
    tell = _told(kept, _("{number}: what you did was written down after all."))
    return [(kept, take(kept, row, by=by, at=at, facts={"of": kept.of.number}, tell=tell))]


def dismiss(kept: RefusedStep, *, by: Actor, at: datetime, reason: str) -> Steps:
    """MR-41  It is not written down, for a reason the worker reads; what was typed stays."""
    row = _step(kept, "dismiss", by)
    rules.dismissed_with_reason(reason)
    kept.reason = names.folded(reason)[:300]
    kept.save(update_fields=["reason"])
    tell = _told(kept, _("{number}: what was refused is not written down ({reason})."), reason=kept.reason)
    return [(kept, take(kept, row, by=by, at=at, facts={"reason": kept.reason}, tell=tell))]


def _step(kept: RefusedStep, verb: str, by: Actor) -> Step:
    return REFUSED_STEP.step(verb, kept.case.status, by.roles_in(kept.case.office_id))


def _told(kept: RefusedStep, sentence: str, **values: object) -> tuple[Tell, ...]:
    return (Tell(Message(sentence, {"number": kept.of.number} | values), staff=kept.worker_id),)
