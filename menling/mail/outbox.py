"""The outbox: what a step had to tell goes out after its commit, and is tried again, ever more slowly, when it fails."""

import time
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from menling.journal.models import Outgoing
from menling.mail.alerting import alert
from menling.mail.channels import log, send
from menling.mail.laying import lay_out
from menling.mail.letters import NO_ADDRESS, Letter, Unreachable
from menling.mail.models import Channel, Delivery
from menling.mail.policy import MailPolicy, is_failing, next_try, waits_until
from menling.mail.readers import reader_of, readers, told_in
from menling.mail.wording import Values, letter, text_for
from menling.policies.values import values_for
from menling.premises.models import Shift, Staff

LEASE = timedelta(minutes=5)
"""A delivery whose process died is taken up again after so long: far longer than one run and one sending last."""
LONGEST = 60.0
"""Seconds in which one run takes up deliveries."""
LOST = 5.0
"""Seconds one run may lose on the failures of one channel."""


def deliver_waiting(at: datetime) -> tuple[int, int]:
    """Lay out every message that waits and send what is due; return how many deliveries went out and how many failed.

    A delivery is claimed for a while before it is sent and marked after: run twice, or by two processes, it goes out once;
    when a process dies in between it goes out again, with the same mark. A channel that failed waits until the others have
    sent theirs; then what else is due on it is tried too, until the run has lost `LOST` seconds on it.
    """
    begun, went, lost = time.monotonic(), {True: 0, False: 0}, dict[int, float]()
    last = 0
    while (message := lay_out(at, last)) is not None:
        last = message.pk
    while time.monotonic() - begun < LONGEST and (delivery := _next(at, lost)) is not None:
        took = time.monotonic()
        sent = _try(delivery, at)
        went[sent] += 1
        if not sent and delivery.channel_id:
            lost[delivery.channel_id] = lost.get(delivery.channel_id, 0.0) + time.monotonic() - took
    return went[True], went[False]


def _next(at: datetime, lost: Mapping[int, float]) -> Delivery | None:
    """Take up the next delivery: of a channel that did not fail in this run, else of one that may."""
    if (delivery := _claimed(at, list(lost))) is not None or not lost:
        return delivery
    return _claimed(at, [channel for channel, seconds in lost.items() if seconds >= LOST])


def _claimed(at: datetime, resting: Collection[int]) -> Delivery | None:
    """Take up the next delivery that is due; one that has to wait for the morning is put off on the way."""
    morning: datetime | None = at
    while morning is not None:
        with transaction.atomic():
            waiting = Delivery.objects.filter(sent_at__isnull=True, dead_at__isnull=True, next_at__lte=at)
            rows = (
                waiting.exclude(channel__in=resting)
                .order_by("-urgent", "next_at", "pk")
                .select_related(
                    "channel",
                    "staff",
                    "staff__reach",
                    "office",
                    "message__office__company",
                    "message__case__office",
                    "message__case__unit__building",
                    "message__case__order",
                )
            )
            row = rows.select_for_update(of=("self",), skip_locked=True).first()
            if row is None:
                return None
            morning = _morning(row, at)
            row.attempts, row.next_at, row.error = row.attempts + 1, at + LEASE, ""
            if morning is not None:  # it begins anew then: the night is no part of the minutes it is tried for
                row.attempts, row.next_at, row.failing_since = 0, morning, None
            row.save(update_fields=["attempts", "next_at", "failing_since", "error"])
    return row


def _morning(delivery: Delivery, at: datetime) -> datetime | None:
    """Return when a delivery may go out that comes in the quiet hours: not what is urgent, nor to who is at work now."""
    if delivery.urgent or delivery.channel_id is None:
        return None
    values = values_for(delivery.office, at)
    until = waits_until(at, values.policy(MailPolicy), values.calendar)
    on_shift = Shift.objects.filter(staff=delivery.staff_id, starts_at__lte=at, ends_at__gt=at)
    return None if until and delivery.staff_id and on_shift.exists() else until


def _try(delivery: Delivery, at: datetime) -> bool:
    try:
        _send(delivery, at)
    except Exception as error:  # noqa: BLE001  # whatever a channel dies of belongs to the delivery, not to the job
        _failed(delivery, (str(error) or type(error).__name__)[:300], at)
        if delivery.channel_id and not isinstance(error, Unreachable):
            Channel.objects.filter(pk=delivery.channel_id, failing_since__isnull=True).update(failing_since=at)
        return False
    delivery.sent_at, delivery.error = at, ""
    delivery.save(update_fields=["sent_at", "error"])
    if delivery.channel and delivery.channel.failing_since:
        _recovered(delivery.channel, at)
    return True


def _recovered(channel: Channel, at: datetime) -> None:
    """A channel takes messages again: where it was down for a while, what it did not take is tried now, not at its next wait.

    What is being sent this moment, by another process, has no error yet and stays that one's own.
    """
    Channel.objects.filter(pk=channel.pk).update(failing_since=None)
    if is_failing(channel.failing_since, at, values_for(channel.office, at).policy(MailPolicy)):
        missed = Delivery.objects.filter(channel=channel, sent_at__isnull=True, dead_at__isnull=True, failing_since__isnull=False)
        missed.exclude(error="").update(next_at=at)


def _send(delivery: Delivery, at: datetime) -> None:
    message, channel = delivery.message, delivery.channel
    people = [delivery.staff] if delivery.staff else readers(message, at)
    if channel is None:
        for text, same in _told(message, people, at).items():
            log(same, message.phone, text)
        return
    reader = reader_of(message, delivery.staff, at) if delivery.staff else None
    written = letter(delivery, people, reader.values(message) if reader else _to_nobody_here(message))
    _addressed(channel, written)
    send(channel, written)
    if reader:
        reader.on_record(message.pk)


def _to_nobody_here(message: Outgoing) -> Values:
    """A resident reads all of what is for the own phone, a group what everybody may."""
    whole: Values = message.values
    return whole if message.phone else told_in(message)


def _told(message: Outgoing, people: Sequence[Staff], at: datetime) -> dict[str, list[Staff]]:
    """Return the texts of a message, each with those who are told so: by their language, and by what they may read."""
    texts: dict[str, list[Staff]] = {}
    for staff in people:
        texts.setdefault(text_for(message, reader_of(message, staff, at).values(message), staff.language), []).append(staff)
    return texts or {text_for(message, message.values, settings.LANGUAGE_CODE): []}


def _addressed(channel: Channel, written: Letter) -> None:
    if not (channel.is_group or (written.email if channel.sort == Channel.Sort.EMAIL else written.phone)):
        raise Unreachable(NO_ADDRESS)


def _failed(delivery: Delivery, error: str, at: datetime) -> None:
    """Put a delivery off until it is tried again, or give it up and tell those who can pick up the phone (MR-20)."""
    since = delivery.failing_since or at
    policy = values_for(delivery.office, at).policy(MailPolicy)
    again = next_try(since, at, delivery.attempts, delivery.urgent, policy)
    delivery.error, delivery.failing_since, delivery.next_at = error, since, again or at
    if again is None:
        delivery.dead_at = at
        alert(delivery.message, delivery.channel, error, at)
    delivery.save(update_fields=["error", "failing_since", "next_at", "dead_at"])
