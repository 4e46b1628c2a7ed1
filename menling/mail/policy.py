"""When people are left in peace (MR-20)."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from menling.kernel.calendars import OfficeCalendar
from menling.kernel.policy import setting
from menling.kernel.words import _


@dataclass(frozen=True)
class MailPolicy:
    """The quiet hours of an office; the same time twice means none."""

    quiet_from: time = setting("mail.quiet_from", "MR-20", _("Messages wait from"), time(22, 0), in_source=False)
    quiet_until: time = setting("mail.quiet_until", "MR-20", _("Messages wait until"), time(7, 0), in_source=False)


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
