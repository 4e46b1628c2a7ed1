"""A home service agreement's facts, and the words that its template sets."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import pgettext

from menling.printing.sheets import head_labels
from menling.printing.typesetting import pdf, png_svg
from menling.printing.wording import capitals, dated, day, money, one_line


@dataclass(frozen=True)
class AgreementFacts:
    """A home service agreement: time, content, scope, target, requirements, price, people, and both signatures (HC-5.1.5).

    `title` is the one the office chose (CF-30); `schedule` says the days in words; `per` is visit or month; what is not known yet
    leaves room to write by hand.
    """

    company: str
    office_name: str
    office_phone: str
    title: str
    number: str
    form_no: str
    unit: str
    customer: str
    phone: str
    content: str
    scope: str
    target: str
    requirements: str
    begin: date
    until: date
    schedule: str
    price: Decimal | None
    per: str
    workers: Sequence[str]
    notice_days: int
    confirmed_by: str = ""
    manager: str = ""
    manager_signed_at: datetime | None = None
    signed_by: str = ""
    signed_at: datetime | None = None
    signature_png: bytes | None = None


def agreement_pdf(facts: AgreementFacts) -> bytes:
    """Return the agreement on A4, filled in or with room to sign by hand.

    Errors: `ValueError` for an amount that cannot be stated in capitals.
    """
    return pdf("agreement", agreement_sheet(facts))


def agreement_sheet(facts: AgreementFacts) -> dict[str, Any]:
    """Return everything an agreement shows, ready to set."""
    return {
        "label": head_labels() | _labels(), "title": one_line(facts.title),
        "company": one_line(facts.company), "office": one_line(facts.office_name),
        "office_phone": one_line(facts.office_phone, 28),
        "form_no": one_line(facts.form_no, 28), "number": one_line(facts.number, 28),
        "unit": one_line(facts.unit), "customer": one_line(facts.customer), "phone": one_line(facts.phone),
        "content": facts.content, "scope": facts.scope, "target": one_line(facts.target, 120),
        "requirements": facts.requirements or pgettext("paper", "None"), "schedule": facts.schedule,
        "term": _term(facts),
        "price": _price(facts), "capitals": capitals(facts.price) if facts.price is not None else "",
        "workers": "\n".join(one_line(each) for each in facts.workers), "terms": _terms(facts),
        "confirmed_by": one_line(facts.confirmed_by), "manager": one_line(facts.manager),
        "manager_at": dated(facts.manager_signed_at) if facts.manager_signed_at else "",
        "signed_by": one_line(facts.signed_by), "signed_at": dated(facts.signed_at) if facts.signed_at else "",
        "signature": png_svg(facts.signature_png),
    }  # fmt: skip


def _term(facts: AgreementFacts) -> str:
    said = pgettext("paper", "from {begin} to {until}, both included")
    return said.format(begin=day(facts.begin), until=day(facts.until))


def _price(facts: AgreementFacts) -> str:
    if facts.price is None:
        return ""
    said = pgettext("paper", "{amount} a visit") if facts.per == "visit" else pgettext("paper", "{amount} a month")
    return said.format(amount=money(facts.price))


def _terms(facts: AgreementFacts) -> list[str]:
    """What both sides keep to, in our own words."""
    early = pgettext("paper", "If we have to stop early, the customer is told in writing before it takes effect.")
    ahead = pgettext("paper", "If we have to stop early, the customer is told in writing at least {days} d ahead.")
    return [
        pgettext(
            "paper", "The people named come at the time above; a visit is called off or moved by telling the other side first."
        ),
        pgettext("paper", "The customer is told by name when somebody else comes."),
        ahead.format(days=facts.notice_days) if facts.notice_days else early,
        pgettext("paper", "After each visit the customer looks at the work and signs the service record."),
        pgettext("paper", "It is signed twice, one for each side, and holds once both have signed."),
    ]


def _labels() -> dict[str, str]:
    return {
        "unit": pgettext("paper", "Unit"), "customer": pgettext("paper", "Customer"), "contact": pgettext("paper", "Phone"),
        "content": pgettext("paper", "Content"), "scope": pgettext("paper", "Scope"), "target": pgettext("paper", "Target"),
        "requirements": pgettext("paper", "Requirements"), "term": pgettext("paper", "Term"),
        "schedule": pgettext("paper", "Days and time"), "price": pgettext("paper", "Price"),
        "workers": pgettext("paper", "Cleaners"), "terms": pgettext("paper", "Both sides keep to this"),
        "confirmed": pgettext("paper", "Capacity and price confirmed by"),
        "for_us": pgettext("paper signature", "For the office: manager (seal)"),
        "for_them": pgettext("paper signature", "Customer"),
    }  # fmt: skip
