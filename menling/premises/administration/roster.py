"""The roster: who works from when to when, and where nobody does."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from itertools import pairwise

from django.db import transaction
from django.db.models import Q

from menling.kernel.roles import Role
from menling.kernel.words import _
from menling.premises import names
from menling.premises.administration.books import Pen, enter, keeps, not_so
from menling.premises.models import Office, Shift, Staff

LONGEST = timedelta(hours=24)
Span = tuple[datetime, datetime]


@transaction.atomic
def add_shift(office: Office, pen: Pen, staff: Staff, *, starts_at: datetime, ends_at: datetime, name: str = "") -> Shift:
    """Put somebody on the roster. Errors: `Refused` MR-12 (403); MR-8 (409) for a shift that ends before it begins, lasts
    over a day, or overlaps another one of the person; `WrittenBefore`."""
    keeps(pen.by, office)
    if not timedelta() < ends_at - starts_at <= LONGEST:
        raise not_so(_("A shift ends after it begins and lasts at most 24 hours."), "ends")
    if not staff.is_active or not staff.posts.filter(Q(office=office), Q(until__isnull=True) | Q(until__gte=starts_at)).exists():
        raise not_so(_("{name} has no post in this office then."), "staff", name=staff.name)
    enter(pen, office, "shift", staff.number, after={"from": starts_at.isoformat(), "to": ends_at.isoformat(), "name": name})
    Staff.objects.select_for_update(no_key=True).get(pk=staff.pk)
    if Shift.objects.filter(staff=staff, starts_at__lt=ends_at, ends_at__gt=starts_at).exists():
        raise not_so(_("{name} is on the roster already at that time."), "staff", name=staff.name)
    return Shift.objects.create(staff=staff, office=office, starts_at=starts_at, ends_at=ends_at, name=names.folded(name)[:20])


@transaction.atomic
def delete_shift(shift: Shift, pen: Pen) -> None:
    """Take a line off the roster. Errors: `Refused` MR-12 (403); `WrittenBefore`."""
    keeps(pen.by, shift.office)
    was = {"from": shift.starts_at.isoformat(), "to": shift.ends_at.isoformat(), "name": shift.name}
    enter(pen, shift.office, "no_shift", shift.staff.number, was)
    shift.delete()


def unmanned(office: Office, role: Role, since: datetime, until: datetime) -> list[Span]:
    """Return the times between two instants at which nobody of a role is on the roster of an office, in one query."""
    rows = Shift.objects.filter(office=office, starts_at__lt=until, ends_at__gt=since, staff__posts__office=office,
                                staff__posts__role=role, staff__posts__until__isnull=True)  # fmt: skip
    return gaps(rows.order_by("starts_at").values_list("starts_at", "ends_at"), since, until)


def gaps(spans: Iterable[Span], since: datetime, until: datetime) -> list[Span]:
    """Return what spans, sorted by their begin, leave uncovered between two instants."""
    covered: list[Span] = [(since, since)]
    for begin, end in spans:
        if begin <= covered[-1][1]:
            covered[-1] = (covered[-1][0], max(covered[-1][1], end))
        else:
            covered.append((begin, end))
    holes = [(left[1], right[0]) for left, right in pairwise([*covered, (until, until)])]
    return [(begin, end) for begin, end in holes if begin < end]
