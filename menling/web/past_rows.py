"""What was before at a home, as short lines: put into words before the page is drawn, for there are up to twenty of them."""

from collections.abc import Iterable
from datetime import datetime
from functools import cache
from typing import NamedTuple

from django.urls import reverse

from menling.doorway.language import said
from menling.orders.household import Past
from menling.web.templatetags.show import clock

LONGEST = 28
"""So many characters of a report are shown."""
PLACE = "the-number"


class PastRow(NamedTuple):
    """One order of before: where it is shown, when it was reported, of which kind, what about, and what came of it."""

    address: str
    when: str
    kind: str
    content: str
    outcome: str


def past_rows(orders: Iterable[Past], now: datetime) -> list[PastRow]:
    """Return orders of before in the reader's language."""
    return [PastRow(_address().replace(PLACE, each.number), clock(each.reported_at, now), each.kind, _short(each.content),
                    " · ".join(_outcome(each))) for each in orders]  # fmt: skip


@cache
def _address() -> str:
    """Where orders are shown; the number comes in the place of `PLACE`."""
    return reverse("web:order", args=[PLACE])


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


def _outcome(order: Past) -> list[str]:
    words = [said(order.procedure.status_title(order.status)), order.worker, f"{order.rating}/5" if order.rating else ""]
    return [each for each in words if each]
