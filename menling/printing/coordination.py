"""A coordination order on A4: the first sheet, and continuation sheets where its entries need them (EN-D.16 to EN-D.19)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import pgettext

from menling.printing.sheets import head_labels
from menling.printing.typesetting import pdf, png_svg
from menling.printing.wording import dated, moment, one_line
from menling.procedures.coordination import sheets

FIRST, MORE = 37, 41
"""Lines of entries on the first sheet, under a reason of one line, and on a continuation sheet."""
ACROSS = 44
"""Characters on one line of an entry's words."""


@dataclass(frozen=True)
class Entry:
    """One entry with its nine fields (EN-D.16)."""

    at: datetime
    tracker: str
    place: str
    contact: str
    contact_way: str
    content: str
    opinions: str
    attitude: str
    plan: str


@dataclass(frozen=True)
class Check:
    """One signed check: by `foreman` or `supervisor`, the name, when, and the remark (EN-D.7)."""

    by: str
    name: str
    at: datetime
    remark: str


@dataclass(frozen=True)
class CoordinationFacts:
    """What the paper of a coordination order says; instants are aware and local."""

    company: str
    office_name: str
    office_phone: str
    form_no: str
    number: str
    order_number: str
    unit: str
    opened_at: datetime
    reason: str
    clause: str
    tracker: str
    status: str
    entries: Sequence[Entry] = ()
    checks: Sequence[Check] = ()
    result: str = ""
    signed_by: str = ""
    attested: str = ""
    signed_at: datetime | None = None
    signature_png: bytes | None = None
    tracker_signed_at: datetime | None = None
    filed_by: str = ""
    filed_at: datetime | None = None


def coordination_pdf(facts: CoordinationFacts) -> bytes:
    """Return a coordination order as A4 sheets; a long one goes on, on continuation sheets."""
    return pdf("coordination", coordination_sheet(facts))


def coordination_sheet(facts: CoordinationFacts) -> dict[str, Any]:
    """Return everything the paper shows; `pages` holds the entries sheet by sheet."""
    cut = sheets(tuple(_height(each) for each in facts.entries), FIRST - len(facts.reason) // ACROSS, MORE)
    return {
        "label": head_labels() | _labels(),
        "company": one_line(facts.company), "office": one_line(facts.office_name), "office_phone": facts.office_phone,
        "form_no": facts.form_no, "number": facts.number, "order_number": facts.order_number, "unit": facts.unit,
        "opened_at": moment(facts.opened_at), "reason": facts.reason, "clause": facts.clause, "tracker": facts.tracker,
        "status": facts.status, "pages": [[_entry(each) for each in facts.entries[begin:end]] for begin, end in cut],
        "checks": [_check(each) for each in facts.checks], "result": facts.result, "signed_by": one_line(facts.signed_by),
        "attested": facts.attested, "signed_at": dated(facts.signed_at) if facts.signed_at else "",
        "signature": png_svg(facts.signature_png),
        "tracker_signed": one_line(facts.tracker) if facts.tracker_signed_at else "",
        "tracker_signed_at": dated(facts.tracker_signed_at) if facts.tracker_signed_at else "",
        "filed_by": one_line(facts.filed_by), "filed_at": dated(facts.filed_at) if facts.filed_at else "",
    }  # fmt: skip


def _height(entry: Entry) -> int:
    """Return the lines an entry takes: three of its own, and each of its longer words as many as they need."""
    return 3 + sum(1 + len(words) // ACROSS for words in (entry.content, entry.opinions, entry.plan))


def _entry(entry: Entry) -> dict[str, str]:
    return {
        "at": moment(entry.at), "tracker": entry.tracker, "place": entry.place, "contact": entry.contact,
        "contact_way": entry.contact_way, "content": entry.content, "opinions": entry.opinions, "attitude": entry.attitude,
        "plan": entry.plan,
    }  # fmt: skip


def _check(check: Check) -> list[str]:
    by = {"foreman": pgettext("paper", "Foreman"), "supervisor": pgettext("paper", "Supervisor")}[check.by]
    return [moment(check.at), by, check.name, check.remark]


def _labels() -> dict[str, str]:
    return {
        "title": pgettext("paper", "Coordination order"), "more": pgettext("paper", "Coordination order, continuation sheet"),
        "unit": pgettext("paper", "Unit"), "order": pgettext("paper", "Order"), "opened": pgettext("paper", "Opened"),
        "reason": pgettext("paper", "Why it goes on"), "tracker": pgettext("paper", "Tracker"),
        "status": pgettext("paper", "Status"), "entries": pgettext("paper", "What was tracked"),
        "at": pgettext("paper", "Time"), "place": pgettext("paper", "Place"), "contact": pgettext("paper", "Spoken to"),
        "contact_way": pgettext("paper", "Reached by"), "content": pgettext("paper", "What happened"),
        "opinions": pgettext("paper", "Opinions"), "attitude": pgettext("paper", "Attitude"), "plan": pgettext("paper", "Plan"),
        "checks": pgettext("paper", "Checks of foreman and supervisor"), "result": pgettext("paper", "Result"),
        "customer": pgettext("paper signature", "Customer"), "tracker_signature": pgettext("paper signature", "Tracker"),
        "instead": pgettext("paper", "Confirmed by the foreman:"), "filed": pgettext("paper signature", "Filed by the foreman"),
    }  # fmt: skip
