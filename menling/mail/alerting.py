"""A message that reached nobody is told to those who can pick up the phone (HS-4.2.3)."""

from datetime import datetime, timedelta

from menling.journal.models import Outgoing
from menling.kernel.roles import Role
from menling.kernel.words import _
from menling.mail.models import Channel

UNDELIVERED = _("Messages do not arrive ({channel}): {error} Please tell people by phone and look at what was not delivered.")
TOLD = (Role.CONTROL_CENTRE.value, Role.SERVICE_DESK_SUPERVISOR.value)
APART = timedelta(hours=1)
"""A channel that is down is told of once in so long, not for each of its messages."""


def alert(message: Outgoing, channel: Channel | None, error: str, at: datetime) -> None:
    """Tell control room and desk that a message was given up; of an alert that was itself given up nobody is told."""
    name = channel.name if channel else "—"
    before = Outgoing.objects.filter(
        office=message.office_id, sentence=UNDELIVERED, values__channel=name, created_at__gt=at - APART
    )
    if message.sentence == UNDELIVERED or before.exists():
        return
    Outgoing.objects.create(
        case=message.case, office_id=message.office_id, roles=list(TOLD), sentence=UNDELIVERED, urgent=message.urgent,
        values={"channel": name, "error": error}, created_at=at,
    )  # fmt: skip
