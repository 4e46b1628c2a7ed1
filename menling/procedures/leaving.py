"""Leaving the company: what somebody still holds goes to others first (MR-15)."""

from collections.abc import Sequence

from menling.kernel.points import rule
from menling.kernel.refusal import Refused
from menling.kernel.words import _

NAMED = 5
"""Numbers named in the refusal; the whole list stands on the person's page."""


@rule("MR-15")
def nothing_in_hand(held: Sequence[str]) -> None:
    """Nobody is written out while orders, cash, slips or shifts are still in that person's hands; `held` are their numbers."""
    if held:
        raise Refused(
            "MR-15",
            _("{count} things are still in this person's hands: {numbers}. Give them to others first; the list is on this page."),
            count=len(held),
            numbers=held[:NAMED],
        )
