"""The rows of a board as HTML. What only time or the reader's hand changes is filled in; the rest is drawn once per row."""

from collections.abc import Callable, Sequence
from datetime import date, datetime, time
from functools import lru_cache
from uuid import uuid4

from django.template.loader import render_to_string
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString
from django.utils.timezone import localtime, make_aware
from django.utils.translation import get_language

from menling.web.boards import Row, Verbs
from menling.web.past_rows import PLACE, kind_mark, order_address
from menling.web.templatetags.show import figure, figure_unit, left

PARTS = {"table": "web/parts/board_row.html", "columns": "web/parts/board_slot.html", "wall": "web/parts/board_slot.html"}
KEY, LEFT, FIGURE, UNIT = "\0key\0", "\0left\0", "\0figure\0", "\0unit\0"
"""Marks in a drawn row; no text from a database can hold such a character."""
Times = Sequence[tuple[str, Callable[[datetime, datetime], str]]]
MINUTES: Times = ((FIGURE, figure), (UNIT, figure_unit))
TIMES: dict[str, Times] = {"table": ((LEFT, left),), "columns": MINUTES, "wall": MINUTES}
"""What a look says of the time that is left."""
KEPT = 8192


def drawn(rows: list[Row], look: str, now: datetime) -> SafeString:
    """Return rows as HTML in the reader's language, each with its time as of now and a fresh key for its step."""
    language, today, key = get_language() or "", localtime(now).date(), uuid4()
    lines = [_filled(_drawn(look, language, today, row), TIMES[look], row, f"{key}-{at}", now) for at, row in enumerate(rows)]
    return SafeString("".join(lines))  # the template has escaped what people typed


def _filled(html: str, times: Times, row: Row, key: str, now: datetime) -> str:
    if row.promise is not None:
        for mark, said in times:
            html = html.replace(mark, _escaped(said(row.promise.due_at, now)))
    return html.replace(KEY, key)


@lru_cache(maxsize=KEPT)
def _escaped(text: str) -> str:
    """A board says the same few minutes again and again."""
    return conditional_escape(text)


@lru_cache(maxsize=KEPT)
def _drawn(look: str, language: str, today: date, row: Row) -> str:
    """Draw a row. Everything it shows is in the arguments, so that a kept one is right for whoever gets an equal row."""
    noon = make_aware(datetime.combine(today, time(12)))
    marks = {"left": LEFT, "figure": FIGURE, "unit": UNIT}
    parts = {"address": order_address(row.case.number), "kind": kind_mark(row.case.kind, language)}
    verbs = SafeString(_verbs(row.verbs, language).replace(PLACE, row.case.number))
    return render_to_string(PARTS[look], {"row": row, "look": look, "now": noon, "verbs": verbs} | parts | marks)


@lru_cache(maxsize=1024)
def _verbs(verbs: Verbs, language: str) -> str:
    """Draw the buttons of a row once for what may be done: the rows of a board have few sorts of them."""
    row = {"verbs": verbs, "case": {"number": PLACE}}
    return render_to_string("web/parts/row_verbs.html", {"row": row, "key": KEY, "shown": False})
