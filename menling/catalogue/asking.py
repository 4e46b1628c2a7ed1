"""What work would cost: asked by anybody, with no order behind it and nothing kept."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from menling.catalogue.labour import Worked, charged
from menling.catalogue.quotes import MATERIAL, Asked, Line, lines
from menling.kernel.money import times, yuan
from menling.policies.values import values_for
from menling.premises.models import Office
from menling.procedures.charging import ChargingPolicy
from menling.procedures.repair_policy import RepairPolicy
from menling.procedures.repair_rules import material_price


def quoted(office: Office, at: datetime, asked: Sequence[Asked], spent: timedelta | None = None) -> list[dict[str, Any]]:
    """EN-D.13  Return the lines for items of the list in force at `at`, charged by the minutes told, or by `spent`.

    `spent` is the exact time of work that is over; the minutes told are then those that were worked. Errors: `Refused` 422.
    """
    told = [line.as_json() for line in lines(office, at, asked)]
    return charged(told, spent, values_for(office, at).policy(ChargingPolicy), worked_of(asked) if spent is not None else ())


def worked_of(asked: Sequence[Asked]) -> list[Worked]:
    """Return the minutes told with the items, as those that were worked."""
    return [Worked(code=each.code, minutes=each.minutes) for each in asked if each.minutes is not None]


def material(office: Office, at: datetime, name: str, stock: Decimal, quantity: Decimal) -> dict[str, Any]:
    """EN-D.12  Return the line for a material that is not on the list, at stock-in price plus the office's mark-up."""
    policy = values_for(office, at).policy(RepairPolicy)
    price = material_price(None, yuan(stock, "stock_price"), policy.markup_pct, policy.rounding)
    line = Line("", name, name, price, quantity, times(price, quantity), MATERIAL)
    return line.as_json() | {"stock": str(yuan(stock)), "markup": f"{policy.markup_pct.normalize():f}"}


def asked_in(text: str) -> Asked:
    """Return an item as people write it in one word: ``W01``, ``W01*2`` or ``W01*1:20``. Errors: `ValueError`."""
    rest, _colon, minutes = text.partition(":")
    code, _star, count = rest.partition("*")
    try:
        return Asked(code=code, quantity=Decimal(count or "1"), minutes=int(minutes) if minutes else None)
    except ArithmeticError as error:
        raise ValueError(text) from error
