"""Forms that stand beside the registers: work information log, call orders, price lists, quotation, and the cards."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from django.utils.timezone import localtime
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from menling.calls.models import CallOrder
from menling.catalogue.models import PriceItem, PriceList
from menling.doorway.keys import link_text
from menling.doorway.language import said
from menling.journal.models import Case
from menling.orders.models import Order
from menling.premises.models import Office
from menling.printing.cards import CardFacts
from menling.printing.facts import Column, Kind, RegisterFacts, Row
from menling.procedures.repair_policy import RepairPolicy


def work_log_facts(office: Office, period: str, cases: Sequence[Case]) -> RegisterFacts:
    """Return the work information log of a day: the five entries of every need, and when the worker was told (HC-5.1.2)."""
    columns = (
        Column("number", _("Number"), 10), Column("unit", _("Unit"), 7), Column("name", _("Name"), 6),
        Column("service_at", _("Service wanted at"), 10, Kind.MOMENT), Column("content", _("What is wanted"), 22),
        Column("requirements", _("Requirements"), 14), Column("notified_at", _("Worker told at"), 10, Kind.MOMENT),
        Column("worker", _("Worker"), 6), Column("amount", _("Amount"), 6, Kind.MONEY),
    )  # fmt: skip
    rows = [_need(case) for case in cases]
    return RegisterFacts(
        title=_("Work information log"), office=office.name, company=office.company.name, period=period, columns=columns,
        rows=rows, totals=_sum(rows), signers=(_("Duty person"), _("Checked by")), form_no=f"{office.code}-HC-5.1.2",
    )  # fmt: skip


def _need(case: Case) -> Row:
    order = case.order
    return {
        "number": case.number, "unit": case.unit.said if case.unit else "", "name": order.reporter,
        "service_at": order.visit_at or case.reported_at, "content": order.content, "requirements": order.requirements,
        "notified_at": order.issued_at, "worker": order.worker.name if order.worker else "", "amount": order.due or None,
    }  # fmt: skip


def call_register_facts(office: Office, period: str, rows: Sequence[CallOrder]) -> RegisterFacts:
    """Return the orders of the call department as an office has them (OI-1.1, OI-2, OI-4.4)."""
    columns = (
        Column("number", _("Number"), 10), Column("customer", _("Customer"), 8), Column("unit", _("Unit"), 7),
        Column("content", _("What is wanted"), 18), Column("clarified", _("Asked again"), 12),
        Column("office", _("Office"), 8), Column("outcome", _("What came of it"), 9),
        Column("told", _("Told to the customer"), 12),
        Column("called_back", _("Called back at"), 9, Kind.MOMENT), Column("answer_day", _("Customer hears by"), 8, Kind.DATE),
    )  # fmt: skip
    return RegisterFacts(
        title=_("Call-department orders"), office=office.name, company=office.company.name, period=period,
        columns=columns, rows=[_call(row) for row in rows], signers=(_("Call department"), _("Office")),
        form_no=f"{office.code}-OI-1",
    )  # fmt: skip


def _call(row: CallOrder) -> Row:
    status = said(row.case.procedure.status_title(row.case.status))
    return {
        "number": row.case.number, "customer": row.customer, "unit": row.unit_text, "content": row.content,
        "clarified": row.question, "office": row.case.office.name, "outcome": row.became.number if row.became else status,
        "told": row.told, "called_back": row.called_back_at, "answer_day": row.answer_day,
    }  # fmt: skip


def price_list_facts(office: Office, prices: PriceList, *, standard: bool) -> RegisterFacts:
    """Return the published price list: of everyday services alone, or the whole fee standard with material (HC-5.6.1, EN-4.3)."""
    items = [each for each in prices.items.all() if not (standard and each.is_material)]
    columns = (
        Column("code", _("Code"), 6), Column("item", _("Item"), 26), Column("per", _("Counted by"), 8),
        Column("price", _("Price"), 8, Kind.MONEY), Column("sort", _("Kind"), 8),
    )  # fmt: skip
    since = f"{localtime(prices.in_force_from):%Y-%m-%d}" if prices.in_force_from else ""
    return RegisterFacts(
        title=_("Everyday services with prices") if standard else _("Fee standard"), office=office.name,
        company=office.company.name, period=_("in force from {day}").format(day=since), columns=columns,
        rows=[_item(each) for each in items], form_no=f"{office.code}-HC-5.6.1",
        signers=(_("Office"), _("Filed with, and when")),
    )  # fmt: skip


def _item(item: PriceItem) -> Row:
    english = (get_language() or "").startswith("en")
    return {
        "code": item.code, "item": item.name_en if english and item.name_en else item.name, "per": item.get_per_display(),
        "price": item.price, "sort": _("material") if item.is_material else _("service"),
    }  # fmt: skip


def quotation_facts(order: Order, place: str, at: datetime) -> RegisterFacts:
    """Return what was quoted for an order, line by line with its sum, to be signed at `place` (OC-1.2)."""
    columns = (
        Column("name", _("Item"), 30), Column("price", _("Price of one"), 8, Kind.MONEY), Column("quantity", _("Quantity"), 6),
        Column("amount", _("Amount"), 8, Kind.MONEY), Column("sort", _("Kind"), 8),
    )  # fmt: skip
    rows: list[Row] = [
        {"name": line["name"], "price": Decimal(line["price"]), "quantity": str(line["quantity"]),
         "amount": Decimal(line["amount"]), "sort": sort}
        for sort, lines in ((_("service"), order.quote), (_("material"), order.materials)) for line in lines
    ]  # fmt: skip
    office = order.case.office
    return RegisterFacts(
        title=_("Service quotation sheet"), office=office.name, company=office.company.name,
        period=f"{order.case.number} {place} {localtime(at):%Y-%m-%d %H:%M}", columns=columns, rows=rows,
        totals=_sum(rows), signers=(_("Worker"), _("Customer")), form_no=f"{office.code}-OC-1.2",
    )  # fmt: skip


def _sum(rows: Sequence[Row]) -> dict[str, Decimal | int]:
    return {"amount": sum((Decimal(str(row["amount"] or 0)) for row in rows), Decimal(0))}


def commitment_card(office: Office, policy: RepairPolicy) -> CardFacts:
    """Return the card handed over at every repair: what the office promises, with its own figures (HC-5.2.1)."""
    lines = [
        _("We are at your door within {n} minutes of the slip, or at the agreed time.").format(n=policy.arrive_within),
        _("In an emergency from {begin} to {end} we are there within {n} minutes and begin at once.").format(
            begin=f"{policy.emergency_from:%H:%M}", end=f"{policy.emergency_until:%H:%M}", n=policy.emergency_within),
        _("Small repairs are done within {small} hours; about large ones you hear within {big} hours.").format(
            small=policy.small_hours, big=policy.big_hours),
        _("You see the price before we begin, as published, and get a receipt for what you pay."),
        _("We protect your things, leave the place clean, and pay for what we damage."),
        _("You sign and rate when you are content; if you are not, we put it right."),
    ]  # fmt: skip
    return CardFacts(
        office.company.name, office.name, office.phone, f"{office.code}-HC-5.2.1", _("What we promise on a repair"), lines
    )  # fmt: skip


def service_card(order: Order, site: str) -> CardFacts:
    """Return the card left with a resident who buys the material: what for, and whom to call then (EN-4.6, EN-4.7)."""
    office, waiting = order.case.office, _waiting_for(order)
    lines = [
        _("For: {what}").format(what=order.content),
        _("Please buy: {what}").format(what=waiting or "________________"),
        _("Call us when you have it: we agree a time and come back. No time counts until then."),
        _("Your worker: {who}").format(who=f"{order.worker.name} {order.worker.number}" if order.worker else "________"),
    ]  # fmt: skip
    return CardFacts(office.company.name, office.name, office.phone, f"{office.code}-EN-4.6", _("Service card"), lines,
                     order.case.number, f"{site}/r/{link_text(order.case)}")  # fmt: skip


def _waiting_for(order: Order) -> str:
    told = order.case.events.filter(verb="await_material").order_by("-pk").first()
    return str(told.facts.get("material", "")) if told else ""
