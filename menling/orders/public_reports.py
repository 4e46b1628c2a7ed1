"""What residents told of public places lately (MR-48)."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef

from menling.journal.models import Case, Event
from menling.journal.taken import actor_key
from menling.kernel.actor import Actor
from menling.premises.models import Office

A_DAY = timedelta(hours=24)


@dataclass(frozen=True)
class Told:
    """Whether a resident speaks from the own home, and how many public places were reported in the last 24 hours."""

    from_home: bool
    today: int


def told_by(by: Actor, office: Office, at: datetime) -> Told:
    """Return what a resident told; the holder of a link speaks from home unless the link is itself that of a public place."""
    public = by.cases is not None and Case.objects.filter(pk__in=by.cases, unit__is_public=True).exists()
    filed = Event.objects.filter(case=OuterRef("pk"), verb="file", actor=actor_key(by))
    rows = Case.objects.filter(Exists(filed), office=office, kind="repair", unit__is_public=True)
    return Told(not public, rows.filter(reported_at__gt=at - A_DAY, reported_at__lte=at).count())
