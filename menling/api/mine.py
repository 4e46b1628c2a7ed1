"""What a worker's phone asks for: the own day, the background of a visit, messages read."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import ConfigDict, Field

from menling.api.door import caller, received
from menling.doorway.background import background
from menling.doorway.commission import my_commission
from menling.doorway.doing import ORDERS, NotThere, find
from menling.doorway.messages import mark_seen
from menling.doorway.month import my_month as own_month
from menling.doorway.workday import workday
from menling.kernel.actor import Actor
from menling.premises.models import Office

router = Router(tags=["mine"])


@router.get("/my/month", response=dict)
def my_month(request: HttpRequest, month: str = "") -> Mapping[str, Any]:
    """The own jobs, minutes at homes and amounts collected in a month (2026-11; this one when absent), per day."""
    return own_month(_staff(request), month, received())


@router.get("/my/commission", response=dict)
def commission(request: HttpRequest, month: str = "") -> Mapping[str, Any]:
    """The own commission of a month (2026-11; this one when absent), line by line, with questions and answers."""
    return my_commission(_staff(request), month, received())


class Read(Schema):
    """The ids of messages that were read."""

    model_config = ConfigDict(strict=True, extra="forbid")
    ids: list[int] = Field(max_length=200)


@router.get("/my/day", response=dict)
def my_day(request: HttpRequest) -> dict[str, Any]:
    """The own orders, cash and messages of a member of staff."""
    return workday(_staff(request), received())


@router.post("/my/messages/seen", response=dict)
def seen(request: HttpRequest, read: Read) -> dict[str, Any]:
    """Note that messages were read; those of others stay as they are."""
    by = _staff(request)
    return {"seen": sum(mark_seen(by, office, read.ids, received()) for office in Office.objects.filter(pk__in=by.offices))}


@router.get("/orders/{number}/background", response=dict)
def before_the_visit(request: HttpRequest, number: str) -> dict[str, Any]:
    """The home, the resident's link with its QR code, and what this person may collect."""
    by = _staff(request)
    site = request.build_absolute_uri("/").rstrip("/")
    return background(find(by, number, ORDERS), by, received(), site)


def _staff(request: HttpRequest) -> Actor:
    by = caller(request)
    if by.kind != "staff":
        raise NotThere
    return by
