"""One numbered sheet of paper entered afterwards: the order it reports and the steps written on it, each at its true time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from menling.doorway.doing import Asked, act, find, open_new
from menling.doorway.language import said
from menling.journal.facts import Malformed
from menling.journal.files import keep_image
from menling.journal.models import Command
from menling.journal.perform import whole
from menling.journal.taken import actor_key
from menling.kernel.recording import one_whole
from menling.kernel.refusal import Refused
from menling.pads.models import Pad
from menling.procedures.afterwards import follow_one_another, signed_on_paper, stopped_first
from menling.procedures.pad import number_read, used_once
from menling.web.fields import instant
from menling.web.intake import where_of

COMING = (("accept", "reported"), ("dispatch", "sent"), ("acknowledge", "accepted"), ("arrive", "arrived"))
BEGUN = (("start", "begun"),)
PRICED = (("quote", "agreed"), ("consent", "agreed"))
DONE = (("finish", "finished"),)
"""The steps a sheet may tell of, and the field with the time of each; the first empty time ends them."""
AFTER = (("sign_on_paper", "signed"), ("collect", "paid"))
"""What may have come after the work, in whichever turn: where one of them is not taken, the other is all the same."""
MAY_LACK = frozenset({"acknowledge", "start", "quote", "consent"})
"""Steps without which the next one may follow: only an emergency has to have its start (HC-5.2.5), only paid work its price;
not every slip says when the worker took it."""
WORKERS = frozenset({"acknowledge", "arrive", "start", "quote", "consent", "finish", "collect"})
"""Steps the worker took, written down by who enters the sheet."""
TIMES = ("visit_at", *dict.fromkeys(name for _verb, name in (*COMING, *BEGUN, *PRICED, *DONE, *AFTER)))
TEXTS = ("reporter", "phone", "content", "requirements", "urgency", "override_reason")
UNREADABLE = 422
Times = Mapping[str, datetime | None]


@dataclass(frozen=True)
class Entered:
    """What became of a sheet: the number of its order, and why a step could not be taken, if one could not."""

    number: str
    why: str = ""


@dataclass(frozen=True)
class Sheet:
    """A dispatch slip as it was typed: its fields, its times, and the picture of it where it bears a signature."""

    sent: Mapping[str, str]
    times: Times
    scan: bytes = b""

    def text(self, name: str) -> str:
        """Return what stands in a field, without the blanks around it."""
        return self.sent.get(name, "").strip()


def enter(asked: Asked, sent: Mapping[str, str], office: int, zone: ZoneInfo, scan: bytes = b"") -> Entered:
    """File the order of a sheet at its true time, take the steps written on it, and account for the sheet (HC-5.4.6, MR-4).

    `scan` is the picture of the sheet with the resident's signature, kept with the order (MR-49).

    A step that is refused leaves those before it taken; the rest is written down on the order's page. Nobody reads of the order
    before everything that was taken is there (MR-40). Where the times do not follow one another nothing is filed: a step taken
    at a wrong time could not be written down again; nor is anything where the signature lacks its picture or its name.
    Errors: `Refused`, `Malformed`, `KeyMissing` where not even the order can be filed, or the sheet is of no pad.
    """
    pad = _pad(asked, sent.get("sheet", ""), office)
    sheet = Sheet(sent, {name: instant(name, sent.get(name, ""), asked.now, zone) for name in TIMES}, scan)
    _complete(sheet)
    written = partial(_written, asked, sheet, office, pad)
    return whole(written) if one_whole() else written()


def _complete(sheet: Sheet) -> None:
    """Refuse a sheet without a time that what stands on it needs, one signed without picture or name (MR-49), and times that do
    not follow one another: what was typed stays on the form.
    """
    signed = sheet.scan or sheet.text("signed_by") or sheet.text("rating") or sheet.text("opinion")
    for needed in ("reported", *(["agreed"] if sheet.text("item") else ()), *(["signed"] if signed else ())):
        if sheet.times[needed] is None:
            raise Malformed([{"path": needed, "message": "missing", "type": "missing"}])
    if sheet.times["signed"] is not None:
        signed_on_paper(sheet.scan, sheet.text("signed_by"), own_work=False)
    work = [at for _verb, name in _in_turn(sheet.times) if (at := sheet.times[name])]
    for _verb, name in AFTER:
        later = sheet.times[name]
        follow_one_another([*work, later] if later else work)


def _written(asked: Asked, sheet: Sheet, office: int, pad: Pad) -> Entered:
    sent, times = sheet.sent, sheet.times
    body: dict[str, Any] = where_of(sent) | {name: sheet.text(name) for name in TEXTS if sheet.text(name)}
    # where somebody was sent already nobody is called out any more
    told = {"happened_at": times["reported"], "visit_at": times["visit_at"]}
    body |= {name: at.isoformat() for name, at in told.items() if at} | {"office": office, "over": times["sent"] is not None}
    number = str(open_new(_part(asked, "file", body), "repair", "file", part=True).body["number"])
    used = {"number": sheet.text("sheet"), "order": number}
    act(_part(asked, "use", used), pad.case.number, "use", ("pad",), part=True)
    return Entered(number, _steps(asked, sheet, number))


def _pad(asked: Asked, sheet: str, office: int) -> Pad:
    """Return the pad of a sheet that is blank so far, or that this very press has used already."""
    read = number_read(sheet.strip().upper())
    pads = Pad.objects.filter(office=office, form="dispatch_slip", case__closed_at__isnull=True).select_related("case")
    found = pads.filter(prefix=read.prefix, first__lte=read.figure, last__gte=read.figure).first() if read else None
    if found is None or read is None:
        raise Refused(
            "HC-5.4.6", _("No dispatch slip has the number {sheet}. Please look at it again."), status=422, sheet=sheet[:20],
            field="sheet",
        )  # fmt: skip
    pressed_before = Command.objects.filter(actor=actor_key(asked.by), key=f"{asked.key}-use").exists()
    used_once(sheet, known=not pressed_before and found.sheets.filter(figure=read.figure).exists())
    return found


def _steps(asked: Asked, sheet: Sheet, number: str) -> str:
    """Take the steps up to the first without a time, then what came after the work; return what could not be taken, and why."""
    for verb, field in _in_turn(sheet.times):
        if sheet.times[field] is None and verb not in MAY_LACK:
            return ""
        why = _taken(asked, sheet, number, verb, field)
        if why:
            return why
    after: Sequence[str] = [_taken(asked, sheet, number, verb, field) for verb, field in AFTER]
    return " ".join(filter(None, after))


def _taken(asked: Asked, sheet: Sheet, number: str, verb: str, field: str) -> str:
    """Take one step at its time, if it has one; return why it could not be taken.

    What the resident wrote is not typed twice: a picture or a rating nobody can read is put right on the form (MR-40).
    """
    at = sheet.times[field]
    if at is None:
        return ""
    try:
        facts = _facts(asked, sheet, number, verb) | {"happened_at": at.isoformat()}
        act(_part(asked, verb, facts), number, verb, part=True)
    except Refused as problem:
        if verb == "sign_on_paper" and problem.status == UNREADABLE:
            raise
        return said(problem.why)
    except Malformed:
        if verb == "sign_on_paper":
            raise
        return _("Something written on the sheet cannot be read.")
    return ""


def _in_turn(times: Times) -> tuple[tuple[str, str], ...]:
    """Return the steps of the work as they were taken."""
    first, then = (BEGUN, PRICED) if stopped_first(times["begun"], times["agreed"]) else (PRICED, BEGUN)
    return (*COMING, *first, *then, *DONE)


def _facts(asked: Asked, sheet: Sheet, number: str, verb: str) -> dict[str, Any]:
    if verb == "sign_on_paper":
        return _signed(asked, sheet, number)
    worker = sheet.text("worker")
    facts: dict[str, Any] = {"on_behalf_of": worker, "source": "paper"} if verb in WORKERS else {}
    more: dict[str, dict[str, Any]] = {
        "dispatch": {"worker": worker} | _been_there(sheet.times),
        "consent": {"how": "paper"},
        "quote": {"items": [{"code": sheet.text("item"), "quantity": sheet.text("quantity") or "1"}]},
        "finish": {"summary": sheet.text("summary")},
        "collect": {"method": sheet.text("method") or "cash"},
    }
    return facts | more.get(verb, {})


def _been_there(times: Times) -> dict[str, Any]:
    """Return when the worker was at the door, and whether nobody knows when the slip was taken (HS-4.2.3, MR-1)."""
    arrived = times["arrived"]
    return {"untimed": times["accepted"] is None, "arrived_at": arrived.isoformat()} if arrived else {}


def _signed(asked: Asked, sheet: Sheet, number: str) -> dict[str, Any]:
    """Return what the resident wrote below: the name, the rating and the opinion; the picture of it is put on file."""
    case = find(asked.by, number)
    kept = keep_image(case, sheet.scan, "photo", by=asked.by, at=asked.now).digest if sheet.scan else ""
    rated = {"rating": sheet.text("rating")} if sheet.text("rating") else {}
    return {"scan": kept, "name": sheet.text("signed_by"), "opinion": sheet.text("opinion")} | rated


def _part(asked: Asked, verb: str, body: Mapping[str, Any]) -> Asked:
    """Return one step of the sheet, under a key of its own, so that two presses are one."""
    return replace(asked, key=f"{asked.key}-{verb}" if asked.key else "", body=body)
