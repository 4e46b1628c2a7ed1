"""The office's now: the wall clock, or, for a demonstration, a rehearsal that starts at an instant of our choice."""

import os
from datetime import datetime
from functools import cache
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import DatabaseError, transaction
from django.utils import timezone

from menling.premises.models import Company

VARIABLE = "MENLING_CLOCK"
_began = timezone.now()
_known: dict[str, bool] = {}


class ClockError(ValueError):
    """An instant that cannot be read; the message says how to write one."""


def now() -> datetime:
    """Return the present instant, aware.

    With ``MENLING_CLOCK=<instant>`` in the environment of a demonstration the process began at that instant, and time
    goes on from there. A company with real people always has the wall clock.
    Errors: `ClockError` when the variable is no instant.
    """
    wall = timezone.now()
    chosen = os.environ.get(VARIABLE)
    return instant(chosen) + (wall - _began) if chosen and _is_rehearsal() else wall


@cache
def instant(text: str) -> datetime:
    """Return an ISO instant; without an offset it is meant in the time zone of the settings. Errors: `ClockError`."""
    try:
        read = datetime.fromisoformat(text)
    except ValueError as error:
        raise ClockError(f"{text!r} is no instant: write it like 2026-11-20T10:04:00+08:00") from error
    return read if read.tzinfo else read.replace(tzinfo=ZoneInfo(settings.TIME_ZONE))


def _is_rehearsal() -> bool:
    """Tell whether the company is a demonstration: looked up until there is one, then remembered."""
    if VARIABLE not in _known:
        try:
            with transaction.atomic():
                found = Company.objects.order_by("is_demo").values_list("is_demo", flat=True).first()
        except DatabaseError:
            return False
        if found is None:
            return False
        _known[VARIABLE] = found
    return _known[VARIABLE]


def look_again() -> None:
    """Forget what was looked up: the database is another one now."""
    _known.clear()
