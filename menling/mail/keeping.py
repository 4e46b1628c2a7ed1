"""What people decide about messages: the channels of an office, their own choice, and what is sent once more."""

import re
from collections.abc import Iterable
from ipaddress import ip_address
from urllib.parse import SplitResult, urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import Q

from menling.journal.models import Outgoing
from menling.kernel.actor import Actor
from menling.kernel.roles import Role
from menling.kernel.words import _
from menling.mail import inhouse, notifying
from menling.mail.alike import those_alike
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
PARTS = ("name", "address", "secret", "roles")
"""What of a channel may be changed; of another sort it is another channel."""
TAIL = 8
BETWEEN = re.compile(r"[/=&?:@]")
"""An address shows its end only where so much of it stays hidden."""


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
    if sort not in Channel.Sort:
        raise wrong(_("Please choose what sort of channel this is."), "sort")
    name, address, secret = _named(name), address.strip(), secret.strip()[:200]
    _leads_somewhere(sort, address, secret, in_the_open=in_the_open)
    enter(pen, office, "channel", name)
    return Channel.objects.create(
        office=office, sort=sort, name=name, address=address, secret=secret, added_at=pen.at, roles=_concerned(sort, roles)
    )


@transaction.atomic
def change_channel(
    channel: Channel, pen: Pen, *, name: str, address: str = "", secret: str = "", roles: Iterable[str] = (),
    in_the_open: bool = False,
) -> None:  # fmt: skip
    """Change a channel in its place: what it failed at before counts no more, and what waits because of that is tried at once.

    An empty `address` stays what it was, and so does an empty `secret` beside it. A new address begins without the old key, which
    nobody may send to another place. Errors: as `add_channel`.
    """
    keeps(pen.by, channel.office)
    row = Channel.objects.select_for_update().get(pk=channel.pk)
    before = (row.name, row.address, row.secret, row.roles)
    row.name, row.roles = _named(name), _concerned(row.sort, roles)
    row.secret = secret.strip()[:200] or ("" if address.strip() else row.secret)
    if address.strip():
        row.address = address.strip()
        _leads_somewhere(row.sort, row.address, row.secret, in_the_open=in_the_open)
    changed = [what for what, old, new in zip(PARTS, before, (row.name, row.address, row.secret, row.roles), strict=True)
               if old != new]  # fmt: skip
    enter(pen, channel.office, "change_channel", row.name, {"name": before[0]}, {"name": row.name, "changed": changed})
    row.failing_since = None
    row.save(update_fields=[*PARTS, "failing_since"])
    missed = Delivery.objects.filter(channel=row, sent_at__isnull=True, dead_at__isnull=True, failing_since__isnull=False)
    missed.exclude(error="").update(next_at=pen.at, failing_since=None, attempts=0)


def _named(name: str) -> str:
    if not names.folded(name):
        raise wrong(_("Please give the channel a name."), "name")
    return names.folded(name)[:40]


def _concerned(sort: str, roles: Iterable[str]) -> list[str]:
    return sorted({Role(each).value for each in roles if each in set(Role)}) if sort in Channel.GROUPS else []


def _leads_somewhere(sort: str, address: str, secret: str, *, in_the_open: bool) -> None:
    if len(address) > 500 or not _can_be(sort, address):
        raise wrong(_("This cannot be the address of such a channel. Please look at the example below the field."), "address")
    if not in_the_open and _can_be_read(address):
        raise wrong(UNENCRYPTED, "in_the_open")
    if sort in Channel.APPS and not secret:
        raise wrong(_("An app needs its secret. Its administrator finds it beside the number of the app."), "secret")


def _can_be(sort: str, address: str) -> bool:
    return _splits(sort, address) and _is_one_of(sort, address)


def _splits(sort: str, address: str) -> bool:
    """Tell whether an address has parts to be shown by: an open bracket has none, nor has a port beyond 65535. Where another
    service has its key in a host's place, no port is looked for."""
    try:
        parts = urlsplit(address)
        return sort == Channel.Sort.OTHER or parts.port is None or bool(parts.hostname)
    except ValueError:
        return False


def _is_one_of(sort: str, address: str) -> bool:
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
def resend(office: Office, pen: Pen, only: int | None = None, *, alike: bool = False) -> int:
    """Take up again what was given up, or one of it, or what failed `alike`; return how much.

    A message nobody was there for is laid out anew.

    Errors: `Refused` MR-12 (403); `WrittenBefore`.
    """
    keeps(pen.by, office, RESENDERS)
    rows = Delivery.objects.filter(office=office, dead_at__isnull=False).exclude(channel__ended_at__isnull=False)
    if only is not None:
        one = Delivery.objects.filter(office=office, pk=only).first() if alike else None
        rows = rows.filter(those_alike(office, one) if one else Q(pk=only))
    dead = list(rows.select_for_update(of=("self",)))
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
    """Return an address as it may be shown: where it leads, and its last four characters to tell two of them apart.

    A mailbox shows how its user begins instead. Of another service nothing but the end: there the host may be the key itself.
    """
    if not _splits(channel.sort, channel.address):
        return "…"
    parts = urlsplit(channel.address)
    if channel.sort == Channel.Sort.OTHER:
        return f"{parts.scheme}://…{_end(channel.address)}"
    if channel.sort == Channel.Sort.EMAIL:
        user = f"{parts.username[:2]}…@" if parts.username else ""
        return f"{parts.scheme}://{user}{_host(parts)}"
    rest = channel.address.partition("://")[2].partition(parts.netloc)[2].strip("/")
    shown = f"/…{_end(rest)}" if rest else ""
    return f"{parts.scheme}://{_host(parts)}{shown}"


def _end(text: str) -> str:
    """Return the last four characters of what an address ends in, or nothing where that is so short that they would tell it."""
    return text[-4:] if len(BETWEEN.split(text)[-1]) >= TAIL else ""


def _host(parts: SplitResult) -> str:
    return f"{parts.hostname}:{parts.port}" if parts.port else str(parts.hostname)
