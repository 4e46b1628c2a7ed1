"""What every case knows at any time: a tick, a note, a correction, a reopening."""

from datetime import datetime
from typing import Literal

from menling.journal.cases import mark_asked
from menling.journal.take import take
from menling.kernel.actor import Actor
from menling.kernel.refusal import Refused
from menling.kernel.words import _
from menling.orders.commands.steps import Steps, is_assigned, roles_on, step, taken, tell_roles, tell_worker
from menling.orders.models import Order
from menling.premises import names
from menling.procedures.conduct import PRICE_EXPLAINED, TO_LOOK_INTO, explained_once, ticked
from menling.procedures.conduct_policy import ConductPolicy
from menling.procedures.repair import AT_HOME, ENDED, SENT


def tick(order: Order, *, by: Actor, at: datetime, group: str, opened: bool | None = None) -> Steps:
    """MR-10  One tap on a card of prompts; the event names every clause on it.

    `opened` tells whether the whole card was opened before, where its door knows.
    """
    row = step(order, "tick", by)
    card = ticked(
        order.case.kind, order.case.status, group, roles_on(order, by), assigned=is_assigned(order, by),
        policy=order.values.policy(ConductPolicy),
    )  # fmt: skip
    if group == PRICE_EXPLAINED:
        explained_once(order.case.events.filter(verb="tick", facts__group=group).exists())
    owed, roles = TO_LOOK_INTO.get(group, ("", ()))
    tell = tell_roles(order, owed, *roles) if owed else ()
    return [(order, take(order, row, by=by, at=at, facts={"group": group} | _seen(opened), clauses=card.clauses, tell=tell))]


def _seen(opened: bool | None) -> dict[str, bool]:
    return {} if opened is None else {"opened": opened}


def note(order: Order, *, by: Actor, at: datetime, text: str = "",
         follow_up: Literal["", "reached", "not_reached"] = "") -> Steps:  # fmt: skip
    """EN-D.9  A remark with name and time; it cannot be erased.

    `follow_up` marks it as what came of a call after the work (HS-3.1): only a call nobody answered needs no words.
    """
    row = step(order, "note", by)
    if not text.strip() and follow_up != "not_reached":
        raise Refused("EN-D.9", _("Please write something."), status=422, field="text")
    if follow_up == "reached":
        mark_asked(order.case)
    marked = {"follow_up": follow_up} if follow_up else {}
    return taken(order, row, by, at, facts=marked, text=names.folded(text))


def reveal(order: Order, *, by: Actor, at: datetime, whose: str = "") -> Steps:
    """MR-13  Somebody who has to call looks at a number; the look is on record, the number is not.

    `whose` names another person of the home than the reporter.
    """
    return taken(order, step(order, "reveal", by), by, at, whose=whose[:60] or order.reporter)


def correct(order: Order, *, by: Actor, at: datetime, field: Literal["reporter", "phone", "content", "requirements"],
            value: str, reason: str) -> Steps:  # fmt: skip
    """EN-D.9  Correct a slip of the pen: the old words stay in the timeline; a closed slip is not changed any more.

    Who was sent by the wrong words is told like of a change (HS-4.3.2).
    """
    row = step(order, "correct", by)
    if order.case.status in ENDED:
        raise Refused("EN-D.9", _("This slip is closed and cannot be changed. Add a note, or have it reopened."))
    new = names.phone(value) if field == "phone" else names.folded(value)
    if not new and field != "requirements":
        raise Refused("EN-F.2", _("A slip needs this. Please write what is right."), status=422, field="value")
    if not reason.strip():
        raise Refused("EN-D.9", _("Please write why it is corrected."), status=422, field="reason")
    old = getattr(order, field)
    setattr(order, field, new[:60] if field == "reporter" else new)
    goes = order.case.status in SENT | AT_HOME and order.worker_id != by.id
    order.change_seen = order.change_seen and not goes
    tell = tell_worker(order, _("{number} at {unit} was changed. Please look and acknowledge.")) if goes else ()
    return taken(order, row, by, at, field, "change_seen", tell=tell, field=field, old=old, new=new, reason=reason)


def reopen(order: Order, *, by: Actor, at: datetime, reason: str) -> Steps:
    """MR-11  Open an ended order again, with reason and authority; it is sent anew."""
    row = step(order, "reopen", by)
    if not reason.strip():
        raise Refused("MR-11", _("Please write why it is opened again."), status=422, field="reason")
    order.worker, order.visit_at, order.at_once = None, None, True
    order.signed_at, order.signed_by, order.worker_signed_at, order.keep_until = None, "", None, None
    order.attested, order.rating, order.opinion = "", None, ""
    order.case.assignee_id = None
    return taken(
        order, row, by, at, "worker", "visit_at", "at_once", "signed_at", "signed_by", "worker_signed_at", "keep_until",
        "attested", "rating", "opinion", reason=reason,
    )  # fmt: skip
