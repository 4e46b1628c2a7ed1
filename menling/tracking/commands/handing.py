"""Tracking of an order that goes to another department: it ends with the order, and goes on when that comes back (MR-39)."""

from datetime import datetime

from menling.journal.models import Case, Detail
from menling.journal.taken import Taken, Tell
from menling.journal.when import When
from menling.kernel.actor import SYSTEM, Actor
from menling.kernel.words import Message, _
from menling.policies.values import values_for
from menling.procedures.coordination import GIVEN_UP, Status
from menling.tracking.commands.steps import Steps, home_of, step, taken, tell_tracker, trackers
from menling.tracking.models import Coordination


def hand_on_with(detail: Detail, taken_step: Taken, by: Actor, when: When) -> list[tuple[Detail, Taken]]:
    """MR-39  What tracks an order ends when that is handed on: from now on what lies with the department is followed up."""
    order, found = detail.case, _under(detail.case, GIVEN_UP)
    if found is None:
        return []
    row = step(found, "hand_on", SYSTEM)
    tell = tell_tracker(found, _("{number} at {unit}: {of} was handed on to another department. You track it no more."),
                        unit=home_of(found), of=order.number)  # fmt: skip
    told = {"of": order.number, "department": taken_step.facts["department"]}
    return [*taken(found, row, SYSTEM, max(taken_step.at, found.case.last_at), tell=tell, facts=told)]


def take_back_with(detail: Detail, taken_step: Taken, by: Actor, when: When) -> list[tuple[Detail, Taken]]:
    """MR-39, EN-D.4  An order that comes back is tracked again, by whoever did so before.

    Where that is nobody any more, the leads are asked to name somebody.
    """
    order, found = detail.case, _under(detail.case, frozenset({Status.HANDED_ON}))
    if found is None:
        return []
    at = max(taken_step.at, found.case.last_at)
    row = step(found, "take_back", SYSTEM)
    tracker = found.tracker if _may_track(found, at) else None
    found.tracker, found.case.assignee_id = tracker, tracker.pk if tracker else None
    found.opened = True
    tell = () if tracker else (_nobodys(found, order),)
    steps = taken(found, row, SYSTEM, at, "tracker", tell=tell, of=order.number, reason=taken_step.facts["reason"])
    found.opened = False
    return [*steps, *(_given_back(found, by, at) if tracker else ())]


def _given_back(order: Coordination, by: Actor, at: datetime) -> Steps:
    assert order.tracker is not None
    row = step(order, "appoint", by)
    tell = tell_tracker(order, _("{number} at {unit}: you track it from now on. An entry at least every {days} days."),
                        unit=home_of(order), days=order.policy.entry_days)  # fmt: skip
    return taken(order, row, by, at, tell=tell, tracker=order.tracker.number, tracker_name=order.tracker.name)


def _nobodys(found: Coordination, order: Case) -> Tell:
    text = Message(_("{number} at {unit}: {of} has come back from another department. Please name who tracks it."),
                   {"number": found.case.number, "unit": home_of(found), "of": order.number})  # fmt: skip
    return Tell(text, roles=("team_lead", "business_lead"))


def _may_track(order: Coordination, at: datetime) -> bool:
    if order.tracker is None:
        return False
    on = order.values.calendar.local(at).date()
    return any(number == order.tracker.number for number, _name in trackers(order.case.office, on))


def _under(order: Case, statuses: frozenset[Status]) -> Coordination | None:
    rows = Coordination.objects.select_related("case", "case__office", "case__unit", "tracker").filter(
        case__parent=order, case__status__in=statuses
    )
    found = rows.select_for_update(of=("self", "case"), no_key=True).order_by("-pk").first()
    if found is not None:
        found.values = values_for(order.office, found.valued_at)
    return found
