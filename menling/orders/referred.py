"""What of an order lies with another department, and by when that answers (MR-39)."""

from datetime import datetime

from menling.journal.models import Case, Deadline
from menling.orders.models import Referral


def referral_of(case: Case) -> Referral:
    """Return what an order was handed on as, the newest where it came back once. Errors: `Referral.DoesNotExist`."""
    return Referral.objects.select_related("case").filter(case__parent=case).order_by("-pk")[:1].get()


def wished_at(case: Case) -> datetime | None:
    """Return the visit time that was passed on with a referral; None where none was (HS-4.1.3)."""
    row = case.events.filter(verb="pass_on").order_by("pk").first()
    wish = row.facts.get("visit_at") if row else None
    return datetime.fromisoformat(wish) if wish else None


def promised(case: Case) -> Deadline | None:
    """Return the promise of a referral that breaks last: after the department was asked again, the new one."""
    running = [each for each in case.deadlines.all() if each.met_at is None and each.released_at is None]
    return max(running, key=lambda each: each.due_at, default=None)
