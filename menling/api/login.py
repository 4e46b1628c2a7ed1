"""Coming in with a phone: work number with password or PIN for a token, and giving the token back."""

from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth import authenticate
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_noop as _
from ninja import Router, Schema, Status
from pydantic import ConfigDict, Field

from menling.api import problems
from menling.api.door import received
from menling.doorway.keys import digest, issue
from menling.kernel.words import Message
from menling.premises import names
from menling.premises.models import Staff, Token

router = Router(tags=["login"])
WRONG = Message(_("The work number or the password is not right. Please try again."))
LOCKED = Message(_("Too many tries. Please wait a quarter of an hour, or ask your foreman."))


class Entry(Schema):
    """A work number with a password, or with a PIN."""

    model_config = ConfigDict(extra="forbid")
    number: str = Field(max_length=20)
    password: str = Field("", max_length=200)
    pin: str = Field("", max_length=20)
    device: str = Field("", max_length=60)


BY_PASSWORD, BY_PIN = timedelta(days=30), timedelta(hours=12)
"""How long a phone stays logged in: a short PIN opens one shift only."""


@router.post("/login", auth=None, response=dict)
def login(request: HttpRequest, entry: Entry) -> dict[str, Any] | HttpResponse:
    """A token for a member of staff; one by PIN opens the doorstep only (MR-22). Wrong figures: 401; too many: 429."""
    person = _known(request, entry)
    if getattr(request, "axes_locked_out", False):
        request.axes_locked_out = False  # type: ignore[attr-defined]  # the problem says it; no page is put in its place
        return problems.problem(429, LOCKED)
    if not isinstance(person, Staff):
        return problems.problem(401, WRONG)
    # a password somebody else made opens what a PIN opens, until the own one is chosen (MR-43)
    return _welcome(person, entry.device, received(), by_pin=not entry.password or person.password_given)


def _known(request: HttpRequest, entry: Entry) -> object:
    number = names.folded(entry.number)
    if entry.pin and not entry.password:
        company = Staff.objects.filter(number__iexact=number).values_list("company_id", flat=True).first()
        return authenticate(request, number=number, pin=entry.pin, company=company or 0)
    return authenticate(request, number=number, password=entry.password)


def _welcome(person: Staff, device: str, now: datetime, *, by_pin: bool) -> dict[str, Any]:
    lasts = BY_PIN if by_pin else BY_PASSWORD
    token = issue(now, staff=person, name=device or "doorstep", lasts=lasts, doorstep=by_pin)
    return {"token": token, "name": person.name, "number": person.number, "language": person.language}


@router.post("/logout", response={204: None})
def logout(request: HttpRequest) -> Status[None]:
    """Give the token back: nobody can act with it any more."""
    text = request.headers.get("Authorization", "").removeprefix("Bearer").strip()
    Token.objects.filter(digest=digest(text), revoked_at__isnull=True).update(revoked_at=received())
    return Status(204, None)
