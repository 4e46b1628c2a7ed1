"""After the work: sign, rate, object and put right, confirm, review, sign off, file."""

import re
from datetime import datetime
from typing import Annotated

from pydantic import Field

from menling.journal.files import destroy_files
from menling.kernel.actor import Actor
from menling.kernel.refusal import Refused
from menling.kernel.words import _
from menling.orders.commands.emergencies import still_open
from menling.orders.commands.steps import Steps, step, taken, tell_worker
from menling.orders.commands.visiting import photographed
from menling.orders.models import Order
from menling.premises import names
from menling.procedures import repair_rules as rules
from menling.procedures import retention
from menling.procedures.afterwards import signed_on_paper
from menling.procedures.emergency import all_done

DIGEST = re.compile(r"[0-9a-f]{64}")
Rating = Annotated[int, Field(ge=1, le=5)]
Digest = Annotated[str, Field(max_length=64)]
Name = Annotated[str, Field(max_length=60)]


def sign(order: Order, *, by: Actor, at: datetime, signature: str = "", name: str = "", rating: Rating | None = None,
         opinion: str = "") -> Steps:  # fmt: skip
    """HC-5.5.1, EN-7.4  The resident accepts the work and signs; `signature` is the digest of the drawn one."""
    row = step(order, "sign", by)
    _drawn_here(order, signature)
    order.signed_at, order.signed_by = at, names.folded(name)[:60] or by.name or order.reporter
    _rated(order, rating, opinion)
    return taken(
        order, row, by, at, "signed_at", "signed_by", "rating", "opinion", signature=signature, name=order.signed_by,
        rating=order.rating,
    )  # fmt: skip


def sign_on_paper(order: Order, *, by: Actor, at: datetime, scan: Digest, name: Name, rating: Rating | None = None,
                  opinion: str = "") -> Steps:  # fmt: skip
    """HC-5.5.1, MR-49, OC-4.5  The resident signed the slip on paper: the picture of it (`scan`) and the name under it.

    Rating and opinion are the resident's own, as they stand on the paper whose picture is kept; the call afterwards, which may
    not be left out, asks about both.
    """
    row = step(order, "sign_on_paper", by)
    signed_on_paper(scan.strip(), names.folded(name), own_work=by.id in order.case.crew)
    photographed(order, [scan.strip()])
    order.signed_at, order.signed_by = at, names.folded(name)
    _rated(order, rating, opinion)
    return taken(
        order, row, by, at, "signed_at", "signed_by", "rating", "opinion", scan=scan.strip(), name=order.signed_by,
        rating=order.rating, opinion=order.opinion, follow_up="mandatory",
    )  # fmt: skip


def _drawn_here(order: Order, signature: str) -> None:
    if DIGEST.fullmatch(signature) and not order.case.attachments.filter(kind="signature", digest=signature).exists():
        raise Refused("HC-5.5.1", _("Please draw the signature for this order first."), status=422, field="signature")


def rate(order: Order, *, by: Actor, at: datetime, rating: Rating, opinion: str = "") -> Steps:
    """EN-D.14, OC-4.5  The resident's own rating, 1 to 5, and opinion in the resident's own words."""
    row = step(order, "rate", by)
    _rated(order, rating, opinion)
    return taken(order, row, by, at, "rating", "opinion", rating=rating, opinion=order.opinion)


def _rated(order: Order, rating: int | None, opinion: str) -> None:
    order.rating = rating if rating is not None else order.rating
    order.opinion = names.folded(opinion) or order.opinion


def object(order: Order, *, by: Actor, at: datetime, reason: str) -> Steps:  # noqa: A001  # the verb of the table
    """HC-5.3.7  The resident is not content: nothing closes until it is put right and signed again."""
    row = step(order, "object", by)
    order.signed_at, order.signed_by, order.attested = None, "", ""
    tell = tell_worker(order, _("{number} at {unit}: the resident is not content ({reason}). Please put it right."),
                       reason=reason)  # fmt: skip
    return taken(order, row, by, at, "signed_at", "signed_by", "attested", tell=tell, reason=reason)


def rework(order: Order, *, by: Actor, at: datetime, done: str) -> Steps:
    """HC-5.3.7  Put right; the resident confirms and signs again."""
    return taken(order, step(order, "rework", by), by, at, done=done)


def attest(order: Order, *, by: Actor, at: datetime, reason: str) -> Steps:
    """EN-D.14  The foreman confirms for a resident who cannot sign; never rating or opinion. It will be called back."""
    row = step(order, "attest", by)
    rules.may_attest(order.policy, reason, own_work=order.worker_id == by.id)
    order.attested, order.signed_at = reason.strip()[:300], at
    return taken(order, row, by, at, "attested", "signed_at", reason=order.attested, follow_up="mandatory")


def review(order: Order, *, by: Actor, at: datetime, remark: str = "") -> Steps:
    """EN-7.6, EN-D.15  The foreman checks the slip the worker signed and the resident signed and rated."""
    row = step(order, "review", by)
    rules.reviewed_by_another(own_work=order.worker_id == by.id)
    rules.rated_and_signed(order.rating is not None, bool(order.attested))
    rules.worker_signed(order.worker_signed_at)
    return taken(order, row, by, at, remark=remark)


def verify(order: Order, *, by: Actor, at: datetime, result: str) -> Steps:
    """HS-4.2.3  The desk followed up on the repair and writes down how it turned out, for the register."""
    row = step(order, "verify", by)
    rules.outcome_told(result)
    return taken(order, row, by, at, result=names.folded(result))


def sign_off(order: Order, *, by: Actor, at: datetime, result: str = "") -> Steps:
    """HS-4.2.3  The worker signs the repair register at the control centre, which verified the outcome."""
    row = step(order, "sign_off", by)
    rules.verified_before_sign_off(not order.policy.verified_first or _verified(order))
    order.worker_signed_at = order.worker_signed_at or at
    return taken(order, row, by, at, "worker_signed_at", result=result or order.summary)


def _verified(order: Order) -> bool:
    """Tell whether the desk verified the work as it is now: what was put right since is verified anew."""
    known = order.case.events.filter(verb__in=("finish", "rework", "verify"))
    return known.order_by("-pk").values_list("verb", flat=True).first() == "verify"


def archive(order: Order, *, by: Actor, at: datetime) -> Steps:
    """EN-D.20, EN-D.2  The slip is filed, with the last day it must be kept."""
    row = step(order, "archive", by)
    all_done(still_open(order), order.hazards)
    filed_on = order.values.calendar.local(at).date()
    order.keep_until = retention.keep_until(filed_on, order.due > 0, order.policy)
    return taken(order, row, by, at, "keep_until", filed_on=filed_on, keep_until=order.keep_until)


def destroy(order: Order, *, by: Actor, at: datetime) -> Steps:
    """EN-D.2  The slip goes with its pictures, not before its time; the timeline stays and says how many went."""
    row = step(order, "destroy", by)
    if order.keep_until is None:
        raise Refused("EN-D.2", _("This slip was never filed; it cannot be destroyed."))
    retention.kept_long_enough(order.keep_until, order.values.calendar.local(at).date())
    return taken(order, row, by, at, files=destroy_files(order.case))
