"""One collection per family of kinds: file, list, show, and one address per verb."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest
from ninja import Router, Status

from menling.api.door import asked, body_of, caller, received
from menling.doorway.doing import Asked, act, find, open_new
from menling.doorway.listing import page
from menling.doorway.questions import parameters, question
from menling.doorway.showing import shown
from menling.journal.facts import Envelope, Malformed, schema
from menling.journal.kinds import Command
from menling.kinds import KINDS, ORDERS_MONEY

COLLECTIONS: dict[str, tuple[str, ...]] = {
    "agreements": ("agreement",),
    "orders": ("repair", "housekeeping", "alarm"),
    "batches": ("batch", "alarm_batch"),
    "charges": ("charge",),
    "settlements": ("settlement",),
    "handovers": ("handover",),
    "referrals": ("referral",),
    "refused-steps": ("refused_step",),
    "register-copies": ("register_copy",),
    "call-orders": ("call_order",),
    "shift-handovers": ("shift_handover",),
    "errands": ("errand",),
    "pads": ("pad",),
    "paper-inquiries": ("paper_inquiry",),
    "coordinations": ("coordination",),
    "closing-sheets": ("closing_sheet",),
    "fee-standards": ("fee_standard",),
    "contract-reviews": ("contract_review",),
    "commission-queries": ("commission_query",),
    "commission-months": ("commission_month",),
    "cashier-days": ("cashier_day",),
    "adjustments": ("adjustment",),
    "deposits": ("deposit",),
    "tax-invoices": ("tax_invoice",),
}
"""The kinds of each collection."""


def collection(name: str, kinds: tuple[str, ...]) -> Router:
    """Return the addresses of one collection."""
    router = Router(tags=[name])
    _listing(router, name, kinds)
    _showing(router, name, kinds)
    _filing(router, name, kinds)
    reachable = kinds + (ORDERS_MONEY if name == "orders" else ())
    for verb in sorted({verb for kind in reachable for verb in KINDS[kind].commands}):
        _step(router, name, kinds, verb, [KINDS[kind].commands[verb] for kind in reachable if verb in KINDS[kind].commands])
    return router


def _listing(router: Router, name: str, kinds: tuple[str, ...]) -> None:
    @router.get("", operation_id=f"list_{name}", summary=f"List {name}", response=dict,
                openapi_extra={"parameters": parameters(kinds)})  # fmt: skip
    def listing(request: HttpRequest) -> dict[str, Any]:
        found = page(caller(request), question(kinds, dict(request.GET.lists())), received())
        return {"items": found.items, "next": found.next}


def _showing(router: Router, name: str, kinds: tuple[str, ...]) -> None:
    @router.get("/{number}", operation_id=f"show_{name}", summary=f"Show one of {name}", response=dict)
    def showing(request: HttpRequest, number: str) -> dict[str, Any]:
        return shown(find(caller(request), number, kinds), caller(request), received())


def _filing(router: Router, name: str, kinds: tuple[str, ...]) -> None:
    openings = [opening for kind in kinds for opening in KINDS[kind].openings.items()]
    if not openings:
        return
    verb = openings[0][0]

    @router.post("", operation_id=f"file_{name}", summary=f"File one of {name}", response={201: dict},
                 openapi_extra=_body([command for _verb, command in openings], kinds))  # fmt: skip
    def filing(request: HttpRequest) -> Status[dict[str, Any]]:
        body = dict(body_of(request))
        kind = str(body.pop("kind", kinds[0]))
        if name != "orders" and kind not in kinds:
            raise Malformed([{"path": "kind", "message": f"one of {', '.join(kinds)}", "type": "literal_error"}])
        came = Asked(caller(request), request.headers.get("Idempotency-Key", ""), received(), body, exact=True)
        return Status(201, open_new(came, kind, verb).body)


def _step(router: Router, name: str, kinds: tuple[str, ...], verb: str, commands: Sequence[Command]) -> None:
    @router.post(f"/{{number}}/{verb}", operation_id=f"{name}_{verb}", summary=_summary(commands[0]),
                 openapi_extra=_body(commands), response=dict)  # fmt: skip
    def step(request: HttpRequest, number: str) -> dict[str, Any]:
        come = asked(request)
        answer = act(come, number, verb, kinds)
        return answer.body


def _summary(command: Command) -> str:
    return (command.__doc__ or command.__name__).strip().splitlines()[0]


def _body(commands: Sequence[Command], kinds: tuple[str, ...] = ()) -> dict[str, Any]:
    """Describe the facts of a verb: those of every kind, of which required is what all of them require."""
    schemas = [schema(command) for command in dict.fromkeys(commands)]
    about = Envelope.model_json_schema()["properties"]
    extra = {"kind": {"enum": list(kinds)}, "office": {"type": "string"}} if kinds else {}
    required = set.intersection(*(set(each.get("required", ())) for each in schemas))
    # the first kind's word on a fact counts
    properties = {name: fact for each in reversed(schemas) for name, fact in each.get("properties", {}).items()}
    whole = {"type": "object", "additionalProperties": False, "properties": properties | about | extra}
    whole |= {"required": sorted(required)} if required else {}
    return {
        "parameters": [KEY_HEADER],
        "requestBody": {"required": False, "content": {"application/json": {"schema": whole}}},
    }


KEY_HEADER = {
    "name": "Idempotency-Key", "in": "header", "required": True, "schema": {"type": "string", "maxLength": 100},
    "description": "Sent again with the same body it gets the same answer.",
}  # fmt: skip
