"""A list whose workbook was damaged on its way says so as a whole."""

from menling.imports.lists.units import FIELDS
from menling.imports.workbooks import Line, Unreadable, lines
from tests.features.test_imports_lists import UNITS, workbook


def read(data: bytes) -> list[Line] | list[int]:
    """Return the lines of a file, or the rows its flaws name."""
    try:
        return lines(data, FIELDS)
    except Unreadable as unreadable:
        return [flaw.row for flaw in unreadable.flaws]


def test_a_workbook_damaged_anywhere_is_read_as_it_was_or_says_so() -> None:
    data = workbook(*UNITS)
    whole = read(data)
    assert len(whole) == 2
    for start in range(0, len(data), 97):
        flipped = data[:start] + bytes(byte ^ 0xFF for byte in data[start : start + 20]) + data[start + 20 :]
        assert read(flipped) in (whole, [0])
        assert read(data[:start]) in (whole, [0])
