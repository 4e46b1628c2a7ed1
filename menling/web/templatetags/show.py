"""Times, money, durations, phones and clauses as they are written in an office."""

import re
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Any
from uuid import uuid4

from django import template
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from menling.clauses import clauses
from menling.doorway.language import said
from menling.doorway.masking import masked
from menling.journal.models import Case, Outgoing
from menling.kernel.words import Message
from menling.mail import reasons
from menling.mail.wording import WORDS_OF_OURS, in_our_words
from menling.orders.addresses import Reader
from menling.orders.housekeeping.batches import Pickup
from menling.printing.wording import quantity
from menling.web.labels import CHOICES

register = template.Library()


@register.filter
def clock(at: datetime | None, now: datetime | None = None) -> str:
    """14:00 today, “yesterday 14:00”, “tomorrow 9:00”, else “11月21日 周六 14:00”."""
    if at is None:
        return ""
    local, today = timezone.localtime(at), timezone.localtime(now or timezone.now())
    hours = f"{local:%H:%M}"
    days = (local.date() - today.date()).days
    if abs(days) < 2:
        return (_("yesterday {time}"), "{time}", _("tomorrow {time}"))[days + 1].format(time=hours)
    return f"{day(local) if local.year == today.year else date_format(local, FULL[_english()])} {hours}"


FULL = {False: "Y年n月j日", True: "j M Y"}
WEEKDAYS = "一二三四五六日"


def _english() -> bool:
    return (get_language() or "").startswith("en")


@register.filter
def day(on: Any) -> str:
    """11月21日 周六; Sat 21 Nov."""
    if not on:
        return ""
    return date_format(on, "D j M") if _english() else f"{on.month}月{on.day}日 周{WEEKDAYS[on.weekday()]}"


@register.filter
def full_day(on: Any) -> str:
    """2027年2月20日; 20 Feb 2027: where the year may be another."""
    return date_format(on, FULL[_english()]) if on else ""


@register.filter
def month(of: date | str) -> str:
    """2026年11月, Nov 2026; of a day in it, or of 2026-11."""
    first = date.fromisoformat(f"{of}-01") if isinstance(of, str) else of
    return date_format(first, "M Y" if _english() else "Y年n月")


@register.filter
def to_second(at: datetime | None) -> str:
    """The exact local time, for a tooltip: 2026-11-21 14:00:05."""
    return f"{timezone.localtime(at):%Y-%m-%d %H:%M:%S}" if at else ""


@register.filter
def ago(at: datetime | None, now: datetime | None = None) -> str:
    """“3 minutes ago”; what is longer ago than an hour is said by its time."""
    if at is None:
        return ""
    passed = int(((now or timezone.now()) - at).total_seconds() // 60)
    if passed < 1:
        return _("just now")
    return ngettext("{n} minute ago", "{n} minutes ago", passed).format(n=passed) if passed < 60 else clock(at, now)


DAYS = 48 * 60
"""From so many minutes on a time is said in days."""


@register.filter
def duration(span: timedelta | int | None) -> str:
    """“12 min”, “1 h 05 min”; a figure is minutes."""
    if span is None:
        return ""
    minutes = span if isinstance(span, int) else int(span.total_seconds() // 60)
    if abs(minutes) < 60:
        return _("{n} min").format(n=minutes)
    hours, rest = divmod(minutes, 60)
    if abs(minutes) >= DAYS:
        return _("{n} days").format(n=hours // 24)
    return _("{h} h {m} min").format(h=hours, m=f"{rest:02d}")


@register.filter
def left(due_at: datetime, now: datetime) -> str:
    """“4 min left”, “12 min late”: what the browser counts on from."""
    seconds = (due_at - now).total_seconds()
    return _left(int(abs(seconds) // 60), seconds < 0, get_language() or "")


@lru_cache(maxsize=8192)
def _left(minutes: int, late: bool, language: str) -> str:
    """Say it once for each number of minutes: a board says it for every row, again and again."""
    span = duration(minutes)
    return _("{d} late").format(d=span) if late else _("{d} left").format(d=span)


@register.filter
def figure(due_at: datetime, now: datetime) -> str:
    """Minutes alone, for the wall: 4, −12, 1:34, days from the second on. The first late minute counts as one: no −0."""
    seconds = (due_at - now).total_seconds()
    minutes, sign = int(abs(seconds) // 60), ""
    if seconds < 0:
        minutes, sign = max(1, minutes), "−"
    if minutes >= DAYS:
        return f"{sign}{minutes // 1440}"
    return f"{sign}{minutes}" if minutes < 100 else f"{sign}{minutes // 60}:{minutes % 60:02d}"


@register.filter
def figure_unit(due_at: datetime, now: datetime) -> str:
    """What a figure on the wall counts: minutes, hours and minutes, or days."""
    minutes = abs((due_at - now).total_seconds()) // 60
    return _("d") if minutes >= DAYS else _("min") if minutes < 100 else _("h")


@register.filter
def off_shift(mates: Sequence[Any]) -> int:
    """How many people are not on shift."""
    return sum(mate.state == "off" for mate in mates)


@register.simple_tag
def tick_words() -> dict[str, str]:
    """The words with which the browser counts minutes down."""
    return {"left": _("{d} left"), "late": _("{d} late"), "minutes": _("{n} min"), "hours": _("{h} h {m} min"),
            "days": _("{n} days"), "min": _("min"), "h": _("h"), "d": _("d")}  # fmt: skip


@register.simple_tag
def below_page() -> SafeString:
    """The map of the keyboard and the words of the browser."""
    return _below_page(get_language() or "")


@lru_cache
def _below_page(_spoken: str) -> SafeString:
    """Draw what stands below every page, a part of the program, once for a language."""
    return render_to_string("web/parts/below_page.html")


@register.filter
def yuan(amount: Decimal | str | None) -> str:
    """¥86.00, −¥86.00; an amount that is not known yet is a dash."""
    if amount in (None, ""):
        return "—"
    known = Decimal(str(amount))
    return f"{'−' if known < 0 else ''}¥{abs(known):,.2f}"


@register.filter
def number(count: Decimal | str) -> str:
    """A count without needless zeros: 1, 2.5."""
    return quantity(Decimal(str(count)))


@register.filter
def is_late(pickup: Pickup, now: datetime) -> bool:
    """Whether nobody came for the orders of a pick-up in time."""
    return pickup.is_late(now)


@register.filter
def phone(number: str) -> str:
    """138 **** 5678 until revealed."""
    return masked(number) if number else _("no phone")


@register.filter
def phone_or_nothing(number: str) -> str:
    """A masked number for an empty field."""
    return masked(number) if number else ""


@register.filter
def in_words(sentence: Message | str) -> str:
    """A marked sentence in the reader's language."""
    return said(sentence)


@register.filter
def reason(error: str) -> str:
    """Why something was not delivered, in the reader's language."""
    return said(reasons.reason(error))


@register.filter
def raw_reason(error: str) -> str:
    """What the channel itself said of it; nothing where the reason is ours."""
    return reasons.raw(error)


@register.filter
def read_by(case: Case, reader: Reader) -> str:
    """The address of a case as this reader may read it (OI-4.2)."""
    return said(reader.text(case))


@register.filter
def status(case: Case) -> str:
    """The status in the words of the paper form."""
    return said(case.procedure.status_title(case.status))


@register.filter
def text_of(message: Outgoing, now: datetime | None = None) -> str:
    """A message in the reader's language, its instants as local times."""
    values: dict[str, object] = {name: _readable(name, value, now) for name, value in message.values.items()}
    return said(Message(message.sentence, values))


def _readable(name: str, value: str, now: datetime | None) -> str:
    if name in WORDS_OF_OURS or name in CHOICES:
        return choice_word(name, value) if name in CHOICES else in_our_words(name, value)
    return said_at(value, now) or value


WRITTEN = re.compile(r"\d{4}-\d\d-\d\d(T\d\d:\d\d.*)?")
"""A day, or an instant, as a fact keeps it."""


def said_at(text: str, now: datetime | None) -> str:
    """Return a kept day or instant as people write it; nothing for any other text."""
    if not WRITTEN.fullmatch(text):
        return ""
    try:
        return clock(datetime.fromisoformat(text), now) if "T" in text else full_day(date.fromisoformat(text))
    except ValueError:
        return ""


@register.simple_tag
def clause(key: str) -> SafeString:
    """A clause's id; hovering, focusing or pressing it shows title and text."""
    html = _clause(key, get_language() or "")
    return mark_safe(html.replace(MARK, uuid4().hex[:8]))  # noqa: S308  # the template has escaped the words


MARK = "\0mark\0"
"""Where a clause drawn once gets the name that is its own on the page; no wording can hold such a character."""


@lru_cache(maxsize=2048)
def _clause(key: str, spoken: str) -> str:
    """Draw a clause. Its words are part of the program: drawn once for a language, it stays as it is."""
    known = clauses().get(key)
    if known is None:
        return ""
    words = {"id": key, "title": known.title(spoken), "text": known.text(spoken), "mark": MARK}
    return render_to_string("web/parts/clause.html", words)


@register.simple_tag
def choice_word(name: str, value: str) -> str:
    """What a choice of a fact is called: cash, on the phone, by radio."""
    return _(CHOICES.get(name, {}).get(value, value)) if value else ""


@register.simple_tag
def new_key() -> str:
    """The key of one form: sent twice, it is carried out once."""
    return str(uuid4())


@register.filter
def get(mapping: dict[Any, Any], key: Any) -> Any:
    """A value by its key."""
    return mapping.get(key)
