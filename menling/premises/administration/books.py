"""Who may write in the books of an office, and the trace every entry leaves (MR-12)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from menling.kernel.actor import ALL_OFFICES, Actor
from menling.kernel.points import rule
from menling.kernel.refusal import Refused
from menling.kernel.roles import Role
from menling.kernel.words import _
from menling.premises.models import Change, Office

ADMINISTRATORS = frozenset({Role.ADMINISTRATOR})
KEEPERS = ADMINISTRATORS | {Role.OFFICE_MANAGER}
WHAT = {
    "hire": _("taken on"), "leave": _("left"), "post": _("given a post"), "end_post": _("post ended"),
    "skills": _("skills changed"), "password": _("password reset"), "pin": _("PIN reset"), "token": _("token issued"),
    "own_password": _("own password chosen"), "open": _("office opened"),
    "revoke": _("token revoked"), "shift": _("shift added"), "no_shift": _("shift deleted"), "unit": _("home changed"),
    "move_in": _("person added to a home"), "move_out": _("person left a home"), "office": _("office changed"),
    "swap": _("shifts exchanged"), "ask_swap": _("exchange asked for"), "answer_swap": _("exchange answered"),
    "cover": _("holiday covered"), "on_call": _("on-call list changed"),
    "figure": _("figure decided"), "day": _("calendar day changed"), "year": _("year of the calendar loaded"),
    "prices": _("price list published"), "number": _("register number carried over"), "person": _("person changed"),
    "channel": _("channel set up"), "end_channel": _("channel ended"), "try_channel": _("channel tried"),
    "change_channel": _("channel changed"),
    "resend": _("messages sent again"),
}  # fmt: skip
"""The entries there are, in words."""


class WrittenBefore(Exception):
    """The same form was sent twice: the entry stands since the first time."""


@dataclass(frozen=True)
class Pen:
    """Who writes, when, and under which key: the same key writes once."""

    by: Actor
    at: datetime
    key: str


@rule("MR-12")
def may_keep(roles: frozenset[Role], keepers: frozenset[Role]) -> None:
    """The books of an office are kept by those named for them."""
    if not roles & keepers:
        raise Refused("MR-12", _("The books of this office are kept by others. Please ask the administrator."), status=403)


def keeps(by: Actor, office: Office | None, keepers: frozenset[Role] = KEEPERS) -> None:
    """Refuse (403) whoever does not keep the books of an office, or, without an office, of the whole company."""
    may_keep(by.roles_in(office.pk if office else ALL_OFFICES), keepers)


def enter(
    pen: Pen, office: Office | None, what: str, subject: str, before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
) -> Change:  # fmt: skip
    """Write the trace of an entry, first thing in its transaction. Errors: `WrittenBefore`; `Refused` 400 without a key."""
    if not 0 < len(pen.key) <= 100:
        raise Refused("MR-7", _("Send a key of 1 to {most} plain characters with every step."), status=400, most=100)
    try:
        with transaction.atomic():
            return Change.objects.create(
                office=office, who_id=pen.by.id, key=pen.key, what=what, subject=subject[:60], at=pen.at,
                before=dict(before or {}), after=dict(after or {}),
            )  # fmt: skip
    except IntegrityError as error:
        raise WrittenBefore(pen.key) from error


def other_entry() -> Refused:
    """Return the refusal (422) of a key that was used for another entry (MR-7)."""
    return Refused(
        "MR-7", _("This key was already used for something else. Send the new step with a key of its own."), status=422,
        field="Idempotency-Key",
    )  # fmt: skip


def wrong(sentence: str, field: str, **values: object) -> Refused:
    """Return the refusal (422) of something that is missing or cannot be read."""
    return Refused("MR-8", sentence, status=422, field=field, **values)


def not_so(sentence: str, field: str, **values: object) -> Refused:
    """Return the refusal (409) of something that can be read and cannot be: taken, over, too long, of the wrong person."""
    return Refused("MR-8", sentence, status=409, field=field, **values)
