"""The price of an order: shown from the list or as reviewed, agreed to or refused; what is not on the list is reviewed first."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import Field

from menling.catalogue.commands import reviewing
from menling.catalogue.commands.reviewing import Content
from menling.catalogue.labour import charged
from menling.catalogue.quotes import Asked, Line, lines, total
from menling.catalogue.reviews import approved_review, line_of, reviews_of
from menling.journal.taken import Taken
from menling.kernel.actor import Actor
from menling.kernel.money import yuan
from menling.kernel.refusal import Refused
from menling.kernel.words import _
from menling.orders.commands.steps import Steps, step, taken
from menling.orders.models import Order
from menling.premises import names
from menling.procedures import contract_review as reviewed
from menling.procedures import repair_rules as rules
from menling.procedures.charging import ChargingPolicy
from menling.procedures.contract_review import ReviewPolicy

How = Literal["in_person", "phone", "own_link", "paper"]
Number = Annotated[str, Field(max_length=30)]
BY_AGREEMENT = "agreement"
"""The channel of visits whose price both sides signed in an agreement: that is a contract reviewed already."""


def quote(order: Order, *, by: Actor, at: datetime, items: list[Asked] | None = None, amount: Decimal | None = None,
          description: str = "", review: Number = "") -> Steps:  # fmt: skip
    """EN-3.7, EN-4.3, HC-5.6.2  Show the published price: items of the list, what the contract review of that number agreed to,
    or an amount for work that is not on the list."""
    row = step(order, "quote", by)
    shown = [line.as_json() for line in _quoted(order, items or [], amount, description, review)]
    order.quote, order.agreed, order.agreed_how = charged(shown, None, order.values.policy(ChargingPolicy)), None, ""
    return taken(order, row, by, at, "quote", "agreed", "agreed_how", items=order.quote, amount=order.due)


def _quoted(order: Order, items: Sequence[Asked], amount: Decimal | None, description: str, review: str) -> list[Line]:
    found = lines(order.case.office, order.case.reported_at, items) if items else []
    found += [approved_review(order.case, review)] if review else []
    if amount is None:
        if not found:
            raise Refused("EN-4.3", _("Choose at least one item of the price list."), status=422, field="items")
        return found
    if found:
        rules.published_price(yuan(amount), total([line.amount for line in found]))
        return found
    return [_bare(order, yuan(amount), description)]


def _bare(order: Order, amount: Decimal, description: str) -> Line:
    """Return the line of an amount named without an item: what a review of the order agreed to, or as the office lets it be."""
    name = (names.folded(description) or order.content)[:100]  # no line of a bill is blank
    line = Line("", name, name, amount, Decimal(1), amount)
    if not amount or order.channel == BY_AGREEMENT:
        return line
    reviewed.not_held(order.held_by)
    asked = reviews_of(order.case)
    approved = {each.price: each for each in asked if each.price is not None}
    reviewed.amount_reviewed(amount, approved, reviewed=bool(asked), policy=order.values.policy(ReviewPolicy))
    return line_of(approved[amount]) if amount in approved else line


def ask_review(order: Order, *, by: Actor, at: datetime, content: Content, price: Decimal) -> list[tuple[Any, Taken]]:
    """HC-5.6.2  The resident wants something that is not on the list: a contract review decides, the order waits for it."""
    row = step(order, "ask_review", by)
    reviewed.not_held(order.held_by)
    asked = reviewing.open_under(order.case, order.values, by=by, at=at, content=content, price=price)
    order.held_by = asked[0][0].case.number
    facts = {"review": order.held_by, "content": content, "price": price}
    return [*taken(order, row, by, at, "held_by", facts=facts), *asked]


def consent(order: Order, *, by: Actor, at: datetime, how: How = "in_person", amount: Decimal | None = None) -> Steps:
    """EN-3.7, EN-4.3  The resident agrees to the price: on the own link, or as the worker records it, with how."""
    row = step(order, "consent", by)
    if amount is not None and yuan(amount) != order.due:
        raise Refused(
            "EN-3.7", _("The price shown is ¥{due}. Please agree to that, or show the price again."),
            due=order.due, field="amount",
        )  # fmt: skip
    order.agreed = order.due
    order.agreed_how = "own_link" if by.kind == "resident" else how
    return taken(order, row, by, at, "agreed", "agreed_how", amount=order.agreed, how=order.agreed_how)


def refuse_price(order: Order, *, by: Actor, at: datetime, reason: str = "") -> Steps:
    """EN-3.7, EN-4.3  The resident does not agree to the price: nothing is done for it. It is shown anew, or the visit ends."""
    row = step(order, "refuse_price", by)
    refused, order.quote, order.agreed, order.agreed_how = order.due, [], None, rules.REFUSED
    return taken(order, row, by, at, "quote", "agreed", "agreed_how", amount=refused, reason=names.folded(reason))
