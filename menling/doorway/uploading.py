"""Pictures on their way into a case: only where a photo or a signature belongs now, and once however often they are sent."""

import hashlib
from datetime import datetime
from functools import partial
from typing import Any

from menling.doorway.doing import find
from menling.doorway.showing import loaded
from menling.journal.files import keep_image
from menling.journal.models import Case
from menling.journal.perform import once
from menling.kernel.actor import Actor
from menling.kernel.refusal import Refused
from menling.kernel.roles import RECORDERS, WORKERS, Role
from menling.kinds import KINDS
from menling.orders.commands.steps import is_assigned
from menling.procedures.repair_rules import own_signature

VERBS = {"photo": "add_photo", "signature": "sign"}
SCANS = {"agreement": ("sign_on_paper",), "errand": ("buy", "sign_on_paper"),
         "repair": ("add_photo", "sign_on_paper")}  # fmt: skip
"""The steps a photo is meant for in kinds whose paper is photographed (HC-5.1.5), such as an invoice (HC-5.4.2)."""


def upload(by: Actor, number: str, kind: str, data: bytes, *, key: str, now: datetime) -> dict[str, Any]:
    """Keep a photo or a signature (`kind`) of an order and return its digest, for a step to name.

    With a `key` the same picture sent again gets the same answer, wherever the order stands by then.
    Errors: `NotThere`; `Refused` 403 and 409 as for the step it is meant for, 422 for what is no picture.
    """
    case = find(by, number, ("agreement", "repair", "housekeeping", "alarm", "errand"))
    keeping = partial(_kept, case, by, kind, data, now)
    if not key:
        return keeping()
    asked = ["upload", case.pk, kind, hashlib.sha256(data).hexdigest()]
    return once(asked, by=by, key=key, now=now, doing=keeping).body


def _kept(case: Case, by: Actor, kind: str, data: bytes, now: datetime) -> dict[str, Any]:
    may_upload(case, by, kind)
    row = keep_image(case, data, kind, by=by, at=now)
    return {"digest": row.digest, "mime": row.mime, "size": row.size}


def may_upload(case: Case, by: Actor, kind: str = "photo") -> None:
    """Refuse a picture from who may take none of the steps it is meant for, or at another time (EN-7.2, HC-5.5.1).

    A desk or a foreman that writes a job down afterwards brings the worker's photos.
    """
    if kind == "signature":
        own_signature(by.kind)
    detail = loaded(case)
    roles, assigned = KINDS[case.kind].roles(detail, by), is_assigned(detail, by)
    if kind == "photo" and roles & RECORDERS:
        roles, assigned = roles | WORKERS, True
    meant = SCANS.get(case.kind, (VERBS[kind],)) if kind == "photo" else (VERBS[kind],)
    now = [verb for verb in meant if any(case.status in row.before for row in case.procedure.rows(verb))] or [meant[0]]
    refused = [why for verb in now if (why := _refusal(case, verb, roles, assigned=assigned))]
    if len(refused) == len(now):
        raise refused[0]


def _refusal(case: Case, verb: str, roles: frozenset[Role], *, assigned: bool) -> Refused | None:
    try:
        case.procedure.step(verb, case.status, roles, assigned=assigned)
    except Refused as why:
        return why
    return None
