"""A register's facts as the words and sums that its template sets."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from itertools import accumulate
from typing import Any

from django.utils.translation import pgettext

from menling.printing.facts import Align, Cell, Column, Kind, RegisterFacts
from menling.printing.sheets import head_labels
from menling.printing.wording import day, moment, money, one_line

Sheet = dict[str, Any]
RIGHT = {Kind.COUNT, Kind.MONEY}
ZERO = Decimal(0)


def register_sheet(facts: RegisterFacts) -> Sheet:
    """Return everything a register shows; `sums[n]` holds the sums of its first n rows, one per column.

    Errors: `ValueError` for no columns, or for a word in a column that is added up.
    """
    if not facts.columns:
        raise ValueError("a register needs at least one column")
    return {
        "label": head_labels() | _labels(facts.period),
        "company": one_line(facts.company),
        "office": one_line(facts.office),
        "office_phone": "",
        "number": "",
        "form_no": one_line(facts.form_no),
        "title": one_line(facts.title),
        "period": one_line(facts.period),
        "columns": [_heading(column) for column in facts.columns],
        "rows": [[cell_text(row.get(column.key), column.kind) for column in facts.columns] for row in facts.rows],
        "sums": [_sum_texts(facts.columns, sums) for sums in _running_sums(facts)],
        "totals": _sum_texts(facts.columns, facts.totals),
        "signers": list(facts.signers) or [pgettext("paper", "Prepared by"), pgettext("paper", "Checked by")],
    }


def cell_text(value: Cell, kind: Kind) -> str:
    """Return a value as its column shows it; empty for nothing, and room for the pen where nobody has signed yet."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return moment(value)
    if isinstance(value, date):
        return day(value)
    if kind is Kind.MONEY and isinstance(value, (Decimal, int)):
        return money(Decimal(value))
    return str(value)


def alignment(column: Column) -> Align:
    """Return where a column's values stand: as it says, else figures right, signatures and words left."""
    return column.align or (Align.RIGHT if column.kind in RIGHT else Align.LEFT)


def _heading(column: Column) -> Sheet:
    return {
        "label": one_line(column.label),
        "width": column.width,
        "align": alignment(column).value,
        "tall": column.kind is Kind.SIGNATURE,
    }


def _running_sums(facts: RegisterFacts) -> Iterator[dict[str, Decimal]]:
    rows = ({key: _addend(row.get(key), key) for key in facts.totals} for row in facts.rows)
    start = dict.fromkeys(facts.totals, ZERO)
    return accumulate(rows, lambda before, row: {key: before[key] + row[key] for key in before}, initial=start)


def _addend(value: Cell, key: str) -> Decimal:
    if value is None:
        return ZERO
    if isinstance(value, (int, Decimal)):
        return Decimal(value)
    raise ValueError(f"column {key} is added up but holds words")


def _sum_texts(columns: Sequence[Column], sums: Any) -> list[str]:
    return [cell_text(sums.get(column.key), column.kind) for column in columns]


def _labels(period: str) -> dict[str, str]:
    return {
        "period": pgettext("paper", "Period") if period[:1].isdecimal() else "",  # a sheet of one order names the order
        "empty": pgettext("paper", "Nothing was entered in this period."),
        "carried": pgettext("paper", "Brought forward (rows: {rows})"),
        "forward": pgettext("paper", "Carried forward (rows: {rows})"),
        "total": pgettext("paper", "Total (rows: {rows})"),
        "date": pgettext("paper", "Date"),
    }
