"""What waits: refunds and waivers for somebody to decide or pay, prepayments for the visits they are to pay."""

from decimal import Decimal

from django.db.models import F, Sum

from menling.journal.cases import visible_to
from menling.journal.models import Case
from menling.kernel.actor import Actor
from menling.kernel.money import ZERO
from menling.money.given import Adjustment, Deposit
from menling.premises.models import Office
from menling.premises.statements import rows_of
from menling.procedures.deposit import AGREEMENT

# Mostly there is none, and pages that are looked at all day ask for it.
ASKED_FOR = """
SELECT 1 FROM journal_case WHERE office_id = %(office)s AND kind = 'adjustment' AND closed_at IS NULL LIMIT 1
"""


def adjustments_waiting(by: Actor, office: Office) -> list[Adjustment]:
    """Return the adjustments of an office that are not decided or not paid out yet, the oldest first, in two queries at most."""
    if not rows_of(ASKED_FOR, {"office": office.pk}):
        return []
    cases = visible_to(by).filter(kind="adjustment", office=office, closed_at__isnull=True)
    rows = Adjustment.objects.filter(case__in=cases).select_related("case__parent", "case__unit", "asked_by")
    return list(rows.order_by("case__reported_at", "pk"))


def prepaid_of(agreement: Case) -> tuple[Decimal, Decimal] | None:
    """Return what was prepaid for an agreement and what is left of it, in yuan; None where nothing was."""
    sums = Deposit.objects.filter(case__parent=agreement, purpose=AGREEMENT).aggregate(
        paid=Sum("amount"), left=Sum(F("amount") - F("used") - F("kept") - F("returned"))
    )
    return (sums["paid"], sums["left"] or ZERO) if sums["paid"] is not None else None
