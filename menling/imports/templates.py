"""The empty workbook of a list: titles, one example row, and a sheet that says what may stand where."""

from io import BytesIO
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from menling.imports.cells import Field, clock, day, moment
from menling.imports.sitting import Sort

HEADING = PatternFill("solid", fgColor="EEEEEE")
QUIET = Font(color="808080", italic=True)
TEXT = "@"
FILLED_IN = 2000
"""So many rows below the titles are set up as text and offer their allowed values."""


def template(sort: Sort) -> bytes:
    """Return the workbook to fill in, in the reader's language."""
    book = Workbook()
    sheet, values = book.active, book.create_sheet(_("Allowed values"))
    assert isinstance(sheet, Worksheet)
    sheet.title = _(sort.title)
    sheet.freeze_panes = "A2"
    for place, field in enumerate(sort.fields, start=1):
        _column(sheet, values, place, field)
    _help(values, sort)
    made = BytesIO()
    book.save(made)
    return made.getvalue()


def _column(sheet: Any, values: Any, place: int, field: Field) -> None:
    letter = get_column_letter(place)
    sheet.column_dimensions[letter].width = field.width
    sheet.column_dimensions[letter].number_format = TEXT
    heading = sheet.cell(1, place, _(field.title) + ("*" if field.required else ""))
    heading.font, heading.fill, heading.alignment = Font(bold=True), HEADING, Alignment(wrap_text=True)
    example = sheet.cell(2, place, _example(field))
    example.font, example.number_format = QUIET, TEXT
    if field.read not in (day, clock, moment):
        for row in range(3, 203):
            sheet.cell(row, place).number_format = TEXT
    if field.choices:
        _offer(sheet, values, letter, place, field)


def _example(field: Field) -> object:
    titles = dict(field.choices)
    return _(titles[str(field.example)]) if field.example in titles else field.example


def _offer(sheet: Any, values: Any, letter: str, place: int, field: Field) -> None:
    """List the allowed values on the second sheet, and offer them in the cells of the first."""
    for row, (_key, title) in enumerate(field.choices, start=2):
        values.cell(row, place, _(title))
    values.cell(1, place, _(field.title)).font = Font(bold=True)
    values.column_dimensions[letter].width = 18
    last = len(field.choices) + 1
    offer = DataValidation(type="list", formula1=f"'{values.title}'!${letter}$2:${letter}${last}", allow_blank=not field.required)
    sheet.add_data_validation(offer)
    offer.add(f"{letter}2:{letter}{FILLED_IN}")


def _help(values: Any, sort: Sort) -> None:
    place = len(sort.fields) + 2
    values.column_dimensions[get_column_letter(place)].width = 70
    told = (
        _(sort.about), _("Columns with * are needed. The grey example row may stay: it is left out."),
        _("Days are written like 2026-11-22. Numbers that begin with 0 are kept as text."),
    )  # fmt: skip
    for row, sentence in enumerate(told, start=1):
        values.cell(row, place, sentence).alignment = Alignment(wrap_text=True)
