"""What an office owes the call department: figures, clocks and rules (OI-1 to OI-4, CF-03)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from menling.kernel.points import rule
from menling.kernel.policy import setting
from menling.kernel.procedure import Due, Moment, minutes_after
from menling.kernel.refusal import Refused
from menling.kernel.words import _
from menling.procedures.taking import acceptance_mode, taken_at_once


@dataclass(frozen=True)
class CallPolicy:
    """Values in force for one order of the call department."""

    acceptance: str = acceptance_mode()
    judge_within: int = setting(
        "calls.judge_minutes", "OI-1.1", _("Call department answered within"), 30, unit="min", least=1, most=1440, in_source=False
    )
    remind_every: int = setting(
        "calls.remind_minutes", "OI-2", _("Reminder of a result nobody saw, every"), 30, unit="min", least=1, most=1440,
        in_source=False,
    )  # fmt: skip
    again_after: int = setting(
        "calls.again_minutes", "OI-3", _("Call again after"), 30, unit="min", least=1, most=1440, in_source=False
    )
    answer_ahead: int = setting(
        "calls.answer_days", "OI-4.4", _("A customer may name a day to hear, ahead by at most days"), 365, unit="d", least=1,
        most=3650, in_source=False,
    )  # fmt: skip


def judged(moment: Moment) -> Due:
    """OI-1.1  The office says within its minutes whether it can: the call department does not wait for nothing."""
    return Due(minutes_after(moment.at, moment.policy.judge_within))


def seen(moment: Moment) -> Due:
    """OI-2  When the call department is reminded next; it stays open until seen and is never counted as broken (DL-57)."""
    return Due(minutes_after(moment.at, moment.policy.remind_every), counted=False)


def answered(moment: Moment) -> Due | None:
    """OI-4.4  To the last instant of the day the customer named, whether or not anybody was found (DL-58)."""
    day: date | None = moment.terms["answer_day"]
    return Due(moment.calendar.end_of_day(moment.calendar.at(day, time(0)))) if day else None


@rule("OI-1.1")
def accepted_at_once(policy: CallPolicy, *, alone: bool) -> bool:
    """Tell whether an order counts as accepted without a word: the office must take it, and was asked `alone` (CF-03)."""
    return taken_at_once(policy) and alone


@rule("HS-4.2.2")
def help_offered(offered: str) -> None:
    """Who declines says which help was offered instead (CF-03)."""
    if not offered.strip():
        raise Refused("HS-4.2.2", _("Please write which help you offered instead."), status=422, field="offered")


@rule("OI-1.1")
def unclear(question: str) -> None:
    """Who asks back says what is not clear."""
    if not question.strip():
        raise Refused("OI-1.1", _("Please write what the call department should clarify."), status=422, field="question")


@rule("OI-4.3")
def not_asked_before(code: str, asked: Collection[str]) -> None:
    """An order goes on to an office that did not have it yet: it never goes round in circles."""
    if code in asked:
        raise Refused("OI-4.3", _("{office} had this order already. Choose another office."), office=code, field="to")


@rule("OI-2")
def result_told(outcome: str, words: str) -> None:
    """The call department reads what came of it; where it did not come to the service, also why."""
    if outcome != "done" and not words.strip():
        raise Refused("OI-2", _("Please write what the customer said, or why it came to nothing."), status=422, field="words")


@rule("OI-3")
def call_again_at(at: datetime, policy: CallPolicy) -> datetime:
    """Who did not take the order asks the caller to ring again a little later."""
    return minutes_after(at, policy.again_after)


@rule("OI-4.4")
def answer_day(today: date, days: int, policy: CallPolicy) -> date:
    """Return the day on which the customer hears: `days` after today, no further ahead than the office takes."""
    most = policy.answer_ahead
    if not 0 <= days <= most:
        raise Refused("OI-4.4", _("Please give the number of days, 0 to {most}."), field="answer_in_days", most=most)
    return today + timedelta(days=days)
