"""Sending housekeepers: one or several, each with a visit of their own."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Annotated

from pydantic import Field

from menling.journal.taken import Tell
from menling.kernel.actor import Actor
from menling.kernel.refusal import Refused
from menling.kernel.roles import Role
from menling.kernel.words import _
from menling.orders.commands.appointing import Why, sent_at
from menling.orders.commands.sending import NEW_SLIP, free
from menling.orders.commands.steps import Steps, planned, roles_on, step, taken, tell_roles, tell_worker
from menling.orders.models import Housekeeping, Visit
from menling.premises import names
from menling.premises.crew import employed
from menling.premises.models import Staff
from menling.procedures import housekeeping_rules as rules
from menling.procedures.housekeeping import Status

Number = Annotated[str, Field(max_length=40)]
Workers = Annotated[list[Number], Field(max_length=20)]
UNANSWERED = frozenset({Status.ACCEPTED, Status.PRICED})
"""Where the resident has no price to answer yet, or has not answered it."""
SENT = ("worker", "visit_at", "at_once", "issued_at", "change_seen")


def dispatch(order: Housekeeping, *, by: Actor, at: datetime, workers: Workers | None = None, worker: Number = "",
             visit_at: datetime | None = None, override_reason: Why = "") -> Steps:  # fmt: skip
    """HA-2, HS-4.1.1.3  The leader assigns housekeepers by work number, in order; the first one answers for the order.

    `worker` names a single one. Nobody goes before the resident agreed to the price (HC-5.1.3). A `visit_at` of its own keeps the
    lead or says why not in `override_reason`, as in `move` (HS-4.1.1.2).
    """
    order.case.procedure.may_take("dispatch", roles_on(order, by))
    rules.priced_before_sending(told_and_answered=order.case.status not in UNANSWERED)
    row = step(order, "dispatch", by)
    rules.agreed_before_sending(order.due, order.agreed)
    chosen = crew_of(order, _named(workers, worker), at)
    soon = sent_at(order, visit_at, at, override_reason)
    if order.visit_at is None:
        order.visit_at = at + timedelta(minutes=order.policy.arrive_within)
    _send(order, chosen, at)
    return taken(order, row, by, at, *SENT, tell=_slip(order), facts=_sent(chosen) | soon)


def reassign(order: Housekeeping, *, by: Actor, at: datetime, reason: str, workers: Workers | None = None,
             worker: Number = "") -> Steps:  # fmt: skip
    """MR-9  Others go instead: the first ones' time is released, all are told, the promise of the visit runs on."""
    row = step(order, "reassign", by)
    if not reason.strip():
        raise Refused("MR-9", _("Please write why somebody else goes."), status=422, field="reason")
    chosen = crew_of(order, _named(workers, worker), at)
    stay = {each.pk for each in chosen}
    before = tell_worker(order, _("{number} at {unit} goes to a colleague now; please do not set out."))
    before = tuple(each for each in before if each.staff not in stay)
    free(order, "reassigned")
    _send(order, chosen, at)
    return taken(order, row, by, at, *SENT, tell=before + _slip(order), facts=_sent(chosen) | {"reason": reason.strip()})


def release(order: Housekeeping, *, by: Actor, at: datetime, reason: str) -> Steps:
    """MR-1  The housekeepers are called back before the door: the order waits for others, the resident is told why."""
    row = step(order, "release", by)
    if not reason.strip():
        raise Refused("MR-1", _("Please write why the worker is called back."), status=422, field="reason")
    free(order, "released")
    tell = tell_worker(order, _("{number} at {unit} waits; you are needed elsewhere. Please do not set out."))
    tell += tell_roles(order, _("{number} at {unit} lost its worker ({reason}). Please apologise and send somebody."),
                       Role.SERVICE_DESK, Role.TEAM_LEAD, reason=reason)  # fmt: skip
    order.worker, order.change_seen, order.case.assignee_id = None, True, None
    return taken(order, row, by, at, "worker", "change_seen", tell=tell, reason=reason.strip())


def _named(workers: Sequence[str] | None, worker: str) -> list[str]:
    return [names.folded(each) for each in [*(workers or ()), worker] if names.folded(each)]


def crew_of(order: Housekeeping, numbers: list[str], at: datetime) -> list[Staff]:
    """Return employed housekeepers of the order's office by work number, in the order named. Errors: `Refused` 422."""
    rules.somebody_chosen(numbers)
    on = order.values.calendar.local(at).date()
    rows = {each.number.casefold(): each for each in employed(order.case.office_id, Role.HOUSEKEEPER, on)}
    for number in numbers:
        if number.casefold() not in rows:
            raise Refused(
                "MR-8", _("There is no housekeeper {worker} in this office. Choose one of the list."), status=422,
                worker=number[:40], field="workers",
            )  # fmt: skip
    return [rows[number.casefold()] for number in numbers]


def _send(order: Housekeeping, chosen: list[Staff], at: datetime) -> None:
    order.worker, order.issued_at, order.change_seen = chosen[0], at, True
    order.case.assignee_id, order.case.helpers = chosen[0].pk, [each.pk for each in chosen[1:]] or None
    busy = planned(order, order.visit_at or at)
    # by key, so that two leaders who send the same two people wait for each other in the same order
    for each in sorted(chosen, key=lambda one: one.pk):
        Visit.objects.create(order=order, worker=each, planned=busy)


def _sent(chosen: list[Staff]) -> dict[str, object]:
    """HA-3  Who goes is on record by number and name."""
    return {"worker": chosen[0].number, "worker_name": chosen[0].name, "workers": [each.number for each in chosen],
            "names": [each.name for each in chosen]}  # fmt: skip


def _slip(order: Housekeeping) -> tuple[Tell, ...]:
    return tell_worker(order, NEW_SLIP, by=order.visit_at.isoformat() if order.visit_at else "")
