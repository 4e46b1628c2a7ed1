"""The prices of an office: proposed within the band, reviewed and filed by two departments."""

from decimal import Decimal, InvalidOperation
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from menling.catalogue.models import PriceItem, StandardItem
from menling.catalogue.quotes import list_in_force
from menling.catalogue.standard import standard_at
from menling.doorway.doing import find, open_new
from menling.doorway.showing import loaded, shown
from menling.journal.facts import Malformed
from menling.policies.values import values_for
from menling.procedures.fee_standard import PROPOSERS, FeePolicy, band
from menling.web.answers import answered, asked, said_no
from menling.web.session import StaffRequest, staff_page
from menling.web.steps import buttons
from menling.web.timeline import lines
from menling.web.typed import read_instant

NEW_LINES = range(1, 4)


@staff_page(*PROPOSERS)
def propose(request: StaffRequest) -> HttpResponse:
    """Show the form: every standard service with its limits, then what else is on the list now, and room for more."""
    policy = values_for(request.office, request.now).policy(FeePolicy)
    standing = list_in_force(request.office, request.now)
    now = {each.code: each for each in standing.items.all()} if standing else {}
    standard = standard_at(request.office, request.now)
    return render(request, "web/roles/price_proposal.html", {
        "list": standing, "band_pct": policy.band_pct, "pers": PriceItem.Per.choices, "new_lines": NEW_LINES,
        "standard": [_row(each, now.get(each.code), policy) for each in standard.values()],
        "others": [each for each in now.values() if each.code not in standard or each.is_material],
    })  # fmt: skip


def _row(item: StandardItem, now: PriceItem | None, policy: FeePolicy) -> dict[str, Any]:
    least, most = band(item.price, policy)
    return {"item": item, "now": now.price if now else None, "least": _plain(least), "most": _plain(most)}


def _plain(amount: Decimal) -> str:
    return f"{amount.normalize():f}"


@require_POST
@staff_page(*PROPOSERS)
def file(request: StaffRequest) -> HttpResponse:
    """Propose what the form says."""
    zone = values_for(request.office, request.now).calendar.zone
    wanted = request.POST.get("from_at", "").strip()
    try:
        from_at = read_instant(wanted, request.now, zone) if wanted else None
        items = _items(request)
    except ValueError:
        return said_no(request, Malformed([{"path": "from_at", "message": wanted, "type": "typed_time"}]))
    except InvalidOperation:
        return said_no(request, Malformed([{"path": "price", "message": "", "type": "decimal"}]))
    body = {"office": request.office.pk, "name": request.POST.get("name", ""), "items": items}
    body |= {"from_at": from_at} if from_at else {}
    doing = partial(open_new, asked(request, body), "fee_standard", "file")
    return answered(request, doing, lambda answer: reverse("web:price_proposal", args=[answer.body["number"]]), stays=False)


def _items(request: StaffRequest) -> list[dict[str, Any]]:
    standing = list_in_force(request.office, request.now)
    kept = {each.code: each for each in standing.items.all()} if standing else {}
    standard = standard_at(request.office, request.now)
    sent = {name[6:]: request.POST.get(name, "").strip() for name in request.POST if name.startswith("price:")}
    told = {code: price for code, price in sent.items() if price}
    return [_told(code, price, kept.get(code), code in standard) for code, price in told.items()] + _new(request)


def _told(code: str, price: str, kept: PriceItem | None, standard: bool) -> dict[str, Any]:
    if kept is None:
        return {"code": code, "price": str(Decimal(price))}
    more = {} if standard and not kept.is_material else {"per": kept.per, "is_material": kept.is_material, "review": kept.review}
    return {"code": code, "price": str(Decimal(price)), "name": kept.name, "name_en": kept.name_en, "skill": kept.skill} | more


def _new(request: HttpRequest) -> list[dict[str, Any]]:
    rows = [{name: request.POST.get(f"{name}-{at}", "").strip() for name in ("code", "name", "price", "per", "sort", "review")}
            for at in NEW_LINES]  # fmt: skip
    return [
        {"code": row["code"], "name": row["name"], "price": str(Decimal(row["price"])), "per": row["per"],
         "is_material": row["sort"] == "material", "review": row["review"]}
        for row in rows if row["code"]
    ]  # fmt: skip


@staff_page()
def one(request: StaffRequest, number: str) -> HttpResponse:
    """Show a proposed list: each price beside the standard and what is in force, who filed it, what can be done."""
    case = find(request.actor, number, ("fee_standard",))
    body = shown(case, request.actor, request.now)
    rows = sorted((_compared(each) for each in body["items"]), key=lambda each: not each["differs"])
    return render(request, "web/roles/price_review.html", {
        "case": case, "row": loaded(case), "body": body, "buttons": buttons(body["actions"]), "rows": rows,
        "changed": sum(each["differs"] for each in rows), "pers": dict(PriceItem.Per.choices),
        "here": reverse("web:price_proposal", args=[number]), "timeline": lines(case, body["events"], request.now),
    })  # fmt: skip


def _compared(line: dict[str, Any]) -> dict[str, Any]:
    price, standard = Decimal(line["price"]), Decimal(line["standard"] or 0)
    share = (price / standard * 100 - 100) if standard else None
    return line | {"differs": line["now"] != line["price"], "share": None if share is None else f"{share:+.1f}%",
                   "per": str(dict(PriceItem.Per.choices)[line["per"]])}  # fmt: skip
