"""What is accepted one by one after cleaning, and how earlier acceptances went (HA-4.2.1, HA-4.2.2)."""

import re
from collections.abc import Iterable, Sequence
from textwrap import wrap
from typing import Any

from menling.orders.models import Housekeeping
from menling.procedures.housekeeping_rules import every_part_looked_at, parts_as_agreed

PART = re.compile(r"(?:[（(【][^（(【】)）]*[】)）]|[^、，,；;。\n])+")
"""A part reaches to the next separator; what stands in brackets belongs to it."""
HEADING = re.compile(r"\A(?:[（(【][^（(【】)）：:]*[】)）]|[^（(【】)）、，,；;。\n：:])+[：:](?!\d)")
"""What the whole begins with may say what sort of visit it is, such as 日常保洁：, and holds no list and no time of the clock."""
LONGEST = 60
MOST = 100
"""More parts than anybody looks at one by one stand together in the last one."""


def items_of(order: Housekeeping) -> list[str]:
    """Return the items of the cleaning agreed with the resident: the parts of its content, each once (HA-1.3).

    Only a heading over a list is no part. Nothing else is left out: what is longer than a line of the paper goes on as a part.
    """
    listed = _parts(HEADING.sub("", order.content))
    return listed if len(listed) > 1 else _parts(order.content)


def _parts(text: str) -> list[str]:
    found = list(dict.fromkeys(line for each in PART.findall(text) for line in wrap(each.strip(), LONGEST)))
    return found if len(found) <= MOST else [*found[: MOST - 1], "、".join(found[MOST - 1 :])]


def looked_at(order: Housekeeping, parts: Iterable[str]) -> None:
    """HA-4.2.1  Refuse what was said about a part that is none of the order's. Errors: `Refused`."""
    parts_as_agreed(parts, items_of(order))


def found_in_order(order: Housekeeping, parts: Sequence[str]) -> None:
    """HA-4.2.1  Refuse an acceptance that says nothing of a part of the visit as it is now. Errors: `Refused`."""
    looked_at(order, parts)
    every_part_looked_at(parts, items_of(order))


def told_apart(failed: str, parts: Sequence[str]) -> tuple[str, str]:
    """Return the part that failed and what was remarked about it; a part may hold a colon of its own."""
    named = [each for each in parts if failed == each or failed.startswith(f"{each}：")]
    part = max(named, key=len) if named else failed.partition("：")[0]
    return part, failed[len(part) + 1 :]


def failed_last(order: Housekeeping) -> dict[str, Any] | None:
    """Return the newest failure of an acceptance with its items, or None where there was none (HA-4.2.2)."""
    return next((each for each in reversed(order.acceptances) if each["step"] == "object"), None)
