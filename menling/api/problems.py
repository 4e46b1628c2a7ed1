"""Errors as RFC 9457 problems: status, clause, why in English and in Chinese, and the fields that are wrong."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, JsonResponse
from django.utils.translation import get_language
from django.utils.translation import gettext_noop as _

from menling.doorway.language import CHINESE, ENGLISH, said
from menling.doorway.unreadable import named, unreadable
from menling.kernel.refusal import Refused
from menling.kernel.words import Message

TITLES = {400: "Bad request", 401: "Unauthorized", 403: "Forbidden", 404: "Not found", 405: "Method not allowed", 409: "Conflict",
          413: "Too large", 422: "Unprocessable content", 429: "Too many requests", 500: "Our fault"}  # fmt: skip
UNAUTHORIZED = Message(_("Please send a valid token."))
NOT_THERE = Message(_("There is nothing here under this name, or it is not yours to see."))
NO_KEY = Message(_("Please send an Idempotency-Key header of plain ASCII characters, so that the step can be repeated safely."))
NOT_ALLOWED = Message(_("This address is not asked in this way. It takes {allowed}."))
BROKEN = Message(_("Something went wrong on our side and nothing was done. Please send it again with the same Idempotency-Key."))
MISSING = Message(_("This is still missing: {fields}. Please add it."))
MALFORMED = Message(_("Some fields cannot be read. Please correct them: {fields}."))


def problem(status: int, why: Message, *, clause: str = "", errors: list[dict[str, str]] | None = None) -> HttpResponse:
    """Return a problem as a response."""
    body: dict[str, Any] = {
        "type": "about:blank",
        "title": TITLES.get(status, "Error"),
        "status": status,
        "detail": said(why, ENGLISH),
        "clause": clause or None,
        "why": said(why, ENGLISH),
        "why_zh": said(why, CHINESE),
        "errors": errors or [],
    }
    return JsonResponse(body, status=status, content_type="application/problem+json")


def refused(request: HttpRequest, refusal: Refused) -> HttpResponse:
    """Return a refusal: which clause, why, and what to do next."""
    fields = (refusal.field, *refusal.others) if refusal.field else ()
    errors = [{"path": each, "message": said(refusal.why)} for each in fields]
    return problem(refusal.status, refusal.why, clause=refusal.clause, errors=errors)


def malformed(errors: list[dict[str, str]], clause: str = "") -> HttpResponse:
    """Return bad input with the path of every field; where facts are missing that a step asks for, with its clause."""
    fields = tuple(named(path) for path in dict.fromkeys(each["path"] for each in errors))
    why = MISSING if clause else MALFORMED
    told = [each | {"message": _of_field(each)} for each in errors]
    return problem(422, Message(why.sentence, {"fields": fields}), clause=clause, errors=told)


def _of_field(error: dict[str, str]) -> str:
    """Return what is wrong with a field in the language asked for: in English as the reader of the body says it."""
    words = said(error["message"])
    english = (get_language() or "").startswith(ENGLISH)
    return words if english or words != error["message"] else unreadable(error)


def not_allowed(answer: HttpResponseNotAllowed) -> HttpResponse:
    """Return what an address takes instead, in the words of a problem and in its Allow header."""
    told = problem(405, Message(NOT_ALLOWED.sentence, {"allowed": answer["Allow"]}))
    told["Allow"] = answer["Allow"]
    return told
