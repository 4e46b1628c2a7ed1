"""What is asked about emergencies: how the minutes to the door run, who was called out when, what is still to do (HC-5.2.5)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import Prefetch

from menling.journal.cases import visible_to
from menling.journal.models import Case, Deadline, Outgoing
from menling.kernel.actor import Actor
from menling.orders.board import RUNNING, UNREAD
from menling.orders.commands.emergencies import still_open
from menling.orders.models import Order
from menling.policies.history import History
from menling.premises.models import Office, Staff
from menling.procedures.emergency import URGENT

DOOR, CALLED = "emergency", "called"
MOST = 100


@dataclass(frozen=True)
class Call:
    """Somebody who was called out for an emergency: a person by name and number, or the holders of roles; when, and seen when."""

    who: str
    number: str
    roles: tuple[str, ...]
    at: datetime
    seen_at: datetime | None


@dataclass(frozen=True)
class Emergency:
    """One emergency: the promise at its door, the one that somebody answers, who was called, what of its list is open."""

    case: Case
    order: Order
    calls: tuple[Call, ...]
    still_open: tuple[str, ...] = ()

    @property
    def door(self) -> Deadline | None:
        """Return the promise to be at the door, while it runs."""
        return self._running(DOOR)

    @property
    def answer(self) -> Deadline | None:
        """Return the promise that a worker acknowledges, while nobody has."""
        return self._running(CALLED)

    @property
    def counts(self) -> bool:
        """Tell whether the minutes to the door count; by night they are only shown."""
        return self.door is None or self.door.counted

    @property
    def next_call_at(self) -> datetime | None:
        """Return when the next person is called out, if nobody acknowledges before."""
        answer = self.answer
        return None if answer is None else answer.armed_at + (answer.due_at - answer.armed_at) * (answer.level + 1)

    def _running(self, key: str) -> Deadline | None:
        running: list[Deadline] = getattr(self.case, "running", [])
        return next((each for each in running if each.key == key), None)


def emergencies_of(cases: Sequence[Case]) -> list[Emergency]:
    """Return orders that are emergencies with who was called out; their promises are in `running`. Two queries for any number."""
    called = calls_of([case.pk for case in cases]) if cases else {}
    return [Emergency(case, case.order, called.get(case.pk, ())) for case in cases]


def calls_of(cases: Sequence[int]) -> dict[int, tuple[Call, ...]]:
    """Return who was called out for which case, the first one first: two queries."""
    rows = list(Outgoing.objects.filter(case__in=cases, urgent=True).order_by("pk"))
    people = Staff.objects.in_bulk({row.staff_id for row in rows if row.staff_id})
    found: dict[int, tuple[Call, ...]] = {}
    for row in rows:
        person = people.get(row.staff_id or 0)
        call = Call(person.name if person else "", person.number if person else "", tuple(row.roles), row.created_at, row.seen_at)
        found[row.case_id or 0] = (*found.get(row.case_id or 0, ()), call)
    return found


def emergencies(office: Office, by: Actor) -> list[Emergency]:
    """Return the open emergencies of an office, the newest first, each with what of its list is still to do."""
    rows = visible_to(by).filter(office=office, kind="repair", closed_at__isnull=True, order__urgency=URGENT)
    rows = rows.select_related("unit", "office", "order", "order__worker").defer(*UNREAD)
    cases = list(rows.prefetch_related(Prefetch("deadlines", RUNNING, to_attr="running")).order_by("-reported_at", "-pk")[:MOST])
    history = History(office)
    return [replace(each, still_open=_open(each.order, history)) for each in emergencies_of(cases)]


def _open(order: Order, history: History) -> tuple[str, ...]:
    order.values = history.at(order.valued_at)
    return tuple(still_open(order))
