"""What is missing from a bag or an envelope and was owned up to: owed by the person responsible, until it is paid back.

It is recorded and never deducted (OC-4.4); the bag shows from then on what is in it. Places below stand in the books.
"""

from decimal import Decimal

from menling.kernel.money import ZERO
from menling.money.books import balance
from menling.money.cashier import closed_through
from menling.money.models import Handover
from menling.procedures.places import owed_by

Moves = list[list[object]]


def owned_up(handover: Handover, source: str, missing: Decimal) -> Moves:
    """Return what moves once a collector stands to the `missing` yuan: from `source`, as far as it is booked there still."""
    amount = min(missing, balance(handover.office_id, source)) if missing > ZERO else ZERO
    return [[source, owed_by(handover.holder.number), amount]] if amount > ZERO else []


def paid_back(handover: Handover, target: str, surplus: Decimal) -> Moves:
    """Return what moves to `target` of a `surplus` in yuan: it makes up first for what the collector still owes."""
    if surplus <= ZERO:
        return []
    closed_through(handover.office_id, lock=True)  # of two bags counted at once each would pay back the whole
    place = owed_by(handover.holder.number)
    amount = min(surplus, balance(handover.office_id, place))
    return [[place, target, amount]] if amount > ZERO else []


def total(moves: Moves) -> Decimal:
    """Return what was moved, in yuan."""
    return sum((Decimal(str(amount)) for _source, _target, amount in moves), ZERO)
