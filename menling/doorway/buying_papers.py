"""The proxy purchase register as a paper (HC-5.4, HC-7) and its lines."""

from collections.abc import Iterable

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from menling.doorway.language import said
from menling.errands.models import Errand
from menling.premises.models import Office
from menling.printing.facts import Column, Kind, RegisterFacts, Row

FORM = "{office}-HC-F2"


def errand_line(row: Errand) -> Row:
    """Return the line of one errand with the columns of the paper form; void ones keep their number and say why."""
    at = row.buy_by and localtime(row.buy_by)
    copied = row.copy_at and localtime(row.copy_at)
    return {
        "serial": row.case.number, "sheet": row.sheet, "unit": row.unit.code, "name": row.customer, "item": row.item,
        "brand": row.brand, "nature": row.nature, "quantity": row.quantity, "spec": row.spec, "price": row.price, "buy_by": at,
        "buyer": row.buyer.name if row.buyer else "", "invoice": row.invoice, "paid": row.paid, "signed": row.signed_by,
        "settled": row.settled, "reason": row.reason, "copy": copied,
        "status": said(row.case.procedure.status_title(row.case.status)),
    }  # fmt: skip


def errand_columns() -> tuple[Column, ...]:
    """Return the columns of the proxy purchase register, as the paper form has them."""
    return (
        Column("serial", _("Number"), 8), Column("unit", _("Unit"), 6), Column("name", _("Customer"), 4),
        Column("item", _("Goods"), 6),
        Column("brand", _("Brand"), 4), Column("nature", _("Nature"), 4), Column("quantity", _("Quantity"), 3, Kind.COUNT),
        Column("spec", _("Specification"), 6), Column("price", _("Price of one"), 5, Kind.MONEY),
        Column("buy_by", _("To be bought by"), 7, Kind.MOMENT), Column("invoice", _("Number of the invoice"), 6),
        Column("signed", _("Customer's signature"), 5), Column("settled", _("Paid"), 5, Kind.MONEY),
        Column("reason", _("Why not bought"), 7), Column("copy", _("Finance copy"), 7, Kind.MOMENT),
    )  # fmt: skip


def errand_register(office: Office, period: str, rows: Iterable[Errand]) -> RegisterFacts:
    """Return the proxy purchase register of a period for paper and workbook."""
    lines = [errand_line(row) for row in rows]
    return RegisterFacts(
        title=_("Proxy purchase register"), office=office.name, company=office.company.name, period=period,
        columns=errand_columns(), rows=lines, form_no=FORM.format(office=office.code),
        signers=(_("Service desk"), _("Finance")),
    )  # fmt: skip
