"""The other numbered sheets of an emergency pack entered afterwards: an errand sheet, and a slip left on a door (HC-5.4.6)."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from menling.doorway.doing import Asked, NotThere, act, find, open_new
from menling.journal.facts import Malformed
from menling.journal.files import keep_image
from menling.journal.perform import whole
from menling.kernel.refusal import Refused
from menling.kernel.words import _
from menling.pads.commands.issuing import case_on_sheet
from menling.web.fields import instant
from menling.web.paper_steps import Entered, part

COLUMNS = ("unit", "name", "item", "brand", "nature", "quantity", "spec", "price", "phone", "buyer", "sheet")
TIMES = ("reported", "buy_by", "bought", "delivered", "signed", "paid")
BUYERS = frozenset({"buy", "deliver", "settle"})
"""Steps the buyer took; the signed sheet is put on file by who enters it."""
VISITED = ("repair", "housekeeping")
NO_SUCH_ORDER = _(
    "Neither an order nor a sheet that was entered has the number {number}. Enter the dispatch slip first, or look at it again."
)


def enter_errand(asked: Asked, sent: Mapping[str, str], office: int, zone: ZoneInfo, scan: bytes = b"") -> Entered:
    """Write a line of the register as it stood on the sheet: bought, brought, signed and paid, each at its true time.

    `scan` is the picture of the sheet with the resident's signature, kept with the errand (MR-49).

    All of it or nothing (MR-40): what is refused is put right on the form. Errors: `Refused`, `Malformed`, `KeyMissing`.
    """
    read = partial(_time, asked, sent, zone)
    at = {name: read(name, needed=name == "reported") for name in TIMES}
    return Entered(whole(partial(_errand, asked, sent, office, at, scan)))


def _errand(asked: Asked, sent: Mapping[str, str], office: int, at: Mapping[str, datetime | None], scan: bytes) -> str:
    body: dict[str, Any] = {name: sent[name].strip() for name in COLUMNS if sent.get(name, "").strip()}
    body |= {"office": office, "happened_at": at["reported"]} | ({"buy_by": at["buy_by"]} if at["buy_by"] else {})
    filed = open_new(part(asked, "file", body), "errand", "file", part=True)
    number = str(filed.body["number"])
    bought = {name: sent[name].strip() for name in ("amount", "invoice") if sent.get(name, "").strip()}
    paid = {"method": sent["method"]} if sent.get("method") else {}
    told = {"buy": bought, "settle": paid}
    for verb, clock in (("buy", "bought"), ("deliver", "delivered"), ("sign_on_paper", "signed"), ("settle", "paid")):
        if at[clock] is None:
            break
        facts = _signed(asked, number, sent, scan) if verb == "sign_on_paper" else told.get(verb, {})
        pen = _pen(asked, sent.get("buyer", "")) if verb in BUYERS else {}
        act(part(asked, verb, facts | pen | {"happened_at": at[clock]}), number, verb, ("errand",), part=True)
    return number


def _signed(asked: Asked, number: str, sent: Mapping[str, str], scan: bytes) -> dict[str, str]:
    """Return what the sheet bears below: the name, and the picture of the signature, put on file."""
    case = find(asked.by, number, ("errand",))
    kept = keep_image(case, scan, "photo", by=asked.by, at=asked.now).digest if scan else ""
    return {"scan": kept, "name": sent.get("signed_by", "").strip()}


def _pen(asked: Asked, buyer: str) -> dict[str, str]:
    """Return for whom it is written down: for nobody else, where the buyer enters it."""
    number = buyer.strip()
    return {"on_behalf_of": number, "source": "paper"} if number and number.lower() != asked.by.number.lower() else {}


def enter_slip(asked: Asked, sent: Mapping[str, str], office: int, zone: ZoneInfo) -> Entered:
    """Note the slip a worker left on the door of an order, at its true time (HS-4.3.3).

    The order goes by its number, or by that of the sheet it was written on. Errors: `Refused`, `Malformed`, `KeyMissing`.
    """
    left = _time(asked, sent, zone, "reported", needed=True)
    order = sent.get("order", "").strip()
    facts = {"slip": sent.get("sheet", "").strip(), "happened_at": left, "source": "paper"}
    worker = {"on_behalf_of": sent["worker"].strip()} if sent.get("worker", "").strip() else {}
    meant = case_on_sheet(office, "dispatch_slip", order) or order
    try:
        return Entered(str(act(replace(asked, body=facts | worker), meant, "absent", VISITED).body["number"]))
    except NotThere as nowhere:
        raise Refused("MR-8", NO_SUCH_ORDER, status=422, field="order", number=order[:30]) from nowhere


def _time(asked: Asked, sent: Mapping[str, str], zone: ZoneInfo, name: str, *, needed: bool) -> datetime | None:
    at = instant(name, sent.get(name, ""), asked.now, zone)
    if at is None and needed:
        raise Malformed([{"path": name, "message": "missing", "type": "missing"}])
    return at
