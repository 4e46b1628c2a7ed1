"""The lines of the start pages of finance and of leads as HTML.

What only time or the form's keys change is filled in; the rest is drawn once.
"""

from collections.abc import Iterable
from datetime import date, datetime, time
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple
from uuid import uuid4

from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString
from django.utils.timezone import localtime, make_aware
from django.utils.translation import get_language

from menling.doorway.language import said
from menling.doorway.showing import standing
from menling.money.watch import Bag, Collection, Due, Taken, ToSettle
from menling.procedures.conduct import GROUPS
from menling.web.session import StaffRequest
from menling.web.templatetags.show import ago, left

POST, LEFT, AGO, KEY = "\0post\0", "\0left\0", "\0ago\0", "\0key\0"
"""Marks in a drawn line; no text from a database can hold such a character."""
KEPT = 4096
SETTLING = next(each for each in GROUPS if each.key == "settling")


class Settling(NamedTuple):
    """What a line shows of an order to settle; `kind` is that of the order, `why` and `clause` say why it waits."""

    number: str
    amount: Decimal
    kind: str
    order: str
    unit: str
    worker: str
    why: str
    clause: str
    reminded_at: datetime | None
    read: bool


class Holding(NamedTuple):
    """What a line shows of a bag of cash; `stands` is how its promise stands, empty where none runs."""

    number: str
    status: str
    holder: str
    holder_number: str
    cash: Decimal
    since: datetime
    counted: Decimal | None
    reason: str
    stands: str
    due_at: datetime | None
    overdue: bool
    charges: tuple[Taken, ...]


Line = Settling | Holding | Collection | Due
DRAWN: dict[type, str] = {
    Settling: "web/roles/parts/settle_line.html", Holding: "web/roles/parts/bag_line.html",
    Collection: "web/roles/parts/collection_line.html", Due: "web/roles/parts/collect.html",
}  # fmt: skip


def settle_lines(request: StaffRequest, waiting: Iterable[ToSettle], *, receives: bool) -> SafeString:
    """Return the orders to settle; with `receives` the buttons of those who settle."""
    return _joined(request, (_drawn(_settling(each), receives, *_when(request)) for each in waiting))


def bag_lines(request: StaffRequest, held: Iterable[Bag], *, receives: bool) -> SafeString:
    """Return the bags, each unfolding to what is in it; with `receives` the form of those who count it."""
    return _joined(request, (_in_time(_drawn(_holding(each, request.now), receives, *_when(request)), each, request.now)
                             for each in held))  # fmt: skip


def due_lines(request: StaffRequest, due: Iterable[Due]) -> SafeString:
    """Return charges to collect, each unfolding to the form of who takes the money."""
    drawn = ((_drawn(each, True, *_when(request)), ago(each.reported_at, request.now)) for each in due)
    return _joined(request, (html.replace(AGO, conditional_escape(said_ago)) for html, said_ago in drawn))


def collection_lines(request: StaffRequest, taken: Iterable[Collection]) -> SafeString:
    """Return what was collected on a day."""
    return SafeString("".join(_drawn(each, False, *_when(request)) for each in taken))


def _when(request: StaffRequest) -> tuple[date, str]:
    return localtime(request.now).date(), get_language() or ""


@lru_cache(maxsize=KEPT)
def _drawn(line: Line, receives: bool, today: date, _language: str) -> SafeString:
    """Draw a line. Everything it shows is in the arguments, so that a kept one is right for whoever gets an equal line."""
    noon = make_aware(datetime.combine(today, time(12)))
    shown = {"each": line, "receives": receives, "now": noon, "post": POST, "left": LEFT, "ago": AGO, "settling": SETTLING}
    return render_to_string(DRAWN[type(line)], shown)


def _settling(row: ToSettle) -> Settling:
    case, refused = row.settlement.case, row.refused
    assert case.parent is not None, "a settlement belongs to an order"
    why, clause = (said(refused.why), refused.clause) if refused else ("", "")
    return Settling(case.number, row.settlement.amount, case.parent.kind, case.parent.number, row.unit, row.worker, why, clause,
                    row.reminded_at, row.read)  # fmt: skip


def _holding(bag: Bag, now: datetime) -> Holding:
    handover, promise = bag.handover, bag.promise
    stands, due_at = (standing(promise, now), promise.due_at) if promise else ("", None)
    return Holding(handover.case.number, handover.case.status, handover.holder.name, handover.holder.number, bag.cash, bag.since,
                   handover.amount, handover.difference_reason, stands, due_at, bag.overdue, bag.charges)  # fmt: skip


def _in_time(html: str, bag: Bag, now: datetime) -> str:
    """Fill in how late a bag is."""
    return html.replace(LEFT, conditional_escape(left(bag.promise.due_at, now))) if bag.promise and bag.overdue else html


def _joined(request: StaffRequest, lines: Iterable[str]) -> SafeString:
    """Return lines as one text, every form with what it sends beside its fields and with a key of its own."""
    begin, *forms = "".join(lines).split(POST)
    fields = _fields(request)
    return SafeString(begin + "".join(fields.replace(KEY, str(uuid4())) + form for form in forms))  # escaped by the templates


def _fields(request: StaffRequest) -> str:
    return format_html(
        '<input type="hidden" name="csrfmiddlewaretoken" value="{}"><input type="hidden" name="key" value="{}">'
        '<input type="hidden" name="next" value="{}">', get_token(request), KEY, request.get_full_path(),
    )  # fmt: skip
