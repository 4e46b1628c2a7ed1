"""The books: moving money, and asking where it is."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from django.db.models import Q, Sum

from menling.journal.models import Case
from menling.kernel.money import ZERO
from menling.money.cashier import in_safe
from menling.money.models import Transfer
from menling.procedures.places import safe
from menling.procedures.safe import lies_in_the_safe


def move(case: Case, source: str, target: str, amount: Decimal, at: datetime) -> Transfer | None:
    """Move `amount` yuan between two places and return the movement; nothing moves for zero."""
    if amount <= 0:
        return None
    return Transfer.objects.create(
        office_id=case.office_id, case=case, source=source, target=target, amount=amount, happened_at=at
    )


def book(case: Case, moves: Sequence[Sequence[object]], at: datetime) -> list[Transfer | None]:
    """Write into the books what a step moved: from, to, yuan; and return what `move` does of each.

    Errors: `Refused` MR-50 (409) when more would leave the safe than lies in it.
    """
    told = [(str(source), str(target), Decimal(str(amount))) for source, target, amount in moves]
    _in_the_safe(case.office_id, told)
    return [move(case, source, target, amount, at) for source, target, amount in told]


def _in_the_safe(office_id: int, moves: Sequence[tuple[str, str, Decimal]]) -> None:
    place = safe(office_id)
    out = sum((amount for source, _target, amount in moves if source == place), ZERO)
    back = sum((amount for _source, target, amount in moves if target == place), ZERO)
    if out > back and (held := in_safe(office_id)) is not None:
        lies_in_the_safe(out - back, held)


def balance(office_id: int, place: str) -> Decimal:
    """Return what is in a place of an office, in yuan: what came minus what went."""
    sums = Transfer.objects.filter(office_id=office_id).aggregate(
        came=Sum("amount", filter=Q(target=place)), went=Sum("amount", filter=Q(source=place))
    )
    return (sums["came"] or ZERO) - (sums["went"] or ZERO)
