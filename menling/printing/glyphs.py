"""Which characters the face on paper can show, read from the character map in its font file."""

import struct
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from noto_cjk_sans_otc import FONT_PATH

FULL_MAP = 12
"""The format of a character map that knows more than the first 65,536 characters."""
# Pictures, and the marks that change or join them. A letter without a glyph stays, as a box that somebody asks about.
PICTURES = {"So", "Sk", "Cf", "Me", "Cn"}
JOINERS = {"\ufe0e", "\ufe0f", "\u200d"}


def without_pictures(text: str) -> str:
    """Return `text` without the emoji and other pictures that the face has no glyph for."""
    return "".join(mark for mark in text if mark.isascii() or not _is_missing_picture(mark))


def _is_missing_picture(mark: str) -> bool:
    return mark in JOINERS or (unicodedata.category(mark) in PICTURES and ord(mark) not in shown())


@cache
def shown() -> frozenset[int]:
    """Return the code points that the face has a glyph for."""
    font = Path(str(FONT_PATH)).read_bytes()
    (face,) = struct.unpack_from(">I", font, 12)
    return frozenset(point for begin, end in _ranges(font, _full_map(font, face)) for point in range(begin, end + 1))


def _full_map(font: bytes, face: int) -> int:
    (maps,) = (start for name, _sum, start in _entries(font, face + 4, ">4sII4x", 8) if name == b"cmap")
    starts = [int(maps + start) for _platform, _encoding, start in _entries(font, maps + 2, ">HHI", 2)]
    return next(start for start in starts if struct.unpack_from(">H", font, start)[0] == FULL_MAP)


def _entries(font: bytes, count_at: int, form: str, after: int) -> Iterator[tuple[Any, ...]]:
    """Read a table: its count stands at `count_at`, its entries begin `after` bytes later."""
    (count,) = struct.unpack_from(">H", font, count_at)
    return struct.iter_unpack(form, font[count_at + after : count_at + after + count * struct.calcsize(form)])


def _ranges(font: bytes, start: int) -> Iterator[tuple[int, int]]:
    (count,) = struct.unpack_from(">I", font, start + 12)
    for at in range(count):
        begin, end, _glyph = struct.unpack_from(">III", font, start + 16 + 12 * at)
        yield begin, end
