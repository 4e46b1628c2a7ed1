"""One numbered sheet of paper entered afterwards: the order it reports and the steps written on it, each at its true time."""

from collections.abc import Mapping
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from menling.doorway.doing import Asked, act, open_new
from menling.journal.facts import Malformed
from menling.journal.models import Command
from menling.journal.perform import whole
from menling.journal.taken import actor_key
from menling.kernel.recording import one_whole
from menling.kernel.refusal import Refused
from menling.pads.commands.issuing import case_on_sheet
from menling.pads.models import Pad
from menling.procedures.afterwards import follow_one_another, signed_on_paper
from menling.procedures.pad import number_read, one_sheet_a_form, used_once
from menling.web.fields import instant
from menling.web.intake import where_of
from menling.web.paper_steps import AFTER, TIMES, Entered, Sheet, in_turn, part, take_steps

TEXTS = ("reporter", "phone", "content", "requirements", "urgency", "override_reason")


def enter(asked: Asked, sent: Mapping[str, str], office: int, zone: ZoneInfo, scan: bytes = b"") -> Entered:
    """File the order of a sheet at its true time, take the steps written on it, and account for the sheet (HC-5.4.6, MR-4).

    `scan` is the picture of the sheet with the resident's signature, kept with the order (MR-49).

    A step that is refused leaves those before it taken: the same form, put right and sent again, goes on from that step, or the
    rest is written down on the order's page. Nobody reads of the order before everything that was taken is there (MR-40). Where
    the times do not follow one another nothing is filed: a step taken at a wrong time could not be written down again; nor is
    anything where the signature lacks its picture or its name.
    Errors: `Refused`, `Malformed`, `KeyMissing` where not even the order can be filed, or the sheet is of no pad.
    """
    pad = _pad(asked, sent.get("sheet", ""), office)
    sheet = Sheet(sent, {name: instant(name, sent.get(name, ""), asked.now, zone) for name in TIMES}, scan)
    _complete(sheet)
    written = partial(_written, asked, sheet, office, pad)
    return whole(written) if one_whole() else written()


def _complete(sheet: Sheet) -> None:
    """Refuse a sheet without a time that what stands on it needs, one sent to nobody, one signed without picture or name (MR-49),
    and times that do not follow one another: what was typed stays on the form.
    """
    signed = sheet.scan or sheet.text("signed_by") or sheet.text("rating") or sheet.text("opinion")
    for needed in ("reported", *(["agreed"] if sheet.text("item") else ()), *(["signed"] if signed else ())):
        if sheet.times[needed] is None:
            raise Malformed([{"path": needed, "message": "missing", "type": "missing"}])
    if sheet.times["sent"] is not None and not sheet.text("worker"):
        raise Malformed([{"path": "worker", "message": "missing", "type": "missing"}])
    if sheet.times["signed"] is not None:
        signed_on_paper(sheet.scan, sheet.text("signed_by"), own_work=False)
    work = [at for _verb, name in in_turn(sheet.times) if (at := sheet.times[name])]
    for _verb, name in AFTER:
        later = sheet.times[name]
        follow_one_another([*work, later] if later else work)


def _written(asked: Asked, sheet: Sheet, office: int, pad: Pad) -> Entered:
    number = _filed_before(asked)
    if number:
        one_sheet_a_form(same=case_on_sheet(office, "dispatch_slip", sheet.text("sheet")) == number)
    else:
        number = _filed(asked, sheet, office, pad)
    return take_steps(asked, sheet, number)


def _filed_before(asked: Asked) -> str:
    """Return the number of the order this very form has filed, whose steps it may go on with; nothing before its first press."""
    row = Command.objects.filter(actor=actor_key(asked.by), key=f"{asked.key}-file", answer__isnull=False).first()
    return str(row.answer["number"]) if row and row.answer else ""


def _filed(asked: Asked, sheet: Sheet, office: int, pad: Pad) -> str:
    sent, times = sheet.sent, sheet.times
    body: dict[str, Any] = where_of(sent) | {name: sheet.text(name) for name in TEXTS if sheet.text(name)}
    # where somebody was sent already nobody is called out any more
    told = {"happened_at": times["reported"], "visit_at": times["visit_at"]}
    body |= {name: at.isoformat() for name, at in told.items() if at} | {"office": office, "over": times["sent"] is not None}
    number = str(open_new(part(asked, "file", body), "repair", "file", part=True).body["number"])
    act(part(asked, "use", {"number": sheet.text("sheet"), "order": number}), pad.case.number, "use", ("pad",), part=True)
    return number


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
