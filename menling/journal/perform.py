"""The one way in: a command, claimed by its key, in one durable transaction with everything it sets off."""

import hashlib
import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, OperationalError, connection, transaction

from menling.journal.kinds import Kind
from menling.journal.models import Case, Command, Detail
from menling.journal.taken import RECORDED_AT, Taken, actor_key
from menling.journal.when import When
from menling.kernel.actor import Actor
from menling.kernel.refusal import Refused
from menling.kernel.words import _
from menling.policies.values import values_for
from menling.premises.models import Office

Reaction = Callable[[Detail, Taken, Actor, When], "list[tuple[Detail, Taken]]"]
Reactions = Mapping[tuple[str, str], tuple[Reaction, ...]]
AGAIN = ("40P01", "40001")
TRIES = 4


@dataclass(frozen=True)
class Answer:
    """What a command answers, and whether it was given before under the same key."""

    body: dict[str, Any]
    repeated: bool = False


def perform(
    command: Callable[..., Any], subject: Case | Office, *, kind: Kind, by: Actor, at: When, key: str,
    facts: dict[str, Any], reactions: Reactions,
) -> Answer:  # fmt: skip
    """Carry out a command on a case, or file a new one in an office, and all its reactions, or nothing at all.

    Errors: `Refused` (nothing is stored, the key may be used again); 422 MR-7 for the same key with other facts.
    """
    RECORDED_AT.set(at.received)
    for attempt in range(TRIES):
        try:
            with transaction.atomic(durable=True):
                return _once(command, subject, kind, by, at, key, facts, reactions)
        except IntegrityError as error:
            raise _conflict(error, kind) from error
        except OperationalError as error:
            if getattr(error.__cause__, "sqlstate", "") not in AGAIN or attempt == TRIES - 1:
                raise
            time.sleep(0.02 * (attempt + 1))
    raise AssertionError("unreachable")


def _once(
    command: Callable[..., Any], subject: Case | Office, kind: Kind, by: Actor, at: When, key: str,
    facts: dict[str, Any], reactions: Reactions,
) -> Answer:  # fmt: skip
    pen = by.recorder or by
    row = _claim(pen, key, _fingerprint(command, subject, by, facts), at)
    if row.answer is not None:
        return Answer(row.answer, repeated=True)
    if isinstance(subject, Case):
        target: Any = locked(kind, subject)
        happened = at.after(target.case.last_at)
    else:
        target, happened = subject, at.after(at.at)
    result = command(target, by=by, at=happened, **facts)
    _react(result, by, at, reactions)
    detail, _taken = result[0]
    answer = {"number": detail.case.number, "kind": detail.case.kind, "status": detail.case.status}
    with connection.cursor() as cursor:
        cursor.execute("UPDATE journal_command SET answer = %s WHERE id = %s", [json.dumps(answer), row.pk])
    return Answer(answer)


def locked(kind: Kind, case: Case) -> Any:
    """Return the detail of a case, its rows locked, with the figures in force when it was reported."""
    rows = kind.model._default_manager.select_related("case", "case__office", *kind.related)
    detail = rows.select_for_update(of=("self", "case"), no_key=True).get(pk=case.pk)
    detail.values = values_for(detail.case.office, detail.valued_at)
    return detail


def _react(result: list[tuple[Detail, Taken]], by: Actor, at: When, reactions: Reactions) -> None:
    waiting = list(result)
    while waiting:
        detail, taken = waiting.pop(0)
        for reaction in reactions.get((taken.kind, taken.verb), ()):
            waiting.extend(reaction(detail, taken, by, at))


def _claim(by: Actor, key: str, fingerprint: str, at: When) -> Command:
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


def _fingerprint(command: Callable[..., Any], subject: Case | Office, by: Actor, facts: dict[str, Any]) -> str:
    asked = [command.__module__, command.__name__, type(subject).__name__, subject.pk, actor_key(by), facts]
    return hashlib.sha256(json.dumps(asked, sort_keys=True, default=str).encode()).hexdigest()


def _conflict(error: IntegrityError, kind: Kind) -> Exception:
    name = getattr(getattr(error.__cause__, "diag", None), "constraint_name", "") or ""
    known = kind.conflicts.get(name)
    return Refused(known[0], known[1]) if known else error
