"""What a step leaves behind for others: that it was taken, and whom to tell."""

from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from menling.kernel.actor import Actor
from menling.kernel.words import Message

RECORDED_AT: ContextVar[datetime | None] = ContextVar("recorded_at", default=None)
"""When the running command was received: the second time of every event it writes."""
DEVICE_OFF: ContextVar[int] = ContextVar("device_off", default=0)
"""By how many seconds the device of the running command was late (or, below zero, early); 0 unless that is worth a flag."""


@dataclass(frozen=True)
class Tell:
    """A message that goes out after the commit: to a member of staff, to roles of the office, or to a phone.

    An `urgent` one goes out at night too, by every channel there is.
    """

    text: Message
    staff: int | None = None
    roles: tuple[str, ...] = ()
    phone: str = ""
    urgent: bool = False


@dataclass(frozen=True)
class Taken:
    """A step that was just taken, for the reactions and the answer."""

    kind: str
    verb: str
    at: datetime
    facts: dict[str, Any] = field(default_factory=dict)


def actor_key(by: Actor) -> str:
    """Return the actor as it stands in events: ``staff:7``, ``resident:3`` or ``system:0``."""
    return f"{by.kind}:{by.id}"
