"""Contract review of what is not on the price list: asked for, decided with a reason, withdrawn (HC-5.6.2)."""

from datetime import datetime
from decimal import Decimal
from typing import Annotated

from pydantic import Field

from menling.catalogue.models import ContractReview
from menling.journal.cases import open_case
from menling.journal.models import Case, Detail
from menling.journal.take import take
from menling.journal.taken import Taken, Tell
from menling.journal.when import When
from menling.kernel.actor import SYSTEM, Actor
from menling.kernel.money import yuan
from menling.kernel.procedure import Step
from menling.kernel.words import Message, _
from menling.policies.values import Values, values_for
from menling.premises import names
from menling.premises.models import Office
from menling.procedures import contract_review as rules
from menling.procedures.contract_review import CONTRACT_REVIEW, Status

Steps = list[tuple[Detail, Taken]]
Content = Annotated[str, Field(max_length=500)]
Reason = Annotated[str, Field(max_length=300)]


def file(office: Office, *, by: Actor, at: datetime, content: Content, price: Decimal, customer: str = "") -> Steps:
    """HC-5.6.2  Ask for the review of a wish no order was filed for yet, at a proposed price in yuan."""
    return _asked(office, None, values_for(office, at), by, at, content, price, customer=customer)


def open_under(order: Case, values: Values, *, by: Actor, at: datetime, content: str, price: Decimal) -> Steps:
    """HC-5.6.2  Ask for the review of what an order wants beyond the list, as a case under it."""
    return _asked(order.office, order, values, by, at, content, price)


def _asked(office: Office, order: Case | None, values: Values, by: Actor, at: datetime, content: str, price: Decimal,
           customer: str = "") -> Steps:  # fmt: skip
    row = CONTRACT_REVIEW.step("file", Status.NEW, by.roles_in(office.pk))
    rules.says_what(content)
    review = ContractReview(
        content=names.folded(content)[:500], proposed=yuan(price, "price"), customer=names.folded(customer)[:60],
        asked_by_id=by.id if by.kind == "staff" else None,
    )  # fmt: skip
    review.case = open_case("contract_review", office, at, year=values.calendar.local(at).year, parent=order,
                            unit=order.unit_id if order else None)  # fmt: skip
    review.values = values
    review.save(force_insert=True)
    facts = {"content": review.content, "proposed": review.proposed}
    return [(review, take(review, row, by=by, at=at, facts=facts, tell=_deciders(review)))]


def _deciders(review: ContractReview) -> tuple[Tell, ...]:
    text = Message(_("{number}: contract review asked for: {content}, ¥{price}."),
                   {"number": review.case.number, "content": review.content[:60], "price": review.proposed})  # fmt: skip
    return (Tell(text, roles=tuple(sorted(rules.DECIDERS[review.policy.reviewers]))),)


def approve(review: ContractReview, *, by: Actor, at: datetime, reason: Reason, price: Decimal | None = None) -> Steps:
    """HC-5.6.2  It is taken on at the proposed price, or at `price` yuan."""
    review.price = review.proposed if price is None else yuan(price, "price")
    said = _("{number}: taken on after contract review, ¥{price}.")
    return _decided(review, "approve", by, at, reason, said, price=review.price)


def decline(review: ContractReview, *, by: Actor, at: datetime, reason: Reason) -> Steps:
    """HC-5.6.2  It is not taken on; the resident is told why."""
    return _decided(review, "decline", by, at, reason, _("{number}: not taken on after contract review: {reason}"))


def _decided(review: ContractReview, verb: str, by: Actor, at: datetime, reason: str, said: str, **facts: object) -> Steps:
    row = _step(review, verb, by)
    rules.may_decide(by.roles_in(review.case.office_id), review.asked_by_id, by.id, review.policy)
    rules.decided_with_reason(reason)
    review.decided_by_id, review.reason = by.id, names.folded(reason)[:300]
    review.save(update_fields=["price", "decided_by", "reason"])
    facts |= {"reason": review.reason}
    text = Message(said, {"number": review.case.number} | facts)
    tell = (Tell(text, staff=review.asked_by_id),) if review.asked_by_id else ()
    return [(review, take(review, row, by=by, at=at, facts=facts, tell=tell))]


def withdraw(review: ContractReview, *, by: Actor, at: datetime, reason: Reason) -> Steps:
    """MR-36  The wish is given up, or needs no review: nothing waits for it any more."""
    row = _step(review, "withdraw", by)
    rules.decided_with_reason(reason)
    review.reason = names.folded(reason)[:300]
    review.save(update_fields=["reason"])
    return [(review, take(review, row, by=by, at=at, facts={"reason": review.reason}))]


def hand_on_with(detail: Detail, taken: Taken, by: Actor, when: When) -> Steps:
    """MR-39  Nobody decides on a wish whose order was handed on to another department."""
    return _with_order(detail.case, "hand_on", Status.ASKED, taken.at, department=taken.facts["department"])


def take_back_with(detail: Detail, taken: Taken, by: Actor, when: When) -> Steps:
    """MR-39, HC-5.6.2  An order that comes back waits again for the review it waited for."""
    return _with_order(detail.case, "take_back", Status.HANDED_ON, taken.at, reason=taken.facts["reason"])


def _with_order(order: Case, verb: str, status: Status, at: datetime, **facts: object) -> Steps:
    rows = ContractReview.objects.select_related("case", "case__office", "case__parent")
    rows = rows.filter(case__parent=order, case__status=status).order_by("pk")
    steps: Steps = []
    for review in rows.select_for_update(of=("self", "case"), no_key=True):
        review.values = values_for(order.office, review.valued_at)
        tell = _deciders(review) if verb == "take_back" else ()
        row = _step(review, verb, SYSTEM)
        told = {"of": order.number} | facts
        steps.append((review, take(review, row, by=SYSTEM, at=max(at, review.case.last_at), facts=told, tell=tell)))
    return steps


def _step(review: ContractReview, verb: str, by: Actor) -> Step:
    return CONTRACT_REVIEW.step(verb, review.case.status, by.roles_in(review.case.office_id))
