"""The outbox: what a step had to tell goes out after its commit, is tried again when it fails, and is marked when sent."""

from collections.abc import Mapping
from datetime import datetime
from itertools import groupby
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.db.models import Q

from menling.journal.models import Outgoing
from menling.kernel.words import Message
from menling.mail.channels import Channel, Recipient
from menling.mail.wording import said
from menling.orders.addresses import Reader
from menling.premises.actors import staff_actor
from menling.premises.models import Staff

MOST_TRIES = 8
NOBODY = "nobody holds these roles"


Values = Mapping[str, str | Message]
"""What is put into a sentence."""


class NobodyToTell(Exception):
    """A message whose roles nobody holds in its office."""


def deliver_waiting(at: datetime, channel: Channel) -> tuple[int, int]:
    """Send every message that waits, the oldest first; return how many went out and how many failed.

    Each message is claimed and marked in a transaction of its own, so any number of processes may run it. A message that
    failed keeps its error and is tried again the next time, `MOST_TRIES` times in all.
    """
    sent = failed = last = 0
    while (done := _next(at, channel, last)) is not None:
        last = done.pk
        sent += done.sent_at is not None
        failed += done.sent_at is None
    return sent, failed


def _next(at: datetime, channel: Channel, last: int) -> Outgoing | None:
    with transaction.atomic():
        waiting = Outgoing.objects.filter(sent_at__isnull=True, attempts__lt=MOST_TRIES, pk__gt=last).order_by("pk")
        message = waiting.select_related("office").select_for_update(of=("self",), skip_locked=True).first()
        if message is not None:
            _try(message, readers(message, at), channel, at)
        return message


def _try(message: Outgoing, people: list[tuple[Recipient, Values]], channel: Channel, at: datetime) -> None:
    message.attempts += 1
    try:
        _send(message, people, channel)
    except Exception as error:  # noqa: BLE001  # whatever a channel dies of belongs to the message, not to the job
        message.error = (str(error) or type(error).__name__)[:300]
    else:
        message.sent_at, message.error = at, ""
    message.save(update_fields=["attempts", "error", "sent_at"])


def _send(message: Outgoing, people: list[tuple[Recipient, Values]], channel: Channel) -> None:
    if not people:
        raise NobodyToTell(NOBODY)
    zone = ZoneInfo(message.office.zone)
    told = [(said(message.sentence, values, reader.language, zone), reader) for reader, values in people]
    for text, same in groupby(sorted(told, key=lambda each: (each[1].language, each[0])), key=lambda each: each[0]):
        channel.send([reader for _text, reader in same], text)


def readers(message: Outgoing, at: datetime) -> list[tuple[Recipient, Values]]:
    """Return who is told: the member of staff, everybody who holds one of the roles that day, or the phone.

    Each with the values of the message, an address in the words this person may read at `at` (OI-4.2).
    """
    today = at.astimezone(ZoneInfo(message.office.zone)).date()
    people: list[tuple[Recipient, Values]] = [
        (Recipient(staff.name, staff.phone, staff.language, staff.number), Reader(staff_actor(staff, today), at).values(message))
        for staff in _staff(message, at)
    ]
    return people + ([(Recipient("", message.phone, settings.LANGUAGE_CODE), message.values)] if message.phone else [])


def _staff(message: Outgoing, at: datetime) -> list[Staff]:
    employed = Staff.objects.filter(is_active=True)
    if message.staff_id is not None:
        return list(employed.filter(pk=message.staff_id))
    if not message.roles:
        return []
    today = at.astimezone(ZoneInfo(message.office.zone)).date()
    held = Q(posts__until__isnull=True) | Q(posts__until__gte=today)
    here = Q(posts__office=message.office_id) | Q(posts__office__isnull=True, company=message.office.company_id)
    return list(employed.filter(held, here, posts__since__lte=today, posts__role__in=message.roles).distinct())
