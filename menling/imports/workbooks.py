"""Opening somebody's workbook without trusting it: size, form and contents are looked at before anything is believed."""

import zipfile
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from typing import Any

from django.conf import settings
from django.utils import translation
from openpyxl import load_workbook

from menling.imports.cells import Field, Value, Wrong
from menling.kernel.words import Message, _
from menling.money.exported import DAMAGED
from menling.premises import names

MOST_BYTES = 10 * 2**20
MOST_UNPACKED = 400 * 2**20
MOST_ROWS = 20_000
MOST_COLUMNS = 60
NO_WORKBOOK = _("This is no Excel workbook (.xlsx). Save it as .xlsx, not as .xls or .csv.")


@dataclass(frozen=True)
class Flaw:
    """What is wrong where: the row as Excel counts it (0: the whole file), the column's title, and what to do."""

    row: int
    column: str
    why: Message


class Unreadable(Exception):
    """The workbook as a whole cannot be read: `flaws` say why."""

    def __init__(self, *flaws: Flaw) -> None:
        self.flaws = flaws
        super().__init__("; ".join(str(each.why) for each in flaws))


@dataclass(frozen=True)
class Line:
    """A row: its number in Excel, what stands in each column, and the cells that cannot be read."""

    row: int
    said: dict[str, Any]
    flaws: tuple[Flaw, ...]


def lines(data: bytes, fields: Sequence[Field]) -> list[Line]:
    """Return the rows of the first sheet, read column by column. Errors: `Unreadable`."""
    with closing(_opened(data)) as book:
        if not book.worksheets:
            raise Unreadable(_whole(_("The workbook has no sheet.")))
        sheet = book.worksheets[0]
        rows = _rows(sheet)
        columns = _columns(next(rows, ()), fields)
        return list(_read(rows, columns, fields))


def _rows(sheet: Any) -> Iterator[Any]:
    """Return the rows as they are read. Errors: `Unreadable` where the file turns out to be damaged further down."""
    try:
        sheet.reset_dimensions()
        yield from sheet.iter_rows(max_col=MOST_COLUMNS)
    except DAMAGED as error:
        raise Unreadable(_whole(NO_WORKBOOK)) from error


def _opened(data: bytes) -> Any:
    if len(data) > MOST_BYTES:
        raise Unreadable(_whole(_("The file is larger than {most} MB. Please split it."), most=MOST_BYTES >> 20))
    try:
        with zipfile.ZipFile(BytesIO(data)) as packed:
            unpacked = sum(each.file_size for each in packed.infolist())
        if unpacked > MOST_UNPACKED:
            raise Unreadable(_whole(_("The file is far larger inside than it looks. Copy the rows into a new workbook.")))
        return load_workbook(BytesIO(data), read_only=True, data_only=False)
    except DAMAGED as error:
        raise Unreadable(_whole(NO_WORKBOOK)) from error


def _whole(sentence: str, **values: object) -> Flaw:
    return Flaw(0, "", Message(sentence, values))


def titles(field: Field) -> set[str]:
    """Return the titles under which a column is recognised: its key, and its title in every language."""
    return _said(field.key, field.title)


@cache
def _said(key: str, title: str) -> set[str]:
    known = {key}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            known.add(translation.gettext(title))
    return {_plain(each) for each in known}


def _plain(title: object) -> str:
    return names.folded(str(title or "")).rstrip("*").strip().lower()


def _columns(heading: Sequence[Any], fields: Sequence[Field]) -> dict[int, Field]:
    """Return which column holds what. Errors: `Unreadable` for a column nobody knows, one twice, or one that is missing."""
    known = {title: field for field in fields for title in titles(field)}
    found: dict[int, Field] = {}
    flaws: list[Flaw] = []
    for place, cell in enumerate(heading):
        title = _plain(cell.value)
        if title and title not in known:
            flaws.append(_of_heading(cell.value, _("No such column is known here. Take the titles of the template.")))
        elif title and known[title] in found.values():
            flaws.append(_of_heading(cell.value, _("This column is there twice. Please delete one.")))
        elif title:
            found[place] = known[title]
    missing = [field for field in fields if field.required and field not in found.values()]
    flaws += [_of_heading(field.title, _("This column is missing. Take the titles of the template.")) for field in missing]
    if flaws:
        raise Unreadable(*flaws)
    return found


def _of_heading(title: object, sentence: str) -> Flaw:
    return Flaw(1, str(title)[:40], Message(sentence))


def _read(rows: Any, columns: dict[int, Field], fields: Sequence[Field]) -> Iterator[Line]:
    count = 0
    for number, cells in enumerate(rows, start=2):
        known = {place: cells[place] for place in columns if place < len(cells)}
        if all(_blank(cell.value) for cell in known.values()):
            continue
        count += 1
        if count > MOST_ROWS:
            raise Unreadable(_whole(_("There are more than {most} rows. Please split the file."), most=MOST_ROWS))
        line = _line(number, known, columns, fields)
        if not _is_example(line, fields):
            yield line


def _blank(value: object) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())


def _line(number: int, cells: dict[int, Any], columns: dict[int, Field], fields: Sequence[Field]) -> Line:
    said: dict[str, Any] = {field.key: None for field in fields}
    flaws = []
    for place, field in columns.items():
        cell = cells.get(place)
        try:
            said[field.key] = None if cell is None or _blank(cell.value) else _cell(cell, field)
            if said[field.key] is None and field.required:
                raise Wrong(_("This must not be empty."))
        except Wrong as wrong:
            flaws.append(Flaw(number, field.title, wrong.why))
    return Line(number, said, tuple(flaws))


def _cell(cell: Any, field: Field) -> Any:
    if cell.data_type == "f":
        raise Wrong(_("Here is a formula. Copy the column and paste it as values."))
    if cell.data_type == "e":
        raise Wrong(_("Here is an error of Excel ({text}). Please correct it."), text=str(cell.value)[:20])
    value: Value = cell.value
    return choice(field, value) if field.choices else field.read(value)


def choice(field: Field, value: Value) -> str:
    """Return which of the few allowed values is meant, by its key or its word in any language. Errors: `Wrong`."""
    found = _words_of(field.choices).get(_plain(value))
    if found is None:
        allowed = tuple(Message(title) for _key, title in field.choices[:12])
        raise Wrong(_("“{text}” is not allowed here. Choose one of: {allowed}."), text=str(value)[:40], allowed=allowed)
    return found


@cache
def _words_of(choices: tuple[tuple[str, str], ...]) -> dict[str, str]:
    return {word: key for key, title in choices for word in _said(key, title)}


def _is_example(line: Line, fields: Sequence[Field]) -> bool:
    """Tell whether a row is the example of the template, left standing."""
    given = [field for field in fields if field.example != ""]
    return not line.flaws and bool(given) and all(line.said[field.key] == _example(field) for field in given)


@cache
def _example(field: Field) -> Any:
    return choice(field, field.example) if field.choices else field.read(field.example)
