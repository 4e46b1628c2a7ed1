"""What a worker's phone shows before any order is opened: the own orders, the cash held for finance, the messages."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import Prefetch, Q

from menling.doorway.address_views import message_text
from menling.doorway.doing import ORDERS
from menling.doorway.language import said
from menling.doorway.listing import line
from menling.doorway.masking import read_values
from menling.doorway.messages import messages_for
from menling.doorway.showing import deadline
from menling.errands.models import Errand
from menling.journal.cases import visible_to
from menling.journal.models import Case, Deadline, Outgoing
from menling.kernel.actor import Actor
from menling.kernel.money import ZERO
from menling.money import shortages
from menling.money.models import Charge, Handover
from menling.orders.addresses import Reader
from menling.orders.seeing import unseen_among
from menling.premises.models import Office
from menling.procedures.errand import WITH_BUYER

MESSAGES, BAGS = 40, 8
RUNNING = Deadline.objects.filter(met_at__isnull=True, released_at__isnull=True).order_by("due_at")


def workday(by: Actor, now: datetime) -> dict[str, Any]:
    """Return the own orders that are open or were cancelled unseen, the errands to buy, the cash by handover, what is owed for
    a shortage, and the newest messages."""
    reader = Reader(by, now)
    day = {"now": now, "orders": _orders(reader), "errands": _errands(reader), "bags": _bags(reader),
           "owed": _owed(by), "messages": _messages(reader)}  # fmt: skip
    reader.on_record()
    return day


def _orders(reader: Reader) -> list[dict[str, Any]]:
    by = reader.by
    # A cancelled order is closed: its open promise that the worker sees the cancellation brings it back (HS-4.3.2).
    promised = Deadline.objects.filter(key="change_seen", office__in=by.offices, met_at__isnull=True, released_at__isnull=True)
    running = Case.objects.filter(closed_at__isnull=True)
    # each of the three from its own small index: an "or" of them would be looked for among all the orders of the office
    wanted = (
        running.filter(assignee_id=by.id)
        .values("pk")
        .union(running.filter(helpers__contains=[by.id]).values("pk"), promised.values("case_id"))
    )
    sent = Q(assignee_id=by.id) | Q(helpers__contains=[by.id])
    rows = visible_to(by).filter(sent, pk__in=wanted, kind__in=ORDERS).order_by("reported_at", "pk")
    found = rows.select_related("office", "unit", "order", "order__worker").prefetch_related(
        Prefetch("deadlines", RUNNING, to_attr="running")
    )
    cases = list(found)
    unseen = unseen_among((case.order for case in cases), by)
    return [_order(case, reader, seen=case.pk not in unseen) for case in cases if case.closed_at is None or case.pk in unseen]


def _order(case: Case, reader: Reader, *, seen: bool) -> dict[str, Any]:
    promises: list[Deadline] = getattr(case, "running", [])
    return line(case, reader) | {
        "seen": seen,
        "deadlines": [deadline(each, case.kind, reader.now) for each in promises],
        "due": str(case.order.due),
        "address": reader.told(case).value if case.unit_id else "",
    }


def _errands(reader: Reader) -> list[dict[str, Any]]:
    """What this reader is sent to buy and has not brought to its end: the first to be bought on top (HC-5.4.2)."""
    rows = visible_to(reader.by).filter(kind="errand", assignee_id=reader.by.id, closed_at__isnull=True, status__in=WITH_BUYER)
    found = rows.select_related("office", "unit", "errand").prefetch_related(Prefetch("deadlines", RUNNING, to_attr="running"))
    return [_errand(case, reader) for case in sorted(found, key=lambda case: (case.errand.buy_by, case.pk))]


def _errand(case: Case, reader: Reader) -> dict[str, Any]:
    wanted: Errand = case.errand
    promises: list[Deadline] = getattr(case, "running", [])
    return line(case, reader) | {
        "item": wanted.item, "quantity": "" if wanted.quantity is None else str(wanted.quantity), "buy_by": wanted.buy_by,
        "deadlines": [deadline(each, case.kind, reader.now) for each in promises],
    }  # fmt: skip


def _owed(by: Actor) -> list[dict[str, Any]]:
    """What was missing from the own cash and is not paid back yet: recorded, never deducted (OC-4.4)."""
    found = shortages.owed(by.offices, by.id)
    return [{"office": each.office, "amount": str(each.amount), "number": each.case} for each in found]


def _bags(reader: Reader) -> list[dict[str, Any]]:
    by = reader.by
    charges = Charge.objects.select_related("case", "case__parent", "case__parent__unit").order_by("pk")
    rows = Handover.objects.filter(holder_id=by.id, office__in=by.offices).order_by("-pk")
    found = rows.select_related("case", "office").prefetch_related(
        Prefetch("charges", charges), Prefetch("case__deadlines", RUNNING, to_attr="running")
    )[:BAGS]
    return [_bag(each, reader) for each in found]


def _bag(handover: Handover, reader: Reader) -> dict[str, Any]:
    charges = [each for each in handover.charges.all() if each.method == "cash"]
    amounts: list[Decimal] = [each.collected or ZERO for each in charges]
    promises: list[Deadline] = getattr(handover.case, "running", [])
    return {
        "number": handover.case.number, "status": handover.case.status, "day": handover.day, "office": handover.office.code,
        "status_title": said(handover.case.procedure.status_title(handover.case.status)),
        "expected": str(sum(amounts, ZERO)), "amount": None if handover.amount is None else str(handover.amount),
        "deadline": deadline(promises[0], "handover", reader.now) if promises else None,
        "unsigned": handover.unsigned, "difference_reason": handover.difference_reason, "envelope": handover.envelope,
        "charges": [_collected(each, reader) for each in charges],
    }  # fmt: skip


def _collected(charge: Charge, reader: Reader) -> dict[str, Any]:
    order = charge.case.parent
    return {
        "number": charge.case.number, "order": order.number if order else "", "amount": str(charge.collected),
        "unit": said(reader.text(order)) if order else "", "receipt": charge.receipt,
    }  # fmt: skip


def _messages(reader: Reader) -> list[dict[str, Any]]:
    by = reader.by
    found: list[Outgoing] = []
    for office in Office.objects.filter(pk__in=by.offices):
        found += messages_for(by, office)[:MESSAGES]
    newest = sorted(found, key=lambda row: row.pk, reverse=True)[:MESSAGES]
    return [
        {"id": row.pk, "text": message_text(row, read_values(row, reader), reader.now),
         "order": row.case.number if row.case else "",
         "kind": row.case.kind if row.case else "", "at": row.created_at, "seen": row.read,
         "mine": row.staff_id == by.id}
        for row in newest
    ]  # fmt: skip
