"""Cash on its way to finance, as a door shows it."""

from typing import Any

from menling.kernel.actor import Actor
from menling.money.models import Handover


def handover(row: Handover, by: Actor) -> dict[str, Any]:
    """Return the cash of one collector and day: what was counted, sealed before whom, and whether a difference is unsigned."""
    return {
        "holder": row.holder.number, "day": row.day, "overnight": row.overnight,
        "difference_reason": row.difference_reason, "count": row.count, "unsigned": row.unsigned,
        "envelope": row.envelope, "witnesses": [number for number, _name in row.witnesses],
        "sealed": None if row.sealed is None else str(row.sealed), "sealed_at": row.sealed_at,
        "amount": None if row.amount is None else str(row.amount),
        "charges": list(row.charges.values_list("case__number", flat=True)),
    }  # fmt: skip
