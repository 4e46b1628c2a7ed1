"""Settlements of approved months that came, or changed, after their approval (MR-51)."""

from collections.abc import Collection, Iterable
from datetime import date, datetime, timedelta
from functools import reduce
from operator import or_

from django.db.models import Exists, Max, OuterRef, Q, QuerySet
from django.utils.timezone import get_default_timezone

from menling.commission.models import CommissionLine, CommissionQuery
from menling.journal.models import Case, Event
from menling.kernel.calendars import month_of
from menling.money.given import Adjustment
from menling.money.models import Settlement
from menling.premises.models import Office

LONGEST = timedelta(days=731)
"""What was settled longer ago than this is looked at by hand; a month's sheet reads no older rows."""


def bounds(first: date) -> tuple[datetime, datetime]:
    """Return the instants at which a month and the next one begin."""
    return month_of(first, get_default_timezone())


def sent(people: Collection[int]) -> Q:
    """Return the condition that one of some people was sent to the order of a settlement."""
    return Q(case__parent__assignee_id__in=people) | Q(case__parent__helpers__overlap=list(people))


def settled(office: Office, begin: datetime, end: datetime) -> QuerySet[Settlement]:
    """Return what was settled from `begin` until before `end`."""
    cases = Case.objects.filter(office=office, kind="settlement", status="settled", closed_at__gte=begin, closed_at__lt=end)
    rows = Settlement.objects.filter(case__in=cases).select_related("case__parent__order", "case__parent__office", "charge")
    return rows.order_by("case__closed_at", "pk")


def changed(office: Office, first: date, approved: Iterable[date]) -> list[Settlement]:
    """Return what was settled in approved months before a month and may differ since from what they hold.

    Looked for is what came in the month or in the one before: a refund, an answer, a settlement written down late, a step
    of the order.
    """
    begin, end = bounds(first)
    within = [Q(case__closed_at__gte=one, case__closed_at__lt=two) for one, two in map(bounds, approved) if two <= begin]
    if not within:
        return []
    since = bounds((begin - timedelta(days=1)).date())[0]
    kept = CommissionLine.objects.filter(settlement=OuterRef("pk"))
    came = Q(charge__in=_refunded(office, since, end)) | Q(case__in=_answered(office, since, end))
    stepped = Q(case__parent__last_at__gte=since) | ~Exists(kept)
    return list(settled(office, begin - LONGEST, begin).filter(reduce(or_, within), came | stepped))


def last_steps(rows: Iterable[Settlement]) -> dict[int | None, datetime]:
    """Return when the last step of the order, the charge or the settlement itself was written down, by each, in one query."""
    cases = {each for row in rows for each in (row.pk, row.charge_id, row.case.parent_id)}
    found = Event.objects.filter(case__in=cases).values("case").annotate(last=Max("recorded_at"))
    return dict(found.values_list("case", "last"))


def _refunded(office: Office, since: datetime, end: datetime) -> QuerySet[Adjustment, int | None]:
    """Return the charges of which something was given back, as written down from `since` until before `end`."""
    cases = Case.objects.filter(office=office, kind="adjustment", status="paid_out", reported_at__gte=since - LONGEST,
                                reported_at__lt=end)  # fmt: skip
    paid = Event.objects.filter(case__in=cases, verb="pay_out", recorded_at__gte=since, recorded_at__lt=end).values("case")
    rows = Adjustment.objects.filter(case__in=paid, sort="refund", charge__isnull=False)
    return rows.values_list("charge", flat=True)


def _answered(office: Office, since: datetime, end: datetime) -> QuerySet[CommissionQuery, int]:
    cases = Case.objects.filter(office=office, kind="commission_query", closed_at__gte=since, closed_at__lt=end)
    return CommissionQuery.objects.filter(case__in=cases, more__gt=0).values_list("settlement", flat=True)
