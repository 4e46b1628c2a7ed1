"""Emergencies nobody acknowledged: the next person is called out, each time the office's minutes have passed again (HC-5.2.5)."""

from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction

from menling.journal.models import Deadline, Outgoing
from menling.journal.sweep import called_out, clock_of
from menling.kernel.roles import Role
from menling.kernel.words import _
from menling.policies.values import values_for
from menling.premises.administration.covering import MOST_ON_CALL
from menling.premises.calling import ON_CALL, night_list
from menling.procedures import PROCEDURES

NOBODY = _("{unit}: nobody has acknowledged the emergency {number} yet. Please call somebody out.")
BATCH = 100
CLAIM = """
SELECT d.id, floor(extract(epoch FROM %(now)s - d.armed_at) / extract(epoch FROM d.due_at - d.armed_at))::int
FROM journal_deadline d
WHERE d.key = ANY(%(keys)s) AND d.met_at IS NULL AND d.released_at IS NULL AND NOT d.counted AND d.paused_at IS NULL
    AND d.due_at < %(now)s AND d.level < %(most)s AND %(now)s > d.armed_at + (d.due_at - d.armed_at) * (d.level + 1)
ORDER BY d.due_at, d.id LIMIT %(batch)s FOR UPDATE SKIP LOCKED
"""


@dataclass(frozen=True)
class Call:
    """One promise at the level its time has reached."""

    promise: Deadline
    level: int


def climb(now: datetime) -> int:
    """Call out the next person for every emergency nobody acknowledged in time. Returns how many were called out for.

    Any number of processes may run it: what another one holds is left to it. Levels that passed while nobody looked are one
    call, so that an emergency is heard of again after an outage however long; those before a report was written down are
    none. After the ninth nobody is called any more.
    """
    called = 0
    while calls := _climbed(now):
        called += sum(calls)
    return called


def _climbed(now: datetime) -> list[bool]:
    """Take a batch of promises up to the level of their time; tell for each whether somebody was called out."""
    keys = sorted({clock.key for procedure in PROCEDURES.values() for clock in procedure.clocks if clock.climbs})
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(CLAIM, {"now": now, "keys": keys, "most": MOST_ON_CALL + 1, "batch": BATCH})
        levels: dict[int, int] = dict(cursor.fetchall())
        rows = Deadline.objects.select_related("case__office", "case__unit").in_bulk(list(levels))
        return [_call_out(Call(rows[key], _reached(rows[key], level)), now) for key, level in levels.items()]


def _reached(promise: Deadline, level: int) -> int:
    """Return the level to call at: past the end the last one, once, for what was known before the calling began."""
    if level <= MOST_ON_CALL:
        return level
    known = promise.case.events.filter(happened_at=promise.armed_at, recorded_at__lt=promise.due_at).exists()
    return MOST_ON_CALL if known and promise.level < MOST_ON_CALL else MOST_ON_CALL + 1


def _call_out(call: Call, now: datetime) -> bool:
    case = call.promise.case
    Deadline.objects.filter(pk=call.promise.pk).update(level=call.level)
    if call.level > MOST_ON_CALL:
        return False
    listed = night_list(case.office_id, Role.REPAIR_WORKER, values_for(case.office, now).calendar.local(now))
    person = listed[call.level] if call.level < len(listed) else None
    values = {"unit": case.unit.code if case.unit else "", "number": case.number}
    roles = [] if person else _roles(call)
    Outgoing.objects.create(
        case=case, office_id=case.office_id, staff_id=person.staff_id if person else None, roles=roles,
        sentence=ON_CALL if person else NOBODY, values=values, created_at=now, attempts=0, error="", urgent=True,
    )  # fmt: skip
    who: dict[str, object] = {"staff": person.staff.number, "name": person.staff.name} if person else {"roles": roles}
    called_out(call.promise, call.level, now, who)
    return True


def _roles(call: Call) -> list[str]:
    clock = clock_of(call.promise.case.kind, call.promise.key)
    return sorted(role.value for role in clock.alerts) if clock else []
