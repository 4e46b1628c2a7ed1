"""What people decide about messages: the channels of an office, their own choice, and what is sent once more."""

from collections.abc import Iterable
from ipaddress import ip_address
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from menling.journal.models import Outgoing
from menling.kernel.actor import Actor
from menling.kernel.roles import Role
from menling.kernel.words import _
from menling.mail import inhouse, notifying
from menling.mail.letters import ENDED
from menling.mail.models import Channel, Delivery, Reach
from menling.mail.posting import WEB
from menling.premises import names
from menling.premises.administration.books import KEEPERS, Pen, enter, keeps, wrong
from menling.premises.models import Office, Staff

RESENDERS = KEEPERS | {Role.SERVICE_DESK_SUPERVISOR}
"""Who may have a message sent once more."""
UNENCRYPTED = _(
    "This address is not encrypted: names, homes and phone numbers could be read on the way. Use the encrypted one (https, "
    "mailtos, jsons), or tick that the way there is the office's own."
)
TEST = _("This is a trial of the channel “{channel}”.")
MAIL = ("mailto", "mailtos")


@transaction.atomic
def add_channel(
    office: Office, pen: Pen, *, sort: str, name: str, address: str, secret: str = "", roles: Iterable[str] = (),
    in_the_open: bool = False,
) -> Channel:  # fmt: skip
    """Set up a channel; `in_the_open` says that others may read on the way what goes to another machine unencrypted.

    Errors: `Refused` MR-12 (403), MR-8 (422) for an address that cannot be one, or that is unencrypted without saying so;
    `WrittenBefore`.
    """
    keeps(pen.by, office)
    name, address = names.folded(name)[:40], address.strip()
    if sort not in Channel.Sort:
        raise wrong(_("Please choose what sort of channel this is."), "sort")
    if not name:
        raise wrong(_("Please give the channel a name."), "name")
    if len(address) > 500 or not _can_be(sort, address):
        raise wrong(_("This cannot be the address of such a channel. Please look at the example below the field."), "address")
    if not in_the_open and _can_be_read(address):
        raise wrong(UNENCRYPTED, "in_the_open")
    if sort in Channel.APPS and not secret.strip():
        raise wrong(_("An app needs its secret. Its administrator finds it beside the number of the app."), "secret")
    enter(pen, office, "channel", name)
    return Channel.objects.create(
        office=office, sort=sort, name=name, address=address, secret=secret.strip()[:200], added_at=pen.at,
        roles=sorted({Role(each).value for each in roles if each in set(Role)}) if sort in Channel.GROUPS else [],
    )  # fmt: skip


def _can_be(sort: str, address: str) -> bool:
    if sort == Channel.Sort.EMAIL:
        return notifying.known(address, *MAIL)
    if sort == Channel.Sort.OTHER:
        return notifying.known(address)
    there = address.startswith(WEB) and bool(urlsplit(address).hostname)
    return there and (sort not in Channel.APPS or inhouse.named(sort, address))


def _can_be_read(address: str) -> bool:
    """Tell whether what is sent to an address leaves this machine unencrypted."""
    parts = urlsplit(address)
    openly = parts.scheme.lower() == "http" or notifying.openly(address)
    return openly and not _this_machine(parts.hostname or "")


def _this_machine(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


@transaction.atomic
def end_channel(channel: Channel, pen: Pen) -> None:
    """End a channel; what still waits on it is given up. Errors: `Refused` MR-12 (403); `WrittenBefore`."""
    keeps(pen.by, channel.office)
    enter(pen, channel.office, "end_channel", channel.name)
    Channel.objects.filter(pk=channel.pk, ended_at__isnull=True).update(ended_at=pen.at)
    waiting = Delivery.objects.filter(channel=channel, sent_at__isnull=True, dead_at__isnull=True)
    waiting.update(dead_at=pen.at, error=ENDED)


@transaction.atomic
def try_channel(channel: Channel, pen: Pen) -> Delivery:
    """Send a trial, day or night, to the one who asks for it. Errors: `Refused` MR-12 (403); `WrittenBefore`."""
    keeps(pen.by, channel.office)
    enter(pen, channel.office, "try_channel", channel.name)
    message = Outgoing.objects.create(
        office=channel.office, staff_id=pen.by.id, sentence=TEST, values={"channel": channel.name}, created_at=pen.at,
        sent_at=pen.at,
    )  # fmt: skip
    return Delivery.objects.create(
        message=message, office=channel.office, channel=channel, staff_id=None if channel.is_group else pen.by.id, urgent=True,
        next_at=pen.at,
    )  # fmt: skip


def choose(staff: Staff, *, email: str, sorts: Iterable[str]) -> Reach:
    """Say by which channels somebody wants to hear of what is not urgent. Errors: `Refused` MR-8 (422) for an e-mail address
    that is none."""
    email = email.strip()
    try:
        if email:
            validate_email(email)
    except ValidationError as error:
        raise wrong(_("This is no e-mail address."), "email") from error
    chosen = [each for each in Channel.PERSONAL if each in set(sorts)]
    return Reach.objects.update_or_create(staff=staff, defaults={"email": email, "sorts": chosen})[0]


@transaction.atomic
def resend(office: Office, pen: Pen, only: int | None = None) -> int:
    """Take up again what was given up, or one of it; return how much. A message nobody was there for is laid out anew.

    Errors: `Refused` MR-12 (403); `WrittenBefore`.
    """
    keeps(pen.by, office, RESENDERS)
    rows = Delivery.objects.filter(office=office, dead_at__isnull=False).exclude(channel__ended_at__isnull=False)
    dead = list((rows if only is None else rows.filter(pk=only)).select_for_update(of=("self",)))
    enter(pen, office, "resend", str(len(dead)))
    carried = [each.pk for each in dead if each.channel_id]
    Delivery.objects.filter(pk__in=carried).update(dead_at=None, failing_since=None, attempts=0, next_at=pen.at)
    _anew([each for each in dead if not each.channel_id])
    return len(dead)


def _anew(dead: list[Delivery]) -> None:
    messages = [each.message_id for each in dead]
    Delivery.objects.filter(pk__in=[each.pk for each in dead]).delete()
    Outgoing.objects.filter(pk__in=messages).update(sent_at=None)


def may_resend(by: Actor, office: Office) -> bool:
    """Tell whether somebody may have messages sent once more."""
    return by.holds(office.pk, *RESENDERS)


def masked(channel: Channel) -> str:
    """Return an address as it may be shown: where it leads, and its last four characters to tell two of them apart."""
    parts = urlsplit(channel.address)
    host = "" if channel.sort == Channel.Sort.OTHER else f"{parts.hostname}/"  # there the host may be the key itself
    return f"{parts.scheme}://{host}…{channel.address[-4:]}"
