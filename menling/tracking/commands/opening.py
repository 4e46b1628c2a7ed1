"""Opening a coordination order under a repair, and naming who tracks it."""

from datetime import datetime

from menling.journal.cases import open_case
from menling.journal.models import Case
from menling.journal.take import take
from menling.journal.taken import Tell
from menling.kernel.actor import SYSTEM, Actor
from menling.kernel.procedure import Step
from menling.kernel.refusal import Refused
from menling.kernel.words import Message, _
from menling.policies.values import values_for
from menling.premises import names
from menling.procedures import coordination as rules
from menling.procedures.coordination import COORDINATION, Status
from menling.tracking.commands.steps import Steps, home_of, somebody, step, taken, tell_tracker
from menling.tracking.models import Coordination


def open_under(parent: Case, *, by: Actor, at: datetime, reason: str, clause: str, warranty: bool, tracker: str,
               owner_told: bool) -> Steps:  # fmt: skip
    """EN-D.4, EN-4.5  Open a coordination order for a case that cannot be finished in time, and name its tracker.

    Without a `tracker`, as the job of the clocks opens it, it waits to be given to somebody and the leads are told.
    """
    values = values_for(parent.office, at)
    order = Coordination(reason=names.folded(reason)[:300], clause=clause, warranty=warranty)
    order.opened = True
    order.case = open_case("coordination", parent.office, at, year=values.calendar.local(at).year, parent=parent,
                           unit=parent.unit_id)  # fmt: skip
    order.values = values
    order.save(force_insert=True)
    row = COORDINATION.step("open", Status.NEW, SYSTEM.roles_in(parent.office_id))
    tell = () if tracker else (_ownerless(order, parent),)
    facts = {"of": parent.number, "reason": order.reason, "clause": clause}
    opened: Steps = [(order, take(order, row, by=SYSTEM, at=at, facts=facts, tell=tell))]
    order.opened = False
    return opened + (appoint(order, by=by, at=at, tracker=tracker, owner_told=owner_told) if tracker else [])


def _ownerless(order: Coordination, parent: Case) -> Tell:
    text = Message(_("{number} at {unit}: {order} was not finished in time. Please name who tracks it."),
                   {"number": order.case.number, "unit": home_of(order), "order": parent.number})  # fmt: skip
    return Tell(text, roles=("team_lead", "business_lead"))


def appoint(order: Coordination, *, by: Actor, at: datetime, tracker: str | int, owner_told: bool = False) -> Steps:
    """EN-D.4, EN-4.5  Name the one person who tracks it; of a home under warranty the owner was told."""
    row = step(order, "appoint", by)
    rules.owner_told(order.warranty, owner_told)
    order.owner_told_at = at if owner_told else None
    return _given(order, row, by, at, tracker, "owner_told_at", owner_told=owner_told)


def reassign(order: Coordination, *, by: Actor, at: datetime, tracker: str | int, reason: str) -> Steps:
    """MR-9  Somebody else tracks it from now on, for a reason."""
    row = step(order, "reassign", by)
    if not reason.strip():
        raise Refused("MR-9", _("Please write why somebody else tracks it."), status=422, field="reason")
    before = order.tracker.name if order.tracker else ""
    return _given(order, row, by, at, tracker, was=before, reason=names.folded(reason))


def _given(order: Coordination, row: Step, by: Actor, at: datetime, tracker: str | int, *changed: str,
           **facts: object) -> Steps:  # fmt: skip
    staff = somebody(order, tracker, at)
    order.tracker = staff
    order.case.assignee_id = staff.pk
    tell = tell_tracker(order, _("{number} at {unit}: you track it from now on. An entry at least every {days} days."),
                        unit=home_of(order), days=order.policy.entry_days)  # fmt: skip
    return taken(order, row, by, at, "tracker", *changed, tell=tell, facts=facts, tracker=staff.number, tracker_name=staff.name)
