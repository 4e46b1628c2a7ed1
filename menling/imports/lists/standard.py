"""The company's list of standard services: what every office's prices are measured by (HC-5.6.1)."""

from typing import Any

from menling.catalogue.models import StandardItem
from menling.catalogue.standard import standard_at
from menling.imports.cells import Field, label, text, yuan
from menling.imports.lists.prices import PER
from menling.imports.sitting import Sitting, Sort, What
from menling.kernel.roles import Role
from menling.kernel.words import _
from menling.premises.administration.books import enter, keeps

MAKERS = frozenset({Role.ADMINISTRATOR, Role.QUALITY, Role.COMPANY_MANAGEMENT})
"""Who keeps the company's list: quality develops the services (HC-4.1)."""
FIELDS = (
    Field("code", _("Code"), label(20), "W01", required=True, width=8),
    Field("name", _("Item"), text(100), "厨房下水疏通", required=True, width=30),
    Field("price", _("Standard price in yuan"), yuan, "86.00", required=True),
    Field("per", _("Per"), text(20), "visit", required=True, choices=PER),
    Field("name_en", _("English name"), text(100), "Clear a kitchen drain", width=30),
)


def write(sitting: Sitting, said: dict[str, Any]) -> What:
    """Keep a line from now on, where it differs from the one in force; offices' lists in force are not touched by it."""
    keeps(sitting.by, sitting.office, MAKERS)
    if "standard" not in sitting.known:
        sitting.known["standard"] = standard_at(sitting.office, sitting.now)
    held = sitting.known["standard"].get(said["code"])
    told = {name: said[name] or "" for name in ("name", "name_en", "per")} | {"price": said["price"]}
    if held and all(getattr(held, name) == value for name, value in told.items()):
        return "unchanged"
    enter(sitting.pen(), sitting.office, "prices", said["code"], {"price": str(held.price)} if held else {},
          {"price": str(said["price"])})  # fmt: skip
    StandardItem.objects.create(company=sitting.office.company, code=said["code"], in_force_from=sitting.now, **told)
    return "changed" if held else "new"


STANDARD = Sort(
    "standard", _("Standard services"),
    _("The company's standard services and prices. An office's price differs from them by at most the band."), FIELDS, MAKERS,
    write, ("code",),
)  # fmt: skip
