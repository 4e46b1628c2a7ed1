"""Statements of the company's accounts as WeChat Pay, Alipay and banks export them: read, and kept once.

The layouts are those of the exports: the WeChat merchant's transaction bill (UTF-8, a backquote before each value, sums
below), Alipay's account detail (GB18030, lines with # above and below), and a bank's list with its usual column names.
"""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal, InvalidOperation
from zoneinfo import ZoneInfo

from menling.kernel.money import ZERO, yuan
from menling.kernel.refusal import Refused
from menling.kernel.words import Message, _
from menling.money.models import StatementLine
from menling.premises.models import Office

MOST_ROWS = 20000
TOO_LONG = _("The file has more than {most} rows. Please export a shorter time.")
OTHER = _("Another row has this number with another time, amount or text. Please give one of them a number of its own.")
CHANGED = _("{trade} is known with ¥{amount}; here it has ¥{other}, or another time. Please ask which of them is right.")
TIMES = ("%Y-%m-%d %H:%M:%S", "%Y/%m/%d %H:%M:%S", "%Y-%m-%d %H:%M", "%Y/%m/%d %H:%M", "%Y%m%d %H:%M:%S", "%Y%m%d %H%M%S",
         "%Y%m%d%H%M%S", "%Y-%m-%d", "%Y/%m/%d", "%Y%m%d")  # fmt: skip


@dataclass(frozen=True)
class Layout:
    """How an export names its columns: the first name of each that is there counts; `succeeded` are the states of money in."""

    account: str
    at: tuple[str, ...]
    trade: tuple[str, ...]
    amount: tuple[str, ...]
    payer: tuple[str, ...] = ()
    remark: tuple[str, ...] = ()
    state: str = ""
    succeeded: tuple[str, ...] = ()
    clock: tuple[str, ...] = ()


LAYOUTS = (
    Layout(
        "wechat", ("交易时间",), ("微信订单号",), ("订单金额", "应结订单金额", "总金额"), ("用户标识",),
        ("商品名称", "商户数据包", "商户订单号"), "交易状态", ("SUCCESS", "买家已支付", "支付成功"),
    ),
    Layout(
        "alipay", ("发生时间",), ("账务流水号",), ("收入金额（+元）", "收入（+元）"), ("对方账号", "对方名称"),
        ("备注", "商品名称", "商户订单号"),
    ),
    Layout(
        "bank", ("交易时间", "交易日期", "记账日期", "入账日期"), ("交易流水号", "流水号", "交易序号", "凭证号", "日志号"),
        ("贷方发生额", "贷方发生额/元(收入)", "贷方金额", "收入金额", "收入"), ("对方户名", "对方名称", "付款人名称"),
        ("附言", "备注", "用途", "摘要"), clock=("交易日期",),
    ),
)  # fmt: skip


@dataclass(frozen=True)
class Row:
    """One sum that came in, in yuan; `number` is that of its row in the file."""

    trade: str
    paid_at: datetime
    amount: Decimal
    payer: str
    remark: str
    number: int = field(default=0, compare=False)


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
    text = _text(data).replace("\r\n", "\n").replace("\r", "\n")
    lines = [[_plain(cell) for cell in line] for line in csv.reader(io.StringIO(text))]
    for number, titles in enumerate(lines):
        layout = next((each for each in LAYOUTS if _fits(each, titles)), None)
        if layout is not None:
            return _read(layout, titles, lines[number + 1 :], number + 2, zone)
    why = _("This is no export of WeChat Pay, Alipay or a bank. Please send the CSV file as it was downloaded.")
    return Statement("", (), (Flaw(0, Message(why)),))


def _text(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("gb18030", errors="replace")


def _plain(cell: str) -> str:
    return cell.strip().lstrip("`").strip()


def _column(titles: Sequence[str], names: Sequence[str]) -> int | None:
    return next((titles.index(name) for name in names if name in titles), None)


def _fits(layout: Layout, titles: Sequence[str]) -> bool:
    return all(_column(titles, names) is not None for names in (layout.at, layout.trade, layout.amount))


def _read(layout: Layout, titles: Sequence[str], lines: Sequence[Sequence[str]], first: int, zone: ZoneInfo) -> Statement:
    if len(lines) > MOST_ROWS:
        return Statement(layout.account, (), (Flaw(0, Message(TOO_LONG, {"most": MOST_ROWS})),))
    rows: dict[str, Row] = {}
    flaws = []
    for number, line in enumerate(lines, first):
        if not any(line) or line[0].startswith("#"):
            continue
        if line[0].startswith(("总交易单数", "合计", "总笔数")):
            break
        try:
            row = _row(layout, dict(zip(titles, line, strict=False)), zone)
        except (ValueError, InvalidOperation, Refused):
            flaws.append(Flaw(number, Message(_("Time, number or amount cannot be read."))))
            continue
        if row is not None and rows.setdefault(row.trade, replace(row, number=number)) != row:
            flaws.append(Flaw(number, Message(OTHER)))
    return Statement(layout.account, tuple(rows.values()), tuple(flaws))


def _row(layout: Layout, said: Mapping[str, str], zone: ZoneInfo) -> Row | None:
    """Return a sum that came in, or None for money that went out or a payment that did not succeed."""
    if layout.state and said.get(layout.state, "") not in layout.succeeded:
        return None
    figure = _first(said, layout.amount).replace(",", "").lstrip("+¥")
    amount = yuan(Decimal(figure)) if figure else ZERO
    if amount == ZERO:
        return None
    trade = _first(said, layout.trade)
    if not trade:
        raise ValueError(trade)
    remark = " ".join(filter(None, (said.get(name, "") for name in layout.remark)))
    return Row(trade[:64], _instant(layout, said, zone), amount, _first(said, layout.payer)[:60], remark[:200])


def _first(said: Mapping[str, str], names: Sequence[str]) -> str:
    return next((said[name] for name in names if said.get(name)), "")


def _instant(layout: Layout, said: Mapping[str, str], zone: ZoneInfo) -> datetime:
    told = _first(said, layout.at)
    day = _first(said, layout.clock)
    both = f"{day} {told}" if day and day != told and ":" in told and len(told) <= 8 else told
    for form in TIMES:
        try:
            return datetime.strptime(both, form).replace(tzinfo=zone)
        except ValueError:
            continue
    raise ValueError(both)


def contradicted(office: Office, statement: Statement) -> tuple[Flaw, ...]:
    """MR-23  Return the rows whose number is known here with another time or amount: one of both statements is wrong."""
    said = {row.trade: row for row in statement.rows}
    here = StatementLine.objects.filter(office=office, account=statement.account, trade__in=said)
    return tuple(
        Flaw(row.number, Message(CHANGED, {"trade": line.trade, "amount": line.amount, "other": row.amount}))
        for line in here.order_by("pk") if (row := said[line.trade]) and (line.amount, line.paid_at) != (row.amount, row.paid_at)
    )  # fmt: skip


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
