"""The page of a housekeeping order: its items to accept one by one, and the rounds of acceptance so far (HA-4.2)."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext

from menling.doorway.language import clock_time
from menling.kernel.words import _
from menling.orders.housekeeping.items import failed_last, items_of, looked_at, told_apart
from menling.orders.models import Housekeeping, Order
from menling.portal.holding import Held

FAILED, PASSED = "failed", "passed"
PART, REMARK = "item-", "remark-"
"""The fields of a form are named by the words of a part: the list may have become another one since the page was opened."""
STEPS = {
    "accept_site": _("Accepted by the housekeeper"), "accept_supervisor": _("Accepted by the team leader"),
    "accept_office": _("Accepted by the office supervisor"), "object": _("Not in order"), "sign": _("Accepted by you"),
    "attest": _("Confirmed for you"),
}  # fmt: skip


def cleaned(order: Order, typed: Mapping[str, str], now: datetime) -> dict[str, Any]:
    """Return what the page of a housekeeping order shows beside the rest; nothing for a repair."""
    if not isinstance(order, Housekeeping):
        return {}
    best = order.policy.best_score
    return {
        "items": _rows(order, typed), "rounds": [_round(each, now) for each in order.acceptances],
        "scores": [] if best == 5 else [(score, str(score)) for score in range(best, 0, -1)],
    }  # fmt: skip


def _rows(order: Housekeeping, typed: Mapping[str, str]) -> list[dict[str, Any]]:
    """The items with what was said about them last: in the form that came back, or at the failure before."""
    last = failed_last(order)
    parts = items_of(order)
    before = {told_apart(each, parts)[0] for each in (last["items"] if last else ())}
    said = _said(typed) or dict.fromkeys(parts, PASSED)  # of a form that came back, what was added since is still open
    return [
        {"text": text, "again": text in before, "remark": typed.get(f"{REMARK}{text}", ""), "said": said.get(text, "")}
        for text in parts
    ]  # fmt: skip


def _round(noted: Mapping[str, Any], now: datetime) -> dict[str, Any]:
    at = parse_datetime(noted["at"])
    return {
        "count": noted["round"], "title": gettext(STEPS[noted["step"]]), "at": clock_time(at, now) if at else "",
        "items": noted.get("items", []), "failed": noted["step"] == "object",
    }  # fmt: skip


def verb_of(verb: str, form: Mapping[str, str]) -> str:
    """Return the step a form means: looking at the items ends in a signature, or, where one failed, in doing them again."""
    if verb != "accept":
        return verb
    return "object" if FAILED in (value for name, value in form.items() if name.startswith(PART)) else "sign"


def _said(form: Mapping[str, str]) -> dict[str, str]:
    return {name.removeprefix(PART): value for name, value in form.items() if name.startswith(PART)}


def items_in_order(form: Mapping[str, str]) -> list[str]:
    """Return the parts a form finds in order; the step itself looks whether they are all there are (HA-4.2.1)."""
    return [part for part, said in _said(form).items() if said == PASSED]


def failed_items(form: Mapping[str, str], held: Held) -> list[str]:
    """Return the items that failed, each with its remark, as the rework reads them (HA-4.2.2).

    Errors: `Refused` where the form speaks of a part that is none of the order's.
    """
    said = _said(form)
    looked_at(held.order, said)
    return [_with_remark(text, form.get(f"{REMARK}{text}", "").strip())[:100] for text in said if said[text] == FAILED]


def _with_remark(text: str, remark: str) -> str:
    return f"{text}：{remark}" if remark else text
