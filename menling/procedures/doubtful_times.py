"""Times of a visit that are asked about, and never refused: at the door long before the hour agreed, or a length hardly true."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from menling.kernel.points import rule
from menling.kernel.policy import setting
from menling.kernel.words import _

Early = Literal["", "agreed", "not_agreed"]
"""What was answered where somebody stood at the door long before the hour agreed; empty where nobody was asked."""
Length = Literal["", "right", "not_right"]
"""What was answered about the length of a visit that is hardly true; empty where nobody was asked."""


@dataclass(frozen=True)
class DoubtPolicy:
    """When a time of a visit is asked about."""

    early: int = setting(
        "visit.early_asked_minutes", "EN-2.4",
        _("At the door more than this before the time agreed: ask whether the resident agrees"),
        30, unit="min", least=5, most=720, in_source=False,
    )  # fmt: skip
    short_from: int = setting(
        "visit.short_asked_from_minutes", "EN-D.10A", _("A visit planned for at least this long is asked about when very short"),
        90, unit="min", least=15, most=1440, in_source=False,
    )  # fmt: skip
    short_percent: int = setting(
        "visit.short_asked_percent", "EN-D.10A", _("Very short is less than this part of the planned length"), 10, unit="%",
        least=1, most=90, in_source=False,
    )  # fmt: skip
    long_times: int = setting(
        "visit.long_asked_times", "EN-D.10A", _("A visit is asked about that lasts more than so many times the planned length"),
        4, least=2, most=20, in_source=False,
    )  # fmt: skip


@dataclass(frozen=True)
class Sure:
    """A time from `since` to `until` is nothing to ask about; None: no such bound."""

    since: datetime | None = None
    until: datetime | None = None

    def doubts(self, at: datetime) -> bool:
        """Tell whether `at` is asked about."""
        return (self.since is not None and at < self.since) or (self.until is not None and at > self.until)


@rule("EN-2.4")
def sure_to_arrive(agreed_for: datetime, policy: DoubtPolicy) -> Sure:
    """Return from when an arrival is nothing to ask about: some minutes early are asked for, hours early are not."""
    return Sure(since=agreed_for - timedelta(minutes=policy.early))


@rule("EN-D.10A")
def sure_to_end(begun: datetime, planned: int, policy: DoubtPolicy) -> Sure:
    """Return between which instants a visit of `planned` minutes may end unasked: what is measured is what is charged."""
    least = planned * policy.short_percent / 100 if planned >= policy.short_from else 0
    return Sure(begun + timedelta(minutes=least), begun + timedelta(minutes=planned * policy.long_times))
