"""The papers: each function takes facts and returns a finished PDF in the active language."""

from typing import Literal

from menling.printing.facts import MessageSlipFacts, ReceiptFacts, RecordFacts, RegisterFacts, SlipFacts
from menling.printing.record_sheet import record_sheet
from menling.printing.registers import register_sheet
from menling.printing.sheets import slip_sheet
from menling.printing.stubs import message_sheet, receipt_sheet
from menling.printing.typesetting import pdf

Layout = Literal["a5", "strip241x93", "strip241x140"]
STRIP_HEIGHTS = {"strip241x93": 93, "strip241x140": 140}


def slip_pdf(facts: SlipFacts, layout: Layout = "a5") -> bytes:
    """Return the dispatch slip (EN-F.2, EN-D.10 to EN-D.15) on A5 paper or on 241 mm multipart paper.

    It takes one page as long as its words allow; longer ones go on, with its head repeated, on further pages.
    Large type is for residents who asked, who get the A5 sheet; on multipart paper it has no effect.
    Errors: `ValueError` for an unknown layout, or for an amount that cannot be stated in capitals.
    """
    if layout in STRIP_HEIGHTS:
        return pdf("strip", slip_sheet(facts) | {"height": STRIP_HEIGHTS[layout]})
    if layout != "a5":
        raise ValueError(f"unknown layout: {layout}")
    return pdf("slip", slip_sheet(facts) | {"large": facts.large_type})


def receipt_pdf(facts: ReceiptFacts, *, stub: bool = True) -> bytes:
    """Return a receipt on A5: the payer's part above the cut line, with `stub` the one of the office below it.

    Errors: `ValueError` for an amount that cannot be stated in capitals.
    """
    return pdf("receipt", receipt_sheet(facts) | {"stub": stub})


def message_slip_pdf(facts: MessageSlipFacts) -> bytes:
    """Return the note for the door of a resident who was out, and below the cut line its stub (HS-4.3.3)."""
    return pdf("message", message_sheet(facts))


def record_pdf(facts: RecordFacts) -> bytes:
    """Return the home service record on A5 (HS-4.1.1.4, HA-1.4, HA-4), filled in or with room to fill it in by hand.

    Errors: `ValueError` for an amount that cannot be stated in capitals.
    """
    return pdf("record", record_sheet(facts))


def register_pdf(facts: RegisterFacts) -> bytes:
    """Return a register on A4 landscape with sums carried from page to page; an empty one says so on one page.

    Errors: `ValueError` for a register without columns, or with words in a column that is added up.
    """
    return pdf("register", register_sheet(facts), tagged=False)
