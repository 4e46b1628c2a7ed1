"""The one way in: a command, claimed by its key, in one durable transaction with everything it sets off."""

import hashlib
import json
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any, TypeVar

from django.db import IntegrityError, OperationalError, connection, transaction

from menling.journal.kinds import Kind
from menling.journal.models import Case, Command, Detail
from menling.journal.reading import read
from menling.journal.taken import DEVICE_OFF, RECORDED_AT, Taken, actor_key
from menling.journal.when import When
from menling.kernel.actor import Actor
from menling.kernel.recording import (
    CUT_OVER,
    SOURCES,
    RecordingPolicy,
    brought_over,
    may_record_for,
    own_opinion,
    own_word,
    speaks_alone,
)
from menling.kernel.refusal import Refused
from menling.kernel.roles import Role
from menling.kernel.words import Message, _
from menling.policies.values import values_for
from menling.premises.crew import on_shift_since
from menling.premises.models import Office

Done = TypeVar("Done")
Reaction = Callable[[Detail, Taken, Actor, When], "list[tuple[Detail, Taken]]"]
Reactions = Mapping[tuple[str, str], tuple[Reaction, ...]]
AGAIN = ("40P01", "40001")
TRIES = 4
LONGEST_KEY = 100
SHORT_AGO = timedelta(minutes=1)
"""What was told as it happened is not looked into: the ordinary step reads no roster."""


@dataclass(frozen=True)
class Behalf:
    """A step somebody writes down for another: for whom (`named`), how it was heard of, and who that is.

    `found` is asked only when the step is really taken: what was answered before is answered again, whoever has the
    order by now. Errors of `found`: `Refused` when nobody may write that.
    """

    named: str
    source: str
    found: Callable[[Case], Actor]


@dataclass(frozen=True)
class Answer:
    """What a command answers, and whether it was given before under the same key."""

    body: dict[str, Any]
    repeated: bool = False


def perform(
    command: Callable[..., Any], subject: Case | Office, *, kind: Kind, by: Actor, at: When, key: str,
    facts: dict[str, Any], reactions: Reactions, behalf: Behalf | None = None,
) -> Answer:  # fmt: skip
    """Carry out a command on a case, or file a new one in an office, and all its reactions, or nothing at all.

    Errors: `Refused` (nothing is stored, the key may be used again); 422 MR-7 for the same key with other facts.
    """
    try:
        with _heard(at):
            return whole(partial(_once, command, subject, kind, by, at, key, facts, reactions, behalf))
    except IntegrityError as error:
        raise _conflict(error, kind) from error


def whole(doing: Callable[[], Done]) -> Done:
    """Do something in one durable transaction: what `doing` does by `perform_part` stands or falls together.

    Where the database asks for it, it is done again from the start.
    """
    for attempt in range(TRIES):
        try:
            with transaction.atomic(durable=True):
                return doing()
        except OperationalError as error:
            if getattr(error.__cause__, "sqlstate", "") not in AGAIN or attempt == TRIES - 1:
                raise
            time.sleep(0.02 * (attempt + 1))
    raise AssertionError("unreachable")


def perform_part(
    command: Callable[..., Any], subject: Case | Office, *, kind: Kind, by: Actor, at: When, key: str,
    facts: dict[str, Any], reactions: Reactions, behalf: Behalf | None = None,
) -> Answer:  # fmt: skip
    """Carry out a command as one part of something larger that stands or falls as a whole, such as an import.

    The transaction is the caller's, who rolls it back when any part is refused. Errors: as `perform`.
    """
    try:
        with _heard(at), transaction.atomic():
            return _once(command, subject, kind, by, at, key, facts, reactions, behalf)
    except IntegrityError as error:
        raise _conflict(error, kind) from error


def once(asked: list[Any], *, by: Actor, key: str, now: datetime, doing: Callable[[], dict[str, Any]]) -> Answer:
    """Do something beside the steps of a case, such as keeping a picture, once per key; `asked` tells what in JSON.

    Errors: those of `doing` (nothing is stored, the key may be used again); 422 MR-7 for the same key with something else.
    """
    with transaction.atomic(durable=True):
        row = _claim(by, key, _hashed([actor_key(by), *asked]), When(now, now))
        if row.answer is not None:
            return Answer(row.answer, repeated=True)
        body = doing()
        _answered(row, body)
    return Answer(body)


@contextmanager
def _heard(at: When) -> Iterator[None]:
    """Let every event of the command know when it was received, and whether the device's clock was off."""
    received = RECORDED_AT.set(at.received)
    off = DEVICE_OFF.set(round(at.off.total_seconds()) if at.skewed else 0)
    try:
        yield
    finally:
        RECORDED_AT.reset(received)
        DEVICE_OFF.reset(off)


def _once(
    command: Callable[..., Any], subject: Case | Office, kind: Kind, by: Actor, at: When, key: str,
    facts: dict[str, Any], reactions: Reactions, behalf: Behalf | None,
) -> Answer:  # fmt: skip
    row = _claim(by.recorder or by, key, _fingerprint(command, subject, by, at, facts, behalf), at)
    if row.answer is not None:
        return Answer(row.answer, repeated=True)
    if isinstance(subject, Case):
        target: Any = locked(kind, subject)
        by = behalf.found(target.case) if behalf else by
        happened = at.after(target.case.last_at, partial(_last_step, target.case))
    else:
        target, happened = subject, at.of_a_report()
    _may_write(command.__name__, by, subject.office_id if isinstance(subject, Case) else subject.pk, kind.procedure.away)
    by = _claiming(by, target.case.office if isinstance(subject, Case) else subject, at, happened)
    result = command(target, by=by, at=happened, **facts)
    _react(result, by, at, reactions)
    detail, _taken = result[0]
    # in the order the database keeps it: a replay is the same to the byte
    answer = {"kind": detail.case.kind, "number": detail.case.number, "status": detail.case.status}
    _answered(row, answer)
    return Answer(answer)


def _last_step(case: Case) -> Message | str:
    """Return what the latest step of a case is called, for who typed a time before it."""
    steps = {step.verb for step in case.procedure.steps}  # a verdict on a promise stands beside the step it is about
    verb = case.events.filter(happened_at=case.last_at, verb__in=steps).order_by("-pk").values_list("verb", flat=True).first()
    return case.procedure.verb_title(verb) if verb else ""


def _answered(row: Command, answer: dict[str, Any]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE journal_command SET answer = %s WHERE id = %s", [json.dumps(answer), row.pk])


def locked(kind: Kind, case: Case) -> Any:
    """Return the detail of a case, its rows locked, with the figures in force when it was reported."""
    return read(kind, case, lock=True)


def _react(result: list[tuple[Detail, Taken]], by: Actor, at: When, reactions: Reactions) -> None:
    waiting = list(result)
    while waiting:
        detail, taken = waiting.pop(0)
        for reaction in reactions.get((taken.kind, taken.verb), ()):
            waiting.extend(reaction(detail, taken, by, at))


def _may_write(verb: str, by: Actor, office: int, away: frozenset[Role]) -> None:
    """Refuse a step written down for somebody else by who may not (MR-3), and any opinion of a resident (OC-4.5)."""
    if by.recorder is None:
        return
    own_opinion(verb)
    if by.source == CUT_OVER:
        brought_over(by.recorder.roles_in(office))
        return
    may_record_for(by.recorder.roles_in(office), by.roles_in(office), away)
    if by.source not in SOURCES:
        raise Refused("MR-3", _("Say how you know: by radio, phone or paper."), status=422, field="source")


def _claiming(by: Actor, office: Office, at: When, happened: datetime) -> Actor:
    """Mark what a worker tells alone from before the shift it is written down in: it counts, and the foreman looks (MR-21)."""
    if at.sort == "now" or by.recorder is not None or not speaks_alone(by.roles_in(office.pk)):
        return by
    if at.received - happened < SHORT_AGO:
        return by
    values = values_for(office, at.received)
    began = on_shift_since(by.id, office.pk, at.received) or values.calendar.start_of_shift(at.received)
    return replace(by, source=own_word(happened, began, values.policy(RecordingPolicy).grace_minutes) or "")


def _claim(by: Actor, key: str, fingerprint: str, at: When) -> Command:
    if not (key.isprintable() and 0 < len(key) <= LONGEST_KEY):
        raise Refused(
            "MR-7", _("Send a key of 1 to {most} plain characters with every step."), status=422, field="Idempotency-Key",
            most=LONGEST_KEY,
        )  # fmt: skip
    actor = actor_key(by)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO journal_command (actor, key, fingerprint, received_at) VALUES (%s, %s, %s, %s)"
            " ON CONFLICT (actor, key) DO NOTHING RETURNING id",
            [actor, key, fingerprint, at.received],
        )
        claimed = cursor.fetchone()
    if claimed:
        return Command(pk=claimed[0])
    row = Command.objects.get(actor=actor, key=key)
    if row.fingerprint != fingerprint:
        raise Refused(
            "MR-7", _("This key was already used for something else. Send the new step with a key of its own."),
            status=422, field="Idempotency-Key",
        )  # fmt: skip
    return row


def _fingerprint(
    command: Callable[..., Any], subject: Case | Office, by: Actor, at: When, facts: dict[str, Any], behalf: Behalf | None
) -> str:
    said = at.said.timestamp() if at.said else None
    pen = [actor_key(by), by.source, behalf.named if behalf else "", behalf.source if behalf else ""]
    asked = [command.__module__, command.__name__, type(subject).__name__, subject.pk, pen, said, facts]
    return _hashed(asked)


def _hashed(asked: list[Any]) -> str:
    return hashlib.sha256(json.dumps(asked, sort_keys=True, default=str).encode()).hexdigest()


def _conflict(error: IntegrityError, kind: Kind) -> Exception:
    name = getattr(getattr(error.__cause__, "diag", None), "constraint_name", "") or ""
    known = kind.conflicts.get(name)
    return Refused(known[0], known[1]) if known else error
