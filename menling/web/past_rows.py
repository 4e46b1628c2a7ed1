"""What was before at a home, as short lines: put into words before the page is drawn, for there are up to twenty of them."""

from collections.abc import Iterable
from datetime import datetime
from functools import cache, lru_cache

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from menling.doorway.language import said
from menling.orders.household import Past
from menling.web.templatetags.show import clock

LONGEST = 28
"""So many characters of a report are shown."""
PLACE = "the-number"


LINE = '<li><a href="{}"><span class="num quiet">{}</span> {}{} <span class="quiet">{}</span></a></li>'
"""Where an order is shown, when it was reported, of which kind unless a repair, what about, and what came of it."""


def past_rows(orders: Iterable[Past], now: datetime) -> SafeString:
    """Return orders of before as the lines of a list, in the reader's language."""
    language = get_language() or ""
    return format_html_join("\n", LINE, ((
        order_address(each.number), clock(each.reported_at, now), kind_mark(each.kind, language), _short(each.content),
        " · ".join(_outcome(each)),
    ) for each in orders))  # fmt: skip


@lru_cache(maxsize=64)
def kind_mark(kind: str, language: str) -> SafeString:
    """Return the mark of a kind as HTML, drawn once for a language; nothing for a repair."""
    return render_to_string("web/parts/kind.html", {"case": {"kind": kind}})


def order_address(number: str) -> str:
    """Return where an order is shown."""
    return _address().replace(PLACE, number)


@cache
def _address() -> str:
    """Where orders are shown; the number comes in the place of `PLACE`."""
    return reverse("web:order", args=[PLACE])


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


def _outcome(order: Past) -> list[str]:
    words = [said(order.procedure.status_title(order.status)), order.worker, f"{order.rating}/5" if order.rating else ""]
    return [each for each in words if each]
