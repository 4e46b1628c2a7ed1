"""Orders that a signed agreement brings: filed with its price, given to those it names, called off and moved with it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from typing import Any, Literal

from menling.journal.models import Case
from menling.journal.taken import Taken
from menling.kernel.actor import ALL_OFFICES, SYSTEM, Actor
from menling.kernel.roles import Role
from menling.orders.commands import pricing, sending
from menling.orders.commands.steps import Steps, planned, step, taken
from menling.orders.housekeeping import booking, crew
from menling.orders.models import Housekeeping, Visit
from menling.policies.values import values_for
from menling.premises.crew import employed
from menling.premises.models import Staff
from menling.procedures import housekeeping_rules as rules
from menling.procedures.housekeeping import NOT_STARTED
from menling.procedures.housekeeping_policy import HousekeepingPolicy

CHANNEL = "agreement"


@dataclass(frozen=True)
class Fixed:
    """One visit as an agreement fixes it: its case, the home, for whom, what, when, for how much, and by whom."""

    agreement: Case
    unit: str
    customer: str
    phone: str
    content: str
    requirements: str
    visit_at: datetime
    amount: Decimal
    crew: Sequence[int]


def acting(policy: HousekeepingPolicy) -> Actor:
    """Return who files and assigns what both sides signed: the system, with the say of the desk and the leader, for nobody
    decides anew what the agreement has decided (HC-5.1.5)."""
    return replace(SYSTEM, roles={ALL_OFFICES: rules.takers(policy) | {Role.SERVICE_DESK, Role.TEAM_LEAD}})


def file_visit(fixed: Fixed, *, at: datetime) -> list[tuple[Any, Taken]]:
    """HS-4.1.1.3, HC-5.1.5  File the order of a visit, with the price on record as agreed; send those named where they are free.

    Where they are not, the order waits for the leader, who is told.
    """
    office, number = fixed.agreement.office, fixed.agreement.number
    policy = values_for(office, at).policy(HousekeepingPolicy)
    by, soon = acting(policy), not rules.in_lead(at, fixed.visit_at, policy)
    steps: list[tuple[Any, Taken]] = booking.file(
        office, by=by, at=at, unit=fixed.unit, reporter=fixed.customer, phone=fixed.phone, content=fixed.content,
        requirements=fixed.requirements, visit_at=fixed.visit_at, channel=CHANNEL,
        override_reason=number if soon else "", accept=True, agreement=number,
    )  # fmt: skip
    order = steps[0][0]
    assert isinstance(order, Housekeeping)
    steps += pricing.quote(order, by=by, at=at, amount=fixed.amount, description=f"{number} {fixed.content}")
    free = _free(order, fixed)
    steps += _agreed(order, number, by, at, told=not free)
    return steps + (crew.dispatch(order, by=by, at=at, workers=[each.number for each in free]) if free else [])


def _agreed(order: Housekeeping, number: str, by: Actor, at: datetime, *, told: bool) -> Steps:
    """HC-5.1.3  The consent to the price stands in the agreement, which the step names."""
    row = step(order, "consent", by)
    order.agreed, order.agreed_how = order.due, CHANNEL
    tell = booking.lead_told(order, at) if told else ()
    return taken(order, row, by, at, "agreed", "agreed_how", tell=tell, amount=order.agreed, how=CHANNEL, agreement=number)


def _free(order: Housekeeping, fixed: Fixed) -> list[Staff]:
    """Return those named, in their order, if every one of them works here then and has no other visit; else nobody."""
    on = order.values.calendar.local(fixed.visit_at).date()
    here = employed(order.case.office_id, Role.HOUSEKEEPER, on).in_bulk(list(fixed.crew))
    busy = Visit.objects.filter(worker__in=fixed.crew, active=True, planned__overlap=planned(order, fixed.visit_at))
    return [here[each] for each in fixed.crew] if len(here) == len(set(fixed.crew)) and not busy.exists() else []


def call_off(case: Case, *, at: datetime, reason: str) -> Steps:
    """HS-4.3.2  The agreement calls a visit off: its order is cancelled, whoever was sent is told. What began goes on."""
    order = _locked(case)
    if order.case.status not in NOT_STARTED:
        return []
    return [*sending.cancel(order, by=acting(order.policy), at=max(at, order.case.last_at), reason=reason)]


def put_off(
    case: Case, *, agreement: str, at: datetime, visit_at: datetime, reason: str, asked_by: str, apologised: bool
) -> Steps:
    """HS-4.3.1  The agreement moves a visit: its order moves with it. Errors: `Refused` once it began.

    It was booked with the `agreement`, which stands for the reason where that is sooner than the lead of an order.
    """
    order = _locked(case)
    soon = not rules.in_lead(order.case.reported_at, visit_at, order.policy)
    asked: Literal["office", "resident"] = "resident" if asked_by == "resident" else "office"
    return [*sending.move(order, by=acting(order.policy), at=max(at, order.case.last_at), visit_at=visit_at, reason=reason,
                          asked_by=asked, apologised=apologised, override_reason=agreement if soon else "")]  # fmt: skip


def _locked(case: Case) -> Housekeeping:
    rows = Housekeeping.objects.select_related("case", "case__office", "unit", "worker")
    order = rows.select_for_update(of=("self", "case"), no_key=True).get(pk=case.pk)
    order.values = values_for(order.case.office, order.valued_at)
    return order
