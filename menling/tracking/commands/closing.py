"""The end of a coordination order: result, the resident's signature, the tracker's, and the file."""

import re
from datetime import datetime
from typing import Annotated

from pydantic import Field

from menling.kernel.actor import Actor
from menling.kernel.refusal import Refused
from menling.kernel.words import _
from menling.premises import names
from menling.procedures import coordination as rules
from menling.procedures.repair_policy import RepairPolicy
from menling.procedures.repair_rules import may_attest
from menling.tracking.commands.steps import Steps, step, taken, tell_tracker, unfinished
from menling.tracking.models import Coordination

DIGEST = re.compile(r"[0-9a-f]{64}")
Words = Annotated[str, Field(max_length=2000)]


def conclude(order: Coordination, *, by: Actor, at: datetime, result: Words) -> Steps:
    """EN-D.18  It is settled and its order's work done: the tracker writes what came of it, then the resident signs."""
    row = step(order, "conclude", by)
    under = unfinished(order.case)
    rules.work_ended(under.number if under else "")
    rules.result_written(result)
    order.result = names.folded(result)
    order.last_entry_at = at
    return taken(order, row, by, at, "result", "last_entry_at", result=order.result)


def sign(order: Coordination, *, by: Actor, at: datetime, signature: str = "", name: str = "") -> Steps:
    """EN-D.18  The resident signs the result; `signature` is the digest of the drawn one."""
    row = step(order, "sign", by)
    drawn = order.case.attachments.filter(kind="signature", digest=signature)
    if DIGEST.fullmatch(signature) and not drawn.exists():
        raise Refused("EN-D.18", _("Please draw the signature for this order first."), status=422, field="signature")
    order.signed_at, order.signed_by, order.signature = at, names.folded(name)[:60] or by.name, signature[:64]
    tell = tell_tracker(order, _("{number}: the resident has signed. Please sign as well."))
    return taken(order, row, by, at, "signed_at", "signed_by", "signature", tell=tell, name=order.signed_by,
                 signature=order.signature)  # fmt: skip


def attest(order: Coordination, *, by: Actor, at: datetime, reason: str) -> Steps:
    """EN-D.14  The foreman confirms for a resident who cannot sign, where the office allows it, never of the own tracking."""
    row = step(order, "attest", by)
    may_attest(order.values.policy(RepairPolicy), reason, own_work=order.tracker_id == by.id)
    order.attested, order.signed_at = names.folded(reason)[:300], at
    return taken(order, row, by, at, "attested", "signed_at", reason=order.attested, follow_up="mandatory")


def object(order: Coordination, *, by: Actor, at: datetime, reason: str) -> Steps:  # noqa: A001  # the verb of the table
    """EN-D.18  The resident does not accept the result: it is tracked on."""
    row = step(order, "object", by)
    if not reason.strip():
        raise Refused("EN-D.18", _("Please write what is not settled."), status=422, field="reason")
    tell = tell_tracker(order, _("{number}: the resident is not content ({reason}). Please go on."), reason=reason[:100])
    return taken(order, row, by, at, tell=tell, reason=names.folded(reason), was=order.result)


def sign_off(order: Coordination, *, by: Actor, at: datetime) -> Steps:
    """EN-D.19  The tracker signs and gives it to the foreman."""
    row = step(order, "sign_off", by)
    order.tracker_signed_at = at
    return taken(order, row, by, at, "tracker_signed_at")


def archive(order: Coordination, *, by: Actor, at: datetime) -> Steps:
    """EN-D.19, EN-D.3  The foreman files it; it is kept for good."""
    return taken(order, step(order, "archive", by), by, at, kept="for good")


def destroy(order: Coordination, *, by: Actor, at: datetime) -> Steps:
    """EN-D.3  Refused: a coordination order is kept for good."""
    row = step(order, "destroy", by)
    rules.kept_for_good()
    return taken(order, row, by, at)
