"""The rows of a board as HTML. What only time or the reader's hand changes is filled in; the rest is drawn once per row."""

from datetime import date, datetime, time
from functools import lru_cache
from uuid import uuid4

from django.template.loader import render_to_string
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import localtime, make_aware
from django.utils.translation import get_language

from menling.web.boards import Row
from menling.web.templatetags.show import figure, figure_unit, left

PARTS = {"table": "web/parts/board_row.html", "columns": "web/parts/board_slot.html", "wall": "web/parts/board_slot.html"}
KEY, LEFT, FIGURE, UNIT = "\0key\0", "\0left\0", "\0figure\0", "\0unit\0"
"""Marks in a drawn row; no text from a database can hold such a character."""
KEPT = 8192


def drawn(rows: list[Row], look: str, now: datetime) -> list[SafeString]:
    """Return rows as HTML in the reader's language, each with its time as of now and a fresh key for its step."""
    language, today = get_language() or "", localtime(now).date()
    return [_filled(_drawn(look, language, today, row), row, now) for row in rows]


def _filled(html: str, row: Row, now: datetime) -> SafeString:
    if row.promise is not None:
        due_at = row.promise.due_at
        for mark, said in ((LEFT, left), (FIGURE, figure), (UNIT, figure_unit)):
            if mark in html:
                html = html.replace(mark, conditional_escape(said(due_at, now)))
    return mark_safe(html.replace(KEY, str(uuid4())))  # noqa: S308  # the template has escaped what people typed


@lru_cache(maxsize=KEPT)
def _drawn(look: str, language: str, today: date, row: Row) -> str:
    """Draw a row. Everything it shows is in the arguments, so that a kept one is right for whoever gets an equal row."""
    noon = make_aware(datetime.combine(today, time(12)))
    marks = {"key": KEY, "left": LEFT, "figure": FIGURE, "unit": UNIT}
    return render_to_string(PARTS[look], {"row": row, "look": look, "now": noon} | marks)
