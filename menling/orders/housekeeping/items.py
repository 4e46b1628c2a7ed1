"""What is accepted one by one after cleaning, and how earlier acceptances went (HA-4.2.1, HA-4.2.2)."""

import re
from typing import Any

from menling.orders.models import Housekeeping

BETWEEN = re.compile(r"[、，,；;。\n]+")
HEADING = re.compile(r"(?:[^：:；;。\n]|[：:](?=\d))*[：:](?!\d)")
"""What stands before a colon says what sort of visit it is: the parts come behind it. The colon of a clock is none."""
MOST, LONGEST = 30, 60


def items_of(order: Housekeeping) -> list[str]:
    """Return the items of the cleaning agreed with the resident: the parts of its content, each once, no heading (HA-1.3)."""
    parts = [each.strip()[:LONGEST] for each in BETWEEN.split(HEADING.sub("", order.content) or order.content)]
    return list(dict.fromkeys(filter(None, parts)))[:MOST]


def failed_last(order: Housekeeping) -> dict[str, Any] | None:
    """Return the newest failure of an acceptance with its items, or None where there was none (HA-4.2.2)."""
    return next((each for each in reversed(order.acceptances) if each["step"] == "object"), None)
