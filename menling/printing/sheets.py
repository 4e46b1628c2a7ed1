"""A slip's facts as the words that its templates set: labels, dates, money, and blanks to write in by hand."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import pgettext

from menling.printing.facts import MessageSlipFacts, PriceLine, ReceiptFacts, RecordFacts, SlipFacts, VisitLine
from menling.printing.typesetting import png_svg, qr_svg
from menling.printing.wording import capitals, dated, day, duration, in_chinese, moment, money, one_line, quantity, span

Sheet = dict[str, Any]


def slip_sheet(facts: SlipFacts) -> Sheet:
    """Return everything a slip shows, ready to set."""
    return {
        "label": slip_labels(),
        **_head(facts),
        **_report(facts),
        **_price(facts),
        **_work(facts),
        **_acceptance(facts),
    }


def head_labels() -> dict[str, str]:
    """Return the words that stand in the head and foot of every form."""
    return {
        "form_no": pgettext("paper", "Form"),
        "number": pgettext("paper", "No."),
        "phone": pgettext("paper", "Tel."),
        "page": pgettext("paper", "Page {page} of {pages}"),
    }


def slip_labels() -> dict[str, str]:
    """Return the words printed on every slip."""
    return head_labels() | _report_labels() | _price_labels() | _outcome_labels()


def form_head(facts: SlipFacts | ReceiptFacts | MessageSlipFacts | RecordFacts) -> Sheet:
    """Return who issued a form, its numbers and its QR code."""
    return {
        "company": one_line(facts.company),
        "office": one_line(facts.office_name),
        "office_phone": one_line(facts.office_phone, 28),
        "form_no": one_line(facts.form_no, 28),
        "number": one_line(facts.number, 28),
        "qr": qr_svg(facts.qr_text),
    }


def person(name: str, number: str) -> str:
    """Return a worker as paper names one: 王师傅 (工号 017)."""
    if not number:
        return one_line(name)
    return pgettext("paper", "{name} (staff no. {number})").format(name=one_line(name), number=one_line(number, 28))


def _report_labels() -> dict[str, str]:
    return {
        "dispatch": pgettext("paper section", "Dispatch"),
        "unit": pgettext("paper", "Unit"),
        "visit_at": pgettext("paper", "Visit at"),
        "reporter": pgettext("paper", "Reporter"),
        "contact": pgettext("paper", "Phone"),
        "content": pgettext("paper", "Reported"),
        "requirements": pgettext("paper", "Wishes"),
        "legal_owner": pgettext("paper", "Owner"),
        "worker": pgettext("paper", "Worker"),
        "issued_at": pgettext("paper", "Issued"),
        "earlier": pgettext("paper", "Earlier"),
        "paid": pgettext("paper", "Charged"),
        "free": pgettext("paper", "Free"),
    }


def _price_labels() -> dict[str, str]:
    return {
        "price": pgettext("paper section", "Price"),
        "item": pgettext("paper", "Service item"),
        "material": pgettext("paper", "Material"),
        "unit_price": pgettext("paper", "Each"),
        "quantity": pgettext("paper", "Qty"),
        "amount": pgettext("paper", "Amount"),
        "total": pgettext("paper", "Total"),
        "consent": pgettext("paper", "Consent"),
        "signed_here": pgettext("paper", "Sign here"),
    }


def _outcome_labels() -> dict[str, str]:
    return {
        "work": pgettext("paper section", "Visits"),
        "visit": pgettext("paper", "Visit"),
        "arrived": pgettext("paper", "Began"),
        "finished": pgettext("paper", "Done"),
        "minutes": pgettext("paper", "Time taken"),
        "minutes_total": pgettext("paper", "All visits"),
        "result": pgettext("paper", "Result"),
        "acceptance": pgettext("paper section", "Sign-off"),
        "rating": pgettext("paper", "Rating"),
        "opinion": pgettext("paper", "Opinion"),
        "customer_signature": pgettext("paper signature", "Customer"),
        "worker_signature": pgettext("paper signature", "Worker"),
        "foreman_check": pgettext("paper signature", "Foreman"),
    }


def _head(facts: SlipFacts) -> Sheet:
    kept = pgettext("paper", "Keep until {day}").format(day=day(facts.keep_until)) if facts.keep_until else ""
    return {
        **form_head(facts),
        "title": one_line(facts.kind_title, 48),
        "paid": facts.paid,
        "keep": kept,
    }


def _report(facts: SlipFacts) -> Sheet:
    return {
        "unit": one_line(facts.unit),
        "unit_long": one_line(facts.unit_long or facts.unit),
        "visit_at": moment(facts.visit_at) if facts.visit_at else pgettext("paper", "At once"),
        "promise": one_line(facts.promise, 60),
        "reporter": one_line(facts.reporter),
        "phone": one_line(facts.phone),
        "legal_owner": one_line(facts.legal_owner),
        "content": facts.content,
        "requirements": facts.requirements or pgettext("paper", "None"),
        "worker": person(facts.worker_name, facts.worker_number),
        "issued_at": dated(facts.issued_at) if facts.issued_at else "",
        "earlier": "\n".join(facts.earlier_visits),
    }


def _price(facts: SlipFacts) -> Sheet:
    return {
        "items": _price_rows(facts.items),
        "materials": _price_rows(facts.materials),
        "amount": "" if facts.amount is None else money(facts.amount),
        "capitals": "" if facts.amount is None else capitals(facts.amount),
        "consent": _consent(facts),
        "consent_at": moment(facts.consent.given_at) if facts.consent else "",
        "consent_open": facts.paid and facts.consent is None,
    }


def _price_rows(lines: Sequence[PriceLine]) -> list[list[str]]:
    return [[one_line(line.name, 120), money(line.unit_price), _counted(line), money(line.amount)] for line in lines]


def _counted(line: PriceLine) -> str:
    return f"{quantity(line.quantity)} {one_line(line.per, 8)}".strip()


def _consent(facts: SlipFacts) -> str:
    if facts.consent:
        return one_line(facts.consent.how, 120)
    if facts.paid:
        return pgettext("paper", "I was told the price and agree to it.")
    return pgettext("paper", "This service is free of charge.")


def _work(facts: SlipFacts) -> Sheet:
    return {
        "visits": [_visit_row(count, line) for count, line in enumerate(facts.visits, start=1)],
        "spans": [_visit_words(line) for line in facts.visits],
        "minutes_total": _total(facts),
        "result": facts.result,
    }


def _total(facts: SlipFacts) -> str:
    """The time over all visits; of those nobody ended only how many they are (EN-D.10A)."""
    known = "" if facts.total_minutes is None else duration(facts.total_minutes)
    if not facts.unended:
        return known
    open_ended = pgettext("paper", "visits without an end: {count}").format(count=facts.unended)
    return " + ".join(filter(None, (known, open_ended)))


def _visit_row(count: int, line: VisitLine) -> list[str]:
    return [
        str(count),
        moment(line.arrived),
        moment(line.finished) if line.finished else "",
        "" if line.minutes is None else duration(line.minutes),
    ]


def _visit_words(line: VisitLine) -> str:
    taken = "" if line.minutes is None else ("（{}）" if in_chinese() else " ({})").format(duration(line.minutes))
    return span(line.arrived, line.finished) + taken


def _acceptance(facts: SlipFacts) -> Sheet:
    return {
        "rating": _rating(facts.rating),
        "opinion": facts.opinion,
        "signed_by": one_line(facts.signed_by),
        "signed_at": dated(facts.signed_at) if facts.signed_at else "",
        "signature": png_svg(facts.signature_png),
        "worker_signed": one_line(facts.worker_name) if facts.worker_signed_at else "",
        "worker_signed_at": dated(facts.worker_signed_at) if facts.worker_signed_at else "",
        "reviewed_by": one_line(facts.reviewed_by),
        "reviewed_at": dated(facts.reviewed_at) if facts.reviewed_at else "",
    }


def _rating(rating: int | str | None) -> list[list[Any]]:
    """The five words with a box each, best first; a word that is none of them is added, ticked."""
    scale = [
        pgettext("paper rating", "Very good"),
        pgettext("paper rating", "Good"),
        pgettext("paper rating", "Fair"),
        pgettext("paper rating", "Poor"),
        pgettext("paper rating", "Very poor"),
    ]
    chosen = scale[5 - rating] if isinstance(rating, int) and 1 <= rating <= 5 else rating
    if chosen is not None and str(chosen) not in scale:
        scale.append(one_line(str(chosen)))
    return [[word, word == one_line(str(chosen))] for word in scale]
