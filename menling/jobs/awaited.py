"""Payments by QR code that are on no list of what waits for a statement are put there, such as those of an update (MR-23)."""

from datetime import datetime

from menling.money.awaited import put_back


def find_awaited(at: datetime) -> list[str]:
    """Set right which charges wait for a statement, and say which did not stand as they should. Twice is once."""
    return [f"{number}: whether it waits for a statement was set right" for number in put_back()]
