"""Cards left with a resident: what we promise on a repair (HC-5.2.1), whom to call when the material is there (EN-4.6)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from menling.printing.sheets import head_labels
from menling.printing.typesetting import pdf, qr_svg
from menling.printing.wording import one_line


@dataclass(frozen=True)
class CardFacts:
    """A card: its title, the sentences on it, and where to call. `number` is the order's, empty on a printed stock."""

    company: str
    office: str
    office_phone: str
    form_no: str
    title: str
    lines: Sequence[str]
    number: str = ""
    qr_text: str = ""


def card_pdf(facts: CardFacts) -> bytes:
    """Return a card of 148 by 105 mm, one page. Errors: `ValueError` for a card without a line."""
    if not facts.lines:
        raise ValueError("a card needs at least one line")
    sheet: dict[str, Any] = {
        "label": head_labels(), "company": one_line(facts.company), "office": one_line(facts.office),
        "office_phone": one_line(facts.office_phone), "form_no": one_line(facts.form_no), "number": one_line(facts.number),
        "title": one_line(facts.title), "lines": list(facts.lines), "qr": qr_svg(facts.qr_text),
    }  # fmt: skip
    return pdf("card", sheet)
