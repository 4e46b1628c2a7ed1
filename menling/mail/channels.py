"""Ways out of the house. Each takes a letter, and fails by raising."""

import logging
from collections.abc import Callable, Sequence

from menling.mail import inhouse, notifying, posting
from menling.mail.letters import Letter
from menling.mail.models import Channel
from menling.premises.models import Staff

logger = logging.getLogger("menling.mail")

SENDERS: dict[str, Callable[[str, str, Letter], None]] = {
    Channel.Sort.WECOM: posting.wecom,
    Channel.Sort.DINGTALK: posting.dingtalk,
    Channel.Sort.FEISHU: posting.feishu,
    Channel.Sort.OTHER: notifying.other,
    Channel.Sort.SMS: posting.gateway,
    Channel.Sort.EMAIL: notifying.email,
    Channel.Sort.CALL: posting.gateway,
    **inhouse.SENDERS,
}


def send(channel: Channel, letter: Letter) -> None:
    """Hand a letter to a channel. Errors: `Undelivered`, or whatever else went wrong."""
    SENDERS[channel.sort](channel.address, channel.secret, letter)


def log(people: Sequence[Staff], phone: str, text: str) -> None:
    """Write the line of a message that no channel carries: staff by number and name, a phone without its middle."""
    names = [f"{staff.number} {staff.name}" for staff in people] + ([hidden(phone)] if phone else [])
    logger.info("%s: %s", "、".join(names), text)


def hidden(phone: str) -> str:
    """Return a phone without its middle."""
    return f"{phone[:3]}****{phone[-4:]}"
