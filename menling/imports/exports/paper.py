"""Errands and numbered paper as workbooks."""

from collections.abc import Iterator

from django.utils.timezone import localtime
from django.utils.translation import gettext

from menling.doorway.buying_papers import errand_line
from menling.errands.models import Errand
from menling.imports.exports.books import CHUNK
from menling.imports.exports.listing import Export, Scope
from menling.journal.cases import visible_to
from menling.kernel.words import _
from menling.pads.models import Sheet
from menling.printing.facts import Kind, Row
from menling.procedures.errand import READERS
from menling.procedures.pad import KEEPERS

MOMENT, TEXT, AMOUNT = Kind.MOMENT, Kind.TEXT, Kind.MONEY


def _errands(scope: Scope) -> Iterator[Row]:
    cases = visible_to(scope.by).filter(office=scope.office, kind="errand")
    cases = cases.filter(closed_at__isnull=True) if scope.open_only else cases
    rows = Errand.objects.filter(case__in=cases).select_related("case", "unit", "buyer").order_by("pk")
    for row in rows.iterator(CHUNK):
        yield errand_line(row)


ERRAND_COLUMNS = (
    ("serial", _("Number"), 8.0, TEXT), ("sheet", _("Number of the sheet"), 6.0, TEXT), ("status", _("Status"), 8.0, TEXT),
    ("unit", _("Unit"), 6.0, TEXT), ("name", _("Customer"), 5.0, TEXT), ("item", _("Goods"), 8.0, TEXT),
    ("brand", _("Brand"), 6.0, TEXT), ("nature", _("Nature"), 5.0, TEXT), ("quantity", _("Quantity"), 4.0, Kind.COUNT),
    ("spec", _("Specification"), 6.0, TEXT), ("price", _("Price of one"), 6.0, AMOUNT),
    ("buy_by", _("To be bought by"), 10.0, MOMENT), ("buyer", _("Buyer"), 6.0, TEXT),
    ("invoice", _("Number of the invoice"), 8.0, TEXT), ("paid", _("Amount"), 6.0, AMOUNT), ("signed", _("Signed by"), 6.0, TEXT),
    ("settled", _("Paid"), 6.0, AMOUNT), ("reason", _("Why not bought"), 10.0, TEXT), ("copy", _("Finance copy"), 10.0, MOMENT),
)  # fmt: skip


def _sheets(scope: Scope) -> Iterator[Row]:
    rows = Sheet.objects.filter(pad__case__in=visible_to(scope.by), pad__office=scope.office)
    for row in rows.select_related("pad__case", "pad__holder", "case").order_by("pad_id", "figure").iterator(CHUNK):
        yield {
            "pad": row.pad.case.number, "holder": row.pad.holder.name, "number": row.pad.printed(row.figure),
            "fate": gettext(FATES[row.fate]), "case": row.case.number if row.case else None, "reason": row.reason,
            "by": row.by, "at": localtime(row.at),
        }  # fmt: skip


FATES = {"used": _("used"), "voided": _("voided"), "blank": _("handed in blank"), "missing": _("missing")}
SHEET_COLUMNS = (
    ("pad", _("Pad"), 8.0, TEXT), ("holder", _("Holder"), 6.0, TEXT), ("number", _("Number of the sheet"), 6.0, TEXT),
    ("fate", _("What became of it"), 6.0, TEXT), ("case", _("Order"), 8.0, TEXT), ("reason", _("Reason"), 10.0, TEXT),
    ("by", _("Written down by"), 6.0, TEXT), ("at", _("Written down at"), 10.0, MOMENT),
)  # fmt: skip
PAPER = (
    Export("errands", _("Proxy purchase register"), ERRAND_COLUMNS, _errands, READERS),
    Export("sheets", _("Numbered paper"), SHEET_COLUMNS, _sheets, KEEPERS),
)
