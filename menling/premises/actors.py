"""From a row to an actor: who somebody is, with the roles held today."""

from collections import defaultdict
from datetime import date

from django.db.models import Q

from menling.kernel.actor import ALL_OFFICES, Actor
from menling.kernel.roles import WORKERS, Role
from menling.premises.models import Occupancy, Person, Post, Staff


def staff_actor(staff: Staff, on: date) -> Actor:
    """Return a member of staff with the posts held on a day, in one query. Nobody of the staff is a resident or the system."""
    roles: dict[int, set[Role]] = defaultdict(set)
    held = Post.objects.filter(Q(until__isnull=True) | Q(until__gte=on), staff=staff, since__lte=on)
    held = held.exclude(role__in=(Role.CUSTOMER, Role.SYSTEM))
    for office, role in held.values_list("office_id", "role"):
        roles[office or ALL_OFFICES].add(Role(role))
    for names in roles.values():
        if names & WORKERS:
            names.add(Role.HOME_SERVICE_WORKER)
    return Actor(
        kind="staff",
        id=staff.pk,
        name=staff.name,
        number=staff.number,
        company=staff.company_id,
        roles={office: frozenset(names) for office, names in roles.items()},
    )


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
