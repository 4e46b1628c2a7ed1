"""Changing the roster between people and telling them, or neither."""

from collections.abc import Callable
from datetime import date
from functools import partial

from django.db import transaction

from menling.journal.telling import tell
from menling.kernel.roles import Role
from menling.kernel.words import _
from menling.premises.administration import covering, swapping
from menling.premises.administration.books import Pen
from menling.premises.models import Office, Post, Shift, Staff, Swap

YOURS_NOW = _("Roster: you work from {begin} to {end} now, instead of {name}.")
ASKED = _("Roster: {name} asks you to work from {begin} to {end}, for your shift from {mine}. Please answer under “My shifts”.")
WAITS = _("Roster: {one} and {other} want to exchange a shift ({begin}). Please decide.")
ANSWERED = {
    Swap.State.AGREED: _("Roster: {name} agrees to your exchange; now your leader decides."),
    Swap.State.DECLINED: _("Roster: your exchange with {name} was declined; everything stays as it is."),
    Swap.State.WITHDRAWN: _("Roster: {name} no longer asks for an exchange; everything stays as it is."),
}
COVERS = _("Roster: you stand in for {name} from {since} to {until}, {count} shifts.")
COVERED = _("Roster: {name} stands in for you from {since} to {until}.")


@transaction.atomic
def exchange(office: Office, pen: Pen, one: Shift, other: Shift) -> None:
    """Exchange two shifts and tell both people. Errors: as `covering.exchange`."""
    first, second = one.staff, other.staff
    covering.exchange(office, pen, one, other)
    for staff, shift, before in ((first, other, second), (second, one, first)):
        tell(office, staff, YOURS_NOW, pen.at, begin=shift.starts_at.isoformat(), end=shift.ends_at.isoformat(), name=before.name)


@transaction.atomic
def cover(office: Office, pen: Pen, away: Staff, stands_in: Staff, *, since: date, until: date, reason: str) -> None:
    """Let somebody stand in and tell both people. Errors: as `covering.cover`."""
    moved = covering.cover(office, pen, away, stands_in, since=since, until=until, reason=reason)
    days = {"since": since.isoformat(), "until": until.isoformat()}
    tell(office, stands_in, COVERS, pen.at, name=away.name, count=str(len(moved)), **days)
    tell(office, away, COVERED, pen.at, name=stands_in.name, **days)


@transaction.atomic
def ask(office: Office, pen: Pen, one: Shift, other: Shift, reason: str) -> None:
    """Ask a colleague for an exchange and tell the colleague. Errors: as `swapping.ask`."""
    swap = swapping.ask(office, pen, one, other, reason)
    tell(office, swap.colleague, ASKED, pen.at, name=swap.asker.name, begin=one.starts_at.isoformat(),
         end=one.ends_at.isoformat(), mine=other.starts_at.isoformat())  # fmt: skip


@transaction.atomic
def answer(swap: Swap, pen: Pen, *, agree: bool) -> None:
    """The colleague answers; who asked is told, and the leaders where they decide now. Errors: as `swapping.answer`."""
    held = swapping.answer(swap, pen, agree=agree)
    tell(held.office, held.asker, ANSWERED[Swap.State(held.state)], pen.at, name=held.colleague.name)
    if agree:
        for leader in _leaders(held):
            tell(held.office, leader, WAITS, pen.at, one=held.asker.name, other=held.colleague.name,
                 begin=held.one.starts_at.isoformat())  # fmt: skip


def _leaders(swap: Swap) -> list[Staff]:
    posts = Post.objects.filter(office=swap.office, role=Role.TEAM_LEAD, until__isnull=True)
    rows = Staff.objects.filter(pk__in=posts.values("staff"), is_active=True)
    return list(rows.exclude(pk__in=(swap.asker_id, swap.colleague_id)))


@transaction.atomic
def withdraw(swap: Swap, pen: Pen) -> None:
    """Who asked takes it back; the colleague is told. Errors: as `swapping.withdraw`."""
    held = swapping.withdraw(swap, pen)
    tell(held.office, held.colleague, ANSWERED[Swap.State.WITHDRAWN], pen.at, name=held.asker.name)


@transaction.atomic
def decide(swap: Swap, pen: Pen, *, approve: bool) -> None:
    """The leader decides; both are told how they work now, or that all stays. Errors: as `swapping.decide`."""
    held = swapping.decide(swap, pen, approve=approve)
    for staff, mate, shift in ((held.asker, held.colleague, held.other), (held.colleague, held.asker, held.one)):
        if approve:
            tell(held.office, staff, YOURS_NOW, pen.at, begin=shift.starts_at.isoformat(), end=shift.ends_at.isoformat(),
                 name=mate.name)  # fmt: skip
        else:
            tell(held.office, staff, ANSWERED[Swap.State.DECLINED], pen.at, name=mate.name)


ANSWERS: dict[str, Callable[[Swap, Pen], None]] = {
    "agree": partial(answer, agree=True), "decline": partial(answer, agree=False), "withdraw": withdraw,
}  # fmt: skip
"""What the two people may say about an exchange, by the verb of the doors."""
