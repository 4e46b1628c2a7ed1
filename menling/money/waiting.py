"""What waits: refunds and waivers for somebody to decide or pay, prepayments for the visits they are to pay."""

from decimal import Decimal
from typing import NamedTuple

from django.db.models import F, Sum

from menling.journal.cases import visible_to
from menling.journal.models import Case
from menling.kernel.actor import Actor
from menling.kernel.money import ZERO
from menling.money.given import Adjustment, Deposit
from menling.money.models import Charge
from menling.premises.models import Office
from menling.premises.statements import rows_of
from menling.procedures.charge import Status
from menling.procedures.deposit import AGREEMENT
from menling.procedures.housekeeping import ACCEPTED, CLEANED

# Mostly there is none of either, and pages that are looked at all day ask for both.
RARE = """
SELECT EXISTS (SELECT FROM journal_case WHERE office_id = %(office)s AND kind = 'adjustment' AND closed_at IS NULL),
    EXISTS (SELECT FROM money_handover WHERE office_id = %(office)s AND unsigned),
    EXISTS (SELECT FROM journal_case WHERE office_id = %(office)s AND kind = 'errand' AND closed_at IS NULL)
"""

# Only agreements that were ever prepaid are looked at: what is due at the door is charged when the work is finished.
OVERLOOKED = """
SELECT c.number FROM journal_case c JOIN orders_order o ON o.case_id = c.id AND o.channel = 'agreement'
WHERE c.kind = 'housekeeping' AND c.status = ANY(%(accepted)s) AND c.parent_id IN (
    SELECT d.parent_id FROM money_deposit m JOIN journal_case d ON d.id = m.case_id WHERE m.purpose = %(agreement)s
) AND EXISTS (
    SELECT FROM jsonb_array_elements(o.quote || o.materials) line WHERE (line->>'amount')::numeric > 0
) AND NOT EXISTS (
    SELECT FROM journal_case h WHERE h.parent_id = c.id AND h.kind = 'charge' AND h.status <> %(void)s
)
ORDER BY c.number
"""


class Rare(NamedTuple):
    """Which lists that are mostly empty hold anything: what waits to be decided or paid, differences to be signed, errands."""

    adjustments: bool
    unsigned: bool
    errands: bool


def rare(office: Office) -> Rare:
    """Return which of the lists that are mostly empty are worth reading, by one short question."""
    return Rare(*rows_of(RARE, {"office": office.pk})[0])


def adjustments_waiting(by: Actor, office: Office) -> list[Adjustment]:
    """Return the adjustments of an office that are not decided or not paid out yet, the oldest first, in one query."""
    cases = visible_to(by).filter(kind="adjustment", office=office, closed_at__isnull=True)
    rows = Adjustment.objects.filter(case__in=cases).select_related("case__parent", "case__unit", "asked_by")
    return list(rows.order_by("case__reported_at", "pk"))


def overlooked() -> list[str]:
    """Return the numbers of the prepaid visits that were accepted, filed ones included, and that nobody charged (MR-34)."""
    asked = {"accepted": sorted(ACCEPTED), "agreement": AGREEMENT, "void": Status.VOID}
    return [number for (number,) in rows_of(OVERLOOKED, asked)]


def prepaid_of(agreement: Case) -> tuple[Decimal, Decimal] | None:
    """Return what was prepaid for an agreement and what is left of it, in yuan; None where nothing was."""
    sums = Deposit.objects.filter(case__parent=agreement, purpose=AGREEMENT).aggregate(
        paid=Sum("amount"), left=Sum(F("amount") - F("used") - F("kept") - F("returned"))
    )
    return (sums["paid"], sums["left"] or ZERO) if sums["paid"] is not None else None


def uncharged_of(agreement: Case) -> dict[str, Decimal]:
    """Return what the visits of an agreement cost that are done and not charged, in yuan, by the number of the order (MR-34).

    What is prepaid is charged once the resident accepted it; until then it is spoken for.
    """
    visits = Case.objects.filter(parent=agreement, kind="housekeeping", status__in=CLEANED, order__channel="agreement")
    done = list(visits.select_related("order").order_by("pk"))
    rows = Charge.objects.filter(case__parent__in=done).exclude(case__status=Status.VOID)
    charged = dict(rows.order_by().values_list("case__parent").annotate(came=Sum(F("due") + F("waived"))))
    left = {each.number: each.order.due - charged.get(each.pk, ZERO) for each in done}
    return {number: amount for number, amount in left.items() if amount > ZERO}
