"""A message of the group chat, pasted: what it says, the open order it belongs to, or the form filled in."""

from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_noop as _
from django.views.decorators.http import require_POST

from menling.doorway.doing import NotThere, act, find, open_new
from menling.doorway.language import clock_time, said
from menling.doorway.masking import masked
from menling.journal.facts import Malformed
from menling.journal.models import Case
from menling.kernel.words import Message
from menling.orders.days import ORDER_KINDS
from menling.orders.household import open_orders
from menling.orders.pasted import Pasted, read, same_matter
from menling.orders.watch import Work
from menling.premises.meant import homes_meant
from menling.premises.models import Unit
from menling.web.answers import answered, asked, said_no
from menling.web.intake import alarm_body, desk_of, order_body, referral_body
from menling.web.session import StaffRequest, staff_page
from menling.web.views.counter import CLERKS

SORTS = {
    "repair": _("repair"), "housekeeping": _("housekeeping"), "alarm": _("home alarm"), "complaint": _("complaint"),
    "other": _("something else"),
}  # fmt: skip
WANTED = {"complaint": "other"}
MOST_PLACES, LONGEST = 4, 2000
CHANNEL = "wechat"


@dataclass(frozen=True)
class Near:
    """An open order of the home, and whether it is likely about the same matter."""

    case: Work
    same: bool


@staff_page(*CLERKS)
def show(request: StaffRequest) -> HttpResponse:
    """The empty page; POST reads a message; `done` is the order whose line is pasted back into the group."""
    text = request.POST.get("text", "")[:LONGEST]
    shown: dict[str, Any] = {"text": text, "desk": desk_of(request), "done": _done(request)}
    if text.strip():
        shown |= _read(request, text)
    return render(request, "web/pages/paste.html", shown)


def _read(request: StaffRequest, text: str) -> dict[str, Any]:
    message = read(text)
    homes = _homes(request, message)
    home = _chosen(request, homes)
    if home is not None and not message.words:
        message = replace(message, words=text.strip())
    return {"message": message, "homes": homes, "home": home, "near": _near(request, message, home),
            "sort": SORTS[message.kind], "wanted": WANTED.get(message.kind, message.kind)}  # fmt: skip


def _homes(request: StaffRequest, message: Pasted) -> list[Unit]:
    rows = Unit.objects.filter(office=request.office)
    found = [unit for place in message.places[:MOST_PLACES] for unit in homes_meant(rows, place)]
    return list(dict.fromkeys(found))


def _chosen(request: StaffRequest, homes: list[Unit]) -> Unit | None:
    wanted = request.POST.get("home", "")
    return next((unit for unit in homes if unit.code == wanted), homes[0] if len(homes) == 1 else None)


def _near(request: StaffRequest, message: Pasted, home: Unit | None) -> list[Near]:
    """The open orders of the home, those likely about the same matter first."""
    if home is None or message.kind not in (*ORDER_KINDS, "other", "complaint"):
        return []
    found = [Near(case, same_matter(message.words, case.content)) for case in open_orders(home, request.actor)]
    return sorted(found, key=lambda each: not each.same)


@require_POST
@staff_page(*CLERKS)
def join(request: StaffRequest, number: str) -> HttpResponse:
    """Write a second report down on the open order it belongs to, with who told it; the number stays masked."""
    case = find(request.actor, number, ORDER_KINDS)
    who, phone = request.POST.get("reporter", "").strip(), request.POST.get("phone", "").strip()
    told: dict[str, object] = {"who": " ".join(each for each in (who, masked(phone) if phone else "") if each) or "—",
            "words": request.POST.get("content", "").strip()}  # fmt: skip
    text = said(Message(_("Reported once more in the group by {who}: {words}"), told), settings.LANGUAGE_CODE)
    doing = partial(act, asked(request, {"text": text[:LONGEST]}), case.number, "note", ORDER_KINDS)
    return answered(request, doing, lambda answer: _page(case.number))


@require_POST
@staff_page(*CLERKS)
def file(request: StaffRequest) -> HttpResponse:
    """File the order at the desk that takes repairs, or pass every word on to the other desk (HS-4.1.3)."""
    wanted, desk = request.POST.get("wanted", ""), desk_of(request)
    if wanted not in (*SORTS, ""):
        raise NotThere(wanted)
    sent = asked(request, {})
    if wanted in desk.takes:
        try:
            body = alarm_body(request) if wanted == "alarm" else order_body(request) | {"accept": True}
            sent = replace(sent, body=body)
        except Malformed as problem:
            return said_no(request, problem)
        return answered(request, partial(open_new, sent, wanted, "file"), lambda answer: _page(answer.body["number"]))
    sent = replace(sent, body=referral_body(request, wanted or "other", desk.other))
    return answered(request, partial(open_new, sent, "referral", "pass_on"), lambda answer: _page(answer.body["number"]))


def _page(number: str) -> str:
    return f"{reverse('web:paste')}?{urlencode({'done': number})}"


def _done(request: StaffRequest) -> dict[str, str] | None:
    """The line for the group: what is on file, who comes and by when; a worker's number never stands in it."""
    number = request.GET.get("done", "")
    if not number:
        return None
    case = find(request.actor, number)
    return {"number": case.number, "line": said(_line(case, request), settings.LANGUAGE_CODE)}


def _line(case: Case, request: StaffRequest) -> Message:
    values: dict[str, object] = {"number": case.number}
    if case.kind not in ORDER_KINDS:
        return Message(_("Got it, on file as {number}; the desk in charge will call you."), values)
    order = case.order
    if order.worker is None:
        return Message(_("Got it, on file as {number}. We will say here who comes and when."), values)
    values |= {"who": order.worker.name[:1]}
    if order.visit_at is None or order.visit_at <= request.now:
        return Message(_("Got it, on file as {number}; our Mr/Ms {who} sees to it."), values)
    values |= {"by": clock_time(order.visit_at, request.now)}
    return Message(_("Got it, on file as {number}; our Mr/Ms {who} is there by {by}."), values)
