"""The one funnel: it alone sets a status, starts and stops clocks and writes events, all in one statement."""

import json
from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection

from menling.journal.models import Detail
from menling.journal.taken import DEVICE_OFF, RECORDED_AT, Taken, Tell, actor_key
from menling.kernel.actor import Actor
from menling.kernel.procedure import Clock, Moment, Step
from menling.premises.statements import shortened


def take(
    detail: Detail, step: Step, *, by: Actor, at: datetime,
    facts: dict[str, Any] | None = None, clauses: Sequence[str] = (), tell: Sequence[Tell] = (),
    pause: str = "", resume: bool = False,
) -> Taken:  # fmt: skip
    """Take a step of the case: status, clocks, event and messages.

    `at` is when it happened; when it was written down is `RECORDED_AT`, which `perform` sets. `clauses` replaces the clauses of
    the step in the event, for a tick that names its own. `pause` stops the open clocks with a reason, `resume` moves
    them on by the time they stood still; a clock of its own accord moves on to its `later`. A promise overdue when it is
    kept, let go, paused or moved breaks here, unless the sweep was faster; the event says so of the pause, the resumption
    and a device's clock that was far off.
    """
    case = detail.case
    known = dict(facts or {}) | _marks(pause, resume)
    before, after = case.status, (step.after or case.status)
    terms = detail.terms()
    clocks = case.procedure.clocks
    write: dict[str, Any] = {
        "case": case.pk,
        "office": case.office_id,
        "after": after,
        "moves": step.after is not None,
        "ends": after in case.procedure.ends,
        "assignee": case.assignee_id,
        "helpers": list(case.crew[1:]) or None,
        "at": at,
        "recorded_at": max(RECORDED_AT.get() or at, at),
        "verb": step.verb,
        "clauses": list(clauses or step.clauses),
        "actor": actor_key(by),
        "actor_name": by.name[:60],
        "recorder": by.recorder.id if by.recorder else None,
        "recorder_name": by.recorder.name[:60] if by.recorder else "",
        "source": by.source,
        "before": before,
        "facts": _json(known),
        "terms": _json(terms),
        "kept": [clock.key for clock in clocks if step.verb in clock.until and clock.whole(moment(at, detail, terms))],
        "dropped": [clock.key for clock in clocks if step.verb in clock.drops or step.verb in clock.starts],
        "shifted": _json([row for row in (_shifted(clock, step.verb, at, detail, terms) for clock in clocks) if row]),
        "armed": _json([row for row in (_armed(clock, step.verb, at, detail, terms) for clock in clocks) if row]),
        "messages": _json([_message(each) for each in tell]),
        "pause": pause,
        "resume": resume,
    }
    with connection.cursor() as cursor:
        cursor.execute(STATEMENT, write)
    case.status, case.helpers = after, write["helpers"]
    if step.after is not None:
        case.last_at = max(case.last_at, at)
    case.closed_at = (case.closed_at or at) if after in case.procedure.ends else None
    return Taken(case.kind, step.verb, at, known)


def _marks(pause: str, resume: bool) -> dict[str, Any]:
    marks = {"pause": pause, "resume": resume, "device_off_seconds": DEVICE_OFF.get()}
    return {name: value for name, value in marks.items() if value}


def moment(at: datetime, detail: Detail, terms: dict[str, Any]) -> Moment:
    """Return what the clocks of a case may know at an instant."""
    return Moment(at, detail.policy, detail.values.calendar, terms)


def _armed(clock: Clock, verb: str, at: datetime, detail: Detail, terms: dict[str, Any]) -> dict[str, Any] | None:
    if verb not in clock.starts:
        return None
    due = clock.due(moment(at, detail, terms))
    if due is None:
        return None
    return {
        "key": clock.key, "clause": clock.clauses[0], "due_at": due.at, "target_at": due.target, "counted": due.counted,
    }  # fmt: skip


def _shifted(clock: Clock, verb: str, at: datetime, detail: Detail, terms: dict[str, Any]) -> dict[str, Any] | None:
    later = clock.later(moment(at, detail, terms)) if verb in clock.shifts else None
    return {"key": clock.key, "later": later} if later else None


def _message(tell: Tell) -> dict[str, Any]:
    return {
        "staff_id": tell.staff, "roles": list(tell.roles), "phone": tell.phone,
        "urgent": tell.urgent, "sentence": tell.text.sentence,
        "values": {name: str(value) for name, value in tell.text.values.items()},
    }  # fmt: skip


class _Encoder(DjangoJSONEncoder):
    def default(self, o: Any) -> Any:
        if isinstance(o, datetime):
            return o.isoformat()
        return str(o) if isinstance(o, Decimal) else super().default(o)


def _json(value: Any) -> str:
    return json.dumps(value, cls=_Encoder, ensure_ascii=False)


STATEMENT = shortened("""
WITH moved AS (
    UPDATE journal_case SET status = %(after)s,
        last_at = CASE WHEN %(moves)s THEN GREATEST(last_at, %(at)s) ELSE last_at END,
        closed_at = CASE WHEN %(ends)s THEN COALESCE(closed_at, %(at)s) END,
        assignee_id = %(assignee)s, helpers = %(helpers)s::bigint[]
    WHERE id = %(case)s
), step AS (
    INSERT INTO journal_event (case_id, office_id, verb, clauses, actor, actor_name, recorder_id, recorder_name, source,
        before, after, happened_at, recorded_at, facts, terms)
    VALUES (%(case)s, %(office)s, %(verb)s, %(clauses)s, %(actor)s, %(actor_name)s, %(recorder)s, %(recorder_name)s,
        %(source)s, %(before)s, %(after)s, %(at)s, %(recorded_at)s, %(facts)s::jsonb, %(terms)s::jsonb)
), shifted AS (
    SELECT s.key, s.later FROM jsonb_to_recordset(%(shifted)s::jsonb) AS s(key text, later timestamptz)
), held AS (
    -- the open promises this step concerns, locked: a sweep that was faster has broken them by the time we see them
    SELECT id, due_at, target_at, broken_at, paused_at, key = ANY(%(kept)s::text[]) AS keeps,
        key = ANY(%(dropped)s::text[]) AND NOT key = ANY(%(kept)s::text[]) AS drops,
        (SELECT shifted.later FROM shifted WHERE shifted.key = journal_deadline.key) AS later
    FROM journal_deadline
    WHERE case_id = %(case)s AND met_at IS NULL AND released_at IS NULL
        AND (key = ANY(%(kept)s::text[] || %(dropped)s::text[]) OR (%(pause)s <> '' AND paused_at IS NULL)
            OR (%(resume)s AND paused_at IS NOT NULL)
            OR (paused_at IS NULL AND key IN (SELECT shifted.key FROM shifted)))
    FOR NO KEY UPDATE
), run AS (
    -- one that stood still runs on before it is kept, let go or resumed: what was paused does not count
    SELECT id, keeps, drops, later, broken_at AS was_broken, due_at + still AS due_at, target_at + still AS target_at
    FROM held, LATERAL (SELECT COALESCE(GREATEST(%(at)s, paused_at) - paused_at, interval '0') AS still) s
), changed AS (
    UPDATE journal_deadline d SET
        due_at = CASE WHEN was_broken IS NULL AND %(at)s <= run.due_at THEN GREATEST(run.due_at, later) ELSE run.due_at END,
        target_at = run.target_at,
        met_at = CASE WHEN keeps THEN %(at)s END,
        released_at = CASE WHEN drops THEN %(at)s END,
        released_by = CASE WHEN drops THEN %(verb)s ELSE '' END,
        broken_at = COALESCE(was_broken, CASE WHEN d.counted AND %(at)s > run.due_at THEN run.due_at END),
        paused_at = CASE WHEN %(pause)s <> '' AND NOT keeps AND NOT drops THEN %(at)s END,
        pause_reason = CASE WHEN keeps OR drops THEN '' ELSE %(pause)s END
    FROM run WHERE d.id = run.id
    RETURNING d.key, d.clause, d.due_at, d.broken_at, keeps, was_broken
), verdicts AS (
    INSERT INTO journal_event (case_id, office_id, verb, clauses, actor, actor_name, recorder_name, source,
        before, after, happened_at, recorded_at, facts, terms)
    SELECT %(case)s, %(office)s, CASE WHEN was_broken IS NULL THEN 'break' ELSE 'kept_late' END, ARRAY[clause],
        'system:0', 'Menling', '', '', %(after)s, %(after)s,
        CASE WHEN was_broken IS NULL THEN due_at ELSE %(at)s END, %(recorded_at)s,
        jsonb_build_object('promise', key), '{}'::jsonb
    FROM changed
    WHERE (was_broken IS NULL AND broken_at IS NOT NULL) OR (keeps AND was_broken IS NOT NULL AND %(at)s <= due_at)
    ORDER BY due_at, key
), told AS (
    INSERT INTO journal_outgoing (case_id, office_id, staff_id, roles, phone, sentence, values, urgent, happened_at,
        created_at, attempts, error)
    SELECT %(case)s, %(office)s, m.staff_id, m.roles, m.phone, m.sentence, m.values, m.urgent, %(at)s, %(recorded_at)s, 0, ''
    FROM jsonb_to_recordset(%(messages)s::jsonb)
        AS m(staff_id bigint, roles text[], phone text, sentence text, values jsonb, urgent boolean)
)
INSERT INTO journal_deadline (case_id, office_id, key, clause, armed_at, target_at, due_at, counted, released_by,
    pause_reason, level)
SELECT %(case)s, %(office)s, a.key, a.clause, %(at)s, a.target_at, a.due_at, a.counted, '', '', 0
FROM jsonb_to_recordset(%(armed)s::jsonb)
    AS a(key text, clause text, due_at timestamptz, target_at timestamptz, counted boolean),
    -- the count makes the old promises end before the new ones begin: one open promise of a key per case
    (SELECT count(*) FROM changed) AS c
""")
