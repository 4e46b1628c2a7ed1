"""The cashier's day: what belongs to it, the way to the bank, corrections, and when it may be closed (MR-28 to MR-31).

A movement of money belongs to the day it happened on; once that day is closed, to the first day that is open. A day that
nobody began goes with the next one that is closed.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from menling.kernel.money import ZERO
from menling.kernel.points import rule
from menling.kernel.policy import setting
from menling.kernel.procedure import Asks, Clock, Due, Moment, Procedure, Step
from menling.kernel.refusal import Refused
from menling.kernel.roles import LEADS_OR_ABOVE, Role
from menling.kernel.roles import Role as R
from menling.kernel.words import _
from menling.procedures.accounts import kind_of
from menling.procedures.handover import working_days_on


class Status(StrEnum):
    """Where the cashier's day of an office stands."""

    NEW = "new"
    OPEN = "open"
    CLOSED = "closed"


S = Status
OPEN = frozenset({S.OPEN})
BEGUN = frozenset({S.OPEN, S.CLOSED})
"""A line of a statement is set aside on the sheet of a closed day, too: no money moves by it (MR-23)."""
FINANCE = frozenset({R.FINANCE})
REVERSIBLE = frozenset({"safe", "bank", "bag", "difference", "opening"})
"""Kinds of place between which a movement is corrected here; what a resident owes or paid is corrected on its own case."""
NAMED = 5
"""So many are named in a refusal; all of them stand on the page."""


@dataclass(frozen=True)
class CashierPolicy:
    """Values in force for one day of the cashier; amounts in yuan."""

    close_within: int = setting(
        "cashier.close_days", "MR-30", _("Cashier's day closed within working days"), 1, unit="d", least=1, most=10,
        in_source=False,
    )  # fmt: skip
    count_needed: bool = setting(
        "cashier.count_needed", "MR-30", _("The safe is counted note by note to close the day"), True, in_source=False
    )
    qr_days: int = setting(
        "cashier.qr_days", "MR-30", _("A QR payment on no statement needs a word after days"), 3, unit="d", least=0, most=60,
        in_source=False,
    )  # fmt: skip
    opens_itself: bool = setting(
        "cashier.opens_itself", "MR-52", _("The cashier's day begins by itself on working days"), True, in_source=False
    )
    entry_limit: Decimal = setting(
        "cashier.entry_limit", "MR-29", _("Counter-entries from here on are confirmed by the office manager"), Decimal("500.00"),
        unit="yuan", least=Decimal("0.00"), most=Decimal("999999"), in_source=False,
    )  # fmt: skip


def closed_in_time(moment: Moment) -> Due:
    """MR-30  A day is closed by the end of the next working day."""
    return Due(working_days_on(moment, moment.policy.close_within))


CASHIER_DAY = Procedure(
    kind="cashier_day",
    title=_("Cashier's day"),
    statuses=Status,
    ends=frozenset({S.CLOSED}),
    steps=(
        Step(("MR-28", "MR-52"), "begin", frozenset({S.NEW}), S.OPEN, FINANCE | {R.SYSTEM}),
        Step(("MR-29",), "deposit", OPEN, None, FINANCE),
        Step(("MR-29",), "withdraw", OPEN, None, FINANCE),
        Step(("MR-29",), "counter_entry", OPEN, None, FINANCE),
        Step(("MR-29",), "difference", OPEN, None, FINANCE),
        Step(("MR-29",), "confirm_entry", OPEN, None, LEADS_OR_ABOVE),
        Step(("MR-29",), "refuse_entry", OPEN, None, LEADS_OR_ABOVE),
        Step(("MR-23",), "set_aside", BEGUN, None, FINANCE),
        Step(("MR-23",), "take_up", BEGUN, None, FINANCE),
        Step(("MR-30",), "close_day", OPEN, S.CLOSED, FINANCE),
        Step(("MR-31",), "reopen", frozenset({S.CLOSED}), S.OPEN, frozenset({R.OFFICE_MANAGER})),
    ),
    clocks=(
        Clock(("MR-30",), "close", _("the cashier's day is closed"), frozenset({"begin", "reopen"}), frozenset({"close_day"}),
              closed_in_time, frozenset(), frozenset({R.FINANCE, R.OFFICE_MANAGER})),
    ),
)  # fmt: skip
CASHIER_DAY.titles = {S.OPEN: _("not closed yet"), S.CLOSED: _("closed for the day")}
CASHIER_DAY.verbs = {
    "begin": _("Begin the day"), "deposit": _("Take cash to the bank"), "withdraw": _("Fetch cash from the bank"),
    "counter_entry": _("Ask for a counter-entry"),
    "difference": _("Tell a difference of the safe"), "confirm_entry": _("Confirm the counter-entry"),
    "refuse_entry": _("Refuse the counter-entry"), "set_aside": _("Set a line of a statement aside"),
    "take_up": _("Take a line up again"), "close_day": _("Close the cashier's day"), "reopen": _("Reopen the day"),
}  # fmt: skip
CASHIER_DAY.asks = {
    "close_day": Asks(sometimes=("amount", "count", "held", "unpaid")), "difference": Asks(sometimes=("amount", "count")),
}  # fmt: skip


@rule("MR-28")
def booked_on(happened_on: date, closed_through: date | None) -> date:
    """Return the day a movement belongs to: that it happened on, or the first open one after what is closed."""
    return happened_on if closed_through is None else max(happened_on, closed_through + timedelta(days=1))


def day_before(day: date) -> date:
    """Return the day before a day."""
    return day - timedelta(days=1)


@rule("MR-28")
def may_begin(day: date, today: date, closed_through: date | None) -> None:
    """A day is begun on it or after it, and not behind a day that is closed."""
    if day > today:
        raise Refused("MR-28", _("This day has not come yet. Begin it when it is there."), field="day")
    if closed_through is not None and day <= closed_through:
        raise Refused(
            "MR-28", _("The books are closed through {day}. What comes now belongs to the next day."), day=closed_through
        )


@rule("MR-28")
def on_its_day(day: date, booked: date) -> None:
    """What is moved stands on the sheet of the day it is booked on."""
    if day != booked:
        raise Refused("MR-28", _("This would be booked on {booked}. Please do it on the sheet of that day."), booked=booked)


@rule("MR-52")
def opens_by_itself(today: date, at_work: bool, policy: CashierPolicy, closed_through: date | None) -> bool:
    """Tell whether a day begins by itself: the office is at work, its books have begun, and they are not closed this far."""
    return policy.opens_itself and at_work and closed_through is not None and closed_through < today


@rule("MR-29")
def with_slip(slip: str) -> None:
    """Money taken to the bank, or fetched there, has the number of the bank's slip."""
    if not slip.strip():
        raise Refused("MR-29", _("Please write the number of the bank's slip."), status=422, field="bank_slip")


@rule("MR-29")
def out_of_the_safe(amount: Decimal, in_safe: Decimal) -> None:
    """What is taken to the bank is there: above zero, and not more than lies in the safe."""
    if amount == ZERO or amount > in_safe:
        raise Refused("MR-29", _("¥{safe} lies in the safe. Please write an amount up to that."), field="amount", safe=in_safe)


@rule("MR-29")
def reversible(source: str, target: str) -> None:
    """Between the places of the office a movement is corrected here; what a resident owes or pays on its own case."""
    if not {kind_of(source), kind_of(target)} <= REVERSIBLE:
        raise Refused(
            "MR-29", _("This belongs to an order or an errand. Correct it there; a counter-entry is for safe, bank and bags."),
            field="entry",
        )  # fmt: skip


@rule("MR-29")
def within_what_moved(amount: Decimal, left: Decimal) -> None:
    """Not more goes back than was moved, less what went back before or waits for it."""
    if amount == ZERO or amount > left:
        raise Refused(
            "MR-29", _("¥{left} of it can be taken back. Please write an amount up to that."), field="amount",
            left=left,
        )  # fmt: skip


@rule("MR-29")
def told_why(reason: str) -> None:
    """A correction says why, and so does a refusal of one."""
    if not reason.strip():
        raise Refused("MR-29", _("Please write why."), status=422, field="reason")


@rule("MR-29")
def one_count_at_a_time(waiting: bool) -> None:
    """A difference of the safe is booked once: while one waits for its decision, another count would find it again."""
    if waiting:
        raise Refused("MR-29", _("A difference of the safe waits to be confirmed or refused. Have that decided first."))


@rule("MR-29")
def by_another(asked_by: int, decided_by: int) -> None:
    """Two people stand behind a correction: who asked for it does not decide on it."""
    if asked_by == decided_by:
        raise Refused("MR-29", _("You asked for this entry yourself. Somebody else decides on it."), status=403)


@rule("MR-29")
def within_authority(amount: Decimal, roles: frozenset[Role], policy: CashierPolicy) -> None:
    """Below the limit a business lead confirms, from the limit on the office manager or above."""
    if amount >= policy.entry_limit and not roles & {R.OFFICE_MANAGER, R.COMPANY_MANAGEMENT}:
        raise Refused(
            "MR-29", _("From ¥{limit} the office manager confirms. Please ask there."), status=403, limit=policy.entry_limit
        )


@rule("MR-30")
def begun_with_a_count(counted: Decimal | None) -> None:
    """The first day of an office begins with what was counted in the safe, and be it nothing."""
    if counted is None:
        raise Refused(
            "MR-30", _("This is the first day. Please count the safe, and write 0 if it is empty."), status=422, field="amount"
        )


@rule("MR-30")
def counted_by_notes(amount: Decimal | None, count: Mapping[str, int], policy: CashierPolicy) -> Decimal:
    """Return what was counted in the safe, in yuan: pieces by denomination, or the amount where the office lets it stand."""
    notes = sum((Decimal(denomination) * pieces for denomination, pieces in count.items()), ZERO)
    if (policy.count_needed or amount is None) and not count:
        raise Refused("MR-30", _("Please count the safe note by note; an empty one has 0 of the smallest."), status=422,
                      field="count")  # fmt: skip
    if count and amount is not None and notes != amount:
        raise Refused(
            "MR-30", _("The notes come to ¥{notes}, and ¥{amount} is written. Please count again."), field="count",
            notes=notes, amount=amount,
        )  # fmt: skip
    return notes if count or amount is None else amount


@rule("MR-30")
def safe_adds_up(counted: Decimal, booked: Decimal) -> None:
    """A day is closed when the safe holds what the books say, to the fen."""
    if counted != booked:
        raise Refused(
            "MR-30",
            _("¥{counted} was counted, and the books say ¥{booked}: ¥{gap} apart. Count again, look for what is not booked, or "
              "tell the difference and let a second person confirm it."),
            field="count", counted=counted, booked=booked, gap=abs(counted - booked),
        )  # fmt: skip


@rule("MR-30")
def in_turn(earlier: Collection[str]) -> None:
    """Days are closed one after the other."""
    if earlier:
        raise Refused("MR-30", _("An earlier day is still open: {days}. Close that one first."), days=list(earlier))


@rule("MR-30")
def nothing_waits(waiting: int) -> None:
    """No counter-entry waits for a second person when a day is closed."""
    if waiting:
        raise Refused(
            "MR-30", _("{count} counter-entries wait for a second person. Have them confirmed or refused first."), count=waiting
        )


@rule("MR-30")
def bags_named(unnamed: Collection[str]) -> None:
    """Whoever still holds cash of the day is named with the reason."""
    if unnamed:
        raise Refused(
            "MR-30", _("{names} still hold cash. Take it in, or write for each why it is not here."), status=422, field="held",
            names=list(unnamed)[:NAMED],
        )  # fmt: skip


@rule("MR-30")
def needs_a_word(paid_on: date, day: date, policy: CashierPolicy) -> bool:
    """Tell whether a QR payment has been on no statement for longer than the office lets pass in silence."""
    return day - paid_on > timedelta(days=policy.qr_days)


@rule("MR-30")
def payments_named(unnamed: Collection[str]) -> None:
    """A QR payment that has been on no statement for long is named with the reason."""
    if unnamed:
        raise Refused(
            "MR-30", _("Paid by QR code and on no statement for long: {names}. Match them, or write for each what is known."),
            status=422, field="unpaid", names=list(unnamed)[:NAMED],
        )  # fmt: skip


@rule("MR-31")
def reopened_with_reason(reason: str) -> None:
    """Reopening says why."""
    if not reason.strip():
        raise Refused("MR-31", _("Please write why the day is opened again."), status=422, field="reason")


@rule("MR-31")
def only_the_last(day: date, closed_through: date | None) -> None:
    """Only the day closed last is opened again; what is older stays, and is corrected by an entry of today."""
    if day != closed_through:
        raise Refused(
            "MR-31", _("A later day is closed already. Leave this one and post a counter-entry today; what was booked stays.")
        )
