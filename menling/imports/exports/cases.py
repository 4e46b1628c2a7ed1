"""Cases and what happened to them: orders, charges, referrals, and the events of a day. Phones stay masked."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from menling.doorway.language import said
from menling.doorway.masking import masked
from menling.imports.exports.books import CHUNK, EVERYBODY_HERE
from menling.imports.exports.listing import Export, Scope, cases_of, local, status_of
from menling.imports.lists.orders import DESKS
from menling.journal.cases import visible_to
from menling.journal.models import Event
from menling.kernel.roles import LEADS_OR_ABOVE, WORKERS, Role
from menling.kernel.words import _
from menling.money.models import Charge
from menling.orders.days import ORDER_KINDS
from menling.orders.models import Order, Referral
from menling.printing.facts import Kind, Row
from menling.procedures.referral import DEPARTMENTS

CLERKS = EVERYBODY_HERE - WORKERS
MONEY = LEADS_OR_ABOVE | {Role.FINANCE}
MOMENT, TEXT, AMOUNT, COUNT = Kind.MOMENT, Kind.TEXT, Kind.MONEY, Kind.COUNT


def _orders(scope: Scope) -> Iterator[Row]:
    rows = Order.objects.filter(case__in=cases_of(scope, *ORDER_KINDS)).select_related("case", "unit", "worker")
    for order in rows.order_by("case__reported_at", "pk").iterator(CHUNK):
        case, worker = order.case, order.worker
        yield {
            "number": case.number, "kind": said(case.procedure.title), "status": status_of(case), "unit": order.unit.said,
            "reporter": order.reporter,
            "phone": masked(order.phone), "content": order.content, "requirements": order.requirements,
            "reported_at": local(case.reported_at), "visit_at": local(order.visit_at), "summary": order.summary,
            "worker": f"{worker.name} {worker.number}" if worker else None, "issued_at": local(order.issued_at),
            "due": order.due, "signed_at": local(order.signed_at), "rating": order.rating, "closed_at": local(case.closed_at),
        }  # fmt: skip


ORDER_COLUMNS = (
    ("number", _("Number"), 8.0, TEXT), ("kind", _("Sort"), 5.0, TEXT),
    ("status", _("Status"), 6.0, TEXT), ("unit", _("Unit"), 6.0, TEXT),
    ("reporter", _("Reporter"), 5.0, TEXT), ("phone", _("Phone"), 7.0, TEXT), ("content", _("What is to be done"), 18.0, TEXT),
    ("requirements", _("Wishes"), 8.0, TEXT), ("reported_at", _("Reported at"), 10.0, MOMENT),
    ("visit_at", _("Appointment"), 10.0, MOMENT), ("worker", _("Worker"), 8.0, TEXT), ("issued_at", _("Sent at"), 10.0, MOMENT),
    ("summary", _("What was done"), 14.0, TEXT), ("due", _("Amount"), 6.0, AMOUNT), ("signed_at", _("Signed at"), 10.0, MOMENT),
    ("rating", _("Rating"), 4.0, COUNT), ("closed_at", _("Closed at"), 10.0, MOMENT),
)  # fmt: skip


def _charges(scope: Scope) -> Iterator[Row]:
    rows = Charge.objects.filter(case__in=cases_of(scope, "charge"))
    rows = rows.select_related("case", "case__parent", "case__unit", "collector").order_by("case__reported_at", "pk")
    for charge in rows.iterator(CHUNK):
        case = charge.case
        missing = charge.due - charge.collected if charge.collected is not None else Decimal(0)
        yield {
            "number": case.number, "order": case.parent.number if case.parent else None, "payer": charge.payer,
            "unit": case.unit.said if case.unit else None, "status": status_of(case), "since": local(case.reported_at),
            "due": charge.due, "collected": charge.collected, "missing": missing or None,
            "method": said(METHODS.get(charge.method, "")),
            "collector": charge.collector.name if charge.collector else None, "receipt": charge.receipt,
            "reason": charge.shortfall_reason,
        }  # fmt: skip


METHODS = {"cash": _("Cash"), "qr": _("QR payment"), "prepaid": _("Prepayment")}
CHARGE_COLUMNS = (
    ("number", _("Number"), 8.0, TEXT), ("order", _("Order"), 8.0, TEXT), ("unit", _("Unit"), 6.0, TEXT),
    ("payer", _("Payer"), 5.0, TEXT), ("status", _("Status"), 6.0, TEXT), ("since", _("Due since"), 10.0, MOMENT),
    ("due", _("Amount"), 6.0, AMOUNT), ("collected", _("Collected"), 6.0, AMOUNT), ("missing", _("Shortfall"), 6.0, AMOUNT),
    ("method", _("Paid by"), 5.0, TEXT), ("collector", _("Collector"), 6.0, TEXT), ("receipt", _("Receipt"), 9.0, TEXT),
    ("reason", _("Reason"), 12.0, TEXT),
)  # fmt: skip


def _referrals(scope: Scope) -> Iterator[Row]:
    rows = Referral.objects.filter(case__in=cases_of(scope, "referral")).select_related("case", "became")
    for row in rows.order_by("case__reported_at", "pk").iterator(CHUNK):
        yield {
            "number": row.case.number, "status": status_of(row.case), "since": local(row.case.reported_at), "unit": row.unit_text,
            "reporter": row.reporter, "phone": masked(row.phone), "content": row.content, "reason": row.reason,
            "department": said(DEPARTMENTS.get(row.department, row.department)),
            "became": row.became.number if row.became else None,
        }  # fmt: skip


REFERRAL_COLUMNS = (
    ("number", _("Number"), 8.0, TEXT), ("status", _("Status"), 6.0, TEXT), ("since", _("Passed on at"), 10.0, MOMENT),
    ("unit", _("Unit"), 6.0, TEXT), ("reporter", _("Reporter"), 5.0, TEXT), ("phone", _("Phone"), 7.0, TEXT),
    ("content", _("What is to be done"), 18.0, TEXT), ("department", _("Department"), 6.0, TEXT),
    ("reason", _("Reason"), 10.0, TEXT), ("became", _("Became"), 8.0, TEXT),
)  # fmt: skip


def _events(scope: Scope) -> Iterator[Row]:
    begin = datetime.combine(scope.day, time(), ZoneInfo(scope.office.zone))
    rows = Event.objects.filter(case__in=visible_to(scope.by), office=scope.office, happened_at__gte=begin,
                                happened_at__lt=begin + timedelta(days=1)).select_related("case")  # fmt: skip
    for event in rows.order_by("happened_at", "pk").iterator(CHUNK):
        yield {
            "at": local(event.happened_at), "number": event.case.number, "who": event.actor_name,
            "what": said(event.case.procedure.verbs.get(event.verb, event.verb)), "clauses": " ".join(event.clauses),
            "after": said(event.case.procedure.status_title(event.after)), "recorder": event.recorder_name,
            "recorded_at": local(event.recorded_at),
        }  # fmt: skip


EVENT_COLUMNS = (
    ("at", _("Happened at"), 10.0, MOMENT), ("number", _("Number"), 8.0, TEXT), ("what", _("Step"), 8.0, TEXT),
    ("who", _("Who"), 6.0, TEXT), ("after", _("Status"), 6.0, TEXT), ("clauses", _("Clauses"), 8.0, TEXT),
    ("recorder", _("Written down by"), 6.0, TEXT), ("recorded_at", _("Written down at"), 10.0, MOMENT),
)  # fmt: skip
CASES = (
    Export("orders", _("Orders"), ORDER_COLUMNS, _orders, CLERKS),
    Export("charges", _("Charges"), CHARGE_COLUMNS, _charges, MONEY),
    Export("referrals", _("Passed on"), REFERRAL_COLUMNS, _referrals, DESKS | LEADS_OR_ABOVE),
    Export("events", _("Events of the day"), EVENT_COLUMNS, _events, CLERKS),
)
