"""Sending a worker: dispatch, reassign, acknowledge, delay, a new time, a change, a cancellation."""

from datetime import datetime
from typing import Literal

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from menling.journal.models import Deadline
from menling.journal.taken import RECORDED_AT, Tell
from menling.kernel.actor import Actor
from menling.kernel.refusal import Refused
from menling.kernel.roles import Role
from menling.kernel.words import _
from menling.orders.commands.appointing import Why, not_before, said_why_soon, sent_at, there_by
from menling.orders.commands.planning import kept_free
from menling.orders.commands.steps import Steps, planned, step, taken, tell_roles, tell_worker
from menling.orders.models import Order, Visit
from menling.orders.queries import earlier_visits
from menling.orders.seeing import seen_by, seen_by_all
from menling.policies.values import values_for
from menling.premises import names
from menling.premises.crew import one_employed
from menling.premises.models import Staff
from menling.procedures import repair_rules as rules
from menling.procedures.afterwards import took_place
from menling.procedures.afterwards import untimed as nobody_knows
from menling.procedures.repair import AT_HOME, Status
from menling.procedures.repair_sending import apologised_for, something_to_see

NEW_SLIP = _("New slip {number}: {unit}, be there by {by}.")
BEEN_THERE = _("{number}: {names} was at {unit} about this before. Ask them first, then prepare.")


def dispatch(order: Order, *, by: Actor, at: datetime, worker: str | int, visit_at: datetime | None = None,
             release: str = "", untimed: bool = False, arrived_at: datetime | None = None,
             override_reason: Why = "") -> Steps:  # fmt: skip
    """HS-4.2.3, EN-F.2  Give the order to a worker and issue the slip; the worker is told at once.

    An at-once slip carries its own time plus the arrival limit as visit time, or the instant an emergency was promised
    where that is sooner (CF-06). `release` is the reason for which an emergency frees the worker's planned time (MR-1).
    `untimed` tells, of a slip written down afterwards, that nobody knows when the worker took it, and `arrived_at` when the
    worker was at the door: what took place stands beside what was planned. `override_reason` is as in `move`.
    """
    row = step(order, "dispatch", by)
    written_at = RECORDED_AT.get() or at
    chosen = worker_of(order, worker, at)
    soon = sent_at(order, visit_at, at, override_reason)
    was_there = took_place(arrived_at, at, written_at, None if order.at_once else order.visit_at)
    order.untimed = was_there and nobody_knows(untimed, at, written_at, order.policy.acknowledge_within)
    if order.at_once:
        order.visit_at = there_by(order, at)
    rules.slip_complete(elements(order))
    sent_before = order.issued_at is not None
    freed, others = _send(order, chosen, by, at, release, arrived_at if was_there else None)
    tell = _told(order, chosen) if sent_before else _slip(order)
    facts = {"worker": chosen.number, "worker_name": chosen.name, "release": release} | soon
    facts |= ({"untimed": True} if order.untimed else {}) | ({"arrived_at": arrived_at} if was_there else {})
    facts |= {"beside": ", ".join(others)} if others else {}
    return taken(order, row, by, at, *SENT, tell=tell, facts=facts) + freed


SENT = ("worker", "visit_at", "at_once", "issued_at")


def elements(order: Order) -> dict[str, object]:
    """Return the five elements of a slip (EN-F.2)."""
    return {
        "unit": order.unit.code, "reporter": order.reporter, "visit_at": order.visit_at, "content": order.content,
        "phone": order.phone,
    }  # fmt: skip


def worker_of(order: Order, worker: str | int, at: datetime) -> Staff:
    """Return an employed repair worker of the order's office by work number or id. Errors: `Refused` MR-8 (422)."""
    text = names.folded(str(worker))
    on = order.values.calendar.local(at).date()
    found = one_employed(order.case.office_id, Role.REPAIR_WORKER, on, text)
    if found is None:
        raise Refused(
            "MR-8", _("There is no repair worker {worker} in this office. Choose one of the list."), status=422,
            worker=text[:40], field="worker",
        )  # fmt: skip
    return found


def _send(
    order: Order, worker: Staff, by: Actor, at: datetime, reason: str, arrived: datetime | None = None,
) -> tuple[Steps, list[str]]:  # fmt: skip
    """Plan the visit of a worker; an emergency calls the worker back from what was planned, with its reason (MR-1).

    Return what that set free, and the orders beside which a visit took place whose worker had `arrived` before it was told.
    """
    order.worker, order.issued_at = worker, at
    order.case.assignee_id = worker.pk
    begins = arrived or (at if order.at_once or order.visit_at is None else order.visit_at)
    freed: Steps = []
    if order.urgency == "emergency" and reason.strip():
        for other in _in_the_way(order, worker, planned(order, begins)):
            freed += release(other, by=by, at=at, reason=f"{order.case.number}: {reason.strip()}")
    slot, others = kept_free(order, worker, begins, took_place=arrived is not None)
    Visit.objects.create(order=order, worker=worker, planned=slot)
    return freed, others


def _in_the_way(order: Order, worker: Staff, slot: DateTimeTZRange) -> list[Order]:
    """Return the orders, locked, whose worker is planned at that time and not yet at their door."""
    busy = Visit.objects.filter(worker=worker, active=True, arrived_at__isnull=True, planned__overlap=slot)
    rows = Order.objects.select_related("case", "case__office", "unit", "worker").exclude(pk=order.pk).order_by("pk")
    found = list(rows.filter(pk__in=busy.values("order_id")).select_for_update(of=("self", "case"), no_key=True))
    for other in found:
        other.values = values_for(other.case.office, other.valued_at)
    return found


def release(order: Order, *, by: Actor, at: datetime, reason: str) -> Steps:
    """MR-1  The worker is called back before the door: the order waits to be sent again, the resident is told why."""
    row = step(order, "release", by)
    if not reason.strip():
        raise Refused("MR-1", _("Please write why the worker is called back."), status=422, field="reason")
    free(order, "released")
    tell = tell_worker(order, _("{number} at {unit} waits; you are needed elsewhere. Please do not set out."))
    tell += tell_roles(order, _("{number} at {unit} lost its worker ({reason}). Please apologise and send somebody."),
                       Role.CONTROL_CENTRE, reason=reason)  # fmt: skip
    order.worker, order.case.assignee_id, order.change_seen = None, None, True
    return taken(order, row, by, max(at, order.case.last_at), "worker", "change_seen", tell=tell, reason=reason.strip())


def reassign(order: Order, *, by: Actor, at: datetime, worker: str | int, reason: str, visit_at: datetime | None = None,
             release: str = "", apologised: bool = False, override_reason: Why = "") -> Steps:  # fmt: skip
    """MR-9  Another worker goes instead: the first one's time is released, both are told, the door clock runs on.

    With `visit_at` it is at another time, which is a new appointment (HS-4.3.1) and takes an apology after a reported
    delay. `release` is as in `dispatch`, `override_reason` as in `move`.
    """
    row = step(order, "reassign", by)
    if not reason.strip():
        raise Refused("MR-9", _("Please write why somebody else goes."), status=422, field="reason")
    chosen = worker_of(order, worker, at)
    before = tell_worker(order, _("{number} at {unit} goes to a colleague now; please do not set out."))
    free(order, "reassigned")
    moved = _moved_with(order, by, at, visit_at, reason, apologised, override_reason) if visit_at is not None else []
    freed, _beside = _send(order, chosen, by, at, release)
    tell = before + _told(order, chosen)
    facts = {"worker": chosen.number, "worker_name": chosen.name, "reason": reason, "release": release}
    return taken(order, row, by, at, *SENT, tell=tell, facts=facts) + moved + freed


def _moved_with(order: Order, by: Actor, at: datetime, visit_at: datetime, reason: str, apologised: bool, why: str) -> Steps:
    row = step(order, "move", by)
    not_before(visit_at, at)
    soon = said_why_soon(order, visit_at, why)
    apologised_for(late=_owed_a_call(order), apologised=apologised)
    old, order.visit_at, order.at_once = order.visit_at, visit_at, False
    facts = {"reason": reason, "asked_by": "office", "apologised": apologised} | soon
    return taken(order, row, by, at, old=old, visit_at=visit_at, facts=facts)


def _told(order: Order, worker: Staff) -> tuple[Tell, ...]:
    """EN-1.16  Who gets a slip also reads who of the colleagues was there about the same report."""
    others = {each.worker for each in earlier_visits(order) if each.number != worker.number}
    return _slip(order) + (tell_worker(order, BEEN_THERE, names=", ".join(sorted(others))) if others else ())


def _slip(order: Order) -> tuple[Tell, ...]:
    return tell_worker(order, NEW_SLIP, by=order.visit_at.isoformat() if order.visit_at else "")


def free(order: Order, outcome: str, **times: datetime) -> None:
    """End the running visit of an order: the worker's planned time is free again."""
    Visit.objects.filter(order=order, active=True).update(active=False, outcome=outcome, **times)


def acknowledge(order: Order, *, by: Actor, at: datetime) -> Steps:
    """HS-4.2.3, HS-4.3.2  The worker has seen the slip, or the change or cancellation that came after it (MR-42).

    Where two go each looks, and something stays to be seen until both did.
    """
    row = step(order, "acknowledge", by)
    something_to_see(first=row.after is not None, seen=seen_by(order, by))
    order.change_seen = seen_by_all(order, by)
    return taken(order, row, by, at, "change_seen")


def learn_route(order: Order, *, by: Actor, at: datetime) -> Steps:
    """OC-1.3  The worker knows the way, the day before the visit."""
    return taken(order, step(order, "learn_route", by), by, at)


def ask_lead(order: Order, *, by: Actor, at: datetime, what: str) -> Steps:
    """HS-4.2.3  Where it takes more than the desk, the business lead is asked to coordinate."""
    row = step(order, "ask_lead", by)
    tell = tell_roles(order, _("{number} at {unit}: please help to coordinate: {what}."), Role.BUSINESS_LEAD, what=what)
    return taken(order, row, by, at, tell=tell, what=what)


def delay(order: Order, *, by: Actor, at: datetime, reason: str, can_come_at: datetime | None = None) -> Steps:
    """EN-2.2, HS-4.3.1  The worker cannot be there in time: reason and possible time go to the desk and the foreman."""
    row = step(order, "delay", by)
    rules.delay_explained(reason, can_come_at)
    tell = tell_roles(
        order, _("{number} at {unit} will be late ({reason}). Please apologise and agree a new time."), Role.CONTROL_CENTRE,
        Role.SERVICE_DESK, Role.TEAM_LEAD, reason=reason,
    )  # fmt: skip
    return taken(order, row, by, at, tell=tell, reason=reason.strip(), can_come_at=can_come_at)


def move(
    order: Order, *, by: Actor, at: datetime, visit_at: datetime, reason: str = "", agreed_by: str = "", apologised: bool = False,
    asked_by: Literal["office", "resident"] = "office", override_reason: Why = "",
) -> Steps:  # fmt: skip
    """HS-4.3.1, EN-2.3  A new time agreed with the resident; the old one stays on record.

    A later time the resident asked for (`asked_by`) moves the limit of a small repair with it (HC-5.2.4). After a delay
    was reported it takes an apology; who agreed is the reporter unless `agreed_by` names another. `override_reason` says why a
    visit brought forward is too urgent for the lead (HS-4.1.1.2).
    """
    row = step(order, "move", by)
    not_before(visit_at, at)
    soon = said_why_soon(order, visit_at, override_reason)
    apologised_for(late=_owed_a_call(order), apologised=apologised, called_back=order.worker_id is None)
    old, waited = order.visit_at, order.case.status == Status.WAITING
    order.visit_at, order.at_once = visit_at, False
    order.wished_at = visit_at if asked_by == "resident" else None
    order.change_seen = order.worker_id is None
    if row.after is not None:
        order.worker, order.case.assignee_id, order.change_seen = None, None, True
    else:
        _replan(order)
    tell = tell_worker(order, _("{number} at {unit}: the visit is now at {at}. Please acknowledge."), at=visit_at.isoformat())
    return taken(
        order, row, by, at, "visit_at", "at_once", "change_seen", "worker", tell=tell, resume=waited, old=old,
        visit_at=visit_at, reason=reason, agreed_by=names.folded(agreed_by)[:60] or order.reporter, apologised=apologised,
        asked_by=asked_by, **soon,
    )  # fmt: skip


def _owed_a_call(order: Order) -> bool:
    """EN-2.2  Tell whether a delay, or the calling back of a worker, waits for the resident to hear of it."""
    return Deadline.objects.filter(case=order.case, key="rebook", met_at=None, released_at=None).exists()


def _replan(order: Order) -> None:
    if order.worker_id is None or order.visit_at is None:
        return
    Visit.objects.filter(order=order, active=True).update(planned=planned(order, order.visit_at))


def refuse_move(order: Order, *, by: Actor, at: datetime, reason: str = "") -> Steps:
    """EN-2.7  The resident does not accept another time: the foreman and the control centre decide."""
    row = step(order, "refuse_move", by)
    tell = tell_roles(
        order, _("{number} at {unit}: the resident keeps to the agreed time. Please find a way."), Role.TEAM_LEAD,
        Role.CONTROL_CENTRE,
    )  # fmt: skip
    return taken(order, row, by, at, tell=tell, reason=reason)


def change(order: Order, *, by: Actor, at: datetime, content: str = "", requirements: str = "", phone: str = "",
           reason: str = "") -> Steps:  # fmt: skip
    """HS-4.3.2  The resident wants something else: who was sent is told at once and acknowledges."""
    row = step(order, "change", by)
    new = {"content": names.folded(content), "requirements": names.folded(requirements), "phone": names.phone(phone)}
    new = {name: value for name, value in new.items() if value}
    if not new:
        raise Refused("HS-4.3.2", _("Please write what is different now."), status=422, field="content")
    old = {name: getattr(order, name) for name in new}
    for name, value in new.items():
        setattr(order, name, value)
    order.change_seen = order.worker_id is None
    tell = tell_worker(order, _("{number} at {unit} was changed. Please look and acknowledge."))
    return taken(order, row, by, at, *new, "change_seen", tell=tell, old=old, new=new, reason=reason)


def cancel(order: Order, *, by: Actor, at: datetime, reason: str) -> Steps:
    """HS-4.3.2  The resident cancels, free of charge (CF-19): who was sent is told at once and acknowledges.

    With the worker in the home it ends only for a price that was refused (EN-3.7); the worker who says so knows it.
    """
    row = step(order, "cancel", by)
    rules.leaves_the_door(order.case.status, price_refused=order.agreed_how == rules.REFUSED)
    if not reason.strip():
        raise Refused("HS-4.3.2", _("Please write why it is cancelled."), status=422, field="reason")
    order.change_seen = order.worker_id is None
    free(order, "cancelled", **({"finished_at": at} if order.case.status in AT_HOME else {}))
    tell = tell_worker(order, _("{number} at {unit} is cancelled. Please acknowledge."))
    waited = order.case.status == Status.WAITING
    steps = taken(order, row, by, at, "change_seen", tell=tell, resume=waited, reason=reason.strip())
    return steps + (acknowledge(order, by=by, at=at) if by.kind == "staff" and by.id == order.worker_id else [])
