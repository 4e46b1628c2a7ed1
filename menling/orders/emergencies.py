"""What is asked about emergencies: how the minutes to the door run, who was called out when, what is still to do (HC-5.2.5)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import Prefetch

from menling.journal.cases import visible_to
from menling.journal.climbing import Crew, crew_to_call, last_call, turn_after
from menling.journal.models import Case, Deadline, Outgoing
from menling.kernel.actor import Actor
from menling.orders.board import RUNNING, UNREAD
from menling.orders.commands.emergencies import still_open
from menling.orders.models import Order
from menling.policies.history import History
from menling.premises.models import Office, Staff
from menling.procedures.climbing import MOST_CALLS, Turn, next_time
from menling.procedures.emergency import URGENT
from menling.procedures.repair_policy import RepairPolicy

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
class NextCall:
    """Whom the next call of an emergency goes to and when: people by name, the holders of roles, `again` when everybody is."""

    at: datetime
    people: tuple[str, ...]
    roles: tuple[str, ...]
    again: bool


@dataclass(frozen=True)
class Asked:
    """What an office is asked once for all its emergencies: who could be called out `now`, and its figures."""

    crew: Crew
    figures: History
    now: datetime


@dataclass(frozen=True)
class Emergency:
    """One emergency: the promise at its door, the one that somebody answers, who was called and who is next, what of its list
    is open. `next_call` is None once somebody answered, or nobody is called any more; `last_until` is until when the last
    call has its minutes."""

    case: Case
    order: Order
    calls: tuple[Call, ...]
    still_open: tuple[str, ...] = ()
    next_call: NextCall | None = None
    last_until: datetime | None = None

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

    def _running(self, key: str) -> Deadline | None:
        running: list[Deadline] = getattr(self.case, "running", [])
        return next((each for each in running if each.key == key), None)


def emergencies_of(cases: Sequence[Case], now: datetime) -> list[Emergency]:
    """Return orders of one office that are emergencies, each with who was called out and who is next; their promises are in
    `running`. Two queries for any number, and three more when there is one that nobody acknowledged."""
    calls = _calls([case.pk for case in cases]) if cases else {}
    people = _people(calls)
    found = [Emergency(case, case.order, _told(calls.get(case.pk, ()), people)) for case in cases]
    if not any(each.answer for each in found):
        return found
    office = cases[0].office
    crew, figures = crew_to_call(office, now), History(office)
    return [_called_next(each, calls.get(each.case.pk, ()), Asked(crew, figures, now)) for each in found]


def _called_next(emergency: Emergency, calls: Sequence[Outgoing], asked: Asked) -> Emergency:
    """Return an emergency with its next call; after the last one, with the minutes somebody still has to answer it."""
    answer = emergency.answer
    if answer is None or answer.level > MOST_CALLS:
        return emergency
    before = [row for row in calls if row.created_at >= answer.armed_at]
    minutes = answer.due_at - answer.armed_at
    at = next_time(answer.armed_at, minutes, answer.level, last_call(before) if answer.level else None)
    if answer.level == MOST_CALLS:
        return replace(emergency, last_until=at if at > asked.now else None)
    at = max(at, asked.now)
    turn = _turn(emergency, before, asked, max(answer.level + 1, (at - answer.armed_at) // minutes))
    return replace(emergency, next_call=_told_next(emergency, turn, asked.crew, at))


def _turn(emergency: Emergency, before: Sequence[Outgoing], asked: Asked, level: int) -> Turn:
    first = asked.figures.at(emergency.case.reported_at).policy(RepairPolicy).emergency_first
    return turn_after(before, asked.crew.ladder(emergency.case, first), level)


def _told_next(emergency: Emergency, turn: Turn, crew: Crew, at: datetime) -> NextCall:
    names = {each.pk: each.name for each in crew.listed}
    if emergency.order.worker:
        names[emergency.order.worker.pk] = emergency.order.worker.name
    people = tuple(names[each] for each in turn.staff if each in names)
    return NextCall(at, people, tuple(role.value for role in turn.roles), turn.again)


def calls_of(case: int) -> tuple[Call, ...]:
    """Return who was called out for a case, the first one first: two queries."""
    calls = _calls([case])
    return _told(calls.get(case, ()), _people(calls))


def _calls(cases: Sequence[int]) -> dict[int, list[Outgoing]]:
    found: dict[int, list[Outgoing]] = {}
    for row in Outgoing.objects.filter(case__in=cases, urgent=True).order_by("pk"):
        found.setdefault(row.case_id or 0, []).append(row)
    return found


def _people(calls: Mapping[int, Sequence[Outgoing]]) -> dict[int, Staff]:
    return Staff.objects.in_bulk({row.staff_id for rows in calls.values() for row in rows if row.staff_id})


def _told(rows: Sequence[Outgoing], people: Mapping[int, Staff]) -> tuple[Call, ...]:
    named = [(row, people.get(row.staff_id or 0)) for row in rows]
    return tuple(
        Call(person.name if person else "", person.number if person else "", tuple(row.roles), row.created_at, row.seen_at)
        for row, person in named
    )


def emergencies(office: Office, by: Actor, now: datetime) -> list[Emergency]:
    """Return the open emergencies of an office, the newest first, each with what of its list is still to do."""
    rows = visible_to(by).filter(office=office, kind="repair", closed_at__isnull=True, order__urgency=URGENT)
    rows = rows.select_related("unit", "office", "order", "order__worker").defer(*UNREAD)
    cases = list(rows.prefetch_related(Prefetch("deadlines", RUNNING, to_attr="running")).order_by("-reported_at", "-pk")[:MOST])
    history = History(office)
    return [replace(each, still_open=_open(each.order, history)) for each in emergencies_of(cases, now)]


def _open(order: Order, history: History) -> tuple[str, ...]:
    order.values = history.at(order.valued_at)
    return tuple(still_open(order))
