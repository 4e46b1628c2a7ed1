"""Sets a template with typst, inside this process.

Everything that varies travels to the template as one JSON value and is shown as text: nobody's words are ever read
as markup.
"""

import base64
import json
import re
import struct
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import segno
import typst
from noto_cjk_sans_otc import FONT_PATH

from menling.printing.glyphs import without_pictures
from menling.printing.wording import in_chinese, visible

TEMPLATES = Path(__file__).parent / "templates"
PNG = b"\x89PNG\r\n\x1a\n"
# Without a place to break, a long run of letters would leave its cell and the page.
UNBROKEN = re.compile(r"[!-~]{24,}")
EMPTY_LINES = re.compile(r"\n{3,}")


class Svg(str):
    """A picture of our own making, which reaches the template as it is."""


def pdf(template: str, sheet: Mapping[str, Any], *, tagged: bool = True) -> bytes:
    """Return the PDF of `templates/<template>.typ` set with `sheet`; black on white, only the glyphs used embedded.

    A compiler is made for each sheet: it costs under a millisecond, and threads then share nothing but the fonts.
    Tags let a screen reader follow a form; on a register of many pages they would be most of the file.
    """
    said = json.dumps({"chinese": in_chinese(), **_cleaned(sheet)}, ensure_ascii=False)
    compiler = typst.Compiler(TEMPLATES / f"{template}.typ", root=TEMPLATES, font_paths=_fonts(), sys_inputs={"sheet": said})
    made = compiler.compile(format="pdf", pdf_tags=tagged)
    if not isinstance(made, bytes):
        raise TypeError("typst returned no single document")
    return made


def qr_svg(text: str) -> Svg:
    """Return a QR code as SVG, or nothing for no text."""
    return Svg(segno.make(text, error="m", micro=False).svg_inline(border=0) if text else "")


def png_svg(png: bytes | None) -> Svg:
    """Return a PNG wrapped in SVG, or nothing where there is none or it is no PNG.

    In that wrapping it travels as text, and a damaged picture leaves a gap instead of stopping the whole sheet.
    """
    if not png or not png.startswith(PNG) or len(png) < 24:
        return Svg()
    width, height = struct.unpack(">II", png[16:24])
    data = base64.b64encode(png).decode("ascii")
    return Svg(
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}">'
        f'<image width="{width}" height="{height}" href="data:image/png;base64,{data}"/></svg>'
    )


def printable(text: str) -> str:
    """Return what of `text` is visible and has glyphs, breakable in its longest words, with one empty line at a time."""
    return UNBROKEN.sub(_breakable, EMPTY_LINES.sub("\n\n", without_pictures(visible(text))))


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(Path(str(FONT_PATH)).parent)])


def _cleaned(value: Any) -> Any:
    if isinstance(value, str):
        return value if isinstance(value, Svg) else printable(value)
    if isinstance(value, Mapping):
        return {key: _cleaned(part) for key, part in value.items()}
    if isinstance(value, (list, tuple)):
        return [_cleaned(part) for part in value]
    return value


def _breakable(run: re.Match[str]) -> str:
    word = run.group()
    return "\u200b".join(word[start : start + 8] for start in range(0, len(word), 8))
