"""Yuan: exact decimals with two places, never float."""

from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal

from menling.kernel.refusal import Refused
from menling.kernel.words import _

FEN = Decimal("0.01")
JIAO = Decimal("0.1")
ZERO = Decimal("0.00")
MOST = Decimal("9999999.99")
ROUNDING = {"half_up": ROUND_HALF_UP, "up": ROUND_CEILING, "down": ROUND_FLOOR}


def yuan(amount: Decimal | int | str, field: str = "amount") -> Decimal:
    """Return an amount in yuan with two places; `field` is the fact it came in.

    Errors: `Refused` MR-6 (422) for a negative or huge amount or one finer than a fen: nothing is rounded silently.
    """
    value = Decimal(amount)
    if not value.is_finite() or value < 0 or value > MOST or value != value.quantize(FEN):
        raise Refused(
            "MR-6", _("{amount} is not an amount in yuan with at most two decimals."), status=422, field=field,
            amount=str(amount)[:20],
        )  # fmt: skip
    return abs(value.quantize(FEN))


def times(price: Decimal, quantity: Decimal) -> Decimal:
    """Return what `quantity` pieces at `price` yuan come to, to the fen, half up: 0.5 metres at 2.25 are 1.13."""
    return yuan((price * quantity).quantize(FEN, ROUND_HALF_UP))


def to_jiao(amount: Decimal, rounding: str = "half_up") -> Decimal:
    """Return `amount` to 0.1 yuan with two places: to the nearest, half up, or always ``up`` or ``down`` (EN-D.12)."""
    return amount.quantize(JIAO, ROUNDING[rounding]).quantize(FEN)
