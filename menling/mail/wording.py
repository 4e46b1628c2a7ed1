"""A message of the outbox in the words of its reader."""

from collections.abc import Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils import translation

from menling.kernel.words import Message

WORDS_OF_OURS = frozenset({"promise"})
"""Values that are sentences of ours and are translated; everything else was typed by somebody."""


def said(sentence: str, values: Mapping[str, str | Message], language: str, zone: ZoneInfo) -> str:
    """Return a message in a language, its instants by the clock of the office: ``11-20 10:19``."""
    with translation.override(language):
        shown = {name: _shown(name, value, zone) for name, value in values.items()}
        return translation.gettext(sentence).format(**shown)


def _shown(name: str, value: str | Message, zone: ZoneInfo) -> str:
    if isinstance(value, Message):
        return value.said_by(translation.gettext)
    if name in WORDS_OF_OURS and value:
        return translation.gettext(value)
    try:
        instant = datetime.fromisoformat(value)
    except ValueError:
        return value
    return f"{instant.astimezone(zone):%m-%d %H:%M}" if instant.tzinfo else value
