"""How words, dates, durations and money are written on paper, in the reader's language and in Shanghai time."""

import unicodedata
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import cn2an
from django.utils.translation import get_language, pgettext

SHANGHAI = ZoneInfo("Asia/Shanghai")
FEN = Decimal("0.01")
SAYABLE = Decimal("1000000000000")

HIDDEN = {"Cc", "Cs"}
# Marks that turn the direction of the text after them would reorder the rest of the form.
TURNING = set("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")


def in_chinese() -> bool:
    """Say whether the active language is Chinese; no language at all counts as Chinese."""
    return (get_language() or "zh").startswith("zh")


def moment(at: datetime) -> str:
    """Return an instant for someone who waits: 11月21日 周六 14:00, or Sat 21 Nov 14:00."""
    here = at.astimezone(SHANGHAI)
    return f"{weekday(here)} {here:%H:%M}"


def weekday(on: date) -> str:
    """Return a day with its name: 11月21日 周六, or Sat 21 Nov."""
    if in_chinese():
        return f"{on.month}月{on.day}日 周{'一二三四五六日'[on.weekday()]}"
    return f"{on:%a} {on.day} {on:%b}"


def span(begun: datetime, done: datetime | None) -> str:
    """Return from when to when, naming the day again only if it changed; an open end leaves room for its time."""
    if done is None:
        return f"{moment(begun)} – ____"
    same_day = begun.astimezone(SHANGHAI).date() == done.astimezone(SHANGHAI).date()
    return f"{moment(begun)} – {done.astimezone(SHANGHAI):%H:%M}" if same_day else f"{moment(begun)} – {moment(done)}"


def dated(at: datetime) -> str:
    """Return an instant for the file, with its year: 2026年11月21日 14:00, or 21 Nov 2026 14:00."""
    here = at.astimezone(SHANGHAI)
    return f"{day(here.date())} {here:%H:%M}"


def day(on: date) -> str:
    """Return a date: 2026年11月21日, or 21 Nov 2026."""
    return f"{on.year}年{on.month}月{on.day}日" if in_chinese() else f"{on.day} {on:%b %Y}"


def month(first: date) -> str:
    """Return a month: 2026年10月, or October 2026."""
    return f"{first.year}年{first.month}月" if in_chinese() else f"{first:%B %Y}"


def money(amount: Decimal) -> str:
    """Return yuan and fen: ¥86.00, ¥12,345.60."""
    return f"¥{amount:,.2f}"


def quantity(count: Decimal | int) -> str:
    """Return a count without needless zeros: 2, 0.5."""
    text = f"{count:f}" if isinstance(count, Decimal) else str(count)
    return text.rstrip("0").rstrip(".") if "." in text else text


def duration(minutes: int) -> str:
    """Return whole minutes: 12 分, 1 小时 05 分."""
    hours, rest = divmod(minutes, 60)
    if hours:
        return pgettext("paper", "{hours} h {minutes:02d} min").format(hours=hours, minutes=rest)
    return pgettext("paper", "{minutes} min").format(minutes=rest)


def capitals(amount: Decimal) -> str:
    """Return yuan in the capital figures of receipts, whatever the language: 捌拾陆元整, 捌拾陆元伍角整, 叁分.

    Errors: `ValueError` below zero, from a thousand billion on, or finer than a fen: a receipt is never rounded.
    """
    if not 0 <= amount < SAYABLE or amount != amount.quantize(FEN):
        raise ValueError(f"not an amount that a receipt can state: {amount}")
    said = str(cn2an.an2cn(f"{amount:.2f}", "rmb"))
    return f"{said}整" if said.endswith("角") else said


def visible(text: str) -> str:
    """Return `text` without control characters, broken halves of characters and turning marks; line breaks stay."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    return "".join(mark for mark in lines if mark == "\n" or _shows(mark))


def one_line(text: str, most: int = 40) -> str:
    """Return a name or number on one line, cut where it could only be a mistake: a head grows on every page."""
    words = " ".join(visible(text).split())
    return words if len(words) <= most else words[: most - 1] + "…"


def _shows(mark: str) -> bool:
    return mark not in TURNING and unicodedata.category(mark) not in HIDDEN
