"""What was given back of the charges commission is reckoned on, before and after the month of each was approved (MR-51)."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.utils.timezone import localtime

from menling.journal.models import Case, Event
from menling.kernel.money import ZERO
from menling.money.given import Adjustment
from menling.money.models import Settlement
from menling.premises.models import Office

Approvals = dict[date, int]
"""The event by which each approved month was approved, by its first day."""


@dataclass(frozen=True)
class Refund:
    """A refund of a charge that was paid out: its number, yuan, and the event that wrote it down, and when."""

    number: str
    amount: Decimal
    event: int
    recorded_at: datetime


Refunds = dict[int, list[Refund]]
"""The refunds of each charge, in the order in which they were written down."""


def approvals(office: Office) -> Approvals:
    """MR-51  Return the months of an office that were approved, in one query."""
    rows = Event.objects.filter(case__office=office, case__kind="commission_month", verb="approve")
    return {month: event for month, event in rows.values_list("case__commissionmonth__month", "pk") if month is not None}


def refunds_of(charges: Iterable[int]) -> Refunds:
    """Return what was given back of some charges, in two queries."""
    known = {each.pk: each for each in Adjustment.objects.filter(charge__in=list(charges), sort="refund",
             case__status="paid_out").select_related("case")}  # fmt: skip
    found: Refunds = defaultdict(list)
    rows = Event.objects.filter(case__in=list(known), verb="pay_out").order_by("pk")
    for case, event, recorded_at in rows.values_list("case_id", "pk", "recorded_at"):
        row = known[case]
        assert row.charge_id is not None, "the refund of a charge"
        found[row.charge_id].append(Refund(row.case.number, row.amount, event, recorded_at))
    return found


def refunded_between(office: Office, begin: datetime, end: datetime, since: datetime) -> list[int]:
    """Return the charges of which something was given back, as written down from `begin` until before `end`.

    What was asked for before `since` is left out.
    """
    cases = Case.objects.filter(office=office, kind="adjustment", status="paid_out", reported_at__gte=since, reported_at__lt=end)
    rows = Event.objects.filter(case__in=cases, verb="pay_out", recorded_at__gte=begin, recorded_at__lt=end)
    asked = rows.filter(case__adjustment__sort="refund", case__adjustment__charge__isnull=False)
    return list(asked.values_list("case__adjustment__charge", flat=True).distinct())


def month_of(row: Settlement) -> date:
    """Return the first day of the month a settlement was closed in."""
    assert row.case.closed_at is not None, "a settled charge was settled at an instant"
    return localtime(row.case.closed_at).date().replace(day=1)


def total(refunds: Iterable[Refund]) -> Decimal:
    """Return what some refunds come to, in yuan."""
    return sum((each.amount for each in refunds), ZERO)
