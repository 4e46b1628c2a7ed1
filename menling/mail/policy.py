"""When people are left in peace, and how long something is tried again (MR-20)."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from menling.kernel.calendars import OfficeCalendar
from menling.kernel.points import rule
from menling.kernel.policy import setting
from menling.kernel.words import _

FIRST_WAIT, FIRST_URGENT_WAIT = timedelta(minutes=1), timedelta(seconds=15)
"""How long after its first failure a delivery is tried again; each failure doubles it."""


@dataclass(frozen=True)
class MailPolicy:
    """The quiet hours of an office, the same time twice meaning none; minutes until something is given up, or a channel is
    shown as failing."""

    quiet_from: time = setting("mail.quiet_from", "MR-20", _("Messages wait from"), time(22, 0), in_source=False)
    quiet_until: time = setting("mail.quiet_until", "MR-20", _("Messages wait until"), time(7, 0), in_source=False)
    give_up_urgent: int = setting(
        "mail.give_up_urgent_minutes", "MR-20", _("Urgent message given up after"), 5, unit="min", least=1, most=60,
        in_source=False,
    )  # fmt: skip
    give_up: int = setting(
        "mail.give_up_minutes", "MR-20", _("Other message given up after"), 120, unit="min", least=10, most=1440,
        in_source=False,
    )  # fmt: skip
    failing: int = setting(
        "mail.failing_minutes", "MR-20", _("Channel shown as failing after"), 3, unit="min", least=1, most=60, in_source=False
    )


@rule("MR-20")
def next_try(since: datetime, at: datetime, attempts: int, urgent: bool, policy: MailPolicy) -> datetime | None:
    """Return when something that failed at `at` is tried again; None when it is given up.

    `since` is its first failure, `attempts` how often it was tried. The wait doubles each time; the last try comes when the
    office's minutes since the first failure are over.
    """
    last = since + timedelta(minutes=policy.give_up_urgent if urgent else policy.give_up)
    if at >= last:
        return None
    wait: timedelta = (FIRST_URGENT_WAIT if urgent else FIRST_WAIT) * 2 ** (attempts - 1)
    return min(at + wait, last)


def is_failing(since: datetime | None, at: datetime, policy: MailPolicy) -> bool:
    """Tell whether a channel that has taken nothing `since` then is shown as failing."""
    return since is not None and at - since >= timedelta(minutes=policy.failing)


def waits_until(at: datetime, policy: MailPolicy, calendar: OfficeCalendar) -> datetime | None:
    """Return when the quiet hours around an instant end, or None outside them."""
    local = calendar.local(at)
    begin, end = policy.quiet_from, policy.quiet_until
    clock = local.time()
    quiet = begin <= clock < end if begin <= end else clock >= begin or clock < end
    if not quiet:
        return None
    tomorrow = begin > end and clock >= begin
    return calendar.at(local.date() + timedelta(days=tomorrow), end)
