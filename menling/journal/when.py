"""The time of a step: now, as typed, or as a device tells it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal

from django.utils.timezone import localtime

from menling.kernel.refusal import Refused
from menling.kernel.words import _

SKEW = timedelta(minutes=5)
EARLIEST = datetime(2000, 1, 1, tzinfo=UTC)
"""Nothing these books know of happened before: an earlier year is a slip of the pen."""


@dataclass(frozen=True)
class When:
    """When a step happened (`at`) and when the server heard of it (`received`), both aware.

    `sort` says where `at` comes from. `said` is the time as it was told, before it was corrected by `off`, by which the
    device was late (below zero: early).
    """

    at: datetime
    received: datetime
    sort: Literal["now", "typed", "device"] = "now"
    said: datetime | None = None
    off: timedelta = timedelta()

    @classmethod
    def told(cls, received: datetime, happened_at: datetime | None, sent_at: datetime | None) -> "When":
        """Return the time of a step as a door heard it: a device's clock is corrected by how far off it was sent.

        Errors: `Refused` MR-4 (422) for a time without zone, or one beyond every calendar.
        """
        if happened_at is None:
            return cls(received, received)
        if happened_at.tzinfo is None or (sent_at is not None and sent_at.tzinfo is None):
            raise Refused("MR-4", _("The time needs a time zone, such as +08:00."), status=422, field="happened_at")
        if sent_at is None:
            return cls(happened_at, received, "typed", happened_at)
        off = received - sent_at
        try:
            return cls(happened_at + off, received, "device", happened_at, off)
        except OverflowError as error:
            raise Refused("MR-4", _("This time lies beyond every calendar."), status=422, field="happened_at") from error

    @property
    def skewed(self) -> bool:
        """Tell whether the device's clock was more than five minutes off."""
        return abs(self.off) > SKEW

    def of_a_report(self) -> datetime:
        """Return the instant that counts for a report, which follows no other step. Errors: `Refused` MR-4 (409)."""
        if self.sort == "typed" and self.at < EARLIEST:
            raise Refused("MR-4", _("This time lies before the year 2000. Please look at the year again."), field="happened_at")
        return self.after(EARLIEST)

    def after(self, previous: datetime, step: Callable[[], object] = str) -> datetime:
        """Return the instant that counts for a step that follows `previous`, the time of the one that `step` names.

        A server's or device's time is fitted between the step before and the receipt; a typed time must lie there, by
        the grain it was typed in: 10:04 means some time in that minute.
        Errors: `Refused` MR-4 (409).
        """
        fitted = max(previous, min(self.at, self.received))
        if self.sort != "typed" or abs(fitted - self.at) < _grain(self.at):
            return fitted
        if self.at > self.received:
            raise Refused("MR-4", _("This time lies in the future. Please correct it."), field="happened_at")
        if self.at < previous:
            raise Refused(
                "MR-4", _("This time is before the step before it ({step} {previous}). Please correct it."),
                field="happened_at", step=step(), previous=_as_fine(previous, self.at),
            )  # fmt: skip
        return self.at


def _grain(at: datetime) -> timedelta:
    return timedelta(minutes=1) if at.second == at.microsecond == 0 else timedelta(seconds=1)


def _as_fine(previous: datetime, typed: datetime) -> datetime | str:
    """Return the time of the step before for people; to who typed the second as well it is told by the second."""
    local = localtime(previous)
    return local if _grain(typed) > timedelta(seconds=1) else f"{local:%Y-%m-%d %H:%M:%S}"
