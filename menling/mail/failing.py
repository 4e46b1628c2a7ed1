"""What does not get out at the moment: messages that are tried again, and channels that took nothing for a while (MR-20)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from menling.mail.models import Channel, Delivery
from menling.mail.policy import MailPolicy, is_failing
from menling.policies.values import values_for
from menling.premises.models import Office

MOST = 1000
SOON = timedelta(minutes=1)
"""The outbox runs every ten seconds: what was due longer than this waits for something else than its time."""


@dataclass(frozen=True)
class Stuck:
    """How many messages of an office are tried again (`MOST` at most), the earliest since when, and its failing channels."""

    count: int
    since: datetime | None
    channels: tuple[Channel, ...]


class Standing(StrEnum):
    """What comes next of a message that is neither sent nor given up."""

    WAITS = "waits"
    SENDING = "sending"
    SOON = "soon"
    OVERDUE = "overdue"


def standing(delivery: Delivery, at: datetime) -> Standing:
    """Return what comes next: it waits for its time, is being sent, goes out in a moment, or should have gone out long since."""
    if delivery.next_at > at:
        return Standing.SENDING if delivery.attempts and not delivery.error else Standing.WAITS
    return Standing.SOON if at - delivery.next_at <= SOON else Standing.OVERDUE


def stuck(office: Office, at: datetime) -> Stuck:
    """Return what does not get out of an office at the moment, in three queries from indexes that hold little else."""
    again = Delivery.objects.filter(office=office, sent_at__isnull=True, dead_at__isnull=True, failing_since__isnull=False)
    since = list(again.order_by("failing_since").values_list("failing_since", flat=True)[:MOST])
    return Stuck(len(since), since[0] if since else None, failing_channels(office, at))


def failing_channels(office: Office, at: datetime) -> tuple[Channel, ...]:
    """Return the channels in use that have taken nothing for the office's minutes, the longest first."""
    rows = Channel.objects.filter(office=office, ended_at__isnull=True, failing_since__isnull=False)
    policy = values_for(office, at).policy(MailPolicy)
    return tuple(each for each in rows.order_by("failing_since", "pk") if is_failing(each.failing_since, at, policy))
