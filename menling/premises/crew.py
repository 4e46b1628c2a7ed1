"""Who holds a role in an office on a day, and since when somebody is on shift."""

from collections.abc import Collection, Iterable
from datetime import date, datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from menling.kernel.roles import Role
from menling.premises import names
from menling.premises.models import Post, Shift, Staff
from menling.premises.statements import columns, made, rows_of


def employed(office_id: int, role: Role, on: date) -> QuerySet[Staff]:
    """Return the employed staff with a role in an office on a day; a post ends with its last day, not before."""
    return employed_as(office_id, {role}, on)


def employed_as(office_id: int, roles: Collection[Role], on: date) -> QuerySet[Staff]:
    """Return the employed staff with one of some roles in an office on a day."""
    held = Post.objects.filter(Q(until__isnull=True) | Q(until__gte=on), office_id=office_id, role__in=roles, since__lte=on)
    return Staff.objects.filter(Exists(held.filter(staff=OuterRef("pk"))), is_active=True)


def one_employed(office_id: int, role: Role, on: date, said: str) -> Staff | None:
    """Return the one of `employed` with a work number, in whichever case it was typed, or else with an id, or None."""
    known = int(said) if said.isascii() and said.isdigit() and len(said) < LONGEST_ID else None
    for row in rows_of(ONE, {"office": office_id, "role": role.value, "on": on, "number": said, "id": known}):
        return made(Staff, row)
    return None


LONGEST_ID = 18
ONE = f"""
SELECT {columns(Staff, "s")} FROM premises_post p JOIN premises_staff s ON s.id = p.staff_id
WHERE p.office_id = %(office)s AND p.role = %(role)s AND p.since <= %(on)s AND (p.until IS NULL OR p.until >= %(on)s)
    AND s.is_active AND (upper(s.number) = upper(%(number)s) OR s.id = %(id)s)
ORDER BY upper(s.number) = upper(%(number)s) DESC, s.id LIMIT 1
"""  # noqa: S608  # names of columns


def named_of(office_id: int, roles: Iterable[Role], number: str, on: date) -> Staff | None:
    """Return the employed person with a work number and one of some roles in an office on a day, or None."""
    meant = names.folded(number)
    for role in sorted(roles):
        found = employed(office_id, role, on).filter(number__iexact=meant).first()
        if found is not None:
            return found
    return None


def on_shift_since(staff_id: int, office_id: int, at: datetime) -> datetime | None:
    """Return when the shift of the roster began that somebody works at `at`; None for who is not on it."""
    running = Shift.objects.filter(staff_id=staff_id, office_id=office_id, starts_at__lte=at, ends_at__gte=at)
    return running.order_by("starts_at").values_list("starts_at", flat=True).first()
