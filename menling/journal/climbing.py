"""Emergencies nobody acknowledged: the next person is called out, each time the office's minutes have passed again (HC-5.2.5)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import connection, transaction

from menling.journal.models import Case, Deadline, Outgoing
from menling.journal.replay import CALLED
from menling.journal.sweep import called_out
from menling.kernel.roles import Role
from menling.kernel.words import _
from menling.policies.values import values_for
from menling.premises.administration.covering import on_call
from menling.premises.calling import ON_CALL, on_shift, what_it_is
from menling.premises.models import Office, Staff
from menling.procedures import PROCEDURES
from menling.procedures.climbing import MOST_CALLS, PUNCTUAL, Ladder, Turn, next_turn
from menling.procedures.repair_policy import RepairPolicy

NOBODY = _("{unit}: nobody has acknowledged the emergency {number} yet. Please call somebody out.")
EVERYBODY = _("{unit}: nobody has acknowledged the emergency {number} yet. Everybody is called now.")
BATCH = 100
CLAIM = """
SELECT d.id, floor(extract(epoch FROM %(now)s - d.armed_at) / extract(epoch FROM d.due_at - d.armed_at))::int
FROM journal_deadline d
WHERE d.key = ANY(%(keys)s) AND d.met_at IS NULL AND d.released_at IS NULL AND NOT d.counted AND d.paused_at IS NULL
    AND d.due_at < %(now)s AND d.level < %(most)s AND %(now)s > d.armed_at + (d.due_at - d.armed_at) * (d.level + 1)
    AND NOT EXISTS (
        SELECT FROM journal_event e WHERE e.case_id = d.case_id AND e.verb = %(called)s
            AND e.happened_at > d.armed_at + (d.due_at - d.armed_at) * (d.level + 1.0 / %(punctual)s)
            AND e.happened_at > %(now)s - (d.due_at - d.armed_at)
    )
ORDER BY d.due_at, d.id LIMIT %(batch)s FOR UPDATE SKIP LOCKED
"""
"""Its times are those of `next_time`: whoever was called late has the office's minutes before the next call, or the end."""


@dataclass(frozen=True)
class Crew:
    """Who could be called out in an office at a moment: those on the list of the day in order, and whether the crew is there."""

    listed: tuple[Staff, ...]
    on_shift: bool

    def ladder(self, case: Case, first: str) -> Ladder:
        """Return whom a case may be called out to, with the office's choice of who comes first."""
        return Ladder(tuple(each.pk for each in self.listed), self.on_shift, first, case.assignee_id)


def crew_to_call(office: Office, now: datetime) -> Crew:
    """Return who could be called out in an office now, in two queries."""
    listed = on_call(office.pk, now.astimezone(ZoneInfo(office.zone)))
    return Crew(tuple(each.staff for each in listed), on_shift(office.pk, Role.REPAIR_WORKER, now))


def climb(now: datetime) -> int:
    """Call out the next person for every emergency nobody acknowledged in time. Returns how many were called out for.

    Any number of processes may run it: what another one holds is left to it. Calls that passed while nobody looked are one
    call, so that an emergency is heard of again after an outage however long, by everybody where the last call was missed;
    those before a report was written down are none. Once the last of `MOST_CALLS` had its minutes nobody is called any more.
    """
    called = 0
    while calls := _climbed(now):
        called += sum(calls)
    return called


def _climbed(now: datetime) -> list[bool]:
    """Take a batch of promises up to the level of their time; tell for each whether somebody was called out."""
    keys = sorted({clock.key for procedure in PROCEDURES.values() for clock in procedure.clocks if clock.climbs})
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(CLAIM, {"now": now, "keys": keys, "most": MOST_CALLS + 1, "batch": BATCH,
                               "called": CALLED, "punctual": PUNCTUAL})  # fmt: skip
        levels: dict[int, int] = dict(cursor.fetchall())
        rows = Deadline.objects.select_related("case__office", "case__unit", "case__order").in_bulk(list(levels))
        return [_called(rows[key], _reached(rows[key], level), now) for key, level in levels.items()]


def _reached(promise: Deadline, level: int) -> int:
    """Return the level to call at: past the end the last one, once, for what was known before the calling began."""
    if level <= MOST_CALLS:
        return level
    known = promise.case.events.filter(happened_at=promise.armed_at, recorded_at__lt=promise.due_at).exists()
    return MOST_CALLS if known and promise.level < MOST_CALLS else MOST_CALLS + 1


def _called(promise: Deadline, level: int, now: datetime) -> bool:
    """Take a promise to a level and, unless the calling is over, call out whose turn it is."""
    Deadline.objects.filter(pk=promise.pk).update(level=level)
    if level > MOST_CALLS:
        return False
    case = promise.case
    before = Outgoing.objects.filter(case=case, urgent=True, created_at__gte=promise.armed_at)
    first = values_for(case.office, case.reported_at).policy(RepairPolicy).emergency_first
    ladder = crew_to_call(case.office, now).ladder(case, first)
    turn = turn_after(before, ladder, level)
    Outgoing.objects.bulk_create(_messages(case, turn, now))
    called_out(promise, level, now, _who(turn))
    return True


def turn_after(before: Iterable[Outgoing], ladder: Ladder, level: int) -> Turn:
    """Return whose turn it is at a level after these calls of one emergency; the last call goes to everybody."""
    rows = list(before)
    called = {row.staff_id for row in rows if row.staff_id}
    return next_turn(ladder, called, {role for row in rows for role in row.roles}, last=level >= MOST_CALLS)


def last_call(before: Iterable[Outgoing]) -> datetime | None:
    """Return when the last of the calls among these messages of one emergency was made."""
    return max((row.created_at for row in before if row.sentence in (ON_CALL, NOBODY, EVERYBODY)), default=None)


def _messages(case: Case, turn: Turn, now: datetime) -> list[Outgoing]:
    values = {"unit": case.unit.said if case.unit else "", "number": case.number}
    common = {"case": case, "office_id": case.office_id, "values": values, "created_at": now, "urgent": True}
    home = common | {"values": values | {"what": what_it_is(case.order.content, case.order.emergency)}}
    people = [Outgoing(staff_id=each, sentence=ON_CALL, **home) for each in turn.staff]
    if not turn.roles:
        return people
    sentence = EVERYBODY if turn.again else NOBODY
    return [*people, Outgoing(roles=sorted(role.value for role in turn.roles), sentence=sentence, **common)]


def _who(turn: Turn) -> dict[str, object]:
    """Return whom a call went to as its event keeps it: one person by number and name, or all of them, and the roles."""
    people = [{"staff": each.number, "name": each.name} for each in Staff.objects.filter(pk__in=turn.staff).order_by("pk")]
    roles: dict[str, object] = {"roles": sorted(role.value for role in turn.roles)} if turn.roles else {}
    if turn.again:
        return roles | {"people": people, "again": True}
    return roles | (people[0] if people else {})
