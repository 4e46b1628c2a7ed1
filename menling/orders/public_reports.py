"""What residents told of public places lately (MR-48)."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from menling.journal.models import Case, Event
from menling.journal.taken import actor_key
from menling.kernel.actor import Actor
from menling.premises.models import Occupancy, Office
from menling.procedures.scope import ScopePolicy

RESIDENT = "resident:"
A_DAY = timedelta(hours=24)
"""The day in which an office takes so many of them."""


@dataclass(frozen=True)
class Told:
    """Whether a resident speaks from the own home, and how many public places were received from there in 24 hours."""

    from_home: bool
    today: int


def told_by(by: Actor, office: Office, phone: str, received: datetime, policy: ScopePolicy) -> Told:
    """Return what was told from a resident's homes or phone; a link speaks from home unless it is itself that of a public place.

    Whoever holds several links of a home, or gives one phone for all, is counted once for all of them, by when the reports
    were received. The next one of the office waits until this one is filed or refused, so that two at once are two.
    """
    Office.objects.select_for_update(no_key=True).get(pk=office.pk)
    held = list(Case.objects.filter(pk__in=by.cases or ()).values_list("unit_id", "unit__is_public"))
    homes = by.units if by.cases is None else {unit for unit, _public in held}
    rows = _received(office, received, timedelta(hours=policy.public_hours))
    theirs = _homes_of({actor for actor, _phone in rows})
    same = [actor for actor, given in rows if (phone and given == phone) or actor == actor_key(by) or homes & theirs[actor]]
    return Told(not any(public for _unit, public in held), len(same))


def _received(office: Office, received: datetime, late: timedelta) -> list[tuple[str, str]]:
    """Return who told of a public place within a day, and the phone given; none is told more than `late` after it was seen."""
    rows = Event.objects.filter(
        case__office=office, case__kind="repair", case__unit__is_public=True, case__reported_at__gt=received - A_DAY - late,
        verb="file", actor__startswith=RESIDENT, recorded_at__gt=received - A_DAY,
    )  # fmt: skip
    return list(rows.values_list("actor", "case__order__phone"))


def _homes_of(actors: Collection[str]) -> Mapping[str, set[int]]:
    """Return the homes of residents: those somebody lives in, or that of the order whose link was used (its id, negative)."""
    ids = {int(actor.removeprefix(RESIDENT)) for actor in actors}
    found: dict[str, set[int]] = {actor: set() for actor in actors}
    for person, unit in Occupancy.objects.filter(person__in=ids, until__isnull=True).values_list("person_id", "unit_id"):
        found[f"{RESIDENT}{person}"].add(unit)
    for case, unit in Case.objects.filter(pk__in=[-each for each in ids], unit__isnull=False).values_list("pk", "unit_id"):
        found[f"{RESIDENT}{-case}"].add(unit)
    return found
