"""Material that is missing: the visit ends, and goes on when it is there."""

from datetime import datetime
from typing import Literal

from menling.journal.models import Case
from menling.kernel.actor import Actor
from menling.orders.commands.sending import free
from menling.orders.commands.steps import Steps, step, taken
from menling.orders.commands.visiting import begun
from menling.orders.models import Order
from menling.procedures import missing_material
from menling.procedures.conduct_policy import ConductPolicy


def await_material(order: Order, *, by: Actor, at: datetime, material: str, card: bool = True,
                   bought_by: Literal["resident", "office"] = "resident") -> Steps:  # fmt: skip
    """EN-4.6, EN-4.7  The resident buys the material: a service card stays, the clocks stand still until the call.

    EN-Q.6  Entrusted to us (`office`), it stands in the purchase register of this order, and our clocks run on (CF-25).
    """
    row = step(order, "await_material", by)
    begun(order)
    _bought_by(order, bought_by)
    free(order, "waiting", finished_at=at)
    pause = "material" if bought_by == "resident" else ""
    return taken(order, row, by, at, pause=pause, material=material, card=card, bought_by=bought_by)


def _bought_by(order: Order, bought_by: str) -> None:
    choice = order.values.policy(ConductPolicy).missing
    if bought_by == "resident":
        missing_material.resident_may_buy(choice)
        return
    missing_material.may_be_entrusted(choice)
    errands = Case.objects.filter(kind="errand", errand__order=order.case, closed_at__isnull=True)
    missing_material.registered_before_waiting(errands.exists())


def resume(order: Order, *, by: Actor, at: datetime, visit_at: datetime | None = None) -> Steps:
    """EN-4.6  The resident has the material and called: the clocks run on, somebody is sent."""
    row = step(order, "resume", by)
    order.worker, order.visit_at, order.at_once = None, visit_at, visit_at is None
    order.case.assignee_id = None
    return taken(order, row, by, at, "worker", "visit_at", "at_once", resume=True, visit_at=visit_at)
