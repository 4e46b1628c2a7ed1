"""A message laid out: one delivery for each channel and reader it goes to."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import F

from menling.journal.models import Event, Outgoing
from menling.mail.alerting import alert
from menling.mail.letters import NOBODY
from menling.mail.models import Channel, Delivery, Reach
from menling.mail.readers import readers, roles_of
from menling.premises.models import Staff
from menling.procedures.afterwards import overtaken


def lay_out(at: datetime, last: int = 0) -> Outgoing | None:
    """Lay out the oldest message after `last` that was not given to its channels yet; return it, or None when none waits.

    It is claimed and marked in one transaction, so that any number of processes may do it; twice is the same as once. One that
    sends somebody out for what was over before it was written down goes to nobody and leaves the outbox (MR-40).
    """
    with transaction.atomic():
        waiting = Outgoing.objects.filter(sent_at__isnull=True, pk__gt=last).order_by("pk").select_related("office")
        message = waiting.select_for_update(of=("self",), skip_locked=True).first()
        if message is not None and _over(message):
            Outgoing.objects.filter(pk=message.pk).delete()
        elif message is not None:
            Delivery.objects.bulk_create(_deliveries(message, at), ignore_conflicts=True)
            Outgoing.objects.filter(pk=message.pk).update(sent_at=at)
        return message


def _over(message: Outgoing) -> bool:
    """Tell whether what one person is told to do was done by the time it was written down: only steps entered afterwards are.

    To have read of it is not to have done it: a new time goes out though the slip was taken meanwhile.
    """
    told_at, written_at = message.happened_at, message.created_at
    if message.staff_id is None or message.urgent or told_at is None or told_at >= written_at:
        return False
    later = Event.objects.filter(case=message.case_id, happened_at__gt=told_at, happened_at__lt=written_at)
    done = later.exclude(before=F("after")).exclude(verb="acknowledge")
    return overtaken(told_at, written_at, done.values_list("happened_at", flat=True))


def _deliveries(message: Outgoing, at: datetime) -> list[Delivery]:
    people = readers(message, at)
    channels = list(Channel.objects.filter(office=message.office_id, ended_at__isnull=True).order_by("pk"))
    found = [*_to_groups(message, channels, people, at), *_to_people(message, channels, people, at)]
    if not people and not message.phone:
        alert(message, None, NOBODY, at)
        return [*found, _delivery(message, at, dead_at=at, error=NOBODY)]
    return found or [_delivery(message, at)]


def _delivery(message: Outgoing, at: datetime, **more: object) -> Delivery:
    fields = {"message": message, "office_id": message.office_id, "urgent": message.urgent, "next_at": at} | more
    return Delivery(**fields)


def _to_groups(message: Outgoing, channels: Sequence[Channel], people: Sequence[Staff], at: datetime) -> Iterator[Delivery]:
    groups = [channel for channel in channels if channel.is_group]
    if message.phone or not groups:
        return  # what is for a resident is nobody else's business
    concerned = roles_of(message, people, at) if any(channel.roles for channel in groups) else frozenset()
    for channel in groups:
        if not channel.roles or concerned & set(channel.roles):
            yield _delivery(message, at, channel=channel)


def _to_people(message: Outgoing, channels: Sequence[Channel], people: Sequence[Staff], at: datetime) -> Iterator[Delivery]:
    for channel in channels:
        if channel.is_group or (channel.sort == Channel.Sort.CALL and not message.urgent):
            continue
        if message.phone and channel.sort != Channel.Sort.EMAIL and channel.sort not in Channel.APPS:
            yield _delivery(message, at, channel=channel, phone=message.phone)
        for staff in people:
            if _reached(staff, channel.sort, message.urgent):
                yield _delivery(message, at, channel=channel, staff=staff)


def _reached(staff: Staff, sort: str, urgent: bool) -> bool:
    """What is urgent takes every way there is, whatever the person chose."""
    reach: Reach | None = getattr(staff, "reach", None)
    there = bool(reach and reach.email) if sort == Channel.Sort.EMAIL else bool(staff.phone)
    return there and (urgent or reach is None or sort in reach.sorts)
