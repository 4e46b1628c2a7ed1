"""What contract reviews decided, for the price of an order (HC-5.6.2)."""

from decimal import Decimal

from menling.catalogue.models import ContractReview
from menling.catalogue.quotes import Line
from menling.journal.models import Case
from menling.kernel.refusal import Refused
from menling.kernel.words import _


def reviews_of(order: Case) -> list[ContractReview]:
    """Return the reviews asked for under an order that were not withdrawn, the newest first."""
    rows = ContractReview.objects.filter(case__parent=order).exclude(case__status="withdrawn")
    return list(rows.select_related("case").order_by("-pk"))


def approved_review(order: Case, number: str) -> Line:
    """Return the line of a quote for what a review of the order's office agreed to.

    Errors: `Refused` HC-5.6.2 when there is no such review, it is not decided, or it was not taken on.
    """
    rows = ContractReview.objects.filter(case__office=order.office_id, case__number=number)
    found = rows.select_related("case").first()
    if found is None or found.price is None or found.case.parent_id not in (None, order.pk):
        raise Refused(
            "HC-5.6.2", _("Contract review {number} did not agree to a price for this order."), status=409 if found else 422,
            field="review", number=number,
        )  # fmt: skip
    return line_of(found)


def line_of(review: ContractReview) -> Line:
    """Return a line of a quote for what a review agreed to, at the price it agreed to."""
    assert review.price is not None, "a review that agreed has a price"
    name = review.content[:100]
    return Line("", name, name, review.price, Decimal(1), review.price, review=review.case.number)
