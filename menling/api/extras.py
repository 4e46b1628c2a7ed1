"""Beside the cases: who I am, who can be sent, the price list, photos and papers."""

from dataclasses import asdict
from decimal import Decimal
from typing import Any, Literal

from django.http import FileResponse, HttpRequest
from ninja import Query, Router, Status
from ninja.files import UploadedFile
from ninja.params.functions import File

from menling.api.door import caller, received
from menling.catalogue.asking import asked_in, quoted
from menling.catalogue.offers import is_cleaning
from menling.catalogue.quotes import Asked, list_in_force, total
from menling.doorway.bill import Bill, bill_of, explained
from menling.doorway.customer import hiding, without_numbers
from menling.doorway.doing import ORDERS, NotThere, find, office_of
from menling.doorway.showing import loaded
from menling.doorway.uploading import upload as keep
from menling.journal.cases import visible_to
from menling.journal.facts import Malformed
from menling.journal.files import path_of
from menling.journal.models import Attachment
from menling.kernel.actor import ALL_OFFICES
from menling.orders.candidates import candidates
from menling.policies.values import values_for
from menling.premises.models import Office
from menling.procedures.charging import ChargingPolicy

router = Router(tags=["more"])
Sort = Literal["photo", "signature"]
CARRIED = File(None)
PICTURE: dict[str, Any] = {
    "requestBody": {"required": True, "content": {"multipart/form-data": {"schema": {"required": ["photo"]}}}}
}


@router.get("/me", response=dict)
def me(request: HttpRequest) -> dict[str, Any]:
    """Who holds this token: name, number, and the roles in each office (`*` for the whole company)."""
    by = caller(request)
    codes = dict(Office.objects.filter(pk__in=by.roles).values_list("pk", "code")) | {ALL_OFFICES: "*"}
    return {
        "kind": by.kind, "name": by.name, "number": by.number, "now": received(),
        "roles": {codes[office]: sorted(role.value for role in roles) for office, roles in by.roles.items()},
    }  # fmt: skip


@router.get("/orders/{number}/candidates", response=dict)
def who_can_go(request: HttpRequest, number: str) -> dict[str, Any]:
    """Who can be sent to an order, the most fitting first."""
    by = caller(request)
    if by.kind != "staff":
        raise NotThere(number)
    return {"items": [asdict(each) for each in candidates(loaded(find(by, number, ("repair",))), received())]}


@router.get("/price-list", response=dict)
def prices(request: HttpRequest, office: str | None = None) -> dict[str, Any]:
    """The published price list of an office; `is_cleaning` marks the services of housekeeping."""
    published = list_in_force(office_of(caller(request), office), received())
    items = published.items.all() if published else []
    return {
        "name": published.name if published else None,
        "items": [{"code": item.code, "name": item.name, "name_en": item.name_en, "price": str(item.price), "per": item.per,
                   "is_material": item.is_material, "is_cleaning": is_cleaning(item)} for item in items],
    }  # fmt: skip


@router.get("/orders/{number}/bill", response=dict)
def bill(request: HttpRequest, number: str) -> dict[str, Any]:
    """Why an order costs what it costs: a sentence, a clause and an amount for each line, then the time and the consent."""
    by, now = caller(request), received()
    order = loaded(find(by, number, ORDERS))
    told = bill_of(order).as_json()
    return without_numbers(told, hiding(order.case.office, now)) if by.kind == "resident" else told


@router.get("/quote", response=dict)
def what_if(request: HttpRequest, item: Query[list[str]], office: str | None = None) -> dict[str, Any]:
    """What items of the price list would cost. Each `item` is `code`, `code*2` or `code*1:20` with the minutes it takes."""
    at, there = received(), office_of(caller(request), office)
    rows = quoted(there, at, [_asked(each) for each in item])
    unit = values_for(there, at).policy(ChargingPolicy).unit
    return Bill(explained(rows, unit), (), total([Decimal(row["amount"]) for row in rows])).as_json()


def _asked(text: str) -> Asked:
    try:
        return asked_in(text)
    except ValueError as error:
        raise Malformed([{"path": "item", "message": "write code, code*2 or code*1:20", "type": "item"}]) from error


@router.post("/orders/{number}/photos", response={201: dict}, openapi_extra=PICTURE)
def upload(
    request: HttpRequest, number: str, photo: UploadedFile | None = CARRIED, kind: Sort = "photo"
) -> Status[dict[str, Any]]:
    """Upload a photo (or, with kind=signature, a signature) of an order; its digest is named in a step afterwards.

    With an Idempotency-Key, the same picture sent again gets the same answer.
    """
    key = request.headers.get("Idempotency-Key", "").strip()
    if photo is None:  # who may not see the order hears nothing of what it takes
        find(caller(request), number)
        raise Malformed([{"path": "photo", "message": "Field required", "type": "missing"}])
    return Status(201, keep(caller(request), number, kind, photo.read(), key=key, now=received()))


@router.get("/files/{digest}")
def file(request: HttpRequest, digest: str) -> FileResponse:
    """A photo or signature of a case the caller may see."""
    row = Attachment.objects.filter(digest=digest, case__in=visible_to(caller(request))).first()
    if row is None or not path_of(digest).exists():
        raise NotThere(digest)
    return FileResponse(path_of(digest).open("rb"), content_type=row.mime)
