"""Emergencies with the times that matter, and what statements show of payments by code."""

from collections.abc import Iterator

from menling.doorway.language import said
from menling.imports.exports.books import CHUNK
from menling.imports.exports.cases import CLERKS
from menling.imports.exports.listing import Export, Scope, cases_of, local, status_of
from menling.kernel.roles import LEADS_OR_ABOVE, Role
from menling.kernel.words import _
from menling.money.models import StatementLine
from menling.money.payments import unconfirmed
from menling.orders.days import ORDER_KINDS
from menling.orders.models import Order
from menling.printing.facts import Kind, Row

MOMENT, TEXT, AMOUNT = Kind.MOMENT, Kind.TEXT, Kind.MONEY


def _emergencies(scope: Scope) -> Iterator[Row]:
    rows = Order.objects.filter(case__in=cases_of(scope, *ORDER_KINDS), urgency="emergency")
    for order in rows.select_related("case", "unit", "worker").order_by("case__reported_at", "pk").iterator(CHUNK):
        yield {
            "number": order.case.number, "status": status_of(order.case), "unit": order.unit.said, "content": order.content,
            "occurred_at": local(order.occurred_at), "reported_at": local(order.case.reported_at),
            "worker": order.worker.name if order.worker else None, "issued_at": local(order.issued_at), "summary": order.summary,
            "closed_at": local(order.case.closed_at),
        }  # fmt: skip


EMERGENCY_COLUMNS = (
    ("number", _("Number"), 8.0, TEXT), ("status", _("Status"), 6.0, TEXT), ("unit", _("Unit"), 6.0, TEXT),
    ("content", _("What is to be done"), 18.0, TEXT), ("occurred_at", _("Occurred at"), 10.0, MOMENT),
    ("reported_at", _("Reported at"), 10.0, MOMENT), ("worker", _("Worker"), 8.0, TEXT),
    ("issued_at", _("Sent at"), 10.0, MOMENT), ("summary", _("What was done"), 14.0, TEXT),
    ("closed_at", _("Closed at"), 10.0, MOMENT),
)  # fmt: skip
ACCOUNTS = {"wechat": _("WeChat Pay"), "alipay": _("Alipay"), "bank": _("bank")}


def _statements(scope: Scope) -> Iterator[Row]:
    rows = StatementLine.objects.filter(office=scope.office).select_related("charge__case__parent", "aside_by")
    for line in rows.order_by("paid_at", "pk").iterator(CHUNK):
        charge = line.charge.case if line.charge else None
        yield {
            "at": local(line.paid_at), "account": said(ACCOUNTS.get(line.account, line.account)), "trade": line.trade,
            "amount": line.amount, "payer": line.payer, "remark": line.remark, "charge": charge.number if charge else None,
            "order": charge.parent.number if charge and charge.parent else None, "imported_at": local(line.imported_at),
            "aside": line.aside_reason, "aside_by": line.aside_by.name if line.aside_by else None,
        }  # fmt: skip


STATEMENT_COLUMNS = (
    ("at", _("Paid at"), 10.0, MOMENT), ("account", _("Account"), 6.0, TEXT), ("trade", _("Number on the statement"), 14.0, TEXT),
    ("amount", _("Amount"), 6.0, AMOUNT), ("payer", _("Payer"), 6.0, TEXT), ("remark", _("Remark"), 16.0, TEXT),
    ("charge", _("Charge"), 8.0, TEXT), ("order", _("Order"), 8.0, TEXT), ("imported_at", _("Brought in at"), 10.0, MOMENT),
    ("aside", _("Set aside because"), 12.0, TEXT), ("aside_by", _("Set aside by"), 6.0, TEXT),
)  # fmt: skip


def _unconfirmed(scope: Scope) -> Iterator[Row]:
    for charge in unconfirmed(scope.by, scope.office):
        order = charge.case.parent
        yield {
            "receipt": charge.receipt, "charge": charge.case.number, "order": order.number if order else None,
            "unit": order.unit.said if order and order.unit else None, "payer": charge.payer,
            "collector": charge.collector.name if charge.collector else None, "amount": charge.collected,
        }  # fmt: skip


UNCONFIRMED_COLUMNS = (
    ("receipt", _("Receipt"), 9.0, TEXT), ("charge", _("Charge"), 8.0, TEXT), ("order", _("Order"), 8.0, TEXT),
    ("unit", _("Unit"), 6.0, TEXT), ("payer", _("Payer"), 6.0, TEXT), ("collector", _("Recorded by"), 6.0, TEXT),
    ("amount", _("Amount"), 6.0, AMOUNT),
)  # fmt: skip
MONEY = LEADS_OR_ABOVE | {Role.FINANCE}
URGENT = (
    Export("emergencies", _("Emergencies"), EMERGENCY_COLUMNS, _emergencies, CLERKS),
    Export("statements", _("Payments on statements"), STATEMENT_COLUMNS, _statements, MONEY),
    Export("unconfirmed", _("Recorded as paid, on no statement yet"), UNCONFIRMED_COLUMNS, _unconfirmed, MONEY),
)
