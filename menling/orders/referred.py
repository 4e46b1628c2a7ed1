"""What of an order lies with another department, and by when that answers (MR-39)."""

from menling.journal.models import Case, Deadline
from menling.orders.models import Referral


def referral_of(case: Case) -> Referral:
    """Return what an order was handed on as, the newest where it came back once. Errors: `Referral.DoesNotExist`."""
    return Referral.objects.select_related("case").filter(case__parent=case).order_by("-pk")[:1].get()


def promised(case: Case) -> Deadline | None:
    """Return the promise of a referral that breaks last: after the department was asked again, the new one."""
    running = [each for each in case.deadlines.all() if each.met_at is None and each.released_at is None]
    return max(running, key=lambda each: each.due_at, default=None)
