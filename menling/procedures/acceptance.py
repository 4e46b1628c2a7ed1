"""Whether an order is taken at all, and how far ahead it begins: what every kind of home-service order shares (CF-03, CF-07)."""

from datetime import datetime, timedelta

from menling.kernel.actor import SYSTEM, Actor
from menling.kernel.points import rule
from menling.kernel.refusal import Refused
from menling.kernel.words import _
from menling.procedures.emergency import URGENT
from menling.procedures.repair_policy import RepairPolicy
from menling.procedures.taking import taken_at_once


def accepted_by(by: Actor, policy: RepairPolicy, *, judged: bool, handed_over: bool = False) -> Actor | None:
    """Return who accepts a new order with its registration: who `judged` that it can be done, the office's own choice, or nobody.

    What the service desk hands over as urgent waits for the control centre to take it, whatever the office chose (HS-4.1.3).
    """
    if judged:
        return by
    return SYSTEM if taken_at_once(policy) and not handed_over else None


@rule("HS-4.1.1.2")
def lead_of_all_orders(reported_at: datetime, visit_at: datetime | None, urgency: str, reason: str, policy: RepairPolicy) -> None:
    """Where the lead binds all orders, a repair or an alarm too begins at least 30 minutes after its report (exactly 30 is
    allowed); at once or sooner only with a reason. An emergency is no ordinary service and waits for nothing (CF-07, HC-5.2.5).

    Where it binds booked orders it is housekeeping that is meant: EN-2.5 and EN-2.6 let a repair be promised in minutes.
    """
    if policy.lead_for != "all_orders" or urgency == URGENT or reason.strip():
        return
    if visit_at is None or visit_at - reported_at < timedelta(minutes=policy.lead_minutes):
        raise Refused(
            "HS-4.1.1.2",
            _("In this office a visit begins at least {minutes} minutes after the report. Agree such a time, or write why it is"
              " urgent."),
            status=422 if visit_at is None else 409, minutes=policy.lead_minutes, field="visit_at",
        )  # fmt: skip
