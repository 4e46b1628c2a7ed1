"""Short words for messages in tests: a pen, a channel, a message to somebody, an hour of the night."""

from datetime import datetime
from zoneinfo import ZoneInfo

from menling.journal.models import Outgoing
from menling.mail.keeping import add_channel
from menling.mail.models import Channel
from menling.premises.administration.books import Pen
from menling.premises.models import Change, Staff
from tests.office import World
from tests.receiving import Endpoint

SHANGHAI = ZoneInfo("Asia/Shanghai")
WORKER = "13900000005"
"""The telephone of the first worker, once there is a text message channel."""


def pen(world: World, who: str = "office_manager") -> Pen:
    """Return the pen of somebody who changes something, for one change."""
    return Pen(world.actor(who), world.now, f"pen-{Change.objects.count()}-{who}")


def channel(world: World, sort: str, address: str, **more: object) -> Channel:
    """Return a channel of the office, set up by its manager."""
    return add_channel(world.office, pen(world), sort=sort, name=sort, address=address, **more)


def texts(world: World, gateway: Endpoint) -> Channel:
    """Return a text message channel to an endpoint, the first worker having a telephone."""
    Staff.objects.filter(pk=world.staff["repair_worker"].pk).update(phone=WORKER)
    return channel(world, "sms", f"{gateway.address}/sms")


def tell(world: World, **more: object) -> Outgoing:
    """Return a message that waits, to the first worker unless it says otherwise."""
    given = {"staff_id": world.staff["repair_worker"].pk} if not {"roles", "phone"} & set(more) else {}
    return Outgoing.objects.create(**{"office": world.office, "sentence": "门铃", "created_at": world.now} | given | more)


def night(world: World, hour: int, minute: int = 0, day: int = 20) -> datetime:
    """Set the clock to an hour of a day of November 2026, in Shanghai, and return the time."""
    world.now = datetime(2026, 11, day, hour, minute, tzinfo=SHANGHAI)
    return world.now
