"""The cashier's day as JSON, as a page sees it, and as a paper and a workbook to take away."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from menling.doorway.language import said
from menling.kernel.actor import Actor
from menling.kernel.money import ZERO
from menling.kernel.words import _ as marked
from menling.money.cashier import OWN_MONEY, Holding, Standing, holdings, own_money, since, standing, unpaid
from menling.money.corrections import left_of
from menling.money.movements import Movement
from menling.money.sheets import BankSlip, CashierDay, CounterEntry
from menling.policies.values import values_for
from menling.printing.facts import Column, Kind, RegisterFacts, Row
from menling.procedures.accounts import OVERDRAWN, PLACES, kind_of, place_word
from menling.procedures.cashier_day import CashierPolicy, needs_a_word

LIES_IN = ("safe", "envelope", "bag", "errand", "unconfirmed", "bank")
"""The places money lies in, nearest the cashier's hand first."""
LAID_OUT = "laid_out"
"""What people spent of their own on errands: nobody holds that, the office gives it back."""
GIVES = frozenset({"income", "deposit", "prepaid", "opening", LAID_OUT})
"""The kinds money comes from: the books take from them what all other places are given."""


@dataclass(frozen=True)
class Line:
    """One kind of place of a day, in yuan: what was there, what came, what went, what is left; `word` is marked.

    Where money comes from is counted by what it gave, so that an income is no debt to whoever reads the day.
    """

    kind: str
    word: str
    opening: Decimal
    came: Decimal
    went: Decimal

    @property
    def closing(self) -> Decimal:
        """Return what is left."""
        return self.opening + self.came - self.went

    @property
    def is_place(self) -> bool:
        """Tell whether money can lie there; the others say where it came from and what it is for."""
        return self.kind in LIES_IN

    @property
    def warning(self) -> str:
        """Return what to look at, marked: more left the bank than the books know of, which may be so and may be a slip."""
        return OVERDRAWN if self.kind == "bank" and self.closing < ZERO else ""


def cashier_day(day: CashierDay, by: Actor) -> dict[str, Any]:
    """Return the facts of a cashier's day; what was named and counted stands there once it is closed."""
    now = standing(day)
    return {
        "day": day.day, "first": now.first, "counted": None if day.counted is None else str(day.counted), "count": day.count,
        "opening": _texts(now.opening), "came": _texts(now.came), "went": _texts(now.went), "closing": _texts(now.closing),
        "held": day.held, "unpaid": day.unpaid,
        "slips": [{"number": each.number, "amount": str(each.amount), "at": each.at, "fetched": each.fetched,
                   "taken_back": each.taken_back}
                  for each in day.slips.order_by("pk")],
        "entries": [_entry(each) for each in _entries(day)],
    }  # fmt: skip


def _texts(balances: dict[str, Decimal]) -> dict[str, str]:
    return {place: str(amount) for place, amount in sorted(balances.items())}


def _entries(day: CashierDay) -> Iterable[CounterEntry]:
    return day.entries.select_related("asked_by", "decided_by").order_by("pk")


def _entry(each: CounterEntry) -> dict[str, Any]:
    return {
        "entry": each.pk, "reverses": each.reverses_id, "source": each.source, "target": each.target, "amount": str(each.amount),
        "reason": each.reason, "asked_by": each.asked_by.name, "state": each.state, "remark": each.remark,
        "decided_by": each.decided_by.name if each.decided_by else "",
    }  # fmt: skip


def lines(now: Standing) -> list[Line]:
    """Return a day by kind of place, first those money lies in; kinds nothing is or was in are left out."""
    sums: dict[str, list[Decimal]] = defaultdict(lambda: [ZERO, ZERO, ZERO])
    for at, balances in enumerate((now.opening, now.came, now.went)):
        for place, amount in balances.items():
            sums[LAID_OUT if own_money(place, now.at_end(place)) else kind_of(place)][at] += amount
    order = list(dict.fromkeys((*LIES_IN, *PLACES)))
    kinds = sorted(sums, key=lambda kind: (order.index(kind) if kind in order else len(order), kind))
    return [_line(kind, *sums[kind]) for kind in kinds if any(sums[kind])]


def _line(kind: str, opening: Decimal, came: Decimal, went: Decimal) -> Line:
    if kind in GIVES:
        opening, came, went = -opening, went, came
    return Line(kind, OWN_MONEY if kind == LAID_OUT else place_word(f"{kind}:"), opening, came, went)


@dataclass(frozen=True)
class Waiting:
    """A QR payment on no statement yet; `asks` says that a word is needed to close the day."""

    number: str
    order: str
    unit: str
    payer: str
    amount: Decimal
    on: date
    asks: bool
    why: str = ""


def held_of(day: CashierDay, now: Standing) -> list[tuple[Holding, str]]:
    """Return who holds what at the end of a day, with the reason given; of an open day as things stand."""
    said_of = {each["place"]: each["why"] for each in day.held} if day.counted is not None else {}
    return [(each, said_of.get(each.place, "")) for each in holdings(day.office, now.closing, since(day))]


def waiting_of(day: CashierDay) -> list[Waiting]:
    """Return the QR payments on no statement: those named when the day was closed, or of an open day those of now."""
    if day.case.status == "closed":
        return [
            Waiting(each["number"], each["order"], each["unit"], each["payer"], Decimal(each["amount"]),
                    date.fromisoformat(each["on"]), asks=bool(each["why"]), why=each["why"])
            for each in day.unpaid
        ]  # fmt: skip
    policy = values_for(day.office, day.valued_at).policy(CashierPolicy)
    return [
        Waiting(each.charge.case.number, order.number, order.unit.said if order.unit else "", each.charge.payer,
                each.charge.collected or ZERO, each.on, needs_a_word(each.on, day.day, policy))
        for each in unpaid(day.office, day.day) if (order := each.charge.case.parent)
    ]  # fmt: skip


def day_sheet(day: CashierDay) -> RegisterFacts:
    """Return the sheet of a day: each place, who still holds what, the QR payments on no statement, and who signed (MR-30)."""
    now = standing(day)
    rows: list[Row] = [
        {"what": said(each.word), "opening": each.opening, "came": each.came, "went": each.went, "closing": each.closing,
         "why": said(each.warning) if each.warning else ""}
        for each in lines(now)
    ]  # fmt: skip
    rows += [
        {"what": said(OWN_MONEY if each.laid_out else place_word(each.place)), "closing": each.shown,
         "who": f"{each.name} {each.number} {each.mark}".strip(), "why": why}
        for each, why in held_of(day, now)
    ]  # fmt: skip
    rows += [
        {"what": _("Paid by QR code, on no statement"), "closing": each.amount,
         "who": f"{each.order or each.number} {each.unit} {each.payer}",
         "why": " ".join(filter(None, (f"{each.on:%m-%d}", each.why)))}
        for each in waiting_of(day)
    ]  # fmt: skip
    rows += [
        {
            "what": _("Bank slip"),
            "who": each.number,
            "came" if each.fetched else "went": each.amount,
            "why": f"{localtime(each.at):%m-%d %H:%M} {_('taken back') if taken_back else ''}".strip(),
        }
        for each, taken_back in _slips(day)
    ]
    rows += [
        {"what": _("Counted in the safe"), "who": f"¥{piece} × {number}", "closing": Decimal(piece) * number}
        for piece, number in day.count.items() if number
    ]  # fmt: skip
    return _register(day, now, _("Cashier's day"), _sheet_columns(), rows, signers=_signers(day))


def _sheet_columns() -> tuple[Column, ...]:
    return (
        Column("what", _("What"), 10), Column("who", _("Who or which"), 12), Column("opening", _("At the begin"), 7, Kind.MONEY),
        Column("came", _("In"), 7, Kind.MONEY), Column("went", _("Out"), 7, Kind.MONEY),
        Column("closing", _("At the end"), 7, Kind.MONEY), Column("why", _("Remark"), 14),
    )  # fmt: skip


def _signers(day: CashierDay) -> tuple[str, ...]:
    closed = day.case.events.filter(verb="close_day").order_by("-pk").first() if day.case.status == "closed" else None
    who = f"{_('Finance')} {closed.actor_name} {localtime(closed.happened_at):%m-%d %H:%M}" if closed else _("Finance")
    return who, _("Office manager")


def _register(day: CashierDay, now: Standing, title: str, columns: Sequence[Column], rows: Sequence[Row],
              signers: tuple[str, ...] = ()) -> RegisterFacts:  # fmt: skip
    days = f"{now.last}" if now.first == now.last else f"{now.first} – {now.last}"
    return RegisterFacts(
        title=title, office=day.office.name, company=day.office.company.name, period=f"{days} {day.case.number}",
        columns=columns, rows=rows, signers=signers, form_no=f"{day.office.code}-MR-30",
    )  # fmt: skip


def day_book(day: CashierDay, moved: Sequence[Movement]) -> list[RegisterFacts]:
    """Return the day as the sheets of a workbook: the sheet, its movements, and its counter-entries."""
    now = standing(day)
    movements = (
        Column("at", _("At"), 10, Kind.MOMENT), Column("what", _("What"), 8), Column("order", _("Order"), 9),
        Column("person", _("Collector"), 6), Column("source", _("From"), 8), Column("target", _("To"), 8),
        Column("amount", _("Amount"), 7, Kind.MONEY),
    )  # fmt: skip
    corrections = (
        Column("at", _("Asked at"), 10, Kind.MOMENT), Column("who", _("Asked by"), 6), Column("reason", _("Reason"), 14),
        Column("source", _("From"), 8), Column("target", _("To"), 8), Column("amount", _("Amount"), 7, Kind.MONEY),
        Column("state", _("Status"), 6), Column("decided", _("Decided by"), 6), Column("remark", _("Remark"), 10),
    )  # fmt: skip
    return [
        day_sheet(day),
        _register(day, now, _("Movements"), movements, [_moved(each) for each in moved]),
        _register(day, now, _("Counter-entries"), corrections, [_corrected(each) for each in _entries(day)]),
        _register(day, now, _("Bank slips"), _slip_columns(), [_slip(*each) for each in _slips(day)]),
    ]


def _slip_columns() -> tuple[Column, ...]:
    return (
        Column("at", _("At"), 10, Kind.MOMENT),
        Column("number", _("Bank slip"), 10),
        Column("way", _("Way"), 10),
        Column("amount", _("Amount"), 7, Kind.MONEY),
    )


def _slips(day: CashierDay) -> list[tuple[BankSlip, bool]]:
    """Return the slips of a day and whether they were taken back by then: what was printed and signed stays as it was."""
    slips = list(day.slips.select_related("transfer").order_by("pk"))
    left = left_of([each.transfer for each in slips if each.transfer], day.day)
    return [(each, each.transfer is not None and left[each.transfer.pk] == ZERO) for each in slips]


def _slip(each: BankSlip, taken_back: bool) -> Row:
    way = _("from the bank") if each.fetched else _("to the bank")
    return {"at": localtime(each.at), "number": each.number, "amount": each.amount,
            "way": f"{way} {_('taken back')}" if taken_back else way}  # fmt: skip


def _moved(each: Movement) -> Row:
    return {
        "at": localtime(each.row.happened_at), "what": said(each.word), "order": each.order, "person": each.person,
        "source": said(place_word(each.row.source)), "target": said(place_word(each.row.target)), "amount": each.row.amount,
    }  # fmt: skip


STATES = {"asked": marked("waits for a second person"), "posted": marked("posted"), "refused": marked("refused")}
"""What has become of a counter-entry."""


def _corrected(each: CounterEntry) -> Row:
    return {
        "at": localtime(each.asked_at), "who": each.asked_by.name, "reason": each.reason, "amount": each.amount,
        "source": said(place_word(each.source)), "target": said(place_word(each.target)), "state": said(STATES[each.state]),
        "decided": each.decided_by.name if each.decided_by else "", "remark": each.remark,
    }  # fmt: skip
