"""Booking: register, ask the supervisor, and agree content and price with the resident before anybody is sent."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated

from pydantic import Field

from menling.journal.cases import open_case
from menling.journal.models import Case, Detail
from menling.journal.taken import Taken, Tell
from menling.kernel.actor import Actor
from menling.kernel.money import yuan
from menling.kernel.refusal import Refused
from menling.kernel.roles import Role
from menling.kernel.words import _
from menling.orders.commands.intake import Channel, Name, Urgency, home_of
from menling.orders.commands.pricing import How
from menling.orders.commands.referring import take_referral
from menling.orders.commands.steps import Steps, not_before_report, step, taken, tell_roles
from menling.orders.models import Housekeeping
from menling.policies.values import Values, values_for
from menling.premises import names
from menling.premises.models import Office, Unit
from menling.procedures import housekeeping_rules as rules
from menling.procedures.acceptance import accepted_by
from menling.procedures.agreement_rules import signed_before_service
from menling.procedures.housekeeping import HOUSEKEEPING, Status
from menling.procedures.housekeeping_policy import HousekeepingPolicy
from menling.procedures.pickup_rules import next_pickup, told_at_once
from menling.procedures.repair_rules import kind_of_this_desk, logged
from menling.procedures.scope import ScopePolicy, offered_here

Reason = Annotated[str, Field(max_length=300)]
CANNOT_WAIT = _("{number} at {unit} starts before the next pick-up ({by}). Please assign somebody now.")
CAN_WAIT = _("{number} at {unit} is for {by}; nobody has to come for the order. Please assign somebody by then.")


def file(
    office: Office, *, by: Actor, at: datetime, unit: str | int = "", reporter: Name = "", phone: str | None = None,
    content: str = "", requirements: str | None = None, visit_at: datetime | None = None, channel: Channel = "phone",
    urgency: Urgency = "ordinary", override_reason: Reason = "", until: date | None = None, accept: bool = False,
    referral: Channel = "", agreement: Reason = "",
) -> list[tuple[Detail, Taken]]:  # fmt: skip
    """HC-5.1.2, HS-4.1.1.2  Book housekeeping for an agreed time; with `accept` it is judged possible at once (HS-4.1.1.1).

    `override_reason` says why it is too urgent for the lead; `until` is the last day of a service that is repeated, at
    most a month (HC-5.1.1.1), or longer under the signed `agreement` of the home, named by number.
    `referral` is the number of what was passed on: it is taken as this order, or neither is
    done (HA-1.1).
    """
    values = values_for(office, at)
    policy = values.policy(HousekeepingPolicy)
    roles = _at_the_right_desk(by.roles_in(office.pk), channel, policy)
    facts = {"unit": unit, "reporter": names.folded(reporter), "content": names.folded(content),
             "requirements": names.folded(requirements or "") or "-"}  # fmt: skip
    logged(facts)
    row = HOUSEKEEPING.step("file", Status.NEW, roles)
    offered_here("housekeeping", values.policy(ScopePolicy))
    home = home_of(office, unit, by)
    under = signed_agreement(home, agreement) if agreement.strip() else None
    begin = _times(at, visit_at, until, urgency, override_reason, values)
    if under is None:
        rules.hourly_only(begin, until, rules.hourly_until(begin, policy))
    order = Housekeeping(
        unit=home, reporter=names.folded(reporter)[:60], phone=names.phone(phone or ""),
        content=names.folded(content), requirements=names.folded(requirements or ""), visit_at=visit_at,
        at_once=visit_at is None, channel=channel, urgency=urgency, until=until,
    )  # fmt: skip
    year = values.calendar.local(at).year
    order.case = open_case("housekeeping", office, at, year=year, unit=home.pk, parent=under)
    order.values = values
    order.save(force_insert=True)
    told = {"channel": channel, "urgency": urgency, "visit_at": visit_at, "until": until}
    steps: list[tuple[Detail, Taken]] = [*taken(order, row, by, at, facts=told, override_reason=override_reason.strip())]
    who = accepted_by(by, policy, judged=accept)
    steps += taken(order, step(order, "accept", who), who, at) if who else []
    return [*steps, *take_referral(office, referral, by=by, at=at, became=order.case.number)] if referral else [*steps]


def _at_the_right_desk(roles: frozenset[Role], channel: str, policy: HousekeepingPolicy) -> frozenset[Role]:
    """Return the roles somebody takes housekeeping with (CF-02). Errors: `Refused` 403: pass it on as a lead."""
    if not roles & rules.takers(policy):
        kind_of_this_desk("housekeeping", roles)
    rules.filed_at_the_right_desk(roles, channel, policy)
    return rules.acting(roles, policy)


def _times(
    at: datetime, visit_at: datetime | None, until: date | None, urgency: str, override_reason: str, values: Values
) -> date:
    not_before_report(at, visit_at)
    policy = values.policy(HousekeepingPolicy)
    rules.agreed_time(at, visit_at, urgency, override_reason, policy)
    begin = values.calendar.local(visit_at or at).date()
    rules.until_after_begin(begin, until)
    return begin


def signed_agreement(home: Unit, number: str) -> Case:
    """Return the agreement of a home by number. Errors: `Refused` HC-5.1.1.2 unless both signed it."""
    case = Case.objects.filter(unit=home, kind="agreement", number=number.strip()).first()
    signed_before_service(case.status if case else "")
    assert case is not None
    return case


def ask_supervisor(order: Housekeeping, *, by: Actor, at: datetime, what: str) -> Steps:
    """HS-4.1.1.1  Where it is not clear whether it can be done, the supervisor is asked; the answer is accept or decline."""
    row = step(order, "ask_supervisor", by)
    tell = tell_roles(order, _("{number} at {unit}: can we do this? {what}"), Role.SERVICE_DESK_SUPERVISOR, what=what)
    return taken(order, row, by, at, tell=tell, what=what)


def consent(order: Housekeeping, *, by: Actor, at: datetime, how: How = "phone", amount: Decimal | None = None,
            reason: Reason = "") -> Steps:  # fmt: skip
    """HC-5.1.3, HA-1.4  The resident agrees to content and price, on the own link or as the desk records it, with how.

    `reason` says why a resident who stands there cannot sign. Now the order waits for the next pick-up, or the leader
    hears of it at once (CF-41).
    """
    row = step(order, "consent", by)
    if amount is not None and yuan(amount) != order.due:
        raise Refused(
            "HC-5.1.3", _("The price shown is ¥{due}. Please agree to that, or show the price again."),
            due=order.due, field="amount",
        )  # fmt: skip
    resident = by.kind == "resident"
    proxy = rules.booking_confirmed(resident, how, reason, order.policy)
    order.agreed, order.agreed_how = order.due, "own_link" if resident else how
    facts = {"amount": order.agreed, "how": order.agreed_how, "not_signed": proxy} | (
        {"follow_up": "mandatory"} if proxy else {}
    )  # fmt: skip
    return taken(order, row, by, at, "agreed", "agreed_how", tell=lead_told(order, at), facts=facts)


def lead_told(order: Housekeeping, at: datetime) -> tuple[Tell, ...]:
    """Return the message to the leader for an order that is told directly, else nothing (CF-37, CF-41, HA-2)."""
    pickup = next_pickup(at, order.policy, order.values.calendar)
    if not told_at_once(order.visit_at, pickup, order.policy):
        return ()
    by = order.visit_at.isoformat() if order.visit_at else ""
    can_wait = order.visit_at is not None and order.visit_at >= pickup
    return tell_roles(order, CAN_WAIT if can_wait else CANNOT_WAIT, Role.TEAM_LEAD, by=by)
