"""The API's front: who calls, at what time, and what goes wrong on the way."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Any

from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError
from ninja.errors import ValidationError as NinjaValidationError
from ninja.security import HttpBearer

from menling.api import problems
from menling.doorway.doing import Asked, KeyMissing, NotThere
from menling.doorway.keys import holder
from menling.journal.facts import Malformed
from menling.kernel.actor import Actor
from menling.kernel.refusal import Refused
from menling.premises.clock import now
from menling.procedures.doorstep import opened_by_pin

LARGEST_BODY = 2 * 1024 * 1024
DOORSTEP = frozenset({
    "me", "my", "logout", "orders", "charges", "handovers", "batches", "errands", "referrals", "refused-steps", "price-list",
    "files", "commission-queries",
})  # fmt: skip
"""What the token of a PIN reaches, by the first part of the address: visits, the money and papers a worker carries, and what
a worker asks about the own commission."""
DESKS_OWN = frozenset({"candidates"})
"""Below these, what only a desk needs."""


class TokenAuth(HttpBearer):
    """A token of a member of staff or a resident, or a resident's link."""

    def authenticate(self, request: HttpRequest, token: str) -> Actor | None:
        """Return who holds the token, or None. Errors: `Refused` MR-22 where a PIN's token does not reach."""
        actor = holder(token, now())
        if actor is not None and actor.doorstep:
            opened_by_pin(at_the_doorstep(request.path.split("/")[3:]))
        return actor


def at_the_doorstep(parts: Sequence[str]) -> bool:
    """Tell whether an address, cut into its parts below ``/api/v1/``, belongs to what a worker does at a home."""
    return parts[0] in DOORSTEP and not DESKS_OWN.intersection(parts)


ABOUT = (
    "A refusal is a problem+json with its clause and its reason: 422 where a field is missing or none of its form (no date, an"
    " unknown code, none of the choices), 403 where the caller may not, 409 where the status or a rule forbids a well-formed"
    " value; `errors` names the field under 409 as under 422."
)
api = NinjaAPI(title="Menling", version="1", description=ABOUT, auth=TokenAuth(), openapi_url="/openapi.json", docs_url=None,
               urls_namespace="api")  # fmt: skip


@api.exception_handler(AuthenticationError)
def _unauthorized(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
    answer = problems.problem(401, problems.UNAUTHORIZED)
    answer["WWW-Authenticate"] = "Bearer"
    return answer


@api.exception_handler(NotThere)
def _not_there(request: HttpRequest, error: NotThere) -> HttpResponse:
    return problems.problem(404, problems.NOT_THERE)


@api.exception_handler(KeyMissing)
def _no_key(request: HttpRequest, error: KeyMissing) -> HttpResponse:
    return problems.problem(400, problems.NO_KEY)


@api.exception_handler(Malformed)
def _malformed(request: HttpRequest, error: Malformed) -> HttpResponse:
    return problems.malformed(error.errors, error.clause)


@api.exception_handler(NinjaValidationError)
def _unreadable(request: HttpRequest, error: NinjaValidationError) -> HttpResponse:
    return problems.malformed(
        [{"path": _as_sent(each["loc"]), "message": each["msg"], "type": each["type"]} for each in error.errors]
    )


def _as_sent(where: Sequence[int | str]) -> str:
    """Return the path of a field as its sender wrote it: below a body stands our own name for the whole of it."""
    return ".".join(str(part) for part in where[2 if where[0] == "body" else 1 :]) or "body"


@api.exception_handler(MultiPartParserError)
@api.exception_handler(SuspiciousOperation)
@api.exception_handler(UnicodeDecodeError)
def _garbled(request: HttpRequest, error: Exception) -> HttpResponse:
    return problems.malformed([{"path": "body", "message": "cannot be read", "type": "garbled"}])


@api.exception_handler(Refused)
def _refused(request: HttpRequest, error: Refused) -> HttpResponse:
    return problems.refused(request, error)


@api.exception_handler(HttpError)
def _http(request: HttpRequest, error: HttpError) -> HttpResponse:
    """Answer what the parser of bodies raises: its 400 is a body that is no JSON."""
    if error.status_code == 400:
        return problems.malformed([{"path": "body", "message": "not JSON", "type": "json_invalid"}])
    return problems.problem(error.status_code, problems.NOT_THERE)


def caller(request: HttpRequest) -> Actor:
    """Return who calls."""
    actor: Actor = request.auth  # type: ignore[attr-defined]
    return actor


def received() -> datetime:
    """Return the office's now."""
    return now()


def asked(request: HttpRequest) -> Asked:
    """Return a step as it came: caller, key, time of receipt, body. Errors: `Malformed` for a body that is no object."""
    return Asked(caller(request), request.headers.get("Idempotency-Key", ""), received(), partial(body_of, request), exact=True)


def body_of(request: HttpRequest) -> Mapping[str, Any]:
    """Return the JSON object of a request; an empty body is an empty object. Errors: `Malformed`."""
    raw = request.body
    if not raw.strip():
        return {}
    if len(raw) > LARGEST_BODY:
        raise Malformed([{"path": "body", "message": "larger than 2 MB", "type": "too_long"}])
    try:
        body = json.loads(raw)
        # nested deeper than we can follow is no body of ours either, wherever it is found out
        return _object(body, "") if isinstance(body, dict) else _no_object()
    except (ValueError, RecursionError) as error:
        raise Malformed([{"path": "body", "message": "not JSON", "type": "json_invalid"}]) from error


def _no_object() -> Mapping[str, Any]:
    raise Malformed([{"path": "body", "message": "must be an object", "type": "dict_type"}])


def _object(body: Mapping[str, Any], path: str) -> dict[str, Any]:
    return {_whole(name, path[:-1] or "body"): _clean(value, f"{path}{name}") for name, value in body.items()}


def _clean(value: Any, path: str) -> Any:
    if isinstance(value, str):
        return _whole(value, path)
    if isinstance(value, list):
        return [_clean(each, f"{path}.{n}") for n, each in enumerate(value)]
    return _object(value, f"{path}.") if isinstance(value, dict) else value


def _whole(text: str, path: str) -> str:
    """Return a text without NUL. Errors: `Malformed` for half of a character, which nothing can write down."""
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise Malformed([{"path": path, "message": "holds half of a character", "type": "string_unicode"}]) from error
    return text.replace("\x00", "")
