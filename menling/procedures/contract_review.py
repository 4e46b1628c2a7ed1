"""Contract review: a wish off the price list is held until somebody decided on it and on its price (HC-5.6.2)."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from menling.kernel.points import rule
from menling.kernel.policy import setting
from menling.kernel.procedure import Clock, Due, Moment, Procedure, Step, minutes_after
from menling.kernel.refusal import Refused
from menling.kernel.roles import LEADS_OR_ABOVE, Role
from menling.kernel.roles import Role as R
from menling.kernel.words import _


class Status(StrEnum):
    """Where a contract review stands."""

    NEW = "new"
    ASKED = "asked"
    APPROVED = "approved"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    HANDED_ON = "handed_on"


S = Status
DESKS = frozenset({R.SERVICE_DESK, R.SERVICE_DESK_SUPERVISOR, R.CONTROL_CENTRE})
ASKERS = DESKS | {R.TEAM_LEAD, R.BUSINESS_LEAD, R.OFFICE_MANAGER, R.REPAIR_WORKER, R.HOUSEKEEPER, R.ENGINEERING_CREW}


AMOUNTS = _(
    "A wish that is not on the price list always needs a contract review. An amount alone does not say whether it is one: a "
    "listed job may stand behind it. Taken at the word, who names it answers for that; reviewed every time, only items of the "
    "list and what a review agreed to have a price."
)


@dataclass(frozen=True)
class ReviewPolicy:
    """Who decides, within what time, and whether a bare amount needs a review."""

    reviewers: str = setting(
        "money.contract_reviewers", ("MR-36",), _("A contract review is decided by"), "manager",
        options=("manager", "lead"), in_source=False,
    )  # fmt: skip
    hours: int = setting(
        "money.contract_review_hours", ("MR-36",), _("A contract review is decided within"), 24, unit="h", least=1, most=720,
        in_source=False,
    )  # fmt: skip
    amounts: str = setting(
        "money.bare_amounts", ("HC-5.6.2", "MR-36"), _("An amount named without an item of the price list"), "taken",
        options=("taken", "reviewed"), in_source=False, about=AMOUNTS,
    )  # fmt: skip


def decided_in_time(moment: Moment) -> Due:
    """MR-36  What a resident waits for is decided within the office's hours."""
    return Due(minutes_after(moment.at, 60 * moment.policy.hours))


CONTRACT_REVIEW = Procedure(
    kind="contract_review",
    title=_("Contract review"),
    statuses=Status,
    ends=frozenset({S.APPROVED, S.DECLINED, S.WITHDRAWN, S.HANDED_ON}),
    steps=(
        Step(("HC-5.6.2",), "file", frozenset({S.NEW}), S.ASKED, ASKERS),
        Step(("HC-5.6.2",), "approve", frozenset({S.ASKED}), S.APPROVED, LEADS_OR_ABOVE),
        Step(("HC-5.6.2",), "decline", frozenset({S.ASKED}), S.DECLINED, LEADS_OR_ABOVE),
        Step(("MR-36",), "withdraw", frozenset({S.ASKED}), S.WITHDRAWN, ASKERS - {R.REPAIR_WORKER, R.HOUSEKEEPER,
             R.ENGINEERING_CREW}),
        Step(("MR-39",), "hand_on", frozenset({S.ASKED}), S.HANDED_ON, frozenset({R.SYSTEM})),
        Step(("MR-39", "HC-5.6.2"), "take_back", frozenset({S.HANDED_ON}), S.ASKED, frozenset({R.SYSTEM})),
    ),
    clocks=(
        Clock(("MR-36",), "decide", _("the contract review is decided"), frozenset({"file", "take_back"}),
              frozenset({"approve", "decline"}), decided_in_time, frozenset({"withdraw", "hand_on"}),
              frozenset({R.OFFICE_MANAGER})),
    ),
)  # fmt: skip
CONTRACT_REVIEW.titles = {
    S.ASKED: _("to be decided"), S.APPROVED: _("agreed to"), S.DECLINED: _("not taken on"), S.WITHDRAWN: _("withdrawn"),
    S.HANDED_ON: _("handed on to another department"),
}  # fmt: skip
CONTRACT_REVIEW.verbs = {
    "file": _("Ask for a contract review"), "approve": _("Take it on"), "decline": _("Do not take it on"),
    "withdraw": _("Withdraw"), "hand_on": _("To another department"), "take_back": _("It comes back to us"),
}  # fmt: skip
DECIDERS = {"manager": LEADS_OR_ABOVE - {R.BUSINESS_LEAD}, "lead": LEADS_OR_ABOVE}


@rule("MR-36")
def may_decide(roles: frozenset[Role], asker: int | None, by: int, policy: ReviewPolicy) -> None:
    """The office's choice decides, and nobody decides on what he asked for himself."""
    if not roles & DECIDERS[policy.reviewers]:
        raise Refused("MR-36", _("In this office the manager decides on a contract review. Please ask there."), status=403)
    if asker is not None and asker == by:
        raise Refused("MR-36", _("You asked for this review yourself. Somebody else decides on it."), status=403)


@rule("HC-5.6.2")
def says_what(content: str) -> None:
    """What is reviewed is written down."""
    if not content.strip():
        raise Refused("HC-5.6.2", _("Please write what the resident wants."), status=422, field="content")


@rule("HC-5.6.2")
def decided_with_reason(reason: str) -> None:
    """A decision of either sort says why."""
    if not reason.strip():
        raise Refused("HC-5.6.2", _("Please write why."), status=422, field="reason")


@rule("HC-5.6.2")
def not_held(review: str) -> None:
    """What waits for its contract review is neither priced nor finished before that decision is on record."""
    if review:
        raise Refused(
            "HC-5.6.2",
            _("Contract review {number} is not decided yet. Wait for it, carry the work over, or have the review withdrawn."),
            number=review,
        )  # fmt: skip


@rule("HC-5.6.2")
def amount_reviewed(amount: Decimal, approved: Iterable[Decimal], *, reviewed: bool, policy: ReviewPolicy) -> None:
    """An amount in yuan for what is not on the list is the one a contract review of this order agreed to.

    An office may take a bare amount at the word of who names it, but never on an order whose wish was once reviewed. What is
    free needs no review.
    """
    if not amount or amount in approved or (policy.amounts == "taken" and not reviewed):
        return
    raise Refused(
        "HC-5.6.2",
        _("¥{amount} is not the price of a contract review of this order. Choose items of the price list, or ask for a "
          "contract review."),
        field="amount",
        amount=amount,
    )  # fmt: skip
