"""A message of the outbox in the words of its reader and of its channel."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from menling.journal.models import Outgoing
from menling.journal.sweep import BROKEN, BROKEN_AT
from menling.kernel.words import Message, _
from menling.mail.letters import Letter
from menling.mail.models import Channel, Delivery
from menling.mail.reasons import reason
from menling.premises.models import Staff
from menling.printing.wording import weekday

Values = Mapping[str, str | Message]
"""What is put into a sentence: typed words, or sentences of ours."""
WORDS_OF_OURS = frozenset({"promise", "error", "wanted"})
"""Values that are put into words of ours; everything else was typed by somebody."""
WANTED = {"alarm": _("home alarm"), "other": _("something else")}
SHORT = {
    BROKEN: _("{unit} late: {promise}, due {due}."),
    BROKEN_AT: _("{number} {unit} late: {promise}, due {due}."),
    _("Urgent repair at {unit}: {number}. Please take it now."): _("Urgent repair {unit}. Please take it now."),
}
"""Sentences that are shorter in a text message or a call."""
URGENT = _("Urgent: {text}")
FOR = _("For {names}")
SIGNED = _("[{company}] {text}")
SPOKEN = _("This is {office}. {text}")
SUBJECT = _("{office}: a message about {number}")
GENERAL = _("{office}: a message")
MOST_NAMES = 8
DAY = re.compile(r"\d{4}-\d\d-\d\d")


def said(sentence: str, values: Values, language: str, zone: ZoneInfo) -> str:
    """Return a message in a language, its days as people write them and its instants by the clock of the office: ``11月20日 周五
    10:19``."""
    with translation.override(language):
        shown = {name: _shown(name, value, zone) for name, value in values.items()}
        return translation.gettext(sentence).format(**shown)


def _shown(name: str, value: str | Message, zone: ZoneInfo) -> str:
    if isinstance(value, Message):
        return value.said_by(translation.gettext)
    if name in WORDS_OF_OURS and value:
        return in_our_words(name, value)
    try:
        instant = datetime.fromisoformat(value)
    except ValueError:
        return value
    if instant.tzinfo is None:
        return weekday(instant) if DAY.fullmatch(value) else value
    local = instant.astimezone(zone)
    return f"{weekday(local)} {local:%H:%M}"


def in_our_words(name: str, value: str) -> str:
    """Return a value of `WORDS_OF_OURS` in the language that is spoken: a promise, what is wanted of a desk, or why something
    was not delivered."""
    return reason(value).said_by(translation.gettext) if name == "error" else translation.gettext(WANTED.get(value, value))


def text_for(message: Outgoing, values: Values, language: str, sentence: str = "") -> str:
    """Return the text of a message in a language, with the values its reader may read."""
    return said(sentence or message.sentence, values, language, ZoneInfo(message.office.zone))


def letter(delivery: Delivery, people: Sequence[Staff], values: Values) -> Letter:
    """Return a delivery as its channel carries it: signed in a text message, spoken in a call, with names in a group."""
    message, staff = delivery.message, delivery.staff
    assert delivery.channel is not None, "the log carries no letters"
    language = staff.language if staff else settings.LANGUAGE_CODE
    reach = getattr(staff, "reach", None)
    brief = SHORT.get(message.sentence, "") if delivery.channel.sort in (Channel.Sort.SMS, Channel.Sort.CALL) else ""
    text = text_for(message, values, language, brief)
    with translation.override(language):
        return Letter(
            delivery.mark, _subject(message), _worded(delivery, delivery.channel, people, text), message.urgent,
            phone=staff.phone if staff else delivery.phone, email=reach.email if reach else "",
            phones=tuple(each.phone for each in people if each.phone),
        )  # fmt: skip


def _subject(message: Outgoing) -> str:
    if message.case is None:
        return translation.gettext(GENERAL).format(office=message.office.name)
    return translation.gettext(SUBJECT).format(office=message.office.name, number=message.case.number)


def _worded(delivery: Delivery, channel: Channel, people: Sequence[Staff], text: str) -> str:
    message, gettext = delivery.message, translation.gettext
    if channel.sort == Channel.Sort.CALL:
        return gettext(SPOKEN).format(office=message.office.name, text=text)
    if message.urgent:
        text = gettext(URGENT).format(text=text)
    if channel.sort == Channel.Sort.SMS:
        return gettext(SIGNED).format(company=message.office.company.short_name, text=text)
    called = "、".join(each.name for each in people[:MOST_NAMES]) + ("…" if len(people) > MOST_NAMES else "")
    named = [gettext(FOR).format(names=called)] if channel.is_group and called else []
    link = _link(message) if channel.is_group else []
    return "\n".join([text, *named, *link, f"#{delivery.mark}"])


def _link(message: Outgoing) -> list[str]:
    """A group is told no home: who may read it finds it behind the link, where the server's address is known."""
    return [f"{settings.SITE}{reverse('web:order', args=[message.case.number])}"] if settings.SITE and message.case else []
