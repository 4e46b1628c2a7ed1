"""The days of agreements: the rhythm of one, the public holidays in it, what is still to be filed, and who is promised where."""

from datetime import date, datetime, time, timedelta

from menling.agreements.models import MISSED, Agreement, AgreementDay
from menling.journal.cases import visible_to
from menling.kernel.actor import Actor
from menling.policies.values import Values, calendar_days
from menling.premises.models import Office
from menling.procedures.agreement_rules import AgreementPolicy
from menling.procedures.agreement_times import days

LOOKED_BACK = timedelta(days=92)
SERVED = {"sign": True, "sign_on_paper": True, "resume": True, "suspend": False}
"""Steps after which visits are due, and after which none is."""


def public_holidays(office: Office, values: Values, first: date, last: date) -> frozenset[date]:
    """Return the days from `first` to `last` that are known as days without work."""
    begin, end = (values.calendar.at(each, time(12)) for each in (first, last))
    return frozenset(day for day, works in calendar_days(office, begin, end).items() if not works)


def fixed_days(agreement: Agreement, first: date, last: date) -> list[date]:
    """Return the days of visits in a time, public holidays left out where the agreement says so."""
    holidays = public_holidays(agreement.case.office, agreement.values, first, last)
    return days(agreement.pattern, first, last, holidays)


def horizon(values: Values, now: datetime) -> date:
    """Return the last day whose visits are filed by now: each morning one more (HS-4.1.1.3)."""
    policy, local = values.policy(AgreementPolicy), values.calendar.local(now)
    return local.date() + timedelta(days=policy.ahead_days - (local.time() < policy.filed_at))


def fell_out(agreement: Agreement, now: datetime) -> list[date]:
    """Return the days whose visit was due in the last months and was never filed, as while no job ran (HS-4.3.1).

    Before it was known that the agreement is in force, and while it rested, nothing was due.
    """
    calendar = agreement.values.calendar
    today, touched = calendar.local(now).date(), {row.day: row for row in agreement.days.all()}
    due = {day: calendar.at(day, agreement.clock) for day in days(agreement.pattern, today - LOOKED_BACK, today, frozenset())
           if day not in touched}  # fmt: skip
    due |= {row.day: row.at for row in touched.values() if row.state == "moved" and row.order_id is None}
    past = {day: at for day, at in due.items() if at <= now}
    if not past:  # so it is nearly always, and nothing more is asked
        return []
    served, fixed = _served(agreement), {*fixed_days(agreement, min(past), max(past)), *touched}
    return sorted(day for day, at in past.items() if day in fixed and _at(served, at))


def _served(agreement: Agreement) -> list[tuple[datetime, bool]]:
    told = agreement.case.events.filter(verb__in=SERVED).order_by("recorded_at", "pk")
    return [(recorded, SERVED[verb]) for recorded, verb in told.values_list("recorded_at", "verb")]


def _at(served: list[tuple[datetime, bool]], at: datetime) -> bool:
    return next((goes for since, goes in reversed(served) if since <= at), False)


def missed(by: Actor, office: Office, most: int) -> list[AgreementDay]:
    """Return the visits nobody was sent for, of agreements that still run, the oldest first, at most so many, in one query."""
    cases = visible_to(by).filter(kind="agreement", office=office, closed_at__isnull=True)
    rows = AgreementDay.objects.filter(state=MISSED, agreement__case__in=cases)
    return list(rows.select_related("agreement__case", "agreement__unit").order_by("day", "pk")[:most])


def to_file(agreement: Agreement, now: datetime) -> list[date]:
    """Return the days whose visit is to be filed now, those moved here included; what has passed is left."""
    if agreement.resting:
        return []
    calendar = agreement.values.calendar
    today, last = calendar.local(now).date(), horizon(agreement.values, now)
    touched = {row.day: row for row in agreement.days.all()}
    fixed = [day for day in fixed_days(agreement, today, last)
             if day not in touched and calendar.at(day, agreement.clock) > now]  # fmt: skip
    moved = [row.day for row in touched.values() if row.state == "moved" and row.order_id is None and row.at > now
             and calendar.local(row.at).date() <= last]  # fmt: skip
    return sorted({*fixed, *moved})


def to_come(agreement: Agreement, now: datetime, most: int) -> list[date]:
    """Return the next days on which somebody comes: those called off left out, those moved at their new day; none at rest.

    A visit filed as an order is where its order is, called off or moved there just as here (HS-4.3.1, HS-4.3.2).
    """
    if agreement.resting:
        return []
    calendar = agreement.values.calendar
    touched = {row.day: row for row in agreement.days.select_related("order__order")}
    fixed = [calendar.at(day, agreement.clock) for day in coming(agreement, now, most + len(touched)) if day not in touched]
    others = [row.comes_at for row in touched.values() if row.stands != "skipped"]
    return [calendar.local(at).date() for at in sorted(fixed + others) if at > now][:most]


def coming(agreement: Agreement, now: datetime, most: int) -> list[date]:
    """Return the next days of visits as the agreement fixes them, called off and moved ones included, at most so many."""
    today = agreement.values.calendar.local(now).date()
    last = min(agreement.last_day, today + timedelta(days=92))
    return fixed_days(agreement, today, last)[:most] if last >= today else []
