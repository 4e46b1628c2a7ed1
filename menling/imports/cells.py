"""What stands in a cell of somebody's workbook: read exactly, or a sentence that says what is wrong and what to write instead.

A reader takes the value of a cell that is not empty and returns what it means, or raises `Wrong`. Times are read as they stand
on the wall of the office, without a zone; whoever uses them puts the zone of the office to them.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation
from typing import Any

from menling.kernel.refusal import Refused
from menling.kernel.words import Message, _
from menling.premises import names

Value = str | int | float | bool | datetime | date | time
Reader = Callable[[Value], Any]
DAY = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?")
CLOCK = re.compile(r"([01]?\d|2[0-3])\s*[:：点时]\s*([0-5]\d)?(?:\s*[:：分]\s*([0-5]\d)?\s*秒?)?")
MOBILE = re.compile(r"1\d{10}")
YES = {"是", "有", "yes", "y", "true", "1", "√"}
NO = {"否", "无", "no", "n", "false", "0", "×"}
AS_FIGURE = _("Excel keeps this as a figure and drops a nought before it. Set the column to Text and write it again.")
AS_DATE = _("Excel has made a date of this. Set the column to Text and write it again.")
MOST_YUAN = Decimal("9999999.99")


class Wrong(Exception):
    """A cell cannot be taken: `why` says what is wrong and what to write; `field` is the column's key, empty for the row."""

    def __init__(self, sentence: str | Message, field: str = "", **values: object) -> None:
        self.why = sentence if isinstance(sentence, Message) else Message(sentence, values)
        self.field = field
        super().__init__(str(self.why))


@dataclass(frozen=True)
class Field:
    """A column of a list: its title, how its cells are read, an example, and the values allowed where they are few."""

    key: str
    title: str
    read: Reader
    example: Value = ""
    required: bool = False
    choices: tuple[tuple[str, str], ...] = ()
    width: int = 14


def text(most: int) -> Reader:
    """Read words of at most so many characters; a figure is taken as it is written."""

    def reading(value: Value) -> str:
        if isinstance(value, (datetime, date, time)):
            raise Wrong(AS_DATE)
        said = names.folded(_figure(value))
        if len(said) > most:
            raise Wrong(_("This is longer than {most} characters. Please shorten it."), most=most)
        return said

    return reading


def label(most: int) -> Reader:
    """Read a number that is a name, such as a work number: Excel drops the noughts before a figure, so it must be text."""
    words = text(most)

    def reading(value: Value) -> str:
        if isinstance(value, (int, float)):
            raise Wrong(AS_FIGURE)
        return str(words(value))

    return reading


def phone(value: Value) -> str:
    """Read a phone; as a figure only a mobile number is certain to be whole."""
    said = _figure(value)
    if isinstance(value, (int, float)) and not MOBILE.fullmatch(said):
        raise Wrong(AS_FIGURE)
    if isinstance(value, (datetime, date, time)):
        raise Wrong(AS_DATE)
    try:
        return names.phone(said)
    except Refused as refused:
        raise Wrong(refused.why) from refused


def day(value: Value) -> date:
    """Read a day: a date of Excel, or 2026-11-22, 2026/11/22 or 2026年11月22日 as text."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    met = DAY.fullmatch(names.folded(str(value))) if isinstance(value, str) else None
    if met is None:
        raise Wrong(_("“{text}” is no day. Write it like 2026-11-22."), text=_shown(value))
    return _date(value, *met.groups())


def _date(value: Value, year: str, month: str, day_of_month: str) -> date:
    try:
        return date(int(year), int(month), int(day_of_month))
    except ValueError as error:
        raise Wrong(_("There is no such day as {text}. Please correct it."), text=_shown(value)) from error


def clock(value: Value) -> time:
    """Read an hour of the day: a time of Excel, or 7:30 or 19:30 as text."""
    if isinstance(value, datetime):
        return value.time()
    if isinstance(value, time):
        return value
    met = CLOCK.fullmatch(names.folded(str(value))) if isinstance(value, str) else None
    if met is None:
        raise Wrong(_("“{text}” is no time. Write it like 07:30."), text=_shown(value))
    hour, minute, second = (int(each or 0) for each in met.groups())
    return time(hour, minute, second)


def moment(value: Value) -> datetime:
    """Read a day with its time: a date of Excel, or 2026-11-22 14:30 as text."""
    if isinstance(value, datetime):
        return value
    said = names.folded(str(value)).replace("T", " ") if isinstance(value, str) else ""
    met = DAY.match(said)
    hours = said[met.end() :].strip() if met else ""
    if met is None or not CLOCK.fullmatch(hours):
        raise Wrong(_("“{text}” is no time. Write it like 2026-11-22 14:30."), text=_shown(value))
    return datetime.combine(_date(value, *met.groups()), clock(hours))


def yuan(value: Value) -> Decimal:
    """Read an amount in yuan, at most to the fen."""
    said = re.sub(r"[¥￥元,，\s]", "", names.folded(_figure(value)))
    try:
        amount = Decimal(said)
    except InvalidOperation as error:
        raise Wrong(_("“{text}” is no amount. Write it like 86.00."), text=_shown(value)) from error
    if not amount.is_finite() or amount < 0 or amount > MOST_YUAN or amount != amount.quantize(Decimal("0.01")):
        raise Wrong(_("“{text}” is no amount in yuan and fen. Write it like 86.00."), text=_shown(value))
    return amount.quantize(Decimal("0.01"))


def whole(value: Value) -> int:
    """Read a whole number from 0 on."""
    said = names.folded(_figure(value))
    if not (said.isascii() and said.isdigit() and len(said) <= 9):
        raise Wrong(_("“{text}” is no whole number. Write it like 120."), text=_shown(value))
    return int(said)


def yes_no(value: Value) -> bool:
    """Read yes or no."""
    said = names.folded(_figure(value)).lower()
    if said not in YES | NO:
        raise Wrong(_("“{text}” is neither yes nor no."), text=_shown(value))
    return said in YES


def _figure(value: Value) -> str:
    """Return a value as it would be typed: 13800138000.0 is 13800138000."""
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    return str(value)


def _shown(value: Value) -> str:
    return names.folded(str(value))[:40]
