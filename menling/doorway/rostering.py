"""Changing the roster between people and telling them, or neither."""

from datetime import date

from django.db import transaction

from menling.journal.telling import tell
from menling.kernel.words import _
from menling.premises.administration import covering
from menling.premises.administration.books import Pen
from menling.premises.models import Office, Shift, Staff

YOURS_NOW = _("Roster: you work from {begin} to {end} now, instead of {name}.")
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
