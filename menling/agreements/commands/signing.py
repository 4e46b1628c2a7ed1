"""Signing: the manager for the office, then the resident, on the own link or on paper."""

from datetime import datetime
from typing import Annotated

from pydantic import Field

from menling.agreements.commands.drafting import Name
from menling.agreements.commands.steps import DESKS, Steps, step, taken, tell_both, tell_roles
from menling.agreements.models import Agreement
from menling.kernel.actor import Actor
from menling.kernel.procedure import Step
from menling.kernel.refusal import Refused
from menling.kernel.words import _
from menling.premises import names
from menling.procedures import agreement_rules as rules

Digest = Annotated[str, Field(max_length=64)]
SIGNED = ("signed_at", "signed_by", "signature", "scan")
IN_FORCE = _("{number}: the home service agreement for {unit} is signed by both sides. First day {begin}.")


def sign_office(agreement: Agreement, *, by: Actor, at: datetime) -> Steps:
    """HC-4.2, HC-5.1.5  The manager signs for the office; the resident is asked next."""
    row = step(agreement, "sign_office", by)
    agreement.manager_id, agreement.manager_signed_at = by.id, at
    tell = tell_roles(agreement, _("{number} at {unit}: the manager has signed. Please let the resident sign."), *DESKS)
    return taken(agreement, row, by, at, "manager", "manager_signed_at", tell=tell, name=by.name)


def sign(agreement: Agreement, *, by: Actor, at: datetime, signature: Digest = "", name: Name = "") -> Steps:
    """HC-5.1.5  The resident signs; `signature` is the digest of the drawn one. From now on there is service (HC-5.1.1.2)."""
    row = step(agreement, "sign", by)
    _kept(agreement, "signature", signature, "signature")
    return _signed(agreement, row, by, at, name or by.name or agreement.customer, signature=signature)


def sign_on_paper(agreement: Agreement, *, by: Actor, at: datetime, scan: Digest, name: Name) -> Steps:
    """HC-5.1.5  The resident signed on paper: the picture of that sheet (`scan`) and the name under it are put on file."""
    row = step(agreement, "sign_on_paper", by)
    rules.paper_on_file(scan.strip(), names.folded(name))
    _kept(agreement, "photo", scan, "scan")
    return _signed(agreement, row, by, at, name, scan=scan)


def _signed(agreement: Agreement, row: Step, by: Actor, at: datetime, name: str, signature: str = "", scan: str = "") -> Steps:
    rules.sound(agreement.pattern, agreement.values.calendar.local(at).date())
    agreement.signed_at, agreement.signed_by = at, names.folded(name)[:60]
    agreement.signature, agreement.scan = signature, scan
    tell = tell_both(agreement, IN_FORCE, begin=agreement.begin.isoformat())
    return taken(agreement, row, by, at, *SIGNED, tell=tell, name=agreement.signed_by, signature=signature, scan=scan,
                 follow_up="mandatory")  # fmt: skip


def _kept(agreement: Agreement, kind: str, digest: str, field: str) -> None:
    """Refuse the name of a picture that was not brought for this agreement."""
    if digest and not agreement.case.attachments.filter(kind=kind, digest=digest).exists():
        raise Refused("HC-5.1.5", _("Please bring the picture for this agreement first."), status=422, field=field)
