"""What waits to be picked up by a team, and what the team does not see before that (CF-37)."""

from datetime import datetime

from django.db.models import F, OuterRef, Q, Subquery

from menling.journal.models import Event
from menling.orders.models import Order
from menling.policies.history import History
from menling.policies.values import values_for
from menling.premises.models import Office
from menling.procedures.batch import CLEANING, TEAMS, Team
from menling.procedures.pickup_policy import BATCH_FIRST
from menling.procedures.pickup_rules import held_back, laid_out, next_pickup


def waiting(team: Team, office: Office, until: datetime) -> list[Order]:
    """Return the orders that came to a team up to an instant and that no pick-up has brought since, the first visit first.

    What is noted on an order meanwhile changes nothing: the step that brought it there counts (HS-4.1.1.3, HS-4.1.2.2).
    An order of which the team was told directly, because the office tells all so, waits for none (CF-37).
    """
    came = Event.objects.filter(case=OuterRef("pk"), after=team.waits).exclude(before=team.waits).order_by("-pk")
    here = Order.objects.filter(case__office=office, case__kind=team.kind, case__status=team.waits, case__closed_at__isnull=True)
    fresh = Q(batch__isnull=True) | Q(came_at__gt=F("batch__pick_up_at"))
    found = here.annotate(came_at=Subquery(came.values("happened_at")[:1])).filter(fresh, came_at__lte=until)
    rows = list(found.select_related("case", "case__unit", "unit").order_by("visit_at", "pk"))
    history = History(office)
    for row in rows:
        row.values = history.at(row.valued_at)
    return [row for row in rows if laid_out(row.values.policy(team.policy))]


def seen_ahead(team: Team, rows: list[Order]) -> list[Order]:
    """Return those of the waiting orders that the team sees before their pick-up brings them (CF-37)."""
    return [row for row in rows if not _held_back(team, row)]


def unseen(office: Office, now: datetime) -> set[int]:
    """Return the orders the teams of an office do not see before their pick-up, where batches come first (CF-37)."""
    if values_for(office, now).policy(CLEANING.policy).mode != BATCH_FIRST:
        return set()
    rows = [(team, row) for team in TEAMS.values() for row in waiting(team, office, now)]
    return {row.pk for team, row in rows if _held_back(team, row)}


def _held_back(team: Team, row: Order) -> bool:
    policy = row.values.policy(team.policy)
    came_at: datetime = row.came_at  # type: ignore[attr-defined]  # `waiting` annotates it
    return held_back(row.visit_at, next_pickup(came_at, policy, row.values.calendar), policy)
