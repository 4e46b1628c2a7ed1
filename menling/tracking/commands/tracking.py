"""Tracking: an entry for each step, the checks of foreman and supervisor, notes and ticks."""

from datetime import datetime
from typing import Annotated

from pydantic import Field

from menling.journal.take import take
from menling.kernel.actor import Actor
from menling.kernel.refusal import Refused
from menling.kernel.words import _
from menling.premises import names
from menling.procedures import coordination as rules
from menling.procedures.conduct import ticked
from menling.procedures.conduct_policy import ConductPolicy
from menling.tracking.commands.steps import Steps, roles_on, step, taken, tell_tracker
from menling.tracking.models import Coordination

Words = Annotated[str, Field(max_length=1000)]


def log(order: Coordination, *, by: Actor, at: datetime, place: Words, contact: Words, contact_way: Words, content: Words,
        opinions: Words, attitude: Words, plan: Words) -> Steps:  # fmt: skip
    """EN-D.16  An entry: when and by whom it was tracked, where, with whom, what was said, and what comes next."""
    row = step(order, "log", by)
    given = {"place": place, "contact": contact, "contact_way": contact_way, "content": content, "opinions": opinions,
             "attitude": attitude, "plan": plan}  # fmt: skip
    rules.entry_complete(given)
    order.entries += 1
    order.last_entry_at = at
    facts = {name: names.folded(words) for name, words in given.items()}
    return taken(order, row, by, at, "entries", "last_entry_at", facts=facts, tracked_at=at, tracker=by.name)


def excuse(order: Coordination, *, by: Actor, at: datetime, reason: str) -> Steps:
    """EN-D.6  A week in which there is nothing to enter: the foreman says why."""
    row = step(order, "excuse", by)
    rules.excuse_given(reason)
    return taken(order, row, by, at, reason=names.folded(reason))


def review(order: Coordination, *, by: Actor, at: datetime, remark: Words) -> Steps:
    """EN-D.7  The foreman checks and urges, twice a month, and signs by name."""
    return _check(order, "review", by, at, remark)


def supervise(order: Coordination, *, by: Actor, at: datetime, remark: Words) -> Steps:
    """EN-D.7  The supervisor checks once a month, helps, and signs by name."""
    return _check(order, "supervise", by, at, remark)


def _check(order: Coordination, verb: str, by: Actor, at: datetime, remark: str) -> Steps:
    row = step(order, verb, by)
    rules.review_said(remark)
    order.checked = True
    tell = tell_tracker(order, _("{number}: {name} has checked it: {remark}"), name=by.name, remark=names.folded(remark)[:200])
    return taken(order, row, by, at, tell=tell, remark=names.folded(remark), signed_by=by.name)


def renew_review(order: Coordination, *, by: Actor, at: datetime) -> Steps:
    """EN-D.7  A check of the foreman was missed; that of the next half of the month is due."""
    return taken(order, step(order, "renew_review", by), by, at)


def renew_supervision(order: Coordination, *, by: Actor, at: datetime) -> Steps:
    """EN-D.7  A check of the supervisor was missed; that of the next month is due."""
    return taken(order, step(order, "renew_supervision", by), by, at)


def tick(order: Coordination, *, by: Actor, at: datetime, group: str) -> Steps:
    """MR-10  One tap on a card of prompts; the event names every clause on it."""
    row = step(order, "tick", by)
    card = ticked("coordination", order.case.status, group, roles_on(order, by), policy=order.values.policy(ConductPolicy))
    return [(order, take(order, row, by=by, at=at, facts={"group": group}, clauses=card.clauses))]


def note(order: Coordination, *, by: Actor, at: datetime, text: str) -> Steps:
    """EN-D.8, EN-D.9  A remark or a correction of an entry: added with name and time, nothing is erased."""
    row = step(order, "note", by)
    if not text.strip():
        raise Refused("EN-D.8", _("Please write something."), status=422, field="text")
    return taken(order, row, by, at, text=names.folded(text))
