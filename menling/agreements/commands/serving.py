"""Living by an agreement: its visits filed, called off or moved, its people, a time without service."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from menling.agreements.commands.drafting import Workers
from menling.agreements.commands.steps import DESKS, Steps, clash, crew_named, step, taken, tell_both, tell_roles
from menling.agreements.days import fell_out, fixed_days
from menling.agreements.models import MISSED, NOT_DONE, Agreement, AgreementDay
from menling.kernel.actor import Actor
from menling.kernel.refusal import Refused
from menling.kernel.roles import Role
from menling.kernel.words import _
from menling.premises import names
from menling.premises.models import Staff
from menling.procedures import agreement_rules as rules

AskedBy = Literal["office", "resident"]
Reason = Annotated[str, Field(max_length=300)]
NOBODY_SENT = _("{number} at {unit}: nothing was filed for {days}, so nobody was sent. Please apologise and "
                "agree new times, or call the visits off.")  # fmt: skip
NO_VISIT = _("{number}: no visit at {unit} on {day} ({reason}).")


def lay_out(agreement: Agreement, *, by: Actor, at: datetime, day: date) -> Steps:
    """HS-4.1.1.3, HC-5.1.1.2  File the visit of a day as an order at the time the agreement fixes, once.

    The reaction to this step files the order with the price agreed and the people named.
    """
    row = step(agreement, "lay_out", by)
    rules.signed_before_service(agreement.case.status)
    visit = visit_of(agreement, day)
    if agreement.resting or visit.order_id is not None or visit.at <= at:
        raise Refused("MR-7", _("The visit of {day} is filed already, or cannot be filed any more."), day=day, field="day")
    visit.state, visit.amount = "laid_out", _amount(agreement, day)
    visit.save()
    return taken(agreement, row, by, at, day=day, visit_at=visit.at, amount=visit.amount)


def miss(agreement: Agreement, *, by: Actor, at: datetime) -> Steps:
    """HS-4.3.1  The time of a visit passed and nothing was filed: it is written down, and the desk is told to apologise."""
    row, gone = step(agreement, "miss", by), fell_out(agreement, at)
    rules.something_fell_out(len(gone))
    for day in gone:
        visit = visit_of(agreement, day)
        visit.state = MISSED
        visit.save()
    # a message a day: each reader's language writes it
    tell = tuple(told for each in gone
                 for told in tell_roles(agreement, NOBODY_SENT, *DESKS, Role.TEAM_LEAD, days=each.isoformat()))  # fmt: skip
    return taken(agreement, row, by, at, tell=tell, days=gone)


def visit_of(agreement: Agreement, day: date) -> AgreementDay:
    """Return the visit of a day, as it was touched or as the agreement fixes it. Errors: `Refused` HS-4.3.2."""
    visit = AgreementDay.objects.filter(agreement=agreement, day=day).first()
    rules.day_of_agreement(visit is not None or day in fixed_days(agreement, day, day), visit.stands if visit else "", day)
    at = agreement.values.calendar.at(day, agreement.clock)
    return visit or AgreementDay(agreement=agreement, day=day, at=at, state="fixed")


def _amount(agreement: Agreement, day: date) -> Decimal:
    """HC-5.1.5  A price for the month is due with the first visit of it that takes place."""
    month = AgreementDay.objects.filter(agreement=agreement, day__year=day.year, day__month=day.month, amount__gt=0)
    first = not month.exclude(day=day).exclude(order__status__in=NOT_DONE).exists()
    return rules.price_of_visit(agreement.price or Decimal(0), agreement.per, first)


def skip(agreement: Agreement, *, by: Actor, at: datetime, day: date, reason: Reason, asked_by: AskedBy = "resident") -> Steps:
    """HS-4.3.2  One visit does not take place: who asked for it stands in the step, and both sides are told.

    What a resident calls off on the own page is asked for by the resident, and the desk is told as well.
    """
    row = step(agreement, "skip", by)
    visit = _to_come(agreement, day, at)
    rules.not_begun(visit.order.status if visit.order else "", day)
    own = by.kind == "resident"
    visit.state, visit.asked_by, visit.reason = "skipped", "resident" if own else asked_by, _said(reason)
    visit.save()
    told = {"day": day.isoformat(), "reason": visit.reason}
    tell = tell_both(agreement, NO_VISIT, **told) + (tell_roles(agreement, NO_VISIT, *DESKS, **told) if own else ())
    return taken(agreement, row, by, at, tell=tell, day=day, asked_by=visit.asked_by, reason=visit.reason)


def move(agreement: Agreement, *, by: Actor, at: datetime, day: date, visit_at: datetime, reason: Reason,
         asked_by: AskedBy = "office", apologised: bool = False) -> Steps:  # fmt: skip
    """HS-4.3.1  One visit is at another time, agreed with the resident; the old one stays in the step, both sides are told.

    Where the reason is ours it takes an apology; it is ours unless it is said that the resident asked for it.
    """
    row = step(agreement, "move", by)
    visit = _to_come(agreement, day, at)
    if visit_at <= at:
        raise Refused("MR-8", _("The visit time has passed already. Please choose a later time."), field="visit_at")
    rules.apologised_for(asked_by, apologised=apologised)
    old, visit.at = visit.comes_at, visit_at
    visit.state = "moved" if visit.order_id is None else visit.state
    visit.asked_by, visit.reason = asked_by, _said(reason)
    visit.save()
    tell = tell_both(agreement, _("{number} at {unit}: the visit of {day} is now at {at}."), day=day.isoformat(),
                     at=visit_at.isoformat())  # fmt: skip
    return taken(agreement, row, by, at, tell=tell, day=day, old=old, visit_at=visit_at, asked_by=asked_by,
                 reason=visit.reason, apologised=apologised)  # fmt: skip


def _to_come(agreement: Agreement, day: date, at: datetime) -> AgreementDay:
    visit = visit_of(agreement, day)
    if visit.comes_at <= at and visit.state != MISSED:
        raise Refused("HS-4.3.2", _("The visit of {day} has begun or is over."), day=day, field="day")
    return visit


def _said(reason: str) -> str:
    said = names.folded(reason)
    if not said:
        raise Refused("HS-4.3.2", _("Please write why."), status=422, field="reason")
    return said


def assign(agreement: Agreement, *, by: Actor, at: datetime, workers: Workers, reason: Reason) -> Steps:
    """HC-5.1.5  Other people are named; visits filed before keep theirs until the leader reassigns them (MR-9)."""
    row = step(agreement, "assign", by)
    today = agreement.values.calendar.local(at).date()
    before = list(Staff.objects.filter(pk__in=agreement.crew).values_list("number", flat=True))
    chosen = crew_named(agreement.case.office, workers, today)
    if not chosen:
        raise Refused("HC-5.1.5", _("Please choose who goes."), status=422, field="workers")
    tell = tell_both(agreement, _("{number} at {unit}: others come from now on."))
    agreement.crew = [each.pk for each in chosen]
    rules.capacity(True, clash(agreement))
    come = "、".join(each.name for each in chosen)
    tell += tell_both(agreement, _("{number} at {unit}: {names} come from now on."), names=come)
    tell += tell_roles(agreement, _("{number} at {unit}: others are named now. Please look at the visits already filed."),
                       Role.TEAM_LEAD)  # fmt: skip
    return taken(agreement, row, by, at, "crew", tell=tell, old=before, names=[each.name for each in chosen],
                 workers=[each.number for each in chosen], reason=_said(reason))  # fmt: skip


def suspend(agreement: Agreement, *, by: Actor, at: datetime, reason: Reason, asked_by: AskedBy = "resident",
            rest_until: date | None = None) -> Steps:  # fmt: skip
    """MR-17  No service for a time: visits already filed are called off, both sides are told."""
    row = step(agreement, "suspend", by)
    agreement.resting, agreement.suspended_until = True, rest_until
    tell = tell_both(agreement, _("{number}: no visits at {unit} until further notice ({reason})."), reason=_said(reason))
    return taken(agreement, row, by, at, "resting", "suspended_until", tell=tell, reason=_said(reason), asked_by=asked_by,
                 rest_until=rest_until)  # fmt: skip


def resume(agreement: Agreement, *, by: Actor, at: datetime) -> Steps:
    """MR-17  Service goes on with the next visit; both sides are told."""
    row = step(agreement, "resume", by)
    agreement.resting, agreement.suspended_until = False, None
    tell = tell_both(agreement, _("{number}: the visits at {unit} go on."))
    return taken(agreement, row, by, at, "resting", "suspended_until", tell=tell)
