"""The published price list on A4, in large type, for the wall and for residents who ask for it (HC-5.6.1)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.utils.translation import pgettext

from menling.printing.sheets import head_labels
from menling.printing.typesetting import pdf, qr_svg
from menling.printing.wording import dated, money, one_line


@dataclass(frozen=True)
class Priced:
    """One line: its name, its price in yuan and what the price is for."""

    name: str
    price: Decimal
    per: str


@dataclass(frozen=True)
class PriceListFacts:
    """A published list: whose it is, from when, under which number it was filed, services and materials, how it is charged."""

    company: str
    office: str
    office_phone: str
    title: str
    since: datetime
    number: str
    services: Sequence[Priced]
    materials: Sequence[Priced]
    rules: Sequence[str]
    link: str = ""


def price_list_pdf(facts: PriceListFacts) -> bytes:
    """Return the list as a PDF: A4 upright, 16 pt, the head of each table repeated on every page."""
    return pdf("prices", {
        "label": head_labels() | {
            "since": pgettext("paper", "In force from"), "services": pgettext("paper", "Services"),
            "materials": pgettext("paper", "Materials"), "item": pgettext("paper", "Item"), "price": pgettext("paper", "Yuan"),
            "per": pgettext("paper", "per"), "ask": pgettext("paper", "Questions and complaints about prices"),
            "filed": pgettext("paper", "Filed with finance and quality under"), "scan": pgettext("paper", "Scan to read it"),
        },
        "company": one_line(facts.company), "office": one_line(facts.office), "office_phone": one_line(facts.office_phone),
        "title": one_line(facts.title), "since": dated(facts.since), "number": facts.number, "form_no": "",
        "services": [_row(each) for each in facts.services], "materials": [_row(each) for each in facts.materials],
        "rules": list(facts.rules), "qr": qr_svg(facts.link),
    })  # fmt: skip


def _row(line: Priced) -> list[str]:
    return [one_line(line.name, 60), money(line.price), line.per]
