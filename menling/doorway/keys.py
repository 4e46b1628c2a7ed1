"""Tokens and links: a text somebody holds, and the actor behind it."""

import hashlib
import secrets
from collections.abc import Callable, MutableMapping
from datetime import date, datetime, timedelta
from typing import Any

from django.core.signing import BadSignature, Signer
from django.db.models import Q

from menling.journal.models import Case
from menling.kernel.actor import Actor
from menling.orders.addresses import hands_over
from menling.premises.actors import link_actor, resident_actor, token_actor
from menling.premises.models import Person, Staff, Token

PREFIX = "mlg_"
LINK = "mlr_"
LINK_DAYS = 60
SIGNER = Signer(salt="menling.resident-link", sep=".")
LENT = "lent"
"""Session key: the digests of the tokens that were got by this session and end with it."""


def digest(text: str) -> str:
    """Return what is kept of a token."""
    return hashlib.sha256(text.encode()).hexdigest()


def issue(now: datetime, *, staff: Staff | None = None, person: Person | None = None, name: str = "",
          text: str = "", lasts: timedelta | None = None, doorstep: bool = False) -> str:  # fmt: skip
    """Make a token for a member of staff or a resident and return its text, which is not kept; it ends after `lasts`.

    One for the `doorstep` lets its holder do what a worker does at a home, and nothing else (MR-22).
    """
    made = text or PREFIX + secrets.token_urlsafe(32)
    known = {"staff": staff, "person": person, "name": name, "created_at": now, "expires_at": now + lasts if lasts else None,
             "doorstep": doorstep}  # fmt: skip
    Token.objects.get_or_create(digest=digest(made), defaults=known)
    return made


def lend(session: MutableMapping[str, Any], now: datetime, *, staff: Staff, name: str, lasts: timedelta) -> str:
    """MR-22  Return a token of the doorstep for who came in by a session; it ends with the session or after `lasts`."""
    made = issue(now, staff=staff, name=name, lasts=lasts, doorstep=True)
    session[LENT] = [*session.get(LENT, []), digest(made)]
    return made


def take_back(session: MutableMapping[str, Any], now: datetime) -> None:
    """MR-22  End the tokens a session lent: to be asked before the session is closed, or becomes somebody else's."""
    Token.objects.filter(digest__in=session.pop(LENT, []), revoked_at__isnull=True).update(revoked_at=now)


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
    """Return the resident's link of a case: signed, for this case alone, good for 60 days.

    They count from the report of an order; an agreement lasts longer, and a coordination order is signed at its end.
    """
    until = (_begun(case) + timedelta(days=LINK_DAYS)).toordinal()
    return LINK + SIGNER.sign(f"{case.pk}-{until}")


def _begun(case: Case) -> date:
    if case.kind == "agreement":
        last: date = case.agreement.until
        return max(case.last_at.date(), last)
    return (case.last_at if case.kind in ("errand", "coordination") else case.reported_at).date()


def _link_holder(text: str, now: datetime) -> Actor | None:
    try:
        case_id, until = (int(part) for part in SIGNER.unsign(text.removeprefix(LINK)).split("-"))
    except (BadSignature, ValueError):
        return None
    if now.date().toordinal() > until:
        return None
    case = Case.objects.filter(pk=case_id, kind__in=HELD_BY).first()
    return link_actor(case_id, case.office_id, HELD_BY[case.kind](case)) if case else None


def linked(case: Case, by: Actor) -> dict[str, str]:
    """Return the link of a case as `resident_link`, for who prints the slip or hands over the screen; nothing for others."""
    return {"resident_link": f"/r/{link_text(case)}"} if case.kind in HELD_BY and hands_over(case, by) else {}


def _reporter(case: Case) -> str:
    return str(case.order.reporter)


def _reporter_before(case: Case) -> str:
    """Of a coordination order: who reported what is tracked."""
    return _reporter(case.parent) if case.parent is not None else ""


HELD_BY: dict[str, Callable[[Case], str]] = {
    "repair": _reporter, "housekeeping": _reporter, "alarm": _reporter, "coordination": _reporter_before,
    "agreement": lambda case: case.agreement.customer, "errand": lambda case: case.errand.customer,
}  # fmt: skip
"""The kinds that have a page for their resident, and how to tell the name of whom its link is given to."""
