"""Statements of the company's accounts as WeChat Pay, Alipay and banks export them: read, and kept once.

What stands above the titles of the columns is passed over, and so are lines with # and the sums below.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal, InvalidOperation
from zoneinfo import ZoneInfo

from menling.kernel.money import ZERO, yuan
from menling.kernel.refusal import Refused
from menling.kernel.words import Message, _
from menling.money.exported import Unreadable, lines_of
from menling.money.layouts import LAYOUTS, NOT_HERE, Layout
from menling.money.models import StatementLine
from menling.premises.models import Office

MOST_ROWS = 20000
MOST_ABOVE = 100
"""Lines above the titles of the columns."""
TOO_LONG = _("The file has more than {most} rows. Please export a shorter time.")
OTHER = _("Another row has this number with another time, amount or text. Please give one of them a number of its own.")
CHANGED = _("{trade} is known with ¥{amount}; here it has ¥{other}, or another time. Please ask which of them is right.")
TIMES = ("%Y-%m-%d %H:%M:%S", "%Y/%m/%d %H:%M:%S", "%Y-%m-%d %H:%M", "%Y/%m/%d %H:%M", "%Y%m%d %H:%M:%S", "%Y%m%d %H%M%S",
         "%Y-%m-%d %H%M%S", "%Y%m%d%H%M%S", "%Y-%m-%d", "%Y/%m/%d", "%Y%m%d")  # fmt: skip
NO_EXPORT = _(
    "This is no export of WeChat Pay, Alipay or a bank. Please send the CSV or Excel file (.xlsx) as it was downloaded."
)
UNREAD = _("“{value}” under “{column}” cannot be read.")
PART_BACK = re.compile(r"[¥￥](\d+(?:\.\d{1,2})?)")
EMPTY = _("“{column}” is empty.")


@dataclass(frozen=True)
class Row:
    """One sum that came in, in yuan; `number` is that of its row in the file.

    `before` is what it was before a part of it was given back, so that a file of before and one of after agree.
    """

    trade: str
    paid_at: datetime
    amount: Decimal
    payer: str
    remark: str
    number: int = field(default=0, compare=False)
    before: Decimal = field(default=ZERO, compare=False)


@dataclass(frozen=True)
class Flaw:
    """What is wrong in which row of the file, counted as a text editor counts; 0 is the whole file."""

    row: int
    why: Message


@dataclass(frozen=True)
class Statement:
    """A file that was read: which account it is of, the sums that came in, and what could not be read."""

    account: str
    rows: tuple[Row, ...]
    flaws: tuple[Flaw, ...]


def read(data: bytes, zone: ZoneInfo) -> Statement:
    """Return what a file says; a file of no known layout has one flaw."""
    try:
        lines = lines_of(data, MOST_ROWS + MOST_ABOVE)
    except Unreadable:
        lines = []
    for number, line in enumerate(lines[:MOST_ABOVE]):
        titles = [_title(cell) for cell in line]
        layout = next((each for each in LAYOUTS if _fits(each, titles)), None)
        if layout is not None:
            return _read(layout, titles, lines[number + 1 :], number + 2, zone)
    return Statement("", (), (Flaw(0, Message(NO_EXPORT)),))


def _title(cell: str) -> str:
    return cell.replace("（", "(").replace("）", ")")


def _column(titles: Sequence[str], names: Sequence[str]) -> int | None:
    return next((titles.index(name) for name in names if name in titles), None)


def _fits(layout: Layout, titles: Sequence[str]) -> bool:
    asked_for = (layout.at, layout.trade, layout.amount, *([layout.state] if layout.state else []))
    return all(_column(titles, names) is not None for names in asked_for)


def _read(layout: Layout, titles: Sequence[str], lines: Sequence[Sequence[str]], first: int, zone: ZoneInfo) -> Statement:
    if len(lines) > MOST_ROWS:
        return Statement(layout.account, (), (Flaw(0, Message(TOO_LONG, {"most": MOST_ROWS})),))
    rows: dict[str, Row] = {}
    taken_back: list[Row] = []
    flaws = []
    for number, line in _told(lines, first):
        try:
            row = _row(layout, dict(zip(titles, line, strict=False)), zone)
        except _Unread as error:
            flaws.append(Flaw(number, error.why))
            continue
        if row is not None and row.amount < ZERO:
            taken_back.append(row)
        elif row is not None and rows.setdefault(row.trade, replace(row, number=number)) != row:
            flaws.append(Flaw(number, Message(OTHER)))
    for back in taken_back:
        rows.pop(_reversed(back, rows), None)
    return Statement(layout.account, tuple(rows.values()), tuple(flaws))


def _told(lines: Sequence[Sequence[str]], first: int) -> Iterator[tuple[int, Sequence[str]]]:
    """Yield the rows above the sums with their numbers, without empty lines and those with #."""
    for number, line in enumerate(lines, first):
        if any(line) and line[0].startswith(("总交易单数", "合计", "总笔数")):
            return
        if any(line) and not line[0].startswith("#"):
            yield number, line


def _reversed(back: Row, rows: Mapping[str, Row]) -> str:
    """Return the number of what a row below zero takes back: its own, or that of the last such sum of the same payer."""
    alike = [row.trade for row in rows.values() if (row.amount, row.payer) == (-back.amount, back.payer)]
    return back.trade if back.trade in rows else next(reversed(alike), "")


class _Unread(Exception):
    """A value that cannot be read, said for whoever looks into the file."""

    def __init__(self, column: str, value: str) -> None:
        self.why = Message(UNREAD if value else EMPTY, {"column": column, "value": value})
        super().__init__(column, value)


def _row(layout: Layout, said: Mapping[str, str], zone: ZoneInfo) -> Row | None:
    """Return a sum that came in, or None for money that went out or back or a payment that did not succeed.

    A sum below zero takes an earlier one back.
    """
    if layout.state and _first(said, layout.state)[1] not in layout.succeeded:
        return None
    before = _amount(layout, said)
    amount = _kept(_first(said, layout.standing)[1], before)
    if amount == ZERO:
        return None
    column, trade = _first(said, layout.trade)
    if not trade:
        raise _Unread(column, trade)
    remark = " ".join(filter(None, (said.get(name, "") for name in layout.remark)))
    payer = _first(said, layout.payer)[1][:60]
    return Row(trade[:64], _instant(layout, said, zone), amount, payer, remark[:200], before=before)


def _kept(standing: str, amount: Decimal) -> Decimal:
    """Return what is left of a payment by its state, in yuan: nothing once it went back, unless the state tells how much did."""
    if not any(word in standing for word in NOT_HERE):
        return amount
    part = PART_BACK.search(standing)
    return max(amount - Decimal(part[1]), ZERO) if part else ZERO


def _first(said: Mapping[str, str], names: Sequence[str]) -> tuple[str, str]:
    """Return the first of some columns that says something and what it says; if none does, the first that is there."""
    there = [name for name in names if name in said]
    return next(((name, said[name]) for name in there if said[name]), (there[0] if there else "", ""))


def _amount(layout: Layout, said: Mapping[str, str]) -> Decimal:
    column, told = _first(said, layout.amount)
    figure = re.sub(r"^([-+]?)[¥￥]?([-+]?)", r"\1\2", told.replace(",", "")).lstrip("+")
    try:
        sum_said = Decimal(figure) if figure else ZERO
        # A bank writes what it takes back below zero; WeChat and Alipay say it in a row's state.
        return yuan(abs(sum_said)).copy_sign(sum_said) if layout.account == "bank" else yuan(sum_said)
    except (InvalidOperation, Refused) as error:
        raise _Unread(column, told) from error


def _instant(layout: Layout, said: Mapping[str, str], zone: ZoneInfo) -> datetime:
    (column, told), (_day, day) = _first(said, layout.at), _first(said, layout.clock)
    apart = day and day != told and ((":" in told and len(told) <= 8) or (told.isdecimal() and len(told) == 6))
    both = f"{day} {told}" if apart else told
    for form in TIMES:
        try:
            return datetime.strptime(both, form).replace(tzinfo=zone)
        except ValueError:
            continue
    raise _Unread(column, both)


def contradicted(office: Office, statement: Statement) -> tuple[Flaw, ...]:
    """MR-23  Return the rows whose number is known here with another time or amount: one of both statements is wrong."""
    said = {row.trade: row for row in statement.rows}
    here = StatementLine.objects.filter(office=office, account=statement.account, trade__in=said)
    return tuple(
        Flaw(row.number, Message(CHANGED, {"trade": line.trade, "amount": line.amount, "other": row.amount}))
        for line in here.order_by("pk")
        if (row := said[line.trade]) and (line.amount not in (row.amount, row.before) or line.paid_at != row.paid_at)
    )  # fmt: skip


def locked_line(office: int, key: int) -> StatementLine:
    """Return a line by its key, locked until the commit. Errors: `Refused` MR-23 (422) for one of another office."""
    # Locked without its charge: a joined row would be that of before the wait.
    found = StatementLine.objects.select_for_update(no_key=True).filter(pk=key, office=office).first()
    if found is None:
        raise Refused("MR-23", _("There is no such line on the statements of this office."), status=422, field="line")
    return found


def keep(office: Office, statement: Statement, at: datetime) -> tuple[list[StatementLine], int]:
    """Keep the lines that are not known yet; return them and how many were known. The same file twice changes nothing."""
    said = {row.trade: row for row in statement.rows}
    here = StatementLine.objects.filter(office=office, account=statement.account)
    known = set(here.filter(trade__in=said).values_list("trade", flat=True))
    made = StatementLine.objects.bulk_create(
        [StatementLine(office=office, account=statement.account, trade=row.trade, paid_at=row.paid_at, amount=row.amount,
                       payer=row.payer, remark=row.remark, imported_at=at) for trade, row in said.items() if trade not in known],
        ignore_conflicts=True,
    )  # fmt: skip
    fresh = here.filter(trade__in=[each.trade for each in made])
    return list(fresh.order_by("pk")), len(statement.rows) - len(made)
