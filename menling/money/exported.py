"""A statement's file as lines of cells: the CSV of the payment services, in either encoding, or a workbook (.xlsx)."""

import csv
import io
import zipfile
import zlib
from contextlib import closing
from datetime import date, datetime, time
from itertools import islice
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

MOST_UNPACKED = 200 << 20
"""Bytes a workbook may have inside: one far larger than it looks is not opened."""
MOST_COLUMNS = 60
DAMAGED = (
    zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, InvalidFileException, KeyError, ValueError, IndexError, TypeError,
    OSError, SyntaxError,
)  # fmt: skip
"""What a workbook that was cut short, changed on its way or locked by a password makes its readers raise."""


class Unreadable(Exception):
    """Neither text nor a workbook."""


def lines_of(data: bytes, most: int) -> list[list[str]]:
    """Return the cells of a file line by line, `most` lines of a workbook. Errors: `Unreadable`."""
    if data.startswith(b"PK"):
        return _of_workbook(data, most)
    text = _text(data).replace("\r\n", "\n").replace("\r", "\n")
    try:
        return [[_plain(cell) for cell in line] for line in csv.reader(io.StringIO(text))]
    except csv.Error as error:
        raise Unreadable from error


def _text(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("gb18030", errors="replace")


def _of_workbook(data: bytes, most: int) -> list[list[str]]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            if sum(each.file_size for each in packed.infolist()) > MOST_UNPACKED:
                raise Unreadable
        with closing(load_workbook(io.BytesIO(data), read_only=True, data_only=True)) as book:
            sheet = book.worksheets[0]
            sheet.reset_dimensions()
            rows = sheet.iter_rows(max_col=MOST_COLUMNS, values_only=True)
            return [[_plain(_written(cell)) for cell in row] for row in islice(rows, most)]
    except DAMAGED as error:
        raise Unreadable from error


def _written(cell: Any) -> str:
    """Return a cell as a statement in text would write it: times of a day alone and days alone as such."""
    if isinstance(cell, datetime):
        return f"{cell:%Y-%m-%d}" if cell.time() == time() else f"{cell:%Y-%m-%d %H:%M:%S}"
    if isinstance(cell, (date, time)):
        return cell.isoformat()
    return "" if cell is None else str(cell)


def _plain(cell: str) -> str:
    return cell.strip().lstrip("`").strip()
