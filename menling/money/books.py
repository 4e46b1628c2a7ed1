"""The books: moving money, and asking where it is."""

from datetime import datetime
from decimal import Decimal

from django.db.models import Q, Sum

from menling.journal.models import Case
from menling.kernel.money import ZERO
from menling.money.models import Transfer


def move(case: Case, source: str, target: str, amount: Decimal, at: datetime) -> None:
    """Move `amount` yuan between two places; nothing moves for zero."""
    if amount > 0:
        Transfer.objects.create(office_id=case.office_id, case=case, source=source, target=target, amount=amount, happened_at=at)


def balance(office_id: int, place: str) -> Decimal:
    """Return what is in a place of an office, in yuan: what came minus what went."""
    sums = Transfer.objects.filter(office_id=office_id).aggregate(
        came=Sum("amount", filter=Q(target=place)), went=Sum("amount", filter=Q(source=place))
    )
    return (sums["came"] or ZERO) - (sums["went"] or ZERO)


def bag(staff_id: int) -> str:
    """Return the place of what a collector holds."""
    return f"bag:{staff_id}"


def safe(office_id: int) -> str:
    """Return the place of the office's safe."""
    return f"safe:{office_id}"


def bank(office_id: int) -> str:
    """Return the place of the office's money at the bank."""
    return f"bank:{office_id}"


def till(office_id: int, method: str) -> str:
    """Return the place money leaves, or comes to, in cash or otherwise."""
    return safe(office_id) if method == "cash" else bank(office_id)


def unconfirmed(office_id: int) -> str:
    """Return the place of what was paid by QR code and stands on no statement yet."""
    return f"unconfirmed:{office_id}"


def in_envelope(number: str) -> str:
    """Return the place of what lies in a sealed envelope of the office, by the number on it."""
    return f"envelope:{number}"
