"""The days of an office: what happened on one, what broke, what stands out now. Bounded by the day, not by history."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Q, QuerySet
from django.utils.timezone import localtime

from menling.journal.cases import visible_to
from menling.journal.models import Case, Deadline, Event
from menling.journal.sweep import clock_of
from menling.kernel.actor import Actor
from menling.kernel.words import Message
from menling.premises.models import Office
from menling.procedures.repair import Status

Span = tuple[datetime, datetime]
ORDER_KINDS = ("repair", "housekeeping", "alarm")
"""Kinds of case whose detail is an order."""
BEFORE_DISPATCH = (Status.REPORTED, Status.ACCEPTED)
AFTER_DISPATCH = frozenset(Status) - {Status.NEW, *BEFORE_DISPATCH}


@dataclass(frozen=True)
class Line:
    """One case in a list of the day: when what happened to it, by whom, under which clause.

    `words` is marked English, or `typed`.
    """

    case: Case
    at: datetime
    words: str | Message
    who: str = ""
    clause: str = ""


def span(day: date, now: datetime) -> Span:
    """Return the first and the last instant of a day at the office, not later than now."""
    begin = datetime.combine(day, time(), localtime(now).tzinfo)
    return begin, min(now, begin + timedelta(days=1))


def late_now(by: Actor, office: Office, now: datetime) -> list[Line]:
    """Return the promises that are broken and still open, the oldest first."""
    rows = _promises(by, office).filter(met_at__isnull=True, released_at__isnull=True, counted=True, paused_at__isnull=True)
    return [_promise(row, row.due_at) for row in rows.filter(due_at__lt=now).order_by("due_at", "pk")]


def broken(by: Actor, office: Office, within: Span) -> list[Line]:
    """Return the promises that broke in a time, kept since or not."""
    rows = _promises(by, office).filter(broken_at__gte=within[0], broken_at__lt=within[1])
    return [_promise(row, row.broken_at or row.due_at) for row in rows.order_by("broken_at", "pk")]


def _promises(by: Actor, office: Office) -> QuerySet[Deadline]:
    rows = Deadline.objects.filter(office=office, case__in=visible_to(by))
    return rows.select_related("case", "case__unit", "case__order__worker")


def _promise(row: Deadline, at: datetime) -> Line:
    clock = clock_of(row.case.kind, row.key)
    return Line(row.case, at, clock.promise if clock else row.key, _worker(row.case), row.clause)


def _worker(case: Case) -> str:
    order = getattr(case, "order", None)
    return order.worker.name if order is not None and order.worker else ""


def undispatched(by: Actor, office: Office) -> list[Line]:
    """Return the registered orders nobody was sent to yet, the oldest first (HS-4.2.3)."""
    rows = visible_to(by).filter(office=office, kind__in=ORDER_KINDS, closed_at__isnull=True, status__in=BEFORE_DISPATCH)
    return [Line(case, case.reported_at, case.procedure.titles[case.status], _worker(case), "HS-4.2.3")
            for case in rows.select_related("unit", "order__worker").order_by("reported_at", "pk")]  # fmt: skip


def reported(by: Actor, office: Office, within: Span) -> list[Line]:
    """Return the orders reported in a time."""
    rows = visible_to(by).filter(office=office, kind__in=ORDER_KINDS, reported_at__gte=within[0], reported_at__lt=within[1])
    return [Line(case, case.reported_at, case.procedure.titles[case.status], _worker(case), "HS-4.2.3")
            for case in rows.select_related("unit", "order__worker").order_by("reported_at", "pk")]  # fmt: skip


def happened(by: Actor, office: Office, within: Span, verb: str, *, sent: bool = False) -> list[Line]:
    """Return the steps of one verb in a time; with `sent` only those of orders somebody had been sent to already."""
    meant = Q(before__in=[status.value for status in AFTER_DISPATCH]) if sent else Q()
    rows = Event.objects.filter(
        meant, office=office, verb=verb, happened_at__gte=within[0], happened_at__lt=within[1], case__in=visible_to(by)
    )
    found = rows.select_related("case", "case__unit", "case__order__worker").order_by("happened_at", "pk")
    return [Line(row.case, row.happened_at, row.case.procedure.verbs.get(verb, verb), row.actor_name, row.clauses[0])
            for row in found]  # fmt: skip


def open_now(by: Actor, office: Office) -> list[Line]:
    """Return the orders that are not at their end yet, the oldest first."""
    rows = visible_to(by).filter(office=office, kind__in=ORDER_KINDS, closed_at__isnull=True)
    return [Line(case, case.reported_at, typed(case.order.content), _worker(case))
            for case in rows.select_related("unit", "order__worker").order_by("reported_at", "pk")]  # fmt: skip


def rated(by: Actor, office: Office, within: Span) -> list[Line]:
    """Return the rated orders reported in a time, the lowest ratings first, with the resident's opinion as words."""
    rows = visible_to(by).filter(office=office, kind__in=ORDER_KINDS, reported_at__gte=within[0], reported_at__lt=within[1],
                                 order__rating__isnull=False)  # fmt: skip
    found = rows.select_related("unit", "order__worker").order_by("order__rating", "-reported_at")
    return [Line(case, case.reported_at, typed(f"{case.order.rating} · {case.order.opinion or case.order.content}"),
                 _worker(case))
            for case in found]  # fmt: skip


def typed(words: str) -> Message:
    """Return what somebody typed as words that are never translated and whose braces mean nothing."""
    return Message("{words}", {"words": words})
