"""The price list: a file is a whole list, proposed as the new one when it differs from the one in force (HC-5.6.1)."""

from typing import Any

from menling.catalogue.commands.pricing import Proposed, priced
from menling.catalogue.models import PriceItem, PriceList
from menling.catalogue.quotes import list_in_force
from menling.catalogue.standard import standard_at
from menling.imports.cells import Field, label, text, yuan
from menling.imports.sitting import Sitting, Sort, What
from menling.journal.facts import read_facts
from menling.journal.when import When
from menling.kernel.words import _
from menling.kinds import KINDS
from menling.policies.values import values_for
from menling.premises.administration.books import KEEPERS, keeps
from menling.procedures.fee_standard import UNDER_REVIEW, FeePolicy
from menling.reactions import perform_part

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
    Field("review", _("Contract review (number)"), text(60), width=18),
)
TOLD = ("name", "name_en", "price", "per", "is_material", "skill")


def write(sitting: Sitting, said: dict[str, Any]) -> What:
    """Compare a line with the list in force and keep it for the new one."""
    keeps(sitting.by, sitting.office)
    if "before" not in sitting.known:
        standing = list_in_force(sitting.office, sitting.now)
        sitting.known |= {"items": [], "standard": standard_at(sitting.office, sitting.now),
                          "policy": values_for(sitting.office, sitting.now).policy(FeePolicy)}  # fmt: skip
        sitting.known["before"] = _items(standing)
        sitting.known["waiting"] = _items(_under_review(sitting))
    item = PriceItem(
        code=said["code"], name=said["name"], name_en=said["name_en"] or "", price=said["price"], per=said["per"],
        is_material=said["sort"] == "material", skill=said["skill"] or "", review=said["review"] or "",
    )  # fmt: skip
    sitting.known["items"].append(item)
    held, waits = (sitting.known[name].get(item.code) for name in ("before", "waiting"))
    if _same(held, item) or _same(waits, item):
        return "unchanged"
    priced(Proposed(**_told(item)), sitting.known["standard"].get(item.code), sitting.known["policy"])
    return "changed" if held else "new"


def _told(item: PriceItem) -> dict[str, Any]:
    return {name: getattr(item, name) for name in ("code", "review", *TOLD)}


def _items(listed: PriceList | None) -> dict[str, PriceItem]:
    return {item.code: item for item in listed.items.all()} if listed else {}


def _under_review(sitting: Sitting) -> PriceList | None:
    rows = PriceList.objects.filter(office=sitting.office, proposal__case__status__in=UNDER_REVIEW)
    return rows.order_by("-pk").first()


def _same(held: PriceItem | None, item: PriceItem) -> bool:
    return held is not None and all(getattr(held, name) == getattr(item, name) for name in TOLD)


def propose(sitting: Sitting) -> int:
    """Propose the lines as the new list, unless they are the list in force or the one under review; return how many lines
    of the list in force are gone then.

    It is in force once finance and the quality department have filed it. Errors: `Refused` HC-5.6.1 and HC-5.6.2.
    """
    items, before = sitting.known["items"], sitting.known["before"]
    for known in (before, sitting.known["waiting"]):
        if len(items) == len(known) and all(_same(known.get(item.code), item) for item in items):
            return 0
    kind = KINDS["fee_standard"]
    command = kind.openings["file"]
    lines = [_told(item) for item in items]
    perform_part(
        command, sitting.office, kind=kind, by=sitting.by, at=When(sitting.now, sitting.now, "typed"),
        key=f"prices:{sitting.office.code}:{sitting.run}", facts=read_facts(command, {"items": lines}),
    )  # fmt: skip
    return len(before.keys() - {item.code for item in items})


PRICES = Sort(
    "prices", _("Price list"),
    _("The whole price list. It is in force once finance and quality have filed it; what is not in the file is then gone."),
    FIELDS, KEEPERS, write, ("code",), propose,
)  # fmt: skip
