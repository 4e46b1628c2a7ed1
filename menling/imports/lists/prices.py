"""The price list: a file is a whole list, published as a new one when it differs from the one in force."""

from typing import Any

from menling.catalogue.models import PriceItem, PriceList
from menling.catalogue.quotes import list_in_force
from menling.imports.cells import Field, label, text, yuan
from menling.imports.sitting import Sitting, Sort, What
from menling.kernel.words import _
from menling.premises.administration.books import KEEPERS, enter, keeps

PER = (("visit", _("visit")), ("piece", _("piece")), ("block", _("30 minutes")), ("metre", _("metre")),
       ("square_metre", _("square metre")))  # fmt: skip
SORTS = (("service", _("service")), ("material", _("material")))
FIELDS = (
    Field("code", _("Code"), label(20), "W01", required=True, width=8),
    Field("name", _("Item"), text(100), "厨房下水疏通", required=True, width=30),
    Field("sort", _("Sort"), text(10), "service", required=True, choices=SORTS),
    Field("price", _("Price in yuan"), yuan, "86.00", required=True),
    Field("per", _("Per"), text(20), "visit", required=True, choices=PER),
    Field("name_en", _("English name"), text(100), "Clear a kitchen drain", width=30),
    Field("skill", _("Skill"), text(30), "疏通"),
)
TOLD = ("name", "name_en", "price", "per", "is_material", "skill")


def write(sitting: Sitting, said: dict[str, Any]) -> What:
    """Compare a line with the list in force and keep it for the new one."""
    keeps(sitting.by, sitting.office)
    if "before" not in sitting.known:
        standing = list_in_force(sitting.office, sitting.now)
        sitting.known |= {"standing": standing, "items": []}
        sitting.known["before"] = {item.code: item for item in standing.items.all()} if standing else {}
    item = PriceItem(
        code=said["code"], name=said["name"], name_en=said["name_en"] or "", price=said["price"], per=said["per"],
        is_material=said["sort"] == "material", skill=said["skill"] or "",
    )  # fmt: skip
    sitting.known["items"].append(item)
    held = sitting.known["before"].get(item.code)
    if held is None:
        return "new"
    return "unchanged" if _same(held, item) else "changed"


def _same(held: PriceItem, item: PriceItem) -> bool:
    return all(getattr(held, name) == getattr(item, name) for name in TOLD)


def publish(sitting: Sitting) -> None:
    """Publish the lines as a new list from now on, unless they are the list in force; what is missing in them is gone."""
    items, before = sitting.known["items"], sitting.known["before"]
    if len(items) == len(before) and all(item.code in before and _same(before[item.code], item) for item in items):
        return
    standing = sitting.known["standing"]
    name = standing.name if standing else str(sitting.office)
    gone = sorted(set(before) - {item.code for item in items})
    enter(sitting.pen(), sitting.office, "prices", name, {"gone": gone}, {"items": len(items)})
    published = PriceList.objects.create(office=sitting.office, name=name, in_force_from=sitting.now)
    for item in items:
        item.price_list = published
    PriceItem.objects.bulk_create(items)


PRICES = Sort(
    "prices", _("Price list"), _("The whole price list: what is not in the file is no longer on the list from now on."), FIELDS,
    KEEPERS, write, ("code",), publish,
)  # fmt: skip
