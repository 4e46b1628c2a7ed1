"""Changes of the roster between people: a shift exchanged, a holiday covered, who is on call when the last shift ended."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Q

from menling.kernel.refusal import Refused
from menling.kernel.roles import Role
from menling.kernel.words import _
from menling.premises import names
from menling.premises.administration.books import KEEPERS, Pen, enter, keeps, not_so
from menling.premises.models import Cover, Office, OnCall, Post, Shift, Staff
from menling.premises.statements import columns, made, rows_of

LEADERS = KEEPERS | {Role.TEAM_LEAD, Role.BUSINESS_LEAD, Role.SERVICE_DESK_SUPERVISOR}
"""Who agrees to a change of the roster."""
LONGEST_COVER = timedelta(days=62)
MOST_ON_CALL = 9
CHANGED = _("The roster has changed since: a shift is somebody else's now. Please look at it again.")
NIGHT_ENDS = 8
"""Until this hour of the morning the list of the evening before holds."""


@transaction.atomic
def exchange(office: Office, pen: Pen, one: Shift, other: Shift) -> None:
    """Let two people work each other's shift; a leader agrees, not one of the two.

    Errors: `Refused` MR-12 (403); MR-8 (409) for shifts that have begun, of one person, of people without a common role,
    or where one works already; `WrittenBefore`.
    """
    keeps(pen.by, office, LEADERS)
    if pen.by.id in (one.staff_id, other.staff_id):
        raise Refused("MR-12", _("Somebody else agrees to your own exchange. Please ask another leader."), status=403)
    enter(pen, office, "swap", one.staff.number, _told(one) | {"with": other.staff.number}, _told(other))
    _locked(one.staff_id, other.staff_id)
    exchangeable(office, one, other, pen.at)
    _given(one, other.staff)
    _given(other, one.staff)


def _given(shift: Shift, to: Staff) -> None:
    """Give a shift to somebody, as long as it is still whose it was when it was read."""
    if not Shift.objects.filter(pk=shift.pk, staff=shift.staff_id).update(staff=to):
        raise Refused("MR-12", CHANGED)


def exchangeable(office: Office, one: Shift, other: Shift, at: datetime) -> None:
    """Refuse (409, MR-8) shifts of one person, shifts that have begun, people without a common role, or who work already then."""
    if one.staff_id == other.staff_id:
        raise not_so(_("An exchange is between two people. Choose a shift of somebody else."), "other")
    if min(one.starts_at, other.starts_at) <= at:
        raise not_so(_("A shift that has begun is no longer exchanged."), "one")
    _alike(office, one.staff, other.staff, "other")
    _free(other.staff, one, but=(one.pk, other.pk))
    _free(one.staff, other, but=(one.pk, other.pk))


@transaction.atomic
def cover(office: Office, pen: Pen, away: Staff, stands_in: Staff, *, since: date, until: date, reason: str = "") -> list[Shift]:
    """Give somebody's shifts of some days to somebody else; return the shifts that changed hands.

    Errors: `Refused` MR-12 (403); MR-8 (409) for days that make no sense, people without a common role, or where the one who
    stands in works already; `WrittenBefore`.
    """
    keeps(pen.by, office, LEADERS)
    if not since <= until <= since + LONGEST_COVER:
        raise not_so(_("The last day lies between the first day and two months later."), "until")
    if away.pk == stands_in.pk:
        raise not_so(_("Choose somebody else who stands in."), "stands_in")
    _alike(office, away, stands_in, "stands_in")
    enter(pen, office, "cover", away.number, after={"since": str(since), "until": str(until), "by": stands_in.number})
    _locked(away.pk, stands_in.pk)
    begin, end = (datetime.combine(day, time(), ZoneInfo(office.zone)) for day in (since, until + timedelta(days=1)))
    moved = list(Shift.objects.filter(office=office, staff=away, starts_at__gte=max(begin, pen.at), starts_at__lt=end))
    for shift in moved:
        _free(stands_in, shift, but=())
    Shift.objects.filter(pk__in=[each.pk for each in moved]).update(staff=stands_in)
    Cover.objects.create(
        office=office, away=away, stands_in=stands_in, since=since, until=until, reason=names.folded(reason)[:100]
    )
    return moved


@transaction.atomic
def set_on_call(office: Office, pen: Pen, day: date, staff: Sequence[Staff]) -> None:
    """Write down who is called on a night, in this order, instead of who stood there before.

    Errors: `Refused` MR-12 (403); MR-8 (409) for somebody named twice or without a post in the office; `WrittenBefore`.
    """
    keeps(pen.by, office, LEADERS)
    if len({each.pk for each in staff}) != len(staff) or len(staff) > MOST_ON_CALL:
        raise not_so(_("Everybody stands on the list of a night once, nine people at most."), "staff")
    for each in staff:
        if not _roles(office, each):
            raise not_so(_("{name} has no post in this office then."), "staff", name=each.name)
    before = list(OnCall.objects.filter(office=office, day=day).order_by("rank").values_list("staff__number", flat=True))
    enter(pen, office, "on_call", str(day), {"staff": before}, {"staff": [each.number for each in staff]})
    OnCall.objects.filter(office=office, day=day).delete()
    OnCall.objects.bulk_create(OnCall(office=office, day=day, rank=rank, staff=each) for rank, each in enumerate(staff, 1))


def on_call(office_id: int, local: datetime) -> list[OnCall]:
    """Return who is on call in the night a local time belongs to, the first one first, in one query."""
    night = local.date() - timedelta(days=local.hour < NIGHT_ENDS)
    found = []
    for row in rows_of(CALLED, {"office": office_id, "night": night}):
        found.append(made(OnCall, row[:-OF_STAFF]))
        found[-1].staff = made(Staff, row[-OF_STAFF:])
    return found


# Every look at a board asks it.
CALLED = f"""
SELECT {columns(OnCall, "o")}, {columns(Staff, "s")} FROM premises_oncall o JOIN premises_staff s ON s.id = o.staff_id
WHERE o.office_id = %(office)s AND o.day = %(night)s AND s.is_active ORDER BY o.rank
"""  # noqa: S608  # names of columns
OF_STAFF = len(Staff._meta.concrete_fields)


def _told(shift: Shift) -> dict[str, str]:
    return {"from": shift.starts_at.isoformat(), "to": shift.ends_at.isoformat()}


def _locked(*staff: int) -> None:
    list(Staff.objects.filter(pk__in=staff).order_by("pk").select_for_update(no_key=True))


def _roles(office: Office, staff: Staff) -> set[str]:
    return set(Post.objects.filter(staff=staff, office=office, until__isnull=True).values_list("role", flat=True))


def _alike(office: Office, one: Staff, other: Staff, field: str) -> None:
    if not _roles(office, one) & _roles(office, other):
        raise not_so(_("{one} and {other} hold no role in common here."), field, one=one.name, other=other.name)


def _free(staff: Staff, shift: Shift, *, but: Sequence[int]) -> None:
    taken = Q(staff=staff, starts_at__lt=shift.ends_at, ends_at__gt=shift.starts_at)
    if Shift.objects.filter(taken).exclude(pk__in=but).exists():
        raise not_so(_("{name} is on the roster already at that time."), "staff", name=staff.name)
