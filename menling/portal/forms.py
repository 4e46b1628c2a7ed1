"""What a resident may send: one reader per verb, from the fields of a form to the facts of the step."""

import base64
import binascii
from collections.abc import Callable, Mapping
from typing import Any

from menling.journal.facts import Malformed
from menling.journal.files import keep_image
from menling.portal.cleaning import failed_items, items_in_order
from menling.portal.holding import Held

Facts = dict[str, Any]
PLAIN_SIGNED = frozenset({"agreement", "errand", "coordination"})
DRAWN = "data:image/png;base64,"


def facts_of(verb: str, form: Mapping[str, str], held: Held) -> Facts:
    """Return the facts of a step out of a form. Errors: `Malformed` for an empty field, `Refused` for a bad drawing."""
    return READERS[verb](form, held)


def _consent(form: Mapping[str, str], held: Held) -> Facts:
    return {"amount": form.get("amount", "")}


def _sign(form: Mapping[str, str], held: Held) -> Facts:
    if held.case.kind in PLAIN_SIGNED:
        return _signed_name(form, held)
    facts = _rate(form, held) | {"name": form.get("name", "").strip()}
    if held.case.kind == "housekeeping":
        facts["parts"] = items_in_order(form)
    return facts | _drawn(form, held)


def _signed_name(form: Mapping[str, str], held: Held) -> Facts:
    """An agreement, an errand or a result is signed without stars, and never with an empty hand."""
    name = form.get("name", "").strip() if form.get("drawn") else _written(form, "name")
    checked = {"checked": form.get("checked") == "yes"} if held.case.kind == "errand" else {}
    if checked.get("checked") is False:
        raise Malformed([{"path": "checked", "message": "missing", "type": "missing"}])
    return {"name": name} | checked | _drawn(form, held)


def _drawn(form: Mapping[str, str], held: Held) -> Facts:
    return {"signature": _kept(form["drawn"], held)} if form.get("drawn") else {}


def _rate(form: Mapping[str, str], held: Held) -> Facts:
    return {"rating": form.get("rating", ""), "opinion": form.get("opinion", "")}


def _object(form: Mapping[str, str], held: Held) -> Facts:
    """HC-5.3.7 a reason; HA-4.2.2 after cleaning the items that failed, and a reason for whoever wants to give one."""
    if held.case.kind == "housekeeping":
        return {"items": failed_items(form, held), "reason": form.get("opinion", "").strip()}
    return {"reason": _written(form, "reason")}


def _cancel(form: Mapping[str, str], held: Held) -> Facts:
    return {"reason": _written(form, "reason")}


def _refuse(form: Mapping[str, str], held: Held) -> Facts:
    return {"reason": form.get("reason", "").strip()}


def _skip(form: Mapping[str, str], held: Held) -> Facts:
    return {"day": form.get("day", ""), "reason": _written(form, "reason")}


def _query(form: Mapping[str, str], held: Held) -> Facts:
    return {"question": _written(form, "question")}


def _written(form: Mapping[str, str], name: str) -> str:
    text = form.get(name, "").strip()
    if not text:
        raise Malformed([{"path": name, "message": "missing", "type": "missing"}])
    return text


def _kept(drawn: str, held: Held) -> str:
    try:
        data = base64.b64decode(drawn.removeprefix(DRAWN), validate=True)
    except (binascii.Error, ValueError) as error:
        raise Malformed([{"path": "drawn", "message": "not a picture", "type": "value_error"}]) from error
    return keep_image(held.case, data, "signature", by=held.by, at=held.now).digest


READERS: dict[str, Callable[[Mapping[str, str], Held], Facts]] = {
    "consent": _consent, "refuse_price": _refuse, "sign": _sign, "rate": _rate, "object": _object, "cancel": _cancel,
    "query_fee": _query, "skip": _skip,
}  # fmt: skip
"""The verbs of the page. What is not here cannot be asked for through a link's page."""
