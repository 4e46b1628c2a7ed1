"""People: what is still in somebody's hands, and giving it to others at once."""

from dataclasses import asdict
from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import ConfigDict, Field

from menling.api.door import caller, received
from menling.doorway.doing import Asked, KeyMissing, NotThere
from menling.doorway.leaving import FIRST_FREE, hand_on, in_hands
from menling.journal.cases import SEES_WHOLE_OFFICE
from menling.kernel.actor import Actor
from menling.premises.models import Staff

router = Router(tags=["people"])


class HandOn(Schema):
    """Orders of a worker and who goes instead, a work number or ``first_free``; and why."""

    model_config = ConfigDict(strict=True, extra="forbid")
    orders: dict[str, str] = Field(max_length=200)
    reason: str = Field(max_length=300)


@router.get("/staff/{number}/holding", response=dict)
def holding(request: HttpRequest, number: str) -> dict[str, Any]:
    """What is still in the hands of somebody of your offices: orders, visits, cash, slip stubs, things passed on, shifts."""
    by = caller(request)
    return {"items": [asdict(each) for each in in_hands(_person(by, number))]}


@router.post("/staff/{number}/hand-on", response=dict)
def reassign(request: HttpRequest, number: str, body: HandOn) -> dict[str, Any]:
    """Give orders of a sick or leaving worker to others; each answers for itself, and sending it again changes nothing."""
    by, key = caller(request), request.headers.get("Idempotency-Key", "")
    worker = _person(by, number)
    if not key.strip():
        raise KeyMissing
    asked = Asked(by, key, received(), {})
    wanted = {order: to or FIRST_FREE for order, to in body.orders.items()}
    return {"items": [asdict(each) for each in hand_on(asked, worker, wanted, body.reason)]}


def _person(by: Actor, number: str) -> Staff:
    rows = Staff.objects.filter(company_id=by.company, number__iexact=number)
    found = rows.prefetch_related("posts").first() if by.kind == "staff" else None
    if found is None or not any(_reads(by, post.office_id) for post in found.posts.all()):
        raise NotThere(number)
    return found


def _reads(by: Actor, office: int | None) -> bool:
    return bool(by.roles_in(office or 0) & SEES_WHOLE_OFFICE)
