"""From a row to an actor: who somebody is, with the roles held today."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from django.db import connection
from django.utils import timezone

from menling.kernel.actor import ALL_OFFICES, Actor
from menling.kernel.roles import WORKERS, Role
from menling.premises.models import Occupancy, Office, Person, Staff
from menling.premises.statements import columns, made, rows_of
from menling.procedures.doorstep import roles_by_pin

NOT_STAFF = frozenset({Role.CUSTOMER, Role.SYSTEM})


def staff_actor(staff: Staff, on: date) -> Actor:
    """Return a member of staff with the posts held on a day, in one query. Nobody of the staff is a resident or the system."""
    with connection.cursor() as cursor:
        cursor.execute(HELD, {"staff": staff.pk, "on": on})
        held = cursor.fetchall()
    return _staff((staff.pk, staff.name, staff.number, staff.company_id), held)


def token_actor(digest: str, now: datetime) -> Actor | None:
    """Return the employed member of staff a token that is in force belongs to, in one query; None for any other token.

    Every request by token begins here, so it is one plain statement.
    """
    with connection.cursor() as cursor:
        cursor.execute(HOLDER, {"digest": digest, "now": now, "on": timezone.localtime(now).date()})
        rows = cursor.fetchall()
    if not rows:
        return None
    posts = [(office, role) for *_known, office, role in rows if role is not None]
    actor = _staff(rows[0][:4], posts)
    return at_the_doorstep(actor) if rows[0][4] else actor


def first_offices(by: Actor, most: int) -> list[Office]:
    """Return the first so many offices somebody may look at."""
    asked = {"company": by.company, "every": by.sees_all_offices, "own": list(by.offices), "most": most}
    return [made(Office, row) for row in rows_of(OFFICES, asked)]


OFFICES = f"""
SELECT {columns(Office, "o")} FROM premises_office o
WHERE CASE WHEN %(every)s THEN o.company_id = %(company)s ELSE o.id = ANY(%(own)s) END ORDER BY o.code LIMIT %(most)s
"""  # noqa: S608  # names of columns


def at_the_doorstep(actor: Actor) -> Actor:
    """Return somebody as a PIN's token shows them: a worker, whatever else they are."""
    held = {office: roles_by_pin(roles) for office, roles in actor.roles.items()}
    return replace(actor, roles={office: roles for office, roles in held.items() if roles}, doorstep=True)


HELD = """
SELECT office_id, role FROM premises_post
WHERE staff_id = %(staff)s AND since <= %(on)s AND (until IS NULL OR until >= %(on)s)
"""
HOLDER = """
SELECT s.id, s.name, s.number, s.company_id, t.doorstep, p.office_id, p.role
FROM premises_token t JOIN premises_staff s ON s.id = t.staff_id
LEFT JOIN premises_post p ON p.staff_id = s.id AND p.since <= %(on)s AND (p.until IS NULL OR p.until >= %(on)s)
WHERE t.digest = %(digest)s AND t.revoked_at IS NULL AND (t.expires_at IS NULL OR t.expires_at > %(now)s) AND s.is_active
"""


def _staff(known: tuple[int, str, str, int], posts: Sequence[tuple[int | None, str]]) -> Actor:
    roles: dict[int, set[Role]] = defaultdict(set)
    for office, role in posts:
        roles[office or ALL_OFFICES].add(Role(role))
    held = {office: frozenset(names - NOT_STAFF) for office, names in roles.items() if names - NOT_STAFF}
    also = frozenset({Role.HOME_SERVICE_WORKER})
    held = {office: names | also if names & WORKERS else names for office, names in held.items()}
    key, name, number, company = known
    return Actor(kind="staff", id=key, name=name, number=number, company=company, roles=held)


def resident_actor(person: Person, case_id: int | None = None) -> Actor:
    """Return a resident with the homes lived in now; `case_id` limits the link to one case."""
    live = Occupancy.objects.filter(person=person, until__isnull=True).values_list("unit_id", "unit__office_id")
    units, offices = zip(*live, strict=True) if live else ((), ())
    return Actor(
        kind="resident",
        id=person.pk,
        name=person.name,
        company=person.company_id,
        roles={office: frozenset({Role.CUSTOMER}) for office in offices},
        units=frozenset(units),
        cases=None if case_id is None else frozenset({case_id}),
    )


def link_actor(case_id: int, office_id: int, name: str) -> Actor:
    """Return the holder of a link to one case who is not in our books: a reporter without a home of our register."""
    return Actor(
        kind="resident",
        id=-case_id,
        name=name,
        roles={office_id: frozenset({Role.CUSTOMER})},
        cases=frozenset({case_id}),
    )
