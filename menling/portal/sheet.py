"""The page of one order: everything its template shows, gathered once."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import get_language, gettext

from menling.doorway.customer import hiding
from menling.doorway.language import clock_time
from menling.journal.models import Case, Event
from menling.kernel.money import ZERO
from menling.kernel.words import _
from menling.money.models import Charge
from menling.orders.models import Order
from menling.portal import handed
from menling.portal.addressing import worker_called
from menling.portal.cleaning import cleaned
from menling.portal.given import given_back, invoiced
from menling.portal.holding import Held
from menling.portal.receipts import receipt_of
from menling.portal.tracking import News, Stage, news, stages
from menling.portal.why import why
from menling.premises.models import Staff
from menling.printing.wording import money, quantity
from menling.procedures.repair import Status

HANDED_ON = Status.HANDED_ON
THANKS = {
    "consent": _("Thank you. The worker begins now."),
    "refuse_price": _("Noted: you do not agree, so nothing is done for that price. The worker knows."),
    "sign": _("Thank you for signing and for your rating."),
    "rate": _("Thank you for your rating."),
    "object": _("We have noted it, and the worker knows. We will put it right."),
    "cancel": _("The visit is cancelled. Nothing is charged."),
    "report_public": _("Thank you. It is with the office; this page shows how it goes on."),
    "ask": _("Thank you. We send you the tax invoice."),
    "query_fee": _("Your question is with us. We will call you and explain."),
}
STARS = ((5, _("Great")), (4, _("Good")), (3, _("So-so")), (2, _("Poor")), (1, _("Bad")))


def sheet(held: Held, typed: Mapping[str, str]) -> dict[str, Any]:
    """Return what the page of an order shows: news, track, price, open forms with what was `typed` before, receipt."""
    order: Order = held.order
    events = list(order.case.events.order_by("pk"))
    charges = charges_of(order.case)
    charge = charges[-1] if charges else None
    return {
        "order": order, "news": _news(order, events, held), "stages": _stages(order, events, held),
        "workers": _workers(order), "asked": _asked(order, held), "lines": _lines(order), "due": money(order.due),
        "amount": str(order.due), "free": order.due == 0, "agreed": order.agreed == order.due and order.due > 0,
        "receipts": [receipt_of(each) for each in paid_of(charges)], "charge": charge,
        "can_question": charge is not None and charge.case.status in ("due", "collected"),
        "questioned": charge is not None and charge.case.status in ("questioned", "disputed"),
        "is_paid": charge is not None and charge.collected is not None,
        "photos": list(order.case.attachments.filter(kind="photo").order_by("pk").values_list("digest", flat=True)),
        "stars": [(value, gettext(word)) for value, word in STARS],
        "given": gettext(dict(STARS).get(order.rating, "")) if order.rating else "",
        "is_cleaning": order.case.kind == "housekeeping", "why": why(order, held),
        "given_back": given_back(order.case, held),
    } | _to_pay(charges) | invoiced(charges, typed) | cleaned(order, typed, held.now)  # fmt: skip


def _news(order: Order, events: list[Event], held: Held) -> News:
    return handed.news(order.case, held.now) if order.case.status == HANDED_ON else news(order, events, held.now)


def _stages(order: Order, events: list[Event], held: Held) -> list[Stage]:
    return handed.stages(order.case, events, held.now) if order.case.status == HANDED_ON else stages(order, events, held.now)


def charges_of(case: Case) -> list[Charge]:
    """Return the charges of an order, the oldest first: several where a prepayment paid a part (MR-34), none for free work."""
    return list(Charge.objects.select_related("case", "collector").filter(case__parent=case).order_by("pk"))


def paid_of(charges: Sequence[Charge]) -> list[Charge]:
    """Return those that were paid, each of which has a receipt."""
    return [each for each in charges if each.collected]


def _to_pay(charges: Sequence[Charge]) -> dict[str, str]:
    """Return what is due, and what of the whole was paid before."""
    due = sum((each.due for each in charges if each.case.status == "due"), ZERO)
    paid = sum((each.collected or ZERO for each in charges), ZERO)
    return {
        "to_pay": money(due) if due else "", "paid_before": money(paid) if due and paid else "", "in_all": money(due + paid),
    }  # fmt: skip


def _workers(order: Order) -> list[dict[str, str]]:
    """Everybody who comes, the one who answers for the order first."""
    if order.worker is None or order.case.status in ("nobody_home", "unfinished", "waiting_material", "cancelled", HANDED_ON):
        return []
    sent = Staff.objects.in_bulk(order.case.crew)
    crew = [sent[each] for each in order.case.crew] or [order.worker]
    return [{"called": worker_called(each, order.case.kind), "number": each.number} for each in crew]


def _asked(order: Order, held: Held) -> dict[str, Any]:
    hide = hiding(order.case.office, held.now)
    return {
        "content": hide(order.content), "requirements": hide(order.requirements), "unit": order.unit.said,
        "is_public": order.unit.is_public, "reported": clock_time(order.case.reported_at, held.now), "number": order.case.number,
    }  # fmt: skip


def _lines(order: Order) -> list[dict[str, str]]:
    english = (get_language() or "zh").startswith("en")
    return [
        {
            "name": (line["name_en"] if english else "") or line["name"],
            "count": quantity(Decimal(line["quantity"])),
            "price": money(Decimal(line["price"])),
            "amount": money(Decimal(line["amount"])),
            "under": line.get("under", ""),
        }
        for line in [*order.quote, *order.materials]
    ]
