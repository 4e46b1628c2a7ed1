"""The fee standard of an office: proposed within the band, filed by finance and quality, then in force and public (HC-5.6.1)."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from menling.kernel.money import FEN
from menling.kernel.points import rule
from menling.kernel.policy import setting
from menling.kernel.procedure import Procedure, Step
from menling.kernel.refusal import Refused
from menling.kernel.roles import Role as R
from menling.kernel.words import _


class Status(StrEnum):
    """Where a proposed fee standard stands."""

    NEW = "new"
    PROPOSED = "proposed"
    FINANCE_FILED = "finance_filed"
    QUALITY_FILED = "quality_filed"
    FILED = "filed"
    SENT_BACK = "sent_back"
    WITHDRAWN = "withdrawn"


S = Status
PROPOSERS = frozenset({R.OFFICE_MANAGER, R.ADMINISTRATOR})
REVIEWERS = frozenset({R.FINANCE, R.QUALITY})
UNDER_REVIEW = frozenset({S.PROPOSED, S.FINANCE_FILED, S.QUALITY_FILED})

FEE_STANDARD = Procedure(
    kind="fee_standard",
    title=_("Fee standard"),
    statuses=Status,
    ends=frozenset({S.FILED, S.SENT_BACK, S.WITHDRAWN}),
    steps=(
        Step(("HC-5.6.1",), "file", frozenset({S.NEW}), S.PROPOSED, PROPOSERS),
        Step(("HC-5.6.1",), "file_finance", frozenset({S.PROPOSED}), S.FINANCE_FILED, frozenset({R.FINANCE})),
        Step(("HC-5.6.1",), "file_finance", frozenset({S.QUALITY_FILED}), S.FILED, frozenset({R.FINANCE})),
        Step(("HC-5.6.1",), "file_quality", frozenset({S.PROPOSED}), S.QUALITY_FILED, frozenset({R.QUALITY})),
        Step(("HC-5.6.1",), "file_quality", frozenset({S.FINANCE_FILED}), S.FILED, frozenset({R.QUALITY})),
        Step(("HC-5.6.1",), "send_back", UNDER_REVIEW, S.SENT_BACK, REVIEWERS),
        Step(("HC-5.6.1",), "withdraw", UNDER_REVIEW, S.WITHDRAWN, PROPOSERS),
    ),
)
FEE_STANDARD.titles = {
    S.PROPOSED: _("under review"), S.FINANCE_FILED: _("filed by finance, quality to follow"),
    S.QUALITY_FILED: _("filed by quality, finance to follow"), S.FILED: _("filed and published"),
    S.SENT_BACK: _("sent back"), S.WITHDRAWN: _("withdrawn"),
}  # fmt: skip
FEE_STANDARD.verbs = {
    "file": _("Propose"), "file_finance": _("Reviewed and filed by finance"),
    "file_quality": _("Reviewed and filed by quality"), "send_back": _("Send back"), "withdraw": _("Withdraw"),
}  # fmt: skip


@dataclass(frozen=True)
class FeePolicy:
    """How far an office's price may be from the standard (MN-06)."""

    band_pct: Decimal = setting(
        "money.price_band_pct",
        ("HC-5.6.1", "CF-17"),
        _("An office's price differs from the standard by at most"),
        Decimal("30"),
        unit="%",
        least=Decimal(0),
        most=Decimal(30),
    )


def band(standard: Decimal, policy: FeePolicy) -> tuple[Decimal, Decimal]:
    """Return the lowest and the highest price of an item, in yuan, unrounded; both are allowed."""
    return standard * (100 - policy.band_pct) / 100, standard * (100 + policy.band_pct) / 100


@rule("HC-5.6.1")
def within_band(code: str, price: Decimal, standard: Decimal, policy: FeePolicy) -> None:
    """A standard item costs between 70% and 130% of its standard price, compared unrounded; the limits are allowed."""
    least, most = band(standard, policy)
    if not least <= price <= most:
        raise Refused(
            "HC-5.6.1",
            _("{code}: ¥{price} is outside ¥{least} to ¥{most}. Please choose a price between them."),
            field="items",
            code=code,
            price=price,
            least=_in_yuan(least),
            most=_in_yuan(most),
        )


def _in_yuan(amount: Decimal) -> str:
    """Return an amount to the fen, and what lies behind the fen where there is something."""
    return f"{max(amount.normalize(), amount.quantize(FEN), key=_places):f}"


def _places(amount: Decimal) -> int:
    return -int(amount.as_tuple().exponent)


@rule("HC-5.6.2")
def standard_or_reviewed(code: str, *, standard: bool, review: str) -> None:
    """A service that is not on the standard list gets a price only after its contract review, whose number is given."""
    if not standard and not review.strip():
        raise Refused(
            "HC-5.6.2",
            _("{code} is not on the standard list. Have it reviewed by contract review first, then give the number of the "
              "review."),
            field="items",
            code=code,
        )  # fmt: skip


@rule("HC-5.6.1")
def two_departments(filed_by: int | None, by: int) -> None:
    """Finance and quality review a list each for itself: one person does not file it for both."""
    if filed_by is not None and filed_by == by:
        raise Refused("HC-5.6.1", _("You filed it for the other department already. Somebody else reviews it here."), status=403)


@rule("HC-5.6.1")
def says_why(reason: str) -> None:
    """Who sends a list back or withdraws it writes why."""
    if not reason.strip():
        raise Refused("HC-5.6.1", _("Please write what has to be different."), status=422, field="reason")
