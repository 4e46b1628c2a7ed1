"""How tests read paper back, and what people type to break it."""

import re
import zlib
from datetime import datetime
from struct import pack

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from menling.printing.wording import SHANGHAI

MM = 72 / 25.4
# What is typed, and what of it must be found on the paper again.
HOSTILE = {
    '#panic("x") #read("/etc/hostname")': '#panic("x")#read("/etc/hostname")',
    "$x^2$ *b* _i_ `c` <l> @r \\ // /* ] } {{ {page} %s": "$x^2$*b*_i_`c`<l>@r\\///*]}{{{page}%s",
    "🎉👨‍👩‍👧 𠮷 مرحبا tail": "tail",
    "a\x00b\x07c\x1bd\ud800e\u202ef\r\n\n\n\n\ng\th": "abcdefgh",
    "<svg onload='x'>": "<svgonload='x'>",
    "   ": "",
}


def at(hour: int, minute: int = 0, day: int = 21) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=SHANGHAI)


def pages_of(made: bytes) -> list[pdfium.PdfPage]:
    return list(pdfium.PdfDocument(made))


def words_of(page: pdfium.PdfPage) -> str:
    """Everything on the page without blanks, for the setting decides where those stand."""
    return re.sub(r"[\s\u200b\ufffe]", "", page.get_textpage().get_text_range())


def place_of(page: pdfium.PdfPage, words: str) -> tuple[float, float]:
    """How far the first of these words stands from the left and from the top, in mm."""
    text = page.get_textpage()
    start, _count = text.search(words).get_next()
    left, _bottom, _right, top = text.get_charbox(start)
    return left / MM, (page.get_height() - top) / MM


def overlapping(page: pdfium.PdfPage) -> list[str]:
    """Pairs of letters of which one is printed over the other."""
    text = page.get_textpage()
    printed = [at for at in range(text.count_chars()) if not pdfium_c.FPDFText_IsGenerated(text, at)]
    letters = sorted((text.get_charbox(at), text.get_text_range(at, 1)) for at in printed)
    found = []
    for place, (box, letter) in enumerate(letters):
        for other, over in letters[place + 1 :]:
            if other[0] > box[2] - 1:
                break
            if min(box[2], other[2]) - max(box[0], other[0]) > 1 and min(box[3], other[3]) - max(box[1], other[1]) > 1:
                found.append(letter + over)
    return found


def size_of(page: pdfium.PdfPage) -> tuple[int, int]:
    width, height = page.get_size()
    return round(width / MM), round(height / MM)


def letter_sizes(page: pdfium.PdfPage, start: int = 0, count: int | None = None) -> set[float]:
    """The sizes in points of what is printed; the line ends that reading adds have none."""
    text = page.get_textpage()
    letters = range(start, start + count if count else text.count_chars())
    printed = [index for index in letters if not pdfium_c.FPDFText_IsGenerated(text, index)]
    return {round(pdfium_c.FPDFText_GetFontSize(text, index), 1) for index in printed}


def png(width: int = 40, height: int = 20) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return pack(">I", len(data)) + kind + data + pack(">I", zlib.crc32(kind + data))

    rows = b"".join(b"\x00" + b"\x00" * width for _ in range(height))
    head = pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
