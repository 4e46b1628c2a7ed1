"""Deposits and prepayments: money of a resident kept for a purpose, drawn down by visits, given back, or kept with a reason."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from menling.kernel.money import ZERO
from menling.kernel.points import rule
from menling.kernel.policy import setting
from menling.kernel.procedure import Procedure, Step
from menling.kernel.refusal import Refused
from menling.kernel.roles import LEADS_OR_ABOVE
from menling.kernel.roles import Role as R
from menling.kernel.words import _
from menling.procedures.adjustment_rules import AdjustmentPolicy


class Status(StrEnum):
    """Where a deposit stands."""

    NEW = "new"
    HELD = "held"
    KEPT_PART = "kept_part"
    RETURNED = "returned"
    KEPT = "kept"
    USED_UP = "used_up"


S = Status
FINANCE = frozenset({R.FINANCE})
READERS = LEADS_OR_ABOVE | {R.FINANCE, R.SERVICE_DESK, R.SERVICE_DESK_SUPERVISOR, R.CONTROL_CENTRE}
PURPOSES: Mapping[str, str] = {
    "renovation": _("renovation"), "key": _("keys"), "card": _("access card"), "goods": _("things lent"),
    "agreement": _("prepaid for an agreement"), "other": _("other"),
}  # fmt: skip
AGREEMENT = "agreement"
"""The purpose of a prepayment: it pays for the visits of an agreement."""


def _at(*statuses: Status) -> frozenset[StrEnum]:
    return frozenset(statuses)


DEPOSIT = Procedure(
    kind="deposit",
    title=_("Deposit"),
    statuses=Status,
    ends=_at(S.RETURNED, S.KEPT, S.USED_UP),
    steps=(
        # clauses                    verb         before                       after        by
        Step(("MR-34",), "take_in", _at(S.NEW), S.HELD, FINANCE),
        Step(("MR-34",), "draw_down", _at(S.HELD), None, frozenset({R.SYSTEM})),
        Step(("MR-34",), "use_up", _at(S.HELD), S.USED_UP, frozenset({R.SYSTEM})),
        Step(("MR-34",), "keep_part", _at(S.HELD), S.KEPT_PART, LEADS_OR_ABOVE),
        Step(("MR-34",), "keep_all", _at(S.HELD), S.KEPT, LEADS_OR_ABOVE),
        Step(("MR-34",), "give_back", _at(S.HELD, S.KEPT_PART), S.RETURNED, FINANCE),
    ),
)  # fmt: skip
DEPOSIT.titles = {
    S.HELD: _("held"), S.KEPT_PART: _("kept in part, the rest to be given back"), S.RETURNED: _("given back"),
    S.KEPT: _("kept"), S.USED_UP: _("used up"),
}  # fmt: skip
DEPOSIT.verbs = {
    "take_in": _("Take a deposit"), "draw_down": _("Visit paid from it"), "use_up": _("Visit paid from it"),
    "keep_part": _("Keep a part"), "keep_all": _("Keep all of it"), "give_back": _("Give back"),
}  # fmt: skip


@dataclass(frozen=True)
class DepositPolicy(AdjustmentPolicy):
    """Who decides up to what amount that a deposit is kept, as for refunds; and whether visits draw a prepayment down."""

    draws_down: bool = setting(
        "deposits.visits_draw_down", "MR-34", _("A prepayment pays the visits of its agreement by itself"), True,
        in_source=False,
    )  # fmt: skip


@rule("MR-34")
def above_zero(amount: Decimal) -> None:
    """A deposit is an amount."""
    if amount <= ZERO:
        raise Refused("MR-34", _("Please write an amount above zero."), status=422, field="amount")


@rule("MR-34")
def for_agreement(purpose: str, agreement: str) -> None:
    """A prepayment names its agreement, and nothing else does."""
    if (purpose == AGREEMENT) != bool(agreement):
        raise Refused(
            "MR-34", _("A prepayment names the agreement it is for; other deposits name none."), status=422, field="agreement"
        )


@rule("MR-34")
def may_be_kept(amount: Decimal, left: Decimal, purpose: str, *, whole: bool) -> None:
    """What is kept is a part of what is left, or all of it; a prepayment is drawn down or given back, never kept."""
    if purpose == AGREEMENT:
        raise Refused("MR-34", _("A prepayment pays for visits, and what is left of it is given back."))
    if not whole and not ZERO < amount < left:
        raise Refused("MR-34", _("¥{left} is held. A part of it is more than nothing and less than that."),
                      field="amount", left=left)  # fmt: skip


@rule("MR-34")
def charged_once_accepted(left: Decimal, policy: DepositPolicy) -> bool:
    """Tell whether a visit waits for the resident's acceptance before it is charged: what is prepaid is there already."""
    return policy.draws_down and left > ZERO


@rule("MR-34")
def nothing_is_to_be_paid_from_it(waiting: Sequence[str]) -> None:
    """What is prepaid stays while a visit that was done waits to be accepted and charged: the prepayment is to pay it."""
    if waiting:
        raise Refused("MR-34", _("{numbers}: done and not charged yet; this prepayment pays for it. Have it signed first."),
                      numbers="，".join(waiting))  # fmt: skip


@rule("MR-34")
def pays(due: Decimal, left: Decimal, policy: DepositPolicy) -> Decimal:
    """Return how much of what a visit costs its prepayment pays, in yuan: all of it, or what is left; the rest stays due."""
    return min(due, left) if policy.draws_down else ZERO
