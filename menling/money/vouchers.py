"""A month of the books as accounting vouchers: what leaves one place in one step is one voucher whose two sides are equal."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from menling.kernel.money import ZERO
from menling.money.movements import OF_STAFF, Movement
from menling.policies.history import History
from menling.premises.models import Office
from menling.procedures.accounts import AccountsPolicy, account_of, kind_of, place_word

OF_RESIDENTS = ("owed", "customer", "refunded", "damage", "written_off", "deposit", "prepaid")
"""Kinds of place that concern one home, which is the party of their lines."""


@dataclass(frozen=True)
class Line:
    """One line of a voucher: an account, what it stands for (marked), on whom it hangs, and one of both amounts in yuan."""

    account: str
    place: str
    party: str
    debit: Decimal = ZERO
    credit: Decimal = ZERO


@dataclass(frozen=True)
class Voucher:
    """A voucher: its place in the month, its day, what happened (marked), the order and receipt, and its lines."""

    number: int
    day: date
    word: str
    order: str
    receipt: str
    lines: tuple[Line, ...]


def vouchers(rows: Iterable[Movement], office: Office) -> list[Voucher]:
    """MR-26  Return movements, in the order they were written down, as vouchers.

    The number counts in that order, so that what is entered late goes behind what was exported before; a voucher is of the day
    of the books (MR-28). The accounts are those in force when the money moved.
    """
    history = History(office)
    steps: dict[tuple[int, datetime, str], list[Movement]] = {}
    for each in rows:
        steps.setdefault((each.row.case_id, each.row.happened_at, each.row.source), []).append(each)
    return [_voucher(number, step, history) for number, step in enumerate(steps.values(), 1)]


def _voucher(number: int, step: list[Movement], history: History) -> Voucher:
    first = step[0]
    policy = history.at(first.row.happened_at).policy(AccountsPolicy)
    receipt = first.charge.receipt if first.charge and first.method else ""
    return Voucher(number, first.day, first.word, first.order, receipt, _lines(step, policy))


def _lines(step: list[Movement], policy: AccountsPolicy) -> tuple[Line, ...]:
    """Money that goes to a place is its debit, money that leaves it its credit; the same line twice is one."""
    debit: dict[Line, Decimal] = {}
    credit: dict[Line, Decimal] = {}
    for each in step:
        for side, place in ((debit, each.row.target), (credit, each.row.source)):
            line = Line(account_of(place, policy), place_word(place), _party(each, place))
            side[line] = side.get(line, ZERO) + each.row.amount
    return (
        *(Line(line.account, line.place, line.party, debit=amount) for line, amount in debit.items()),
        *(Line(line.account, line.place, line.party, credit=amount) for line, amount in credit.items()),
    )


def _party(each: Movement, place: str) -> str:
    kind, _colon, whose = place.partition(":")
    if kind in OF_STAFF:
        return each.person
    if kind == "shortfall":
        return whose
    return each.party if kind_of(place) in OF_RESIDENTS else ""


def by_account(found: Iterable[Voucher]) -> list[Line]:
    """Return what each account gained and lost, by its number."""
    sums: dict[tuple[str, str], tuple[Decimal, Decimal]] = {}
    for line in (line for each in found for line in each.lines):
        debit, credit = sums.get((line.account, line.place), (ZERO, ZERO))
        sums[line.account, line.place] = (debit + line.debit, credit + line.credit)
    return [Line(account, place, "", *both) for (account, place), both in sorted(sums.items())]
