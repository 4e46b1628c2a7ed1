"""A proposed fee standard as it is shown: every line beside its standard price and what is in force now."""

from typing import Any

from menling.catalogue.models import FeeStandard, PriceItem
from menling.catalogue.quotes import list_in_force
from menling.kernel.actor import Actor


def fee_standard(proposed: FeeStandard, by: Actor) -> dict[str, Any]:
    """Return the facts of a proposed fee standard, in yuan as text; `now` is the price in force when it was proposed."""
    before = list_in_force(proposed.office, proposed.case.reported_at)
    known = {item.code: item for item in before.items.all()} if before else {}
    lines = list(proposed.price_list.items.all())
    return {
        "name": proposed.price_list.name, "wanted_from": proposed.wanted_from, "in_force_from": proposed.price_list.in_force_from,
        "proposed_by": _name(proposed.proposed_by), "finance": _name(proposed.finance), "quality": _name(proposed.quality),
        "items": [_line(each, known.get(each.code)) for each in lines],
        "gone": sorted(set(known) - {each.code for each in lines}),
    }  # fmt: skip


def _name(staff: Any) -> str:
    return staff.name if staff else ""


def _line(item: PriceItem, before: PriceItem | None) -> dict[str, Any]:
    return {
        "code": item.code, "name": item.name, "name_en": item.name_en, "per": item.per, "is_material": item.is_material,
        "price": str(item.price), "standard": None if item.standard is None else str(item.standard), "review": item.review,
        "now": None if before is None else str(before.price),
    }  # fmt: skip
