"""Taking an order for a home alarm at the service desk, with an agreed time, and telling engineering (HS-4.1.2)."""

from datetime import datetime
from typing import Literal

from menling.journal.cases import open_case
from menling.journal.models import Detail
from menling.journal.taken import Taken, Tell
from menling.kernel.actor import Actor
from menling.kernel.roles import Role
from menling.kernel.words import _
from menling.orders.commands.intake import Channel, Name, Remark, home_of
from menling.orders.commands.referring import take_referral
from menling.orders.commands.steps import Steps, not_before_report, step, taken, tell_roles
from menling.orders.models import Alarm
from menling.policies.values import values_for
from menling.premises import names
from menling.premises.models import Office
from menling.procedures import alarm_rules as rules
from menling.procedures.acceptance import accepted_by, lead_of_all_orders
from menling.procedures.alarm import ALARM, Status
from menling.procedures.alarm_policy import AlarmPolicy
from menling.procedures.pickup_rules import next_pickup, told_at_once
from menling.procedures.repair_rules import kind_of_this_desk
from menling.procedures.scope import ScopePolicy, offered_here

Job = Literal["", "activation", "relocation", "repair"]
CANNOT_WAIT = _("{number} at {unit} starts before the next pick-up ({by}). Please send somebody now.")
CAN_WAIT = _("{number} at {unit} is for {by}; nobody has to come for the slip. Please send somebody by then.")


def file(
    office: Office, *, by: Actor, at: datetime, unit: str | int = "", reporter: Name = "", phone: str | None = None,
    content: str = "", requirements: str | None = None, visit_at: datetime | None = None, channel: Channel = "phone",
    job: Job = "", accept: bool = False, referral: Channel = "", override_reason: Remark = "",
) -> list[tuple[Detail, Taken]]:  # fmt: skip
    """HS-4.1.2.1  Register an alarm to be opened, moved or repaired, for a time agreed with the resident.

    With `accept` it is judged possible at once. `referral` is the number of what another desk passed on; `override_reason` says
    why it is too urgent for the lead, where the office keeps one for all orders (CF-07).
    """
    values = values_for(office, at)
    policy = values.policy(AlarmPolicy)
    held = by.roles_in(office.pk)
    kind_of_this_desk("alarm", held)
    rules.filed_at_the_right_desk(held, policy)
    row = ALARM.step("file", Status.NEW, rules.acting(held, policy))
    offered_here("alarm", values.policy(ScopePolicy))
    rules.registered({"unit": str(unit).strip(), "reporter": names.folded(reporter)}, job)
    rules.time_agreed(visit_at)
    not_before_report(at, visit_at)
    lead_of_all_orders(at, visit_at, "ordinary", override_reason, policy)
    order = Alarm(
        unit=home_of(office, unit, by), reporter=names.folded(reporter)[:60], phone=names.phone(phone or ""), job=job,
        content=names.folded(content), requirements=names.folded(requirements or ""), visit_at=visit_at, at_once=False,
        channel=channel,
    )  # fmt: skip
    order.case = open_case("alarm", office, at, year=values.calendar.local(at).year, unit=order.unit_id)
    order.values = values
    order.save(force_insert=True)
    soon = {"override_reason": override_reason.strip()} if override_reason.strip() else {}
    steps: list[tuple[Detail, Taken]] = [*taken(order, row, by, at, facts=soon, channel=channel, visit_at=visit_at, job=job)]
    who = accepted_by(by, policy, judged=accept)
    steps += _accepted(order, who, at) if who else []
    return [*steps, *take_referral(office, referral, by=by, at=at, became=order.case.number)] if referral else steps


def accept(order: Alarm, *, by: Actor, at: datetime) -> Steps:
    """HS-4.1.2.2  It can be done: the slip waits for the next pick-up, or engineering hears of it at once."""
    return _accepted(order, by, at)


def _accepted(order: Alarm, by: Actor, at: datetime) -> Steps:
    row = step(order, "accept", by)
    return taken(order, row, by, at, tell=engineering_told(order, at))


def engineering_told(order: Alarm, at: datetime) -> tuple[Tell, ...]:
    """Return the message to engineering for an order that is told directly, else nothing (HS-4.1.2.2, CF-37)."""
    pickup = next_pickup(at, order.policy, order.values.calendar)
    if not told_at_once(order.visit_at, pickup, order.policy):
        return ()
    by = order.visit_at.isoformat() if order.visit_at else ""
    can_wait = order.visit_at is not None and order.visit_at >= pickup
    return tell_roles(order, CAN_WAIT if can_wait else CANNOT_WAIT, Role.TEAM_LEAD, Role.ENGINEERING_CREW, by=by)
