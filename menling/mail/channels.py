"""Ways out of the house. Each takes people and a finished sentence, and fails by raising."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

logger = logging.getLogger("menling.mail")


@dataclass(frozen=True)
class Recipient:
    """Somebody to be told: a member of staff, or only a phone."""

    name: str
    phone: str
    language: str
    number: str = ""

    @property
    def masked(self) -> str:
        """Return the recipient as it may stand in a log: staff by number and name, a phone without its middle."""
        return f"{self.number} {self.name}" if self.number else f"{self.phone[:3]}****{self.phone[-4:]}"


class Channel(Protocol):
    """What sends a sentence to people who share a language."""

    def send(self, to: Sequence[Recipient], text: str) -> None:
        """Send, or raise whatever went wrong: the outbox keeps the error and tries again."""


class LogChannel:
    """Writes one line a message to the log: for an office that has no gateway yet."""

    def send(self, to: Sequence[Recipient], text: str) -> None:
        """Write the line."""
        logger.info("%s: %s", "、".join(recipient.masked for recipient in to), text)
