"""One numbered sheet of paper entered afterwards: the order it reports and the steps written on it, each at its true time."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from menling.doorway.doing import Asked, act, open_new
from menling.doorway.language import said
from menling.journal.facts import Malformed
from menling.journal.models import Command
from menling.journal.taken import actor_key
from menling.kernel.refusal import Refused
from menling.pads.models import Pad
from menling.procedures.afterwards import follow_one_another, stopped_first
from menling.procedures.pad import number_read, used_once
from menling.web.fields import instant
from menling.web.intake import where_of

COMING = (("accept", "reported"), ("dispatch", "sent"), ("arrive", "arrived"))
BEGUN = (("start", "begun"),)
PRICED = (("quote", "agreed"), ("consent", "agreed"))
DONE = (("finish", "finished"), ("collect", "paid"))
"""The steps a sheet may tell of, and the field with the time of each; the first empty time ends them."""
MAY_LACK = frozenset({"start", "quote", "consent"})
"""Steps without which the next one may follow: only an emergency has to have its start (HC-5.2.5), only paid work its price."""
WORKERS = frozenset({"arrive", "start", "quote", "consent", "finish", "collect"})
"""Steps the worker took, written down by who enters the sheet."""
TIMES = ("visit_at", *dict.fromkeys(name for _verb, name in (*COMING, *BEGUN, *PRICED, *DONE)))
TEXTS = ("reporter", "phone", "content", "requirements", "urgency", "override_reason")


@dataclass(frozen=True)
class Entered:
    """What became of a sheet: the number of its order, and why a step could not be taken, if one could not."""

    number: str
    why: str = ""


def enter(asked: Asked, sent: Mapping[str, str], office: int, zone: ZoneInfo) -> Entered:
    """File the order of a sheet at its true time, take the steps written on it, and account for the sheet (HC-5.4.6, MR-4).

    A step that is refused leaves those before it taken; the rest is written down on the order's page. Where the times do not
    follow one another nothing is filed: a step taken at a wrong time could not be written down again.
    Errors: `Refused`, `Malformed`, `KeyMissing` where not even the order can be filed, or the sheet is of no pad.
    """
    pad = _pad(asked, sent.get("sheet", ""), office)
    times = {name: instant(name, sent.get(name, ""), asked.now, zone) for name in TIMES}
    for needed in ("reported", *(["agreed"] if sent.get("item", "").strip() else ())):
        if times[needed] is None:
            raise Malformed([{"path": needed, "message": "missing", "type": "missing"}])
    follow_one_another([at for _verb, name in _in_turn(times) if (at := times[name])])
    body: dict[str, Any] = where_of(sent) | {name: sent[name].strip() for name in TEXTS if sent.get(name, "").strip()}
    # where somebody was sent already nobody is called out any more
    told = {"happened_at": times["reported"], "visit_at": times["visit_at"]}
    body |= {name: at.isoformat() for name, at in told.items() if at} | {"office": office, "over": times["sent"] is not None}
    number = str(open_new(_part(asked, "file", body), "repair", "file").body["number"])
    act(_part(asked, "use", {"number": sent["sheet"].strip(), "order": number}), pad.case.number, "use", ("pad",))
    return Entered(number, _steps(asked, sent, number, times))


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


def _steps(asked: Asked, sent: Mapping[str, str], number: str, times: Mapping[str, datetime | None]) -> str:
    """Take the steps up to the first without a time; return why one could not be taken."""
    try:
        for verb, field in _in_turn(times):
            at = times[field]
            if at is None and verb not in MAY_LACK:
                break
            if at is not None:
                act(_part(asked, verb, _facts(verb, sent) | {"happened_at": at.isoformat()}), number, verb)
    except Refused as problem:
        return said(problem.why)
    except Malformed:
        return _("Something written on the sheet cannot be read.")
    return ""


def _in_turn(times: Mapping[str, datetime | None]) -> tuple[tuple[str, str], ...]:
    """Return the steps as they were taken."""
    first, then = (BEGUN, PRICED) if stopped_first(times["begun"], times["agreed"]) else (PRICED, BEGUN)
    return (*COMING, *first, *then, *DONE)


def _facts(verb: str, sent: Mapping[str, str]) -> dict[str, Any]:
    worker = sent.get("worker", "").strip()
    facts: dict[str, Any] = {"on_behalf_of": worker, "source": "paper"} if verb in WORKERS else {}
    more: dict[str, dict[str, Any]] = {
        "dispatch": {"worker": worker},
        "consent": {"how": "paper"},
        "quote": {"items": [{"code": sent.get("item", "").strip(), "quantity": sent.get("quantity", "").strip() or "1"}]},
        "finish": {"summary": sent.get("summary", "").strip()},
        "collect": {"method": sent.get("method", "").strip() or "cash"},
    }
    return facts | more.get(verb, {})


def _part(asked: Asked, verb: str, body: Mapping[str, Any]) -> Asked:
    """Return one step of the sheet, under a key of its own, so that two presses are one."""
    return Asked(asked.by, f"{asked.key}-{verb}" if asked.key else "", asked.now, body)
