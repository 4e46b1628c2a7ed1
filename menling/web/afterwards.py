"""A job that was done before anybody typed: the whole of it from one form, step by step with its true times (HC-5.2.5, MR-3)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import Any

from menling.doorway.doing import act, open_new
from menling.journal.facts import Malformed
from menling.journal.perform import Answer, whole
from menling.kernel.recording import SOURCES, one_whole
from menling.kernel.refusal import Refused
from menling.kernel.words import _
from menling.policies.values import values_for
from menling.web.answers import asked
from menling.web.emergencies import emergency_body
from menling.web.fields import instant
from menling.web.intake import phone_given, where_of
from menling.web.session import StaffRequest

KIND = ("repair",)
TIMES = ("reported_at", "arrived_at", "started_at", "finished_at")
NEEDED = ("reported_at", "arrived_at", "finished_at")
TEXTS = ("reporter", "content", "requirements", "channel")


@dataclass(frozen=True)
class Told:
    """When a job was reported, somebody stood at the door, began, and was done: each not before the one before it."""

    reported_at: datetime
    arrived_at: datetime
    started_at: datetime
    finished_at: datetime


def record(request: StaffRequest) -> Answer:
    """Write the whole job down: filed and taken when it was reported, sent at once, then what the worker did.

    It is one whole: where a step is refused nothing is written, and the form can be put right and sent again (MR-40). The
    steps go under keys made of the form's one. Errors: as `open_new` and `act`; `Refused` MR-4 (422) for times that go backwards.
    """
    told = _times(request)
    worker = request.POST.get("worker", "").strip()
    if not worker:
        raise Malformed([{"path": "worker", "message": "who did it", "type": "missing"}])
    written = partial(_written, request, told, worker)
    return whole(written) if one_whole() else written()


def _written(request: StaffRequest, told: Told, worker: str) -> Answer:
    filed = open_new(asked(request, _filed(request, told)), "repair", "file", part=one_whole())
    for verb, facts in _steps(request, told, worker):
        step = asked(request, facts)
        part = replace(step, key=f"{step.key}:{verb}" if step.key else "")
        act(part, filed.body["number"], verb.partition(":")[0], KIND, part=one_whole())
    return filed


def _times(request: StaffRequest) -> Told:
    zone = values_for(request.office, request.now).calendar.zone
    read = {name: instant(name, request.POST.get(name, ""), request.now, zone) for name in TIMES}
    for name in NEEDED:
        if read[name] is None:
            raise Malformed([{"path": name, "message": "its true time", "type": "missing"}])
    told = [(name, at) for name, at in read.items() if at is not None]
    for (_before, earlier), (name, later) in zip(told, [*told[1:], ("finished_at", request.now)], strict=True):
        if later < earlier:
            raise Refused("MR-4", _("These times do not follow each other. Please correct them."), field=name)
    times = dict(told)
    return Told(times["reported_at"], times["arrived_at"], times.get("started_at", times["arrived_at"]), times["finished_at"])


def _filed(request: StaffRequest, told: Told) -> dict[str, Any]:
    sent = request.POST
    body: dict[str, Any] = where_of(sent) | {name: sent[name].strip() for name in TEXTS if sent.get(name, "").strip()}
    body |= {"phone": phone_given(request, sent), "office": request.office.pk, "accept": True, "over": True}
    return body | {"happened_at": told.reported_at} | emergency_body(request)


def _steps(request: StaffRequest, told: Told, worker: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """The steps after filing, with their true times; what the worker did is told by radio, telephone or paper."""
    sent = request.POST
    source = sent.get("source", "") if sent.get("source", "") in SOURCES else "radio"
    release = {"release": sent["release"].strip()} if sent.get("release", "").strip() else {}
    sent_at = {"happened_at": told.reported_at, "untimed": True, "arrived_at": told.arrived_at}
    yield "dispatch", {"worker": worker} | sent_at | release
    for verb, at in (("arrive", told.arrived_at), ("start", told.started_at)):
        yield verb, {"happened_at": at, "on_behalf_of": worker, "source": source}
    yield "finish", {"happened_at": told.finished_at, "on_behalf_of": worker, "source": source,
                     "summary": sent.get("summary", "").strip()}  # fmt: skip
    for duty in sent.getlist("duty"):
        informed = sent.get(f"informed:{duty}", "").strip()
        yield f"check_off:{duty}", {"duty": duty, "informed": informed, "needed": True}
