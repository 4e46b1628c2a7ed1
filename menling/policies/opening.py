"""A new office with what it begins by: the figures and holidays of another office, and the people of its desks."""

from collections.abc import Sequence
from dataclasses import replace

from django.db import transaction
from django.utils.timezone import localtime

from menling.kernel.policy import SETTINGS
from menling.kernel.roles import Role
from menling.policies.days import announced, days_of, load_year
from menling.policies.history import History
from menling.policies.models import CalendarDay
from menling.policies.values import approve
from menling.premises.administration.books import Pen
from menling.premises.administration.opening import Plan, open_office
from menling.premises.administration.people import give_post
from menling.premises.models import Office, Staff


@transaction.atomic
def open_with(pen: Pen, plan: Plan, *, like: Office | None = None, people: Sequence[tuple[Role, Staff]] = ()) -> Office:
    """Open an office whose own figures and holidays are those of `like`, and where these people begin today.

    Without `like` the procedures' own figures stand, and the holidays of this year are loaded where they are announced.
    Errors: as `open_office`; `Refused` as `give_post`; `WrittenBefore`, and then nothing is written.
    """
    office = open_office(pen, plan)
    if like is not None:
        _figures_of(like, office, pen)
        _holidays_of(like, office)
    _this_year(office, pen)
    for number, (role, staff) in enumerate(people):
        key = f"{pen.key[:90]}-{number}"
        give_post(staff, office, replace(pen, key=key), role=role.value, since=localtime(pen.at).date())
    return office


def _figures_of(like: Office, office: Office, pen: Pen) -> None:
    """Decide the figures another office decided for itself, those that come into force later included."""
    for row in History(like).rows:
        if row.office_id is not None and row.key in SETTINGS:
            approve(
                office, row.key, row.value, by=pen.by, company_id=office.company_id, at=pen.at,
                in_force_from=max(row.in_force_from, pen.at), reason=f"{like.code}: {row.reason}"[:200],
            )  # fmt: skip


def _holidays_of(like: Office, office: Office) -> None:
    rows = CalendarDay.objects.filter(office=like)
    CalendarDay.objects.bulk_create(CalendarDay(office=office, day=each.day, works=each.works, name=each.name) for each in rows)


def _this_year(office: Office, pen: Pen) -> None:
    year = localtime(pen.at).year
    if year in announced() and not days_of(office, year):
        load_year(office, replace(pen, key=f"{pen.key[:90]}-year"), year)
