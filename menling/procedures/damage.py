"""Damage to the resident's things: reported, paid at its price, and by whom (OC-3.11, CF-27)."""

from decimal import Decimal

from menling.kernel.money import FEN
from menling.kernel.points import rule
from menling.kernel.refusal import Refused
from menling.kernel.words import _


@rule("OC-3.11")
def compensation(price: Decimal, pct: Decimal) -> Decimal:
    """Return what is paid for a damaged thing, in yuan: its price, or more where the office says so."""
    return (price * pct / 100).quantize(FEN)


@rule("CF-27")
def damage_borne_by(*, consented: bool, liability: str) -> str:
    """Return who bears a damage: ``resident`` who was warned of it and agreed all the same, ``office``, or ``open``.

    An office that decides case by case leaves it open until its manager has.
    """
    if liability == "case_by_case":
        return "open"
    return "resident" if consented else "office"


@rule("OC-3.11")
def damage_reported(damaged: bool, reports: int) -> None:
    """Damage to the resident's things has its report with item and price before the visit ends."""
    if damaged and reports == 0:
        raise Refused("OC-3.11", _("Something was damaged: report the item and its price first, then finish."))
