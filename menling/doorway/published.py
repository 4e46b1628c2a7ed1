"""The price list as everybody may read it: items, what their price is for, and how labour is charged (HC-5.6.1, EN-D.13)."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import get_language

from menling.catalogue.models import FeeStandard, PriceItem, PriceList
from menling.catalogue.quotes import list_in_force
from menling.doorway.language import said
from menling.kernel.words import Message, _
from menling.policies.values import values_for
from menling.premises.models import Office
from menling.printing.price_sheet import Priced, PriceListFacts
from menling.procedures.charging import ChargingPolicy
from menling.procedures.repair_policy import RepairPolicy

BLOCK = _("Work priced by time is charged by the started {unit} minutes.")
HIGHEST = _("Of several jobs within the same {unit} minutes only the highest price is charged, never two.")
MATERIAL = _("Material that is not on the list costs its stock-in price plus {markup}%.")
FIRST = _("You are told the price first, and paid work begins only when you agree. No tips.")


@dataclass(frozen=True)
class Published:
    """A list in force: its services and materials, the rules of charging, and the number it was filed under."""

    price_list: PriceList
    services: list[PriceItem]
    materials: list[PriceItem]
    rules: list[str]
    number: str


def published(office: Office, at: datetime) -> Published | None:
    """Return the list in force of an office in the active language, or None before the first one."""
    found = list_in_force(office, at)
    if found is None:
        return None
    items = list(found.items.all())
    proposal = FeeStandard.objects.select_related("case").filter(price_list=found).first()
    return Published(found, [each for each in items if not each.is_material], [each for each in items if each.is_material],
                     _rules(office, at), proposal.case.number if proposal else "")  # fmt: skip


def _rules(office: Office, at: datetime) -> list[str]:
    values = values_for(office, at)
    charging, repair = values.policy(ChargingPolicy), values.policy(RepairPolicy)
    blocks = [BLOCK, HIGHEST] if charging.unit != "none" else []
    if charging.pieces != "absorb":
        blocks = blocks[:1]
    facts: dict[str, object] = {"unit": charging.unit, "markup": f"{repair.markup_pct.normalize():f}"}
    return [said(Message(each, facts)) for each in (*blocks, MATERIAL)] + [said(FIRST)]


def paper_of(found: Published, office: Office, link: str) -> PriceListFacts:
    """Return the facts of the sheet for the wall; `link` is the address the QR code leads to."""
    assert found.price_list.in_force_from is not None, "a published list is in force from an instant"
    return PriceListFacts(
        company=office.company.name, office=office.name, office_phone=office.phone, title=found.price_list.name,
        since=found.price_list.in_force_from, number=found.number, rules=found.rules, link=link,
        services=[priced(each) for each in found.services], materials=[priced(each) for each in found.materials],
    )  # fmt: skip


def priced(item: PriceItem) -> Priced:
    """Return a line of the list as paper shows it."""
    return Priced(name_of(item), item.price, str(PriceItem.Per(item.per).label))


def name_of(item: PriceItem) -> str:
    """Return what an item is called in the active language."""
    return item.name_en or item.name if (get_language() or "").startswith("en") else item.name
