"""Which characters the face on paper can show, read from the character map in its font file."""

import struct
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path

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
    tables = (struct.unpack_from(">4sII", font, face + 12 + 16 * at) for at in range(struct.unpack_from(">H", font, face + 4)[0]))
    (maps,) = (start for name, _sum, start in tables if name == b"cmap")
    starts = (
        maps + struct.unpack_from(">HHI", font, maps + 4 + 8 * at)[2] for at in range(struct.unpack_from(">H", font, maps + 2)[0])
    )
    return next(start for start in starts if struct.unpack_from(">H", font, start)[0] == FULL_MAP)


def _ranges(font: bytes, start: int) -> Iterator[tuple[int, int]]:
    (count,) = struct.unpack_from(">I", font, start + 12)
    for at in range(count):
        begin, end, _glyph = struct.unpack_from(">III", font, start + 16 + 12 * at)
        yield begin, end
