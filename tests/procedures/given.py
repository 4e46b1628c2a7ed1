"""Short words the clause tests share: an office's figures, a clock's due time, a refusal, a card of prompts."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

import pytest

from menling.clauses import clause
from menling.journal.models import Case, Deadline, Event, Outgoing
from menling.kernel.calendars import OfficeCalendar
from menling.kernel.policy import in_force
from menling.kernel.procedure import Clock, Due, Moment, Procedure
from menling.kernel.refusal import Refused
from menling.policies.values import approve
from menling.procedures.conduct import prompts
from menling.procedures.repair_policy import RepairPolicy
from tests.office import World

Shape = TypeVar("Shape")
NOON = datetime(2026, 11, 20, 4, 0, tzinfo=UTC)
"""Friday 12:00 in Shanghai."""


def shanghai(day: int, hour: int, minute: int = 0, second: int = 0) -> datetime:
    """Return a time of November 2026 on the clock of the office."""
    return datetime(2026, 11, day, hour, minute, second, tzinfo=OfficeCalendar().zone)


def chosen(shape: type[Shape], **figures: Any) -> Shape:
    """Return a policy as an office chose it; ``repair__dispatch_minutes`` stands for ``repair.dispatch_minutes``."""
    return in_force(shape, {key.replace("__", "."): value for key, value in figures.items()})


def clock(procedure: Procedure, key: str) -> Clock:
    """Return a clock of a procedure; the test fails where there is none."""
    found = [each for each in procedure.clocks if each.key == key]
    assert found, f"{procedure.kind} has no clock {key}"
    return found[0]


def due(procedure: Procedure, key: str, at: datetime, policy: object = None, calendar: OfficeCalendar | None = None,
        **terms: Any) -> Due | None:  # fmt: skip
    """Return when a promise breaks that starts at `at`; a repair is for now, small and has a worker unless said."""
    known = {"at_once": True, "visit_at": None, "worker": 1, "size": "small", "urgency": "ordinary"} | terms
    return clock(procedure, key).due(Moment(at, policy or RepairPolicy(), calendar or OfficeCalendar(), known))


def due_at(procedure: Procedure, key: str, at: datetime, policy: object = None, calendar: OfficeCalendar | None = None,
           **terms: Any) -> datetime | None:  # fmt: skip
    """Return the instant a promise breaks after, or None where it is not given."""
    promised = due(procedure, key, at, policy, calendar, **terms)
    return promised.at if promised else None


@contextmanager
def refused(cited: str, status: int = 409) -> Iterator[None]:
    """Expect a refusal that cites a clause."""
    with pytest.raises(Refused) as caught:
        yield
    assert (caught.value.clause, caught.value.status) == (cited, status), caught.value


def promise(case: Case, key: str) -> Deadline:
    """Return the newest promise of a case by its key."""
    found: Deadline = case.deadlines.filter(key=key).latest("pk")
    return found


def kept(case: Case, key: str) -> bool:
    """Tell whether the newest promise of a case by its key was kept, in time."""
    row = promise(case, key)
    return row.met_at is not None and row.broken_at is None


def last(case: Case, verb: str) -> Event:
    """Return the newest event of a verb."""
    found: Event = case.events.filter(verb=verb).latest("pk")
    return found


def told_staff(case: Case, since: int = 0) -> list[int | None]:
    """Return the ids of the staff told about a case one by one, after the message `since`."""
    return list(Outgoing.objects.filter(case=case, staff_id__isnull=False, pk__gt=since).values_list("staff_id", flat=True))


def told_roles(case: Case, since: int = 0) -> set[str]:
    """Return the roles told about a case, after the message `since`."""
    return {role for row in Outgoing.objects.filter(case=case, pk__gt=since) for role in row.roles}


def newest_message() -> int:
    """Return the key of the newest message."""
    row = Outgoing.objects.order_by("pk").last()
    return row.pk if row else 0


def decide(world: World, key: str, value: Any) -> None:
    """Let the office manager bring a figure into force a minute from now, and let that minute pass."""
    world.later(1)
    approve(world.office, key, value, by=world.actor("office_manager"), company_id=world.company.pk,
            in_force_from=world.now, at=world.now)  # fmt: skip
    world.later(1)


def cards(named: str, status: str, kind: str = "repair") -> list[str]:
    """Return the cards that show a clause at a moment."""
    return [group.key for group in prompts(kind, status) if named in group.clauses]


def worded(named: str, zh: str, en: str) -> bool:
    """Tell whether a clause says these words in its own text, in both languages."""
    return zh in clause(named).text("zh-hans") and en in clause(named).text("en")


def in_five(at: datetime, seconds: int = 0) -> datetime:
    """Return the instant five minutes and some seconds after `at`."""
    return at + timedelta(minutes=5, seconds=seconds)
