"""Sentences for people, written once in English and put into the reader's language by a door.

The kernel may not know a translation catalogue, so it carries a sentence as its key and its values.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cache

AMOUNT = re.compile(r"¥\{(\w+)\}")
FIGURES = re.compile(r"-?\d+(\.\d+)?")


def _(sentence: str) -> str:
    """Mark a sentence for the translation catalogue; it stays as it is until a door shows it."""
    return sentence


class Month(date):
    """A month in a sentence, by its first day."""


@dataclass(frozen=True)
class Message:
    """A sentence with named places, such as ``Message(_("Add {what}."), {"what": Message(_("the phone"))})``."""

    sentence: str
    values: dict[str, object] = field(default_factory=dict)

    def said_by(self, translate: Callable[[str], str]) -> str:
        """Return the sentence in the language of `translate`, its values put in and translated as well; amounts as ¥5,000.00."""
        sums = _amounts(self.sentence)
        said = {name: _said(in_groups(value) if name in sums else value, translate) for name, value in self.values.items()}
        return translate(self.sentence).format(**said)

    def __str__(self) -> str:
        return self.said_by(str)


@cache
def _amounts(sentence: str) -> frozenset[str]:
    """Return the names of the places for amounts in yuan."""
    return frozenset(AMOUNT.findall(sentence))


def in_groups(amount: object) -> object:
    """Return an amount in yuan, or the text of one, as people write it: its thousands apart, its decimals as they are."""
    return f"{Decimal(str(amount)):,}" if FIGURES.fullmatch(str(amount)) else amount


def _said(value: object, translate: Callable[[str], str]) -> str:
    if isinstance(value, Message):
        return value.said_by(translate)
    if isinstance(value, (tuple, list)):
        return translate(_(", ")).join(_said(part, translate) for part in value)
    return str(value)
