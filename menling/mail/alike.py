"""Failures that are one: what a channel did not take for the same reason stands in one line and is sent again with one press."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Count, F, Max, Min, Q, QuerySet

from menling.kernel.words import Message
from menling.mail.models import Channel, Delivery
from menling.mail.reasons import NOT_SENT, reason
from menling.premises.models import Office

DEAD = Q(dead_at__isnull=False)
AGAIN = Q(sent_at__isnull=True, dead_at__isnull=True, failing_since__isnull=False)
LOOKED_AT = 5000
"""So many failures of an office are looked at, the newest: a page asked for again and again reads no years of them."""
MOST = 500
"""So many channels and errors of an office are looked at."""
WITHIN = 20
"""So many lines stand for several messages, those of the newest ones."""


@dataclass
class Alike:
    """Failures of one channel for one reason, given up (`dead`) or tried again: how many, when the first and the last were
    written; `newest` is one of them, `errors` what the channel itself said, `ended` that the channel takes nothing any more."""

    channel: Channel | None
    dead: bool
    why: Message
    count: int
    first: datetime
    last: datetime
    newest: int
    errors: tuple[str, ...]

    @property
    def ended(self) -> bool:
        """Tell whether none of it can be sent again."""
        return self.channel is not None and self.channel.ended_at is not None

    @property
    def those(self) -> Q:
        """Return which deliveries of its office they are."""
        return Q(channel=self.channel, error__in=self.errors) & (DEAD if self.dead else AGAIN)


def alike(office: Office, which: Q) -> list[Alike]:
    """Return the failures among `which` of an office that are more than one, the newest first: two queries."""
    return [each for each in _kinds(office, which) if each.count > 1][:WITHIN]


def those_alike(office: Office, one: Delivery) -> Q:
    """Return which deliveries of an office failed like one of them did; nothing but itself where none did."""
    same = Q(channel=one.channel_id) & (DEAD if one.dead_at else AGAIN)
    found = [each for each in _kinds(office, same) if one.error in each.errors]
    return found[0].those if found else Q(pk=one.pk)


def without(rows: QuerySet[Delivery], kinds: Iterable[Alike]) -> QuerySet[Delivery]:
    """Leave out of a list what one line stands for already."""
    said = [each.those for each in kinds]
    return rows.exclude(reduce(or_, said)) if said else rows


def _kinds(office: Office, which: Q) -> list[Alike]:
    """Return all failures by channel and reason: what a channel says of one reason may differ from message to message."""
    newest = Delivery.objects.filter(which, DEAD | AGAIN, office=office).order_by("-pk").values("pk")[:LOOKED_AT]
    failed = Delivery.objects.filter(pk__in=newest).annotate(dead=Q(dead_at__isnull=False))
    rows = list(failed.values("channel", "error", "dead").annotate(
        count=Count("pk"), first=Min(F("message__created_at")), last=Max(F("message__created_at")), newest=Max("pk"),
    ).order_by("-newest")[:MOST])  # fmt: skip
    channels = Channel.objects.in_bulk({row["channel"] for row in rows if row["channel"]})
    kinds: dict[tuple[Any, ...], Alike] = {}
    for row in rows:
        why = reason(row["error"])
        told_apart = row["error"] if why.sentence == NOT_SENT else tuple(why.values.items())
        key = (row["channel"], row["dead"], why.sentence, told_apart)
        kinds[key] = _with(kinds.get(key), row, why, channels.get(row["channel"]))
    return list(kinds.values())


def _with(found: Alike | None, row: Mapping[str, Any], why: Message, channel: Channel | None) -> Alike:
    one = Alike(channel, row["dead"], why, row["count"], row["first"], row["last"], row["newest"], (row["error"],))
    if found is None:
        return one
    return Alike(channel, one.dead, why, found.count + one.count, min(found.first, one.first), max(found.last, one.last),
                 max(found.newest, one.newest), found.errors + one.errors)  # fmt: skip
