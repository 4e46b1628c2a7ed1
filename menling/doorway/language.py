"""Putting sentences into the reader's language."""

from datetime import date, datetime
from functools import lru_cache
from typing import Any

from django.utils import timezone, translation

from menling.kernel.words import Message, Month
from menling.printing.wording import dated, day, moment, month

CHINESE, ENGLISH = "zh-hans", "en"


def said(message: Message | str, language: str | None = None) -> str:
    """Return a sentence in a language, by default the one of the request; instant, day and month in it as people write them."""
    spoken = language or translation.get_language() or ""
    if isinstance(message, str) or not message.values:
        return _plain(message if isinstance(message, str) else message.sentence, spoken)
    with translation.override(spoken or None):
        values = {name: _written(value) for name, value in message.values.items()}
        return Message(message.sentence, values).said_by(translation.gettext)


def _written(value: Any) -> Any:
    if isinstance(value, Month):
        return month(value)
    if isinstance(value, date):
        return dated(value) if isinstance(value, datetime) else day(value)
    return value


@lru_cache(maxsize=4096)
def _plain(sentence: str, language: str) -> str:
    """Return a sentence without values; a list says the same few titles hundreds of times."""
    with translation.override(language or None):
        return Message(sentence).said_by(translation.gettext)


def clock_time(at: datetime, now: datetime) -> str:
    """Return a local time as people say it: ``14:00`` today, ``11月21日 周六 14:00`` on another day."""
    local, today = timezone.localtime(at), timezone.localtime(now)
    return f"{local:%H:%M}" if local.date() == today.date() else moment(at)
