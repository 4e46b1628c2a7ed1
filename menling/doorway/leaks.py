"""The leak list of a month: facts worth a second look, each with its order and whether the resident was called back."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.utils.timezone import localtime

from menling.journal.cases import visible_to
from menling.journal.models import Case, Event
from menling.kernel.actor import Actor
from menling.kernel.money import ZERO
from menling.kernel.words import _
from menling.money.models import Charge
from menling.orders.days import ORDER_KINDS
from menling.policies.values import values_for
from menling.premises.models import Office
from menling.procedures.charge import ChargePolicy
from menling.procedures.leaks import LeakPolicy, is_cluster, is_split, is_usual, just_below, sort_of_job

AT_THE_DOOR = ("on_site", "quoted", "working")
SERVED = ("signed", "reviewed", "signed_off", "completed", "archived")
DOOR, NOBODY, BELOW, SPLIT, FREE = (
    _("Cancelled at the door"), _("Nobody home, no new appointment"), _("Several just below the limit by one worker"),
    _("Several orders of a home on one day, together above the limit"), _("No charge where such jobs usually have one"),
)  # fmt: skip
SORTS = (DOOR, NOBODY, BELOW, SPLIT, FREE)


@dataclass
class Leak:
    """A line: what stands out (marked), the order, its whole amount in yuan, and the last call after the work if any."""

    sort: str
    case: Case
    amount: Decimal
    call: Event | None = None


@dataclass(frozen=True)
class _Month:
    orders: list[Case]
    amounts: dict[int, Decimal]
    last: dict[int, str]
    threshold: Decimal
    policy: LeakPolicy


def leaks(by: Actor, office: Office, since: datetime, until: datetime) -> list[Leak]:
    """MR-27  Return what stands out among the orders reported between two instants, in five queries.

    The figures are those in force at the end of the time.
    """
    rows = visible_to(by).filter(office=office, kind__in=ORDER_KINDS, reported_at__gte=since, reported_at__lt=until)
    orders = list(rows.select_related("unit", "order__worker").order_by("reported_at", "pk"))
    keys, values = [each.pk for each in orders], values_for(office, until)
    month = _Month(orders, _amounts(keys), _cancelled(keys), values.policy(ChargePolicy).threshold, values.policy(LeakPolicy))
    found = [Leak(sort, each, month.amounts.get(each.pk, ZERO)) for sort, each in _standing_out(month)]
    calls = _calls([each.case.pk for each in found])
    for each in found:
        each.call = calls.get(each.case.pk)
    return found


def _amounts(orders: list[int]) -> dict[int, Decimal]:
    sums: dict[int, Decimal] = {}
    rows = Charge.objects.filter(case__parent__in=orders).exclude(case__status="void")
    for order, due in rows.values_list("case__parent_id", "due"):
        sums[order or 0] = sums.get(order or 0, ZERO) + due
    return sums


def _cancelled(orders: list[int]) -> dict[int, str]:
    """Return where each cancelled order stood before it was cancelled."""
    return dict(Event.objects.filter(case__in=orders, verb="cancel").order_by("pk").values_list("case_id", "before"))


def _calls(orders: list[int]) -> dict[int, Event]:
    rows = Event.objects.filter(case__in=orders, verb="note", facts__has_key="follow_up").order_by("pk")
    return {each.case_id: each for each in rows}


def _standing_out(month: _Month) -> Iterator[tuple[str, Case]]:
    for each in month.orders:
        if each.status == "cancelled" and month.last.get(each.pk) in AT_THE_DOOR:
            yield DOOR, each
    for each in month.orders:
        if "nobody_home" in (each.status, each.status == "cancelled" and month.last.get(each.pk)):
            yield NOBODY, each
    yield from ((BELOW, each) for each in _below(month))
    yield from ((SPLIT, each) for each in _split(month))
    yield from ((FREE, each) for each in _free(month))


def _below(month: _Month) -> Iterator[Case]:
    of_worker: dict[int | None, list[Case]] = defaultdict(list)
    for each in month.orders:
        if just_below(month.amounts.get(each.pk, ZERO), month.threshold, month.policy):
            of_worker[each.order.worker_id].append(each)
    for near in of_worker.values():
        if is_cluster(len(near), month.policy):
            yield from near


def _split(month: _Month) -> Iterator[Case]:
    of_day: dict[object, list[Case]] = defaultdict(list)
    for each in month.orders:
        if each.pk in month.amounts and month.amounts[each.pk] < month.threshold:
            of_day[each.unit_id, localtime(each.reported_at).date()].append(each)
    for together in of_day.values():
        if is_split([month.amounts[each.pk] for each in together], month.threshold):
            yield from together


def _free(month: _Month) -> Iterator[Case]:
    alike: dict[str, list[Case]] = defaultdict(list)
    for each in month.orders:
        if each.status in SERVED:
            alike[sort_of_job(each.kind, each.order.content)].append(each)
    for jobs in alike.values():
        free = [each for each in jobs if each.pk not in month.amounts]
        if is_usual(len(jobs) - len(free), len(jobs), month.policy):
            yield from free
