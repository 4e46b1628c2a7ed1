"""The office's now: the wall clock, or, for a demonstration, the instant a rehearsal starts at."""

from datetime import datetime

from django.utils import timezone


def now() -> datetime:
    """Return the present instant, aware."""
    return timezone.now()
