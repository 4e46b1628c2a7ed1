"""Commission: what a worker's settled orders of a month bring the worker, and questions about single lines of it (MR-37)."""

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_DOWN, Decimal
from enum import StrEnum

from menling.kernel.money import FEN, ZERO, times
from menling.kernel.points import rule
from menling.kernel.policy import setting
from menling.kernel.procedure import Clock, Due, Moment, Procedure, Step, minutes_after
from menling.kernel.refusal import Refused
from menling.kernel.roles import WORKERS
from menling.kernel.roles import Role as R
from menling.kernel.words import Month, _


class Status(StrEnum):
    """Where a question about a line of commission stands."""

    NEW = "new"
    ASKED = "asked"
    ANSWERED = "answered"
    WITHDRAWN = "withdrawn"


S = Status
ANSWERERS = frozenset({R.TEAM_LEAD, R.OFFICE_MANAGER})


@dataclass(frozen=True)
class CommissionPolicy:
    """How much of the labour of a settled order its workers get, and by when a question about it is answered."""

    labour_pct: Decimal = setting(
        "commission.labour_pct", ("MR-37",), _("Commission on the labour of a settled order"), Decimal("10"), unit="%",
        least=Decimal(0), most=Decimal(100), in_source=False,
    )  # fmt: skip
    per_job: Decimal = setting(
        "commission.per_job", ("MR-37",), _("Commission on each settled order beside that"), Decimal("0.00"), unit="yuan",
        least=Decimal(0), most=Decimal("9999.99"), in_source=False,
    )  # fmt: skip
    answer_days: int = setting(
        "commission.answer_days", ("MR-38",), _("A question about commission is answered within"), 3, unit="d", least=1,
        most=60, in_source=False,
    )  # fmt: skip


class MonthStatus(StrEnum):
    """Where the commission of a month stands."""

    NEW = "new"
    APPROVED = "approved"


COMMISSION_MONTH = Procedure(
    kind="commission_month",
    title=_("Commission of a month"),
    statuses=MonthStatus,
    ends=frozenset({MonthStatus.APPROVED}),
    steps=(Step(("MR-51",), "approve", frozenset({MonthStatus.NEW}), MonthStatus.APPROVED, frozenset({R.OFFICE_MANAGER})),),
    clocks=(),
)
COMMISSION_MONTH.titles = {MonthStatus.APPROVED: _("approved")}
COMMISSION_MONTH.verbs = {"approve": _("Approve the commission of the month")}


def answered_in_time(moment: Moment) -> Due:
    """MR-38  Who asks about the own pay hears within the office's days."""
    return Due(minutes_after(moment.at, 24 * 60 * moment.policy.answer_days))


COMMISSION_QUERY = Procedure(
    kind="commission_query",
    title=_("Question about commission"),
    statuses=Status,
    ends=frozenset({S.ANSWERED, S.WITHDRAWN}),
    steps=(
        Step(("MR-38",), "file", frozenset({S.NEW}), S.ASKED, WORKERS),
        Step(("MR-38",), "answer", frozenset({S.ASKED}), S.ANSWERED, ANSWERERS),
        Step(("MR-38",), "withdraw", frozenset({S.ASKED}), S.WITHDRAWN, WORKERS, own=True),
    ),
    clocks=(
        Clock(("MR-38",), "answer", _("the question about commission is answered"), frozenset({"file"}),
              frozenset({"answer"}), answered_in_time, frozenset({"withdraw"}), frozenset({R.OFFICE_MANAGER})),
    ),
)  # fmt: skip
COMMISSION_QUERY.titles = {S.ASKED: _("to be answered"), S.ANSWERED: _("answered"), S.WITHDRAWN: _("withdrawn")}
COMMISSION_QUERY.verbs = {"file": _("Ask about a line"), "answer": _("Answer"), "withdraw": _("Withdraw")}


@rule("MR-37")
def commission(labour: Decimal, policy: CommissionPolicy, *, first: bool) -> Decimal:
    """Return what a settled charge brings those who were sent, in yuan: its share of the labour, and the sum per order.

    `labour` is what the work was charged at, without material. What was collected short is nobody's loss here (OC-4.4).
    The sum comes once per order, however many charges it has: with the `first` that is settled.
    """
    return times(labour, policy.labour_pct / 100) + (policy.per_job if first else ZERO)


@rule("MR-37")
def part_of(amount: Decimal, people: int, place: int) -> Decimal:
    """Return the part of one of several people, to the fen: what does not divide goes to the one who answers for the order.

    `place` is 0 for that one.
    """
    part = (amount / people).quantize(FEN, ROUND_DOWN)
    return amount - part * (people - 1) if place == 0 else part


def labour_within(due: Decimal, before: Decimal, materials: Decimal) -> Decimal:
    """MR-37  Return how much of a charge of `due` yuan is labour, when `before` was charged on the order already.

    Material is paid first: only what lies beyond it is labour.
    """
    return max(before + due - materials, ZERO) - max(before - materials, ZERO)


@rule("MR-51")
def after_refund(amount: Decimal, collected: Decimal, refunded: Decimal) -> Decimal:
    """Return what is left of commission once `refunded` of the `collected` yuan was given back: it falls by the same part."""
    return times(amount, (collected - refunded) / collected) if refunded else amount


def is_over(month: date, today: date) -> bool:
    """MR-51  Tell whether a month is over, so that its commission may be approved. `month` is its first day."""
    return (month.year, month.month) < (today.year, today.month)


@rule("MR-51")
def month_over(month: date, today: date) -> None:
    """A month is approved once it is over: until then more is settled in it. `month` is its first day."""
    if not is_over(month, today):
        raise Refused(
            "MR-51", _("The month {month} is not over yet. Please approve its commission from the first of the next month on."),
            field="month", month=Month(month.year, month.month, 1),
        )  # fmt: skip


@rule("MR-38")
def own_line(crew: tuple[int, ...], by: int) -> None:
    """Somebody asks about the own lines alone."""
    if by not in crew:
        raise Refused("MR-38", _("This order is not among yours. Please ask about a line of your own."), status=403)


@rule("MR-38")
def own_word(*, recorded: bool) -> None:
    """Who asked takes the question back, and nobody on that person's behalf."""
    if recorded:
        raise Refused("MR-38", _("Only who asked takes the question back. Please answer it."), status=403)


@rule("MR-38")
def within_charge(more: Decimal, added: Decimal, charged: Decimal) -> None:
    """All answers about a line together add at most what its order was charged, in yuan; `added` is what earlier ones did."""
    if added + more > charged:
        raise Refused(
            "MR-38", _("The order was charged ¥{charged}: its commission cannot be short of more than ¥{most}."), status=409,
            field="more", charged=charged, most=max(charged - added, ZERO),
        )  # fmt: skip


@rule("MR-38")
def says_something(text: str, field: str) -> None:
    """A question and its answer are written down."""
    if not text.strip():
        raise Refused("MR-38", _("Please write it in a few words."), status=422, field=field)
