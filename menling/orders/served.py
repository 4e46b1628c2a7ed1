"""What was served and not yet asked about: the orders quality calls back."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Func, IntegerField, OuterRef, Q, QuerySet

from menling.journal.cases import visible_to
from menling.journal.models import TO_BE_ASKED, Case, Event
from menling.kernel.actor import Actor
from menling.premises.models import Office

WITHIN = timedelta(days=90)
"""What is older is no longer called back; the window keeps the list from growing with history."""
AGES = (0, 1, 3, 7, 30)
BOOKING = ("consent",)
WORK = ("attest", "sign", "sign_on_paper", "object", "reopen")
"""Steps of which the newest tells how booking and work stand: where the office confirmed for the resident it says so itself."""
PAGE = 100
COUNTED = 1000
"""So many of an office are counted; where there are more, nobody needs to know how many."""


def not_followed_up(by: Actor, offices: Collection[int], now: datetime, age: int = 0) -> QuerySet[Case]:
    """Return the orders served and not followed up, reported at least `age` days ago, within `WITHIN`; they are read from an
    index that holds nothing else."""
    reported = Q(reported_at__gte=now - WITHIN, reported_at__lte=now - timedelta(days=age))
    return visible_to(by).filter(TO_BE_ASKED, reported, office__in=offices).order_by("reported_at", "pk")


def page(rows: QuerySet[Case], after: tuple[datetime, int] | None) -> list[Case]:
    """Return the next `PAGE` rows and one more, the oldest first, behind the one last shown."""
    if after is not None:
        at, key = after
        rows = rows.filter(Q(reported_at__gt=at) | Q(reported_at=at, pk__gt=key))
    return list(rows.select_related("unit", "office", "order", "order__worker")[: PAGE + 1])


def must_be_called(cases: Sequence[Case]) -> set[int]:
    """Return those of some served orders whose call may not be left out: somebody confirmed the work or the booking in the
    resident's place, and that confirmation still stands (CF-22, HA-1.4). One query."""
    newest: dict[tuple[int, bool], Event] = {}
    for event in Event.objects.filter(case__in=[case.pk for case in cases], verb__in=BOOKING + WORK).order_by("pk"):
        newest[event.case_id, event.verb in WORK] = event
    return {case for (case, _work), event in newest.items() if event.facts.get("follow_up") == "mandatory"}


def counts(rows: QuerySet[Case], offices: Collection[Office]) -> list[tuple[Office, int]]:
    """Return how many of some orders each office has, in one query, the most first; `COUNTED` stands for as many or more."""
    first = ArraySubquery(rows.order_by().filter(office=OuterRef("pk")).values("pk")[:COUNTED])
    known = Office.objects.filter(pk__in=[each.pk for each in offices])
    found = dict(known.annotate(n=Func(first, function="cardinality", output_field=IntegerField())).values_list("pk", "n"))
    return sorted(((each, found.get(each.pk, 0)) for each in offices), key=lambda row: (-row[1], row[0].code))
