"""Which items of the price list in force belong to which kind of order: by the skill an item asks for."""

from datetime import datetime

from menling.catalogue.models import PriceItem
from menling.catalogue.quotes import list_in_force
from menling.premises.models import Office

CLEANING = frozenset({"保洁", "家政", "清洁"})
"""Skills of the price list whose items are housekeeping."""


def housekeeping_items(office: Office, at: datetime) -> list[PriceItem]:
    """Return the services of the list in force that are housekeeping; a list that names no such skill offers every service."""
    published = list_in_force(office, at)
    services = [each for each in published.items.all() if not each.is_material] if published else []
    return [each for each in services if is_cleaning(each)] or services


def repair_items(office: Office, at: datetime) -> list[PriceItem]:
    """Return the services of the list in force that are no housekeeping."""
    published = list_in_force(office, at)
    return [each for each in published.items.all() if not (each.is_material or is_cleaning(each))] if published else []


def is_cleaning(item: PriceItem) -> bool:
    """Tell whether an item is a service of housekeeping, which no repair worker offers."""
    return not item.is_material and item.skill in CLEANING
