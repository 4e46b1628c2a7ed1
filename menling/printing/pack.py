"""The emergency pack's facts, and the words that its template sets: what a desk works with when the office itself is down."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import pgettext

from menling.printing.price_sheet import Priced
from menling.printing.sheets import head_labels, person
from menling.printing.typesetting import pdf
from menling.printing.wording import dated, moment, money, one_line

Sheet = dict[str, Any]
Field = tuple[str, float]
"""A label, and how much of the line its cell takes."""


@dataclass(frozen=True)
class PackOrder:
    """An open order: when the visit is agreed (None: at once), where, for whom, what, and who was sent."""

    number: str
    visit_at: datetime | None
    unit: str
    reporter: str
    phone: str
    content: str
    status: str
    worker: str = ""
    due_at: datetime | None = None


@dataclass(frozen=True)
class PackPerson:
    """Somebody to be called: why, by what name and number, until when on shift (None: on call, or always)."""

    part: str
    name: str
    number: str
    phone: str
    until: datetime | None = None


@dataclass(frozen=True)
class PackPad:
    """Blank sheets of a form with the numbers reserved for them: message_slip, errand_sheet or dispatch_slip."""

    form: str
    numbers: Sequence[str]


@dataclass(frozen=True)
class PackFacts:
    """All that is printed for one shift; `appointments` are the visits of the day, the soonest first.

    `errands` stand like orders: when it is to be bought, for whom, what, and who buys. `prices` are those of the list
    `list_name`, in force from `list_since`; none before the first list.
    """

    company: str
    office_name: str
    office_phone: str
    form_no: str
    printed_at: datetime
    printed_by: str
    people: Sequence[PackPerson] = ()
    appointments: Sequence[PackOrder] = ()
    orders: Sequence[PackOrder] = ()
    errands: Sequence[PackOrder] = ()
    list_name: str = ""
    list_since: datetime | None = None
    prices: Sequence[Priced] = ()
    pads: Sequence[PackPad] = ()


def pack_pdf(facts: PackFacts) -> bytes:
    """Return the emergency pack on A4: lists first, then the blank sheets, two to a page."""
    return pdf("pack", pack_sheet(facts), tagged=False)


def pack_sheet(facts: PackFacts) -> Sheet:
    """Return everything the pack shows, ready to set."""
    return {
        "label": head_labels() | _labels(),
        "company": one_line(facts.company), "office": one_line(facts.office_name),
        "office_phone": one_line(facts.office_phone, 28), "form_no": one_line(facts.form_no, 28), "number": "",
        "printed": pgettext("paper", "Printed {at} by {name}").format(
            at=dated(facts.printed_at), name=one_line(facts.printed_by)
        ),
        "how": _how(facts), "people": [_person(each) for each in facts.people],
        "appointments": [_order(each) for each in facts.appointments], "orders": [_order(each) for each in facts.orders],
        "errands": [_order(each, pgettext("paper", "no time set")) for each in facts.errands],
        "list_name": one_line(facts.list_name), "since": dated(facts.list_since) if facts.list_since else "",
        "prices": [[one_line(each.name, 60), money(each.price), one_line(each.per)] for each in facts.prices],
        "pads": [_pad(each) for each in facts.pads if each.numbers],
    }  # fmt: skip


def _how(facts: PackFacts) -> list[str]:
    ranges = ", ".join(f"{each.numbers[0]}–{each.numbers[-1]}" for each in facts.pads if each.numbers)
    return [
        pgettext("paper", "Use it while the system cannot be reached. The pack printed before is torn up."),
        pgettext("paper", "One numbered sheet for each report: {ranges}. Every number is accounted for; a spoilt sheet is kept."
                 ).format(ranges=ranges),
        pgettext("paper", "Write the true time of every step, and enter each sheet afterwards with these times."),
    ]  # fmt: skip


def _person(each: PackPerson) -> list[str]:
    until = pgettext("paper", "until {time}").format(time=moment(each.until)) if each.until else ""
    return [one_line(each.part), person(each.name, each.number), one_line(each.phone), until]


def _order(each: PackOrder, untimed: str = "") -> list[str]:
    """Return the cells of a row; `untimed` stands where no time is set, otherwise it is for now."""
    when = moment(each.visit_at) if each.visit_at else untimed or pgettext("paper", "at once")
    due = pgettext("paper", "by {time}").format(time=moment(each.due_at)) if each.due_at else ""
    state = "\n".join(part for part in (one_line(each.worker), one_line(each.status), due) if part)
    who = f"{one_line(each.reporter)}\n{one_line(each.phone)}"
    return [when, one_line(each.unit), who, one_line(each.content, 120), state, one_line(each.number)]


def _pad(pad: PackPad) -> Sheet:
    title, rows = _forms()[pad.form]
    return {"title": title, "numbers": list(pad.numbers), "rows": [[[label, weight] for label, weight in row] for row in rows]}


def _labels() -> dict[str, str]:
    return {
        "title": pgettext("paper", "Emergency pack"), "people": pgettext("paper", "Who is called"),
        "appointments": pgettext("paper", "Today's appointments"), "orders": pgettext("paper", "Other open orders"),
        "errands": pgettext("paper", "Open errands"), "buy_by": pgettext("paper", "To be bought by"),
        "goods": pgettext("paper", "Goods"), "buyer": pgettext("paper", "Buyer, status"),
        "prices": pgettext("paper", "Price list"), "since": pgettext("paper", "In force from"),
        "item": pgettext("paper", "Item"), "price": pgettext("paper", "Yuan"), "per": pgettext("paper", "per"),
        "nobody": pgettext("paper", "Nobody is entered."), "none": pgettext("paper", "None."),
        "when": pgettext("paper", "Visit time"), "unit": pgettext("paper", "Unit"), "who": pgettext("paper", "Who reported"),
        "content": pgettext("paper", "What is wanted"), "state": pgettext("paper", "Sent, status, due"),
        "order": pgettext("paper", "Order"), "entered": pgettext("paper", "Entered"),
    }  # fmt: skip


def _forms() -> dict[str, tuple[str, list[list[Field]]]]:
    """Return the title and the lines of each blank form, as the papers of the procedures ask for them."""
    return {
        "dispatch_slip": (pgettext("paper", "Dispatch slip"), _slip_rows()),
        "errand_sheet": (pgettext("paper", "Proxy purchase sheet"), _errand_rows()),
        "message_slip": (pgettext("paper", "Message slip stub"), _message_rows()),
    }  # fmt: skip


def _slip_rows() -> list[list[Field]]:
    """EN-F.2, EN-D.10 to EN-D.15, with room for the true time of each step."""
    return [
        [(pgettext("paper", "Reported at"), 1), (pgettext("paper", "Taken by"), 1), (pgettext("paper", "Urgency"), 1)],
        [(pgettext("paper", "Unit"), 1), (pgettext("paper", "Reported by"), 1), (pgettext("paper", "Phone"), 1)],
        [(pgettext("paper", "What is wanted"), 3)], [(pgettext("paper", "Special requirements"), 2),
         (pgettext("paper", "Visit agreed"), 1)],
        [(pgettext("paper", "Worker"), 1), (pgettext("paper", "Sent at"), 1), (pgettext("paper", "Accepted at"), 1)],
        [(pgettext("paper", "Arrived at"), 1), (pgettext("paper", "Begun at"), 1), (pgettext("paper", "Finished at"), 1)],
        [(pgettext("paper", "Price shown"), 1), (pgettext("paper", "Agreed to (name, time)"), 2)],
        [(pgettext("paper", "What was done"), 3)],
        [(pgettext("paper", "Paid (cash or code)"), 1), (pgettext("paper", "Rating and opinion"), 2)],
        [(pgettext("paper", "Customer's signature"), 1), (pgettext("paper", "Worker's signature"), 1),
         (pgettext("paper", "Checked by"), 1)],
    ]  # fmt: skip


def _errand_rows() -> list[list[Field]]:
    """HC-5.4.1 to HC-5.4.5: the columns of the register."""
    return [
        [(pgettext("paper", "Registered at"), 1), (pgettext("paper", "Unit"), 1), (pgettext("paper", "Name"), 1)],
        [(pgettext("paper", "Goods"), 2), (pgettext("paper", "Brand"), 1)],
        [(pgettext("paper", "Nature"), 1), (pgettext("paper", "Quantity"), 1), (pgettext("paper", "Specification"), 1)],
        [(pgettext("paper", "Price of one"), 1), (pgettext("paper", "To be bought by"), 1), (pgettext("paper", "Buyer"), 1)],
        [(pgettext("paper", "Advance"), 1), (pgettext("paper", "Number of the invoice"), 1),
         (pgettext("paper", "Amount of the invoice"), 1)],
        [(pgettext("paper", "Bought at"), 1), (pgettext("paper", "Brought at"), 1), (pgettext("paper", "Phone"), 1)],
        [(pgettext("paper", "If not bought: why; told and apologised"), 3)],
        [(pgettext("paper", "Customer's signature"), 1), (pgettext("paper", "Signed at"), 1),
         (pgettext("paper", "Paid (cash or code), at"), 1)],
        [(pgettext("paper", "Finance copy"), 3)],
    ]  # fmt: skip


def _message_rows() -> list[list[Field]]:
    """HS-4.3.3: the note hangs on the door, its stub comes back."""
    return [
        [(pgettext("paper", "Unit"), 1), (pgettext("paper", "Order or sheet"), 1), (pgettext("paper", "Came at"), 1)],
        [(pgettext("paper", "Worker"), 1), (pgettext("paper", "Posted on the door"), 1), (pgettext("paper", "New time"), 1)],
        [(pgettext("paper", "Worker's signature"), 1), (pgettext("paper", "Returned at"), 1),
         (pgettext("paper", "Received by"), 1)],
    ]  # fmt: skip
