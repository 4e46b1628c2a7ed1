"""What was given back of the charges commission is reckoned on (MR-51)."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from menling.journal.models import Event
from menling.kernel.money import ZERO
from menling.money.given import Adjustment


@dataclass(frozen=True)
class Refund:
    """A refund of a charge that was paid out: its number, yuan, and when that was written down."""

    number: str
    amount: Decimal
    recorded_at: datetime


Refunds = dict[int, list[Refund]]
"""The refunds of each charge, in the order in which they were written down."""


def refunds_of(charges: Iterable[int]) -> Refunds:
    """Return what was given back of some charges, in two queries."""
    known = {each.pk: each for each in Adjustment.objects.filter(charge__in=list(charges), sort="refund",
             case__status="paid_out").select_related("case")}  # fmt: skip
    found: Refunds = defaultdict(list)
    rows = Event.objects.filter(case__in=list(known), verb="pay_out").order_by("pk")
    for case, recorded_at in rows.values_list("case_id", "recorded_at"):
        row = known[case]
        assert row.charge_id is not None, "the refund of a charge"
        found[row.charge_id].append(Refund(row.case.number, row.amount, recorded_at))
    return found


def total(refunds: Iterable[Refund]) -> Decimal:
    """Return what some refunds come to, in yuan."""
    return sum((each.amount for each in refunds), ZERO)
