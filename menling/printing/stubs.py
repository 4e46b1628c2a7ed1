"""Receipts and message slips as the words that their templates set; each has a stub below a cut line."""

from typing import Any

from django.utils.translation import pgettext

from menling.printing.facts import MessageSlipFacts, ReceiptFacts
from menling.printing.sheets import form_head, head_labels, person
from menling.printing.wording import capitals, dated, moment, money, one_line

Sheet = dict[str, Any]


def receipt_sheet(facts: ReceiptFacts) -> Sheet:
    """Return everything a receipt shows, its amount in figures and in capitals."""
    return form_head(facts) | {
        "label": head_labels() | _receipt_labels(),
        "payer": one_line(facts.payer),
        "unit": one_line(facts.unit),
        "order_number": one_line(facts.order_number),
        "purpose": one_line(facts.purpose, 90),
        "amount": money(facts.amount),
        "capitals": capitals(facts.amount),
        "collector": one_line(facts.collector),
        "collected_at": dated(facts.collected_at),
        "method": one_line(facts.method),
        "stub": True,
    }


def message_sheet(facts: MessageSlipFacts) -> Sheet:
    """Return everything the note for the door and its stub show."""
    return form_head(facts) | {
        "label": head_labels() | _message_labels(),
        "unit": one_line(facts.unit),
        "unit_long": one_line(facts.unit_long or facts.unit),
        "worker": person(facts.worker_name, facts.worker_number),
        "visited_at": moment(facts.visited_at),
        "visited_on": dated(facts.visited_at),
        "order_number": one_line(facts.order_number),
        "return_by": moment(facts.return_by) if facts.return_by else "",
        "letter": _letter(facts),
    }


def _receipt_labels() -> dict[str, str]:
    return {
        "title": pgettext("paper", "Receipt"),
        "customer_part": pgettext("paper", "Payer's part"),
        "office_part": pgettext("paper", "Stub for the office"),
        "cut": pgettext("paper", "Cut here"),
        "payer": pgettext("paper", "Payer"),
        "unit": pgettext("paper", "Unit"),
        "order": pgettext("paper", "Order"),
        "purpose": pgettext("paper", "For"),
        "amount": pgettext("paper", "Amount"),
        "capitals": pgettext("paper", "In capitals"),
        "method": pgettext("paper", "Paid by"),
        "collector": pgettext("paper", "Collected by"),
        "collected_at": pgettext("paper", "Collected"),
        "seal": pgettext("paper", "Seal"),
        "payer_signature": pgettext("paper", "Payer's signature"),
    }


def _message_labels() -> dict[str, str]:
    return {
        "title": pgettext("paper", "Sorry we missed you"),
        "stub_title": pgettext("paper", "Message slip stub"),
        "cut": pgettext("paper", "Cut here; the stub goes back to the customer service centre"),
        "unit": pgettext("paper", "Unit"),
        "visited_at": pgettext("paper", "Came at"),
        "worker": pgettext("paper", "Worker"),
        "order": pgettext("paper", "Order"),
        "phone_long": pgettext("paper", "Office phone"),
        "scan": pgettext("paper", "Scan to choose another time"),
        "posted": pgettext("paper", "Posted on the door"),
        "worker_signature": pgettext("paper signature", "Worker"),
        "returned_at": pgettext("paper", "Returned at"),
        "returned_to": pgettext("paper", "Received by"),
        "return_by": pgettext("paper", "Return by"),
    }


def _letter(facts: MessageSlipFacts) -> list[str]:
    return [
        pgettext("paper", "Dear resident,"),
        pgettext("paper", "We came on {time} as agreed and found nobody home, so the service could not begin.").format(
            time=moment(facts.visited_at)
        ),
        pgettext("paper", "Please call {phone} to agree another time. We are sorry for the trouble.").format(
            phone=one_line(facts.office_phone)
        ),
    ]
