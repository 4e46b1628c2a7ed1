"""What goes out of the office's safe in cash, and what comes into it from the bank (MR-29, MR-50)."""

from decimal import Decimal

from menling.kernel.money import ZERO
from menling.kernel.points import rule
from menling.kernel.refusal import Refused
from menling.kernel.words import _


@rule("MR-29")
def above_zero(amount: Decimal) -> None:
    """What is fetched from the bank is more than nothing."""
    if amount == ZERO:
        raise Refused("MR-29", _("Please write an amount above zero."), status=422, field="amount")


@rule("MR-50")
def lies_in_the_safe(amount: Decimal, in_safe: Decimal) -> None:
    """What is paid in cash lies in the safe: not a cent more goes out than the books say is there."""
    if amount > in_safe:
        raise Refused(
            "MR-50",
            _("¥{safe} lies in the safe, and ¥{amount} would go out. Fetch cash from the bank first, or pay another way."),
            safe=max(in_safe, ZERO), amount=amount,
        )  # fmt: skip
