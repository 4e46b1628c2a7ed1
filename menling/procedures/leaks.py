"""Leaks: facts about orders and money that are worth a second look. They accuse nobody."""

from dataclasses import dataclass
from decimal import Decimal

from menling.kernel.policy import setting
from menling.kernel.words import _
from menling.procedures.trades import TRADES


@dataclass(frozen=True)
class LeakPolicy:
    """What stands out: how near below the limit, how many of it, how usual a charge is."""

    margin: Decimal = setting(
        "money.leak_margin", ("MR-27",), _("So far below the lead's limit an amount stands out"), Decimal("10.00"), unit="yuan",
        least=Decimal("0.01"), most=Decimal("999999"), in_source=False,
    )  # fmt: skip
    cluster: int = setting(
        "money.leak_cluster", ("MR-27",), _("So many such amounts of one worker in a month stand out"), 3, least=1, most=1000,
        in_source=False,
    )  # fmt: skip
    usual_pct: int = setting(
        "money.leak_usual_pct", ("MR-27",), _("A charge is usual for a sort of job from"), 80, unit="%", least=1, most=100,
        in_source=False,
    )  # fmt: skip
    usual_jobs: int = setting(
        "money.leak_usual_jobs", ("MR-27",), _("So many jobs of a sort say what is usual"), 5, least=2, most=1000,
        in_source=False,
    )  # fmt: skip


def just_below(amount: Decimal, threshold: Decimal, policy: LeakPolicy) -> bool:
    """MR-27  Tell whether an amount, in yuan, stands within the margin below the limit from which a lead collects."""
    return threshold - policy.margin <= amount < threshold


def is_cluster(count: int, policy: LeakPolicy) -> bool:
    """MR-27  Tell whether so many amounts just below the limit stand out."""
    return count >= policy.cluster


def is_split(amounts: list[Decimal], threshold: Decimal) -> bool:
    """MR-27  Tell whether several orders of a home and day stay below the limit one by one and reach it together.

    What else was charged there that day, at the limit or above, makes no split job a whole one.
    """
    below = [each for each in amounts if each < threshold]
    return len(below) > 1 and sum(below) >= threshold


def is_usual(charged: int, jobs: int, policy: LeakPolicy) -> bool:
    """MR-27  Tell whether so many charged jobs of so many say that such a job is usually charged."""
    return jobs >= policy.usual_jobs and charged * 100 >= policy.usual_pct * jobs


def sort_of_job(kind: str, content: str) -> str:
    """Return what makes jobs alike: the kind of order, and the trade the report speaks of first."""
    trade = next((trade for trade, words in TRADES.items() if any(word in content for word in words)), "")
    return f"{kind}/{trade}"
