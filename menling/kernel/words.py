"""Sentences for people, written once in English and put into the reader's language by a door.

The kernel may not know a translation catalogue, so it carries a sentence as its key and its values.
"""

from collections.abc import Callable
from dataclasses import dataclass, field


def _(sentence: str) -> str:
    """Mark a sentence for the translation catalogue; it stays as it is until a door shows it."""
    return sentence


@dataclass(frozen=True)
class Message:
    """A sentence with named places, such as ``Message(_("Add {what}."), {"what": Message(_("the phone"))})``."""

    sentence: str
    values: dict[str, object] = field(default_factory=dict)

    def said_by(self, translate: Callable[[str], str]) -> str:
        """Return the sentence in the language of `translate`, its values put in and translated as well."""
        return translate(self.sentence).format(**{name: _said(value, translate) for name, value in self.values.items()})

    def __str__(self) -> str:
        return self.said_by(str)


def _said(value: object, translate: Callable[[str], str]) -> str:
    if isinstance(value, Message):
        return value.said_by(translate)
    if isinstance(value, (tuple, list)):
        return translate(_(", ")).join(_said(part, translate) for part in value)
    return str(value)
