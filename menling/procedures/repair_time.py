"""The time at the home as it is shown and charged; it is stored exactly as it was (EN-D.10A, EN-D.10B, EN-D.10C)."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from menling.kernel.points import rule


@rule("EN-D.10B", "EN-D.10C")
def exact_time(visits: Sequence[tuple[datetime, datetime]]) -> timedelta:
    """Return the time at work over all visits: the exact sum to the second, nothing rounded."""
    return sum(((end - begin) for begin, end in visits), timedelta())


@rule("EN-D.10A")
def time_at_home(arrived: datetime, started: datetime | None, finished: datetime) -> tuple[datetime, datetime]:
    """Return when the handling time of a visit runs: from the start at the home to completion.

    The start is what was tapped there, else the check-in.
    """
    return (started or arrived, finished)


@rule("EN-D.10A", "EN-D.10B")
def time_known(begin: datetime, finished: datetime, longest: int) -> bool:
    """Tell whether somebody measured a visit: one of more than `longest` hours was left without its end being written."""
    return finished - begin <= timedelta(hours=longest)


@rule("EN-D.10B")
def shown_minutes(spent: timedelta) -> int:
    """Return whole minutes, the seconds cut off: for reading only."""
    return spent // timedelta(minutes=1)


@rule("EN-D.10B")
def started_blocks(spent: timedelta, unit: str) -> int | None:
    """Return how many blocks of `unit` minutes were started: 30:00 is one block of 30, 30:01 two; None for ``none``.

    The exact sum over the visits decides, so that seconds count (CF-18).
    """
    if unit == "none":
        return None
    return -(-spent // timedelta(minutes=int(unit)))
