"""Replaying records through the commands, each at its true time, in the order of the reports; again is the same as once."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from menling.imports.recording import Story, brought_before
from menling.imports.replay.estate import PHONE, Cast, called, dismissed, home_of, homes
from menling.imports.replay.records import Request, Unfit
from menling.journal.models import Case, Outgoing
from menling.kernel.refusal import Refused
from menling.kernel.words import _
from menling.orders.commands.emergencies import BY_STEPS
from menling.policies.values import values_for
from menling.premises.models import Office, Unit
from menling.procedures.emergency import URGENT
from menling.procedures.repair_policy import RepairPolicy

REPORTER = "311"
CLOSED_THERE = _("Replayed from a public record: it was closed there, and nobody is here to sign.")
DROPPED_THERE = _("Replayed from a public record: it was closed there as a duplicate or passed on.")
NOT_SENT = "replayed"
TOLD_EVERY = 500


@dataclass(frozen=True)
class Replay:
    """What came of a replay: row -> number of the accepted ones in filing order, rows that were here before, and refusals."""

    accepted: dict[int, str]
    before: dict[int, str]
    refused: tuple[Unfit, ...]


def replay(
    office: Office, source: str, rows: Sequence[Request | Unfit], now: datetime, tell: Callable[[int], None] = lambda done: None
) -> Replay:
    """Record every request that can have been so, each in a transaction of its own; `tell` hears how many are done."""
    refused = [each for each in rows if isinstance(each, Unfit)]
    accepted: dict[int, str] = {}
    known = brought_before(office, source)
    fit = sorted((each for each in rows if isinstance(each, Request)), key=lambda each: (each.created_at, each.row))
    cast, places = called(office), homes(office)
    try:
        for done, request in enumerate((each for each in fit if each.key not in known), start=1):
            try:
                accepted[request.row] = _played(office, source, request, cast, home_of(request.key, places), now)
            except Refused as refusal:
                refused.append(Unfit(request.row, request.key, refusal.why))
            if done % TOLD_EVERY == 0:
                tell(done)
    finally:
        dismissed(office)
    before = {each.row: known[each.key] for each in fit if each.key in known}
    return Replay(accepted, before, tuple(sorted(refused, key=lambda each: each.row)))


def _played(office: Office, source: str, request: Request, cast: Cast, home: Unit, now: datetime) -> str:
    """Play one request from its report to its end; what happened between is not in the records, so it is told as of the end."""
    story = Story(office, cast.desk, now, source, request.key)
    with transaction.atomic(durable=True):
        case = story.begin(request.created_at, unit=home.code, reporter=REPORTER, phone=PHONE, content=request.content,
                           urgency=request.urgency)  # fmt: skip
        if request.closed_at is not None and request.ending == "dropped":
            story.step(case, "cancel", request.closed_at, reason=DROPPED_THERE)
        elif request.closed_at is not None:
            _done(story, case, cast, request.closed_at, _duties(office, request))
        # What is long over needs no message.
        Outgoing.objects.filter(case=case).update(sent_at=now, seen_at=now, error=NOT_SENT)
    return case.number


def _duties(office: Office, request: Request) -> list[str]:
    """Return what of the list of an emergency nobody ticks by taking it and sending somebody (HC-5.2.5)."""
    listed = values_for(office, request.created_at).policy(RepairPolicy).emergency_list if request.urgency == URGENT else ()
    return [each for each in listed if each not in BY_STEPS]


def _done(story: Story, case: Case, cast: Cast, at: datetime, duties: Sequence[str]) -> None:
    story.step(case, "dispatch", at, worker=cast.worker_number)
    story.step(case, "arrive", at, cast.worker)
    story.step(case, "start", at, cast.worker)
    for duty in duties:
        story.step(case, "check_off", at, duty=duty, needed=False, reason=CLOSED_THERE)
    story.step(case, "finish", at, cast.worker, summary=CLOSED_THERE)
    story.own_step(case, "attest", at, cast.lead, reason=CLOSED_THERE)
    story.own_step(case, "review", at, cast.lead)
    story.step(case, "sign_off", at, cast.worker)
    story.step(case, "archive", at)
