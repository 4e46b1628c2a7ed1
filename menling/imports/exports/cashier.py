"""The cashier's days, one a row."""

from collections.abc import Iterator
from decimal import Decimal

from menling.imports.exports.books import CHUNK
from menling.imports.exports.cases import MONEY
from menling.imports.exports.listing import Export, Scope, cases_of, status_of
from menling.kernel.money import ZERO
from menling.kernel.words import _
from menling.money.sheets import CashierDay
from menling.printing.facts import Kind, Row

COLUMNS = (
    ("number", _("Number"), 8.0, Kind.TEXT), ("day", _("Day"), 7.0, Kind.DATE), ("status", _("Status"), 5.0, Kind.TEXT),
    ("counted", _("Counted in the safe"), 8.0, Kind.MONEY), ("held", _("Still with collectors"), 8.0, Kind.MONEY),
    ("unpaid", _("Paid by QR code, on no statement"), 8.0, Kind.MONEY), ("names", _("Who still holds what"), 20.0, Kind.TEXT),
)  # fmt: skip


def _days(scope: Scope) -> Iterator[Row]:
    rows = CashierDay.objects.filter(case__in=cases_of(scope, "cashier_day")).select_related("case").order_by("day", "pk")
    for row in rows.iterator(CHUNK):
        yield {
            "number": row.case.number, "day": row.day, "status": status_of(row.case), "counted": row.counted,
            "held": sum((Decimal(each["amount"]) for each in row.held), ZERO),
            "unpaid": sum((Decimal(each["amount"]) for each in row.unpaid), ZERO),
            "names": " ".join(f"{each['name']} {each['amount']} {each['why']}".strip() for each in row.held),
        }  # fmt: skip


CASHIER_DAYS = Export("cashier-days", _("Cashier's day"), COLUMNS, _days, MONEY)
