"""What is left of a movement after counter-entries and what was taken back of those; the bank slips they free (MR-29)."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from menling.kernel.money import ZERO
from menling.money.models import Transfer
from menling.money.sheets import BankSlip, CounterEntry


def left_of(moved: Iterable[Transfer], until: date | None = None) -> dict[int, Decimal]:
    """Return by key what is left of movements, in yuan, after the counter-entries posted on the sheets up to `until`.

    A counter-entry counts for what is left of itself: it may have been taken back too. One query for each turn of that.
    """
    left = {each.pk: each.amount for each in moved}
    if not left:
        return {}
    entries = CounterEntry.objects.filter(reverses__in=left, state="posted").select_related("reverses", "posted")
    found = list(entries if until is None else entries.filter(day__day__lte=until))
    still = left_of([each.posted for each in found if each.posted], until)
    for each in found:
        if each.reverses is not None:
            left[each.reverses.pk] -= still[each.posted.pk] if each.posted else each.amount
    return left


def began_with(moved: Transfer) -> Transfer:
    """Return, locked until the commit, the movement that counter-entries took back, and back again, until this one came of it.

    Locked: two counter-entries of one movement, decided at once on two sheets, would not see each other.
    """
    entry = CounterEntry.objects.select_related("reverses").filter(posted=moved, reverses__isnull=False).first()
    if entry is not None and entry.reverses is not None:
        return began_with(entry.reverses)
    return Transfer.objects.select_for_update(no_key=True).get(pk=moved.pk)


def mark_slip(moved: Transfer) -> None:
    """A bank slip all of whose movement went back frees its number; one that counts again holds it again.

    Errors: the constraint `bank_slip_once` where the number was written once more meanwhile.
    """
    slip = BankSlip.objects.filter(transfer=moved).first()
    taken_back = left_of([moved])[moved.pk] == ZERO
    if slip is not None and slip.taken_back != taken_back:
        slip.taken_back = taken_back
        slip.save(update_fields=["taken_back"])
