"""Pads: given out, used, voided, passed on, handed in and counted."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field

from menling.journal.cases import open_case, visible_to
from menling.journal.models import Case, Detail
from menling.journal.take import take
from menling.journal.taken import Taken, Tell
from menling.kernel.actor import Actor
from menling.kernel.procedure import Step
from menling.kernel.refusal import Refused
from menling.kernel.words import Message, _
from menling.pads.commands.tracing import inquire
from menling.pads.models import Pad, Sheet
from menling.policies.values import values_for
from menling.premises import names
from menling.premises.models import Office, Staff
from menling.procedures import pad as rules
from menling.procedures.pad import PAD, Number, Status, number_read

Steps = list[tuple[Detail, Taken]]
Form = Literal["message_slip", "errand_sheet", "dispatch_slip"]
Printed = Annotated[str, Field(max_length=20)]
USED, VOIDED, BLANK, MISSING = "used", "voided", "blank", "missing"


def issue(office: Office, *, by: Actor, at: datetime, form: Form, first: Printed, last: Printed, to: str) -> Steps:
    """HC-5.4.6  Give a pad to somebody by name (`to` is the work number): its form, from number, to number."""
    row = PAD.step("issue", Status.NEW, by.roles_in(office.pk))
    begins, ends = number_read(names.folded(first)), number_read(names.folded(last))
    rules.runs_on(begins, ends)
    assert begins is not None
    assert ends is not None
    values, holder = values_for(office, at), _holder(office, to)
    pad = Pad(office=office, form=form, prefix=begins.prefix[:12], width=begins.width, first=begins.figure, last=ends.figure,
              holder=holder, issued_by_id=by.id or None, issued_at=at)  # fmt: skip
    pad.case = open_case("pad", office, at, year=values.calendar.local(at).year, assignee=holder.pk)
    pad.values = values
    pad.save(force_insert=True)
    facts = {
        "form": form,
        "first": pad.printed(pad.first),
        "last": pad.printed(pad.last),
        "to": holder.number,
        "to_name": holder.name,
    }
    return [(pad, take(pad, row, by=by, at=at, facts=facts, tell=_told(pad)))]


def give_to(pad: Pad, *, by: Actor, at: datetime, to: str) -> Steps:
    """HC-5.4.6  Somebody else has the pad from now on, by name."""
    row = _step(pad, "give_to", by)
    pad.holder = _holder(pad.office, to)
    pad.case.assignee_id = pad.holder.pk
    pad.save(update_fields=["holder"])
    return [(pad, take(pad, row, by=by, at=at, facts={"to": pad.holder.number, "to_name": pad.holder.name}, tell=_told(pad)))]


def use(pad: Pad, *, by: Actor, at: datetime, number: Printed, order: str) -> Steps:
    """HC-5.4.6  A sheet was used on paper for a case of this office; `order` is its number."""
    row = _step(pad, "use", by)
    figure = _of_this_pad(pad, number)
    found = visible_to(by).filter(number=order.strip(), office=pad.case.office_id).first()
    if found is None:
        raise Refused("MR-8", _("There is no order {number} here."), status=422, number=order[:30], field="order")
    _account(pad, figure, USED, by.name, at, case=found)
    return [(pad, take(pad, row, by=by, at=at, facts={"sheet": pad.printed(figure), "order": found.number}))]


def void(pad: Pad, *, by: Actor, at: datetime, number: Printed, reason: str) -> Steps:
    """HC-5.4.6  A spoilt sheet is void: its number stays, with the reason."""
    row = _step(pad, "void", by)
    figure = _of_this_pad(pad, number)
    if not reason.strip():
        raise Refused("HC-5.4.6", _("A voided sheet keeps its number. Please write why it is void."), status=422, field="reason")
    _account(pad, figure, VOIDED, by.name, at, reason=names.folded(reason)[:300])
    return [(pad, take(pad, row, by=by, at=at, facts={"sheet": pad.printed(figure), "reason": names.folded(reason)}))]


def hand_in(pad: Pad, *, by: Actor, at: datetime, blank_from: Printed = "") -> Steps:
    """HC-5.4.6  The pad comes back, from `blank_from` on unused; every other number nobody can account for is inquired into."""
    row = _step(pad, "hand_in", by)
    known = set(pad.sheets.values_list("figure", flat=True))
    blank = set(range(_of_this_pad(pad, blank_from), pad.last + 1)) - known if blank_from else set()
    gone = rules.missing(pad.first, pad.last, known | blank)
    fates = dict.fromkeys(blank, BLANK) | dict.fromkeys(gone, MISSING)
    Sheet.objects.bulk_create(
        Sheet(pad=pad, figure=figure, fate=fate, at=at, by=by.name[:60]) for figure, fate in sorted(fates.items())
    )
    pad.handed_in_at = at
    pad.save(update_fields=["handed_in_at"])
    facts = {"used": len(known), "blank": len(blank), "missing": [pad.printed(figure) for figure in gone]}
    steps: Steps = [(pad, take(pad, row, by=by, at=at, facts=facts))]
    for figure in gone:
        steps += inquire(pad.case.office, at, sort="missing", form=pad.form, sheet=pad.printed(figure), pad=pad)
    return steps


def account_for(office: Office, form: Form, number: str, case: Case, *, by: str, at: datetime) -> Steps:
    """HC-5.4.6  Note the sheet a case was written on. An office that gives out no pads of the form works as without them.

    A sheet of the purchase register from no pad, or accounted for before, is refused; another form's is used all the same,
    and an inquiry opened.
    """
    pads = Pad.objects.filter(office=office, form=form)
    read = number_read(names.folded(number))
    near = pads.filter(prefix=read.prefix, first__lte=read.figure, last__gte=read.figure) if read else pads.none()
    pad = near.select_related("case__office").first()
    if read is None or pad is None:
        return _stray(office, form, number, case, at) if pads.exists() else []
    known = pad.sheets.filter(figure=read.figure).first()
    if known is None:
        _account(pad, read.figure, USED, by, at, case=case)
        return []
    if known.case_id == case.pk:
        return []
    if form == "errand_sheet":
        rules.used_once(number, known=True)
    return [*inquire(office, at, sort="twice", form=form, sheet=number, pad=pad, used_on=case)]


def case_on_sheet(office: int, form: Form, number: str) -> str:
    """Return the number of the case that was written on a sheet of an office, or nothing where no such sheet was used."""
    read = number_read(names.folded(number).upper())
    if read is None:
        return ""
    rows = Sheet.objects.filter(pad__office=office, pad__form=form, pad__prefix=read.prefix, figure=read.figure)
    return rows.filter(case__isnull=False).values_list("case__number", flat=True).first() or ""


def _stray(office: Office, form: str, number: str, case: Case, at: datetime) -> Steps:
    if form == "errand_sheet":
        rules.sheet_given_out(number, given_out=False)
    return [*inquire(office, at, sort="stray", form=form, sheet=number, used_on=case)]


def _account(pad: Pad, figure: int, fate: str, by: str, at: datetime, *, case: Case | None = None, reason: str = "") -> None:
    rules.used_once(pad.printed(figure), pad.sheets.filter(figure=figure).exists())
    Sheet.objects.create(pad=pad, figure=figure, fate=fate, case=case, reason=reason, at=at, by=by[:60])


def _of_this_pad(pad: Pad, number: str) -> int:
    read: Number | None = number_read(names.folded(number))
    rules.of_this_pad(read, pad.prefix, pad.first, pad.last)
    return read.figure if read else 0


def _step(pad: Pad, verb: str, by: Actor) -> Step:
    return PAD.step(verb, pad.case.status, by.roles_in(pad.case.office_id), assigned=pad.holder_id == by.id)


def _holder(office: Office, number: str) -> Staff:
    rows = Staff.objects.filter(company_id=office.company_id, number__iexact=number.strip(), is_active=True)
    found = rows.filter(posts__office=office).first()
    if found is None:
        raise Refused("MR-8", _("Nobody has the number {number}."), status=422, number=number[:20], field="to")
    return found


def _told(pad: Pad) -> tuple[Tell, ...]:
    values: dict[str, object] = {"number": pad.case.number, "first": pad.printed(pad.first), "last": pad.printed(pad.last)}
    return (Tell(Message(_("{number}: you have the sheets {first} to {last}. Every one of them is counted."), values),
                 staff=pad.holder_id),)  # fmt: skip
