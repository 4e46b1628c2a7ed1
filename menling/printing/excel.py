"""A register as a workbook that can be sorted, filtered and added up: dates are dates and amounts are numbers."""

import re
from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any, BinaryIO

from django.utils.translation import pgettext
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import Cell as BookCell
from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side
from openpyxl.utils import get_column_letter

from menling.printing.facts import Cell, Column, Kind, RegisterFacts, Row
from menling.printing.registers import alignment
from menling.printing.wording import SHANGHAI, in_chinese, visible

A4 = 9
CELL_LIMIT = 32767
# Excel keeps 15 digits of a number; a longer one loses its end unless it is text.
EXACT = 10**15
SHEET_ROWS = 1_000_000
"""A sheet of Excel holds little more."""
FORMATS = {
    Kind.TEXT: "@",
    Kind.MONEY: "#,##0.00",
    Kind.DATE: 'yyyy"年"m"月"d"日"',
    Kind.MOMENT: 'yyyy"年"m"月"d"日" hh:mm',
}
ENGLISH_FORMATS = FORMATS | {Kind.DATE: "d mmm yyyy", Kind.MOMENT: "d mmm yyyy hh:mm"}
LINE = Side(style="thin", color="808080")
GRID = Border(left=LINE, right=LINE, top=LINE, bottom=LINE)
HEADING = PatternFill("solid", fgColor="EEEEEE")
# openpyxl's type stubs know nothing of what a write-only sheet inherits.
Sheet = Any


def register_xlsx(facts: RegisterFacts) -> bytes:
    """Return the register as .xlsx: a heading that stays in sight, typed cells, a last row of totals.

    It is written row by row, so its size does not matter. Words stay words: nothing typed by a person becomes a formula.
    """
    return registers_xlsx([facts])


def registers_xlsx(sheets: Iterable[RegisterFacts]) -> bytes:
    """Return several registers as the sheets of one workbook; their titles differ."""
    book = Workbook(write_only=True)
    for facts in sheets:
        _add_sheet(book, facts)
    made = BytesIO()
    book.save(made)
    return made.getvalue()


def _add_sheet(book: Workbook, facts: RegisterFacts) -> None:
    sheet = book.create_sheet(_sheet_name(facts.title))
    _set_up(sheet, facts)
    sheet.append([_heading(sheet, column) for column in facts.columns])
    for row in facts.rows:
        sheet.append([_cell(sheet, row.get(column.key), column) for column in facts.columns])
    if facts.totals:
        sheet.append(_total_row(sheet, facts))


def write_list(facts: RegisterFacts, rows: Iterable[Row], into: BinaryIO) -> int:
    """Write a list of any length as .xlsx, row by row as they come, and return how many there were.

    `facts` says what a register's facts say, without rows and totals. What does not fit one sheet of Excel goes on on the next.
    """
    book = Workbook(write_only=True)
    count, sheet = 0, _new_sheet(book, facts, 1)
    for count, row in enumerate(rows, start=1):
        if count > 1 and count % SHEET_ROWS == 1:
            sheet = _new_sheet(book, facts, count // SHEET_ROWS + 1)
        sheet.append([_cell(sheet, row.get(column.key), column) for column in facts.columns])
    if count <= SHEET_ROWS:
        sheet.auto_filter.ref = f"A1:{get_column_letter(len(facts.columns))}{count + 1}"
    book.save(into)
    return count


def _new_sheet(book: Workbook, facts: RegisterFacts, number: int) -> Sheet:
    sheet: Sheet = book.create_sheet(_sheet_name(facts.title if number == 1 else f"{facts.title[:26]} {number}"))
    _set_up(sheet, facts)
    sheet.append([_heading(sheet, column) for column in facts.columns])
    return sheet


def _set_up(sheet: Sheet, facts: RegisterFacts) -> None:
    sheet.freeze_panes = "A2"
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = A4
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    head = [facts.company, facts.office, facts.title, facts.period]
    # An ampersand starts a code in a page head; doubled, it is itself.
    sheet.oddHeader.center.text = "  ".join(visible(part) for part in head if part).replace("&", "&&")
    sheet.oddFooter.center.text = "&P / &N"
    last = get_column_letter(len(facts.columns))
    sheet.auto_filter.ref = f"A1:{last}{len(facts.rows) + 1}"
    for place, column in enumerate(facts.columns, start=1):
        sheet.column_dimensions[get_column_letter(place)].width = _width(column)


def _width(column: Column) -> float:
    """Excel counts in Latin figures, two of which stand in the place of one Chinese character."""
    dated = {Kind.DATE: 15, Kind.MOMENT: 21}
    return max(column.width * 2 + 2, len(column.label) * 2 + 4, dated.get(column.kind, 0))


def _heading(sheet: Sheet, column: Column) -> BookCell:
    cell = _words(sheet, column.label)
    cell.font = Font(bold=True)
    cell.fill = HEADING
    cell.border = GRID
    cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
    return cell


def _cell(sheet: Sheet, value: Cell, column: Column) -> BookCell:
    if _is_words(value, column):
        return _styled(_words(sheet, value), Kind.TEXT, column)
    if isinstance(value, datetime):
        local = value.astimezone(SHANGHAI).replace(tzinfo=None)
        return _styled(WriteOnlyCell(sheet, local), Kind.MOMENT, column)
    kind = Kind.DATE if isinstance(value, date) else column.kind
    return _styled(WriteOnlyCell(sheet, value), kind, column)  # type: ignore[arg-type]


def _is_words(value: Cell, column: Column) -> bool:
    """Numbers of a text column are names, such as phones and order numbers, and so are numbers too long for Excel."""
    if isinstance(value, (int, Decimal)):
        return column.kind is Kind.TEXT or abs(Decimal(value)) >= EXACT
    return isinstance(value, str)


def _words(sheet: Sheet, value: Cell) -> BookCell:
    text = visible(str(value))
    cell = WriteOnlyCell(sheet, text if len(text) <= CELL_LIMIT else text[: CELL_LIMIT - 1] + "…")
    # Said after the value: on its own, the value would decide for a formula or an error code.
    cell.data_type = "s"
    return cell


def _styled(cell: BookCell, kind: Kind, column: Column) -> BookCell:
    """Give a cell its look by name: a look put together anew for each cell would take most of the time."""
    name = f"{kind} {alignment(column)}"
    book: Any = cell.parent.parent
    if name not in book.style_names:
        look = Alignment(horizontal=alignment(column).value, vertical="center", wrap_text=True)
        formats = FORMATS if in_chinese() else ENGLISH_FORMATS
        style = NamedStyle(name, number_format=formats.get(kind, "General"), border=GRID, alignment=look)
        book.add_named_style(style)
    cell.style = name
    # So that it is still no formula after someone has edited it.
    cell.quotePrefix = kind is Kind.TEXT and str(cell.value).startswith(("=", "+", "-", "@"))
    return cell


def _total_row(sheet: Sheet, facts: RegisterFacts) -> list[BookCell]:
    label: str | None = pgettext("paper", "Total")
    cells = []
    for column in facts.columns:
        value: Cell = facts.totals.get(column.key)
        if value is None and label:
            value, label = label, None
        cell = _cell(sheet, value, column)
        cell.font = Font(bold=True)
        cells.append(cell)
    return cells


def _sheet_name(title: str) -> str:
    return re.sub(r"[\[\]:*?/\\']", " ", visible(title)).strip()[:31] or "1"
