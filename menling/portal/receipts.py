"""The receipt of a paid order: on the page, and as a sheet to keep."""

from datetime import datetime

from django.utils.translation import gettext

from menling.doorway.customer import hiding
from menling.kernel.words import _
from menling.money.models import Charge
from menling.money.queries import PAYING, collector_of
from menling.orders.models import Order
from menling.portal.addressing import collector_called
from menling.printing.facts import ReceiptFacts
from menling.printing.slips import receipt_pdf
from menling.printing.wording import capitals, dated, money

PAID_BY = {"cash": _("Cash"), "qr": _("QR payment"), "prepaid": _("Prepayment")}
FORM = "{office}-HS-3.3"


def receipt_of(charge: Charge) -> dict[str, str]:
    """Return the receipt of a paid charge as the page shows it: who took the money is called as who came (CF-05)."""
    facts = _facts(charge)
    return {
        "number": facts.number, "amount": money(facts.amount), "capitals": capitals(facts.amount), "method": facts.method,
        "at": dated(facts.collected_at), "by": _called(charge, facts.collected_at) or facts.collector,
    }  # fmt: skip


def receipt_sheet(charge: Charge) -> bytes:
    """Return the resident's part of the receipt as a PDF in the active language, with the full name of who took the money."""
    return receipt_pdf(_facts(charge), stub=False)


def _facts(charge: Charge) -> ReceiptFacts:
    order = Order.objects.select_related("unit", "case__office__company").get(pk=charge.case.parent_id)
    office = order.case.office
    paid = charge.case.events.filter(verb__in=PAYING).order_by("-pk").first()
    assert charge.collected is not None, "a receipt is of money taken"
    assert paid is not None, "money is taken by a step"
    return ReceiptFacts(
        company=office.company.name, office_name=office.name, office_phone=office.phone, form_no=FORM.format(office=office.code),
        number=charge.receipt, payer=charge.payer, unit=order.unit.said, order_number=order.case.number,
        amount=charge.collected, collector=taker.name if (taker := collector_of(charge)) else "",
        collected_at=paid.happened_at, method=gettext(PAID_BY.get(charge.method, charge.method)),
        purpose=hiding(office, paid.happened_at)(order.content),
    )  # fmt: skip


def _called(charge: Charge, on: datetime) -> str:
    order = charge.case.parent
    return collector_called(charge.collector, order, on) if charge.collector and order else ""
