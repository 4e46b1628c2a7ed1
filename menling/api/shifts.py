"""The own shifts on a worker's phone, and exchanges asked for, answered and withdrawn."""

from contextlib import suppress
from typing import Any

from django.http import HttpRequest
from django.utils.timezone import localtime
from ninja import Router, Schema
from pydantic import ConfigDict, Field

from menling.api.door import caller, received
from menling.doorway import rostering
from menling.doorway.doing import NotThere
from menling.kernel.actor import Actor
from menling.premises.administration import swapping
from menling.premises.administration.books import Pen, WrittenBefore
from menling.premises.models import Office, Shift, Swap

router = Router(tags=["mine"])
MOST = 200


@router.get("/my/shifts", response=dict)
def my_shifts(request: HttpRequest) -> dict[str, Any]:
    """The own shifts of the coming month, those of colleagues that may be asked for, and the exchanges that wait."""
    by, now = _staff(request), received()
    shown: dict[str, list[Any]] = {"shifts": [], "offered": [], "swaps": []}
    for office in Office.objects.filter(pk__in=by.offices):
        shown["shifts"] += map(_shift, swapping.coming(office, now).filter(staff=by.id)[:MOST])
        shown["offered"] += map(_shift, swapping.offered(office, by.id, now)[:MOST])
        shown["swaps"] += [_swap(each, by) for each in swapping.of_person(office, by.id, now)[:MOST]]
    return shown


def _shift(shift: Shift) -> dict[str, Any]:
    return {"id": shift.pk, "name": shift.staff.name, "begins": localtime(shift.starts_at).isoformat(),
            "ends": localtime(shift.ends_at).isoformat()}  # fmt: skip


def _swap(swap: Swap, by: Actor) -> dict[str, Any]:
    mine = swap.asker_id == by.id
    verbs = ["withdraw"] if mine else ["agree", "decline"] if swap.state == Swap.State.ASKED else []
    return {"id": swap.pk, "state": swap.state, "mine": mine, "title": str(Swap.State(swap.state).label), "verbs": verbs,
            "reason": swap.reason, "one": _shift(swap.one), "other": _shift(swap.other)}  # fmt: skip


class Asking(Schema):
    """The own shift, the colleague's, and why."""

    model_config = ConfigDict(strict=True, extra="forbid")
    one: int
    other: int
    reason: str = Field("", max_length=100)


@router.post("/my/swaps", response=dict)
def ask(request: HttpRequest, asking: Asking) -> dict[str, Any]:
    """Ask a colleague for an exchange; sent again under the same key it is asked once."""
    by, now = _staff(request), received()
    one = Shift.objects.filter(pk=asking.one, staff=by.id, office__in=by.offices).select_related("office", "staff").first()
    other = swapping.offered(one.office, by.id, now).filter(pk=asking.other).first() if one else None
    if one is None or other is None:
        raise NotThere(str(asking.one))
    with suppress(WrittenBefore):
        rostering.ask(one.office, _pen(request, by), one, other, asking.reason)
    return my_shifts(request)


@router.post("/my/swaps/{key}/{verb}", response=dict)
def answer(request: HttpRequest, key: int, verb: str) -> dict[str, Any]:
    """Agree to an exchange asked of me, decline it, or withdraw my own."""
    by = _staff(request)
    swap = Swap.objects.filter(pk=key, office__in=by.offices).first() if key < 2**63 else None
    if swap is None or by.id not in (swap.asker_id, swap.colleague_id) or verb not in rostering.ANSWERS:
        raise NotThere(verb)
    with suppress(WrittenBefore):
        rostering.ANSWERS[verb](swap, _pen(request, by))
    return my_shifts(request)


def _pen(request: HttpRequest, by: Actor) -> Pen:
    return Pen(by, received(), request.headers.get("Idempotency-Key", ""))


def _staff(request: HttpRequest) -> Actor:
    by = caller(request)
    if by.kind != "staff":
        raise NotThere
    return by
