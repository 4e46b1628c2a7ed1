"""Which few reminders of a card stand open at a moment: a card may hold forty, and nobody reads those at a door (MR-10)."""

from collections.abc import Sequence

from menling.kernel.points import rule

BEFORE = frozenset({"dispatched", "acknowledged"})
SETTING_OUT = ("OC-1.5", "EN-1.16", "EN-1.15", "HC-5.2.2")
AT_THE_DOOR = ("HC-5.3.1", "HC-5.3.4", "EN-3.4", "OC-2.2")
PAID_WORK = ("EN-4.7", "HC-5.2.9-2.1", "EN-3.8", "OC-2.3")
FREE_WORK = ("EN-4.2", "EN-3.8", "OC-2.3", "OC-3.4", "OC-3.9")
LEAVING = ("HC-5.2.8", "OC-4.2", "HC-5.3.9")
FEW = 3


@rule("MR-10")
def foremost(card: str, clauses: Sequence[str], status: str, *, paid: bool) -> tuple[str, ...]:
    """Return the clauses of a card that stand open now, few enough to be read while a door opens; all of a short card."""
    if len(clauses) <= FEW:
        return tuple(clauses)
    return tuple(each for each in _wanted(card, status, paid) if each in clauses)[:FEW]


def _wanted(card: str, status: str, paid: bool) -> tuple[str, ...]:
    if card == "setting_out":
        return SETTING_OUT
    if card == "at_the_door" and status in BEFORE:
        return AT_THE_DOOR
    if card == "at_the_door":
        return PAID_WORK if paid else FREE_WORK
    return LEAVING if card == "leaving" else ()
