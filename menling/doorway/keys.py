"""Tokens and links: a text somebody holds, and the actor behind it."""

import hashlib
import secrets
from datetime import datetime, timedelta

from django.core.signing import BadSignature, Signer
from django.db.models import Q

from menling.journal.models import Case
from menling.kernel.actor import Actor
from menling.orders.models import Order
from menling.premises.actors import link_actor, resident_actor, token_actor
from menling.premises.models import Person, Staff, Token

PREFIX = "mlg_"
LINK = "mlr_"
LINK_DAYS = 60
SIGNER = Signer(salt="menling.resident-link", sep=".")


def digest(text: str) -> str:
    """Return what is kept of a token."""
    return hashlib.sha256(text.encode()).hexdigest()


def issue(now: datetime, *, staff: Staff | None = None, person: Person | None = None, name: str = "",
          text: str = "", lasts: timedelta | None = None) -> str:  # fmt: skip
    """Make a token for a member of staff or a resident and return its text, which is not kept; it ends after `lasts`."""
    made = text or PREFIX + secrets.token_urlsafe(32)
    known = {"staff": staff, "person": person, "name": name, "created_at": now, "expires_at": now + lasts if lasts else None}
    Token.objects.get_or_create(digest=digest(made), defaults=known)
    return made


def holder(text: str, now: datetime) -> Actor | None:
    """Return who holds a token or a link, or None for one that is unknown, expired or revoked."""
    if text.startswith(LINK):
        return _link_holder(text, now)
    kept = digest(text)
    return token_actor(kept, now) or _resident(kept, now)


def _resident(kept: str, now: datetime) -> Actor | None:
    in_force = Q(expires_at__isnull=True) | Q(expires_at__gt=now)
    row = Token.objects.filter(in_force, digest=kept, revoked_at__isnull=True).select_related("person").first()
    return resident_actor(row.person, row.case_id) if row is not None and row.person is not None else None


def link_text(case: Case) -> str:
    """Return the resident's link of a case: signed, for this case alone, good for 60 days from the report."""
    until = (case.reported_at + timedelta(days=LINK_DAYS)).date().toordinal()
    return LINK + SIGNER.sign(f"{case.pk}-{until}")


def _link_holder(text: str, now: datetime) -> Actor | None:
    try:
        case_id, until = (int(part) for part in SIGNER.unsign(text.removeprefix(LINK)).split("-"))
    except (BadSignature, ValueError):
        return None
    if now.date().toordinal() > until:
        return None
    order = Order.objects.select_related("case").filter(pk=case_id).first()
    return link_actor(case_id, order.case.office_id, order.reporter) if order else None
