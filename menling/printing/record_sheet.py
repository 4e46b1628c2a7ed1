"""A home service record's facts as the words that its template sets."""

from typing import Any

from django.utils.translation import pgettext

from menling.printing.facts import AcceptanceLine, ItemLine, RecordFacts
from menling.printing.sheets import form_head, head_labels
from menling.printing.typesetting import png_svg
from menling.printing.wording import capitals, dated, moment, money, one_line

Sheet = dict[str, Any]


def record_sheet(facts: RecordFacts) -> Sheet:
    """Return everything a service record shows, ready to set."""
    return form_head(facts) | {
        "label": head_labels() | _booking_labels() | _acceptance_labels(),
        "title": one_line(facts.title),
        "unit": one_line(facts.unit), "customer": one_line(facts.customer), "phone": one_line(facts.phone),
        "visit_at": moment(facts.visit_at) if facts.visit_at else "", "content": facts.content,
        "requirements": facts.requirements or pgettext("paper", "None"),
        "workers": "\n".join(one_line(each) for each in facts.workers),
        "amount": "" if facts.amount is None else money(facts.amount),
        "capitals": "" if facts.amount is None else capitals(facts.amount),
        "confirmed": one_line(facts.confirmed, 90), "confirmed_at": moment(facts.confirmed_at) if facts.confirmed_at else "",
        "work_done": facts.work_done, "filled_by": one_line(facts.filled_by),
        "items": [_item(count, each) for count, each in enumerate(facts.items, start=1)],
        "chain": [_accepted(each) for each in facts.chain],
        "scores": [[str(each), each == facts.score] for each in facts.scores],
        "opinion": facts.opinion, "second_at": dated(facts.second_at) if facts.second_at else "",
        "signed_by": one_line(facts.signed_by), "signed_at": dated(facts.signed_at) if facts.signed_at else "",
        "signature": png_svg(facts.signature_png),
    }  # fmt: skip


def _item(count: int, item: ItemLine) -> list[Any]:
    return [str(count), one_line(item.text, 60), item.passed is True, item.passed is False, one_line(item.remark, 60)]


def _accepted(line: AcceptanceLine) -> list[str]:
    return [line.title, one_line(line.by), moment(line.at) if line.at else ""]


def _booking_labels() -> dict[str, str]:
    return {
        "booking": pgettext("paper section", "Booking"),
        "unit": pgettext("paper", "Unit"),
        "customer": pgettext("paper", "Customer"),
        "contact": pgettext("paper", "Phone"),
        "visit_at": pgettext("paper", "Agreed for"),
        "content": pgettext("paper", "To be cleaned"),
        "requirements": pgettext("paper", "Wishes"),
        "workers": pgettext("paper", "Cleaners"),
        "total": pgettext("paper", "Total"),
        "confirmed": pgettext("paper", "Confirmed"),
        "signed_here": pgettext("paper", "Sign here"),
    }


def _acceptance_labels() -> dict[str, str]:
    return {
        "work": pgettext("paper section", "Work"),
        "work_done": pgettext("paper", "What was done"),
        "filled_by": pgettext("paper", "Filled in by"),
        "item": pgettext("paper", "Item"),
        "passed": pgettext("paper", "In order"),
        "failed": pgettext("paper", "Not in order"),
        "remark": pgettext("paper", "Remark: what to do again"),
        "acceptance": pgettext("paper section", "Acceptance"),
        "score": pgettext("paper", "Score"),
        "opinion": pgettext("paper", "Opinion"),
        "second_at": pgettext("paper", "Second acceptance"),
        "customer_signature": pgettext("paper signature", "Customer"),
    }
