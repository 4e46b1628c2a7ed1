"""MR-23  The statements as WeChat Pay, Alipay and the banks export them: each layout read, each bad value named."""

from datetime import UTC, datetime
from decimal import Decimal
from io import BytesIO
from zipfile import ZIP_STORED, ZipFile
from zoneinfo import ZoneInfo

import pytest
from openpyxl import Workbook

from menling.money.statements import read

ZONE = ZoneInfo("Asia/Shanghai")
AT = datetime(2026, 11, 20, 2, 31, 5, tzinfo=UTC)
DAY = datetime(2026, 11, 19, 16, 0, tzinfo=UTC)
WECHAT_ACCOUNT = """微信支付账单明细,,,,,,,,
起始时间：[2026-11-20 00:00:00] 终止时间：[2026-11-20 23:59:59],,,,,,,,
----------------------微信支付账单明细列表--------------------,,,,,,,,
交易时间,交易类型,交易对方,商品,收/支,金额(元),支付方式,当前状态,交易单号,商户单号,备注
2026-11-20 10:31:05,二维码收款,何*,收款方备注:二维码收款,收入,¥45.00,/,已存入零钱,T1\t,M1\t,XH-R26-00001
2026-11-20 11:00:00,商户消费,便利店,矿泉水,支出,¥6.50,零钱,支付成功,T2\t,M2\t,/
"""
ALIPAY_BUSINESS = """#支付宝业务明细查询
支付宝交易号,商户订单号,业务类型,商品名称,创建时间,完成时间,对方账户,订单金额（元）,商家实收（元）,服务费（元）,备注
T1\t,M1\t,交易\t,XH-R26-00001 保洁,2026-11-20 10:31:00,2026-11-20 10:31:05,沈*国,45.00,45.00,-0.27,
T2\t,M2\t,退款\t,XH-R26-00001 保洁,2026-11-20 10:40:00,2026-11-20 10:40:05,沈*国,-10.00,-10.00,0.06,
#-----------------------------------------业务明细列表结束------------------------------------
"""
ALIPAY_ACCOUNT = """支付宝交易明细
交易时间,交易分类,交易对方,对方账号,商品说明,收/支,金额,收/付款方式,交易状态,交易订单号,商家订单号,备注
2026-11-20 10:31:05,转账,王**,138****0000,收钱码,收入,45.00,余额,交易成功,T1\t,M1\t,XH-R26-00001
2026-11-20 10:32:05,日用,超市,,纸,支出,9.00,余额,交易成功,T2\t,M2\t,
"""
BANK_IN_TWO_COLUMNS = """交易时间,借方发生额（支取）,贷方发生额（收入）,余额,对方户名,记账日期,摘要,备注,账户明细编号-交易流水号
20261120 10:31:05,0.00,45.00,100.00,孙静,20261120,转账,XH-R26-00001,T1
20261120 10:32:05,9.00,0.00,91.00,电力,20261120,电费,,T2
"""
BANK_DAY_AND_CLOCK = """交易日期,交易时间,收入金额,支出金额,余额,对方户名,摘要,附言,流水号
20261120,103105,45.00,,100.00,王桂兰,转账,XH-R26-00001,T1
20261120,103205,,9.00,91.00,手续费,手续费,,T2
"""
BANK_WITH_A_MARK = """交易日,交易时间,借贷标志,交易金额,余额,对方名称,用途,交易流水号
2026-11-20,10:31:05,贷,45.00,100.00,王桂兰,XH-R26-00001,T1
2026-11-20,10:32:05,借,9.00,91.00,手续费,,T2
"""
EXPORTS = {
    "wechat_account": (WECHAT_ACCOUNT, "wechat"), "alipay_business": (ALIPAY_BUSINESS, "alipay"),
    "alipay_account": (ALIPAY_ACCOUNT, "alipay"), "bank_in_two_columns": (BANK_IN_TWO_COLUMNS, "bank"),
    "bank_day_and_clock": (BANK_DAY_AND_CLOCK, "bank"), "bank_with_a_mark": (BANK_WITH_A_MARK, "bank"),
}  # fmt: skip


def workbook(*rows: tuple[object, ...]) -> bytes:
    book, out = Workbook(), BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(out)
    return out.getvalue()


@pytest.mark.clause("MR-23")
@pytest.mark.parametrize("name", EXPORTS)
@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
def test_each_layout_gives_what_came_in_and_leaves_out_what_went_out_or_back(name: str, encoding: str) -> None:
    text, account = EXPORTS[name]
    found = read(text.encode(encoding), ZONE)
    (row,) = found.rows
    assert (found.account, found.flaws) == (account, ())
    assert (row.trade, row.paid_at, row.amount, "XH-R26-00001" in row.remark) == ("T1", AT, Decimal("45.00"), True)


@pytest.mark.clause("MR-23")
@pytest.mark.parametrize(("state", "kept"), [
    ("已存入零钱", "45.00"), ("已收钱", "45.00"), ("已全额退款", ""), ("对方已退还", ""), ("已退款(￥44.99)", "0.01"),
    ("已退款(￥45.00)", ""), ("已退款￥5", "40.00"),
])  # fmt: skip
def test_of_a_wechat_payment_counts_what_was_not_given_back(state: str, kept: str) -> None:
    found = read(WECHAT_ACCOUNT.replace("已存入零钱", state).encode(), ZONE)
    assert (found.flaws, [str(row.amount) for row in found.rows]) == ((), [kept] if kept else [])


@pytest.mark.clause("MR-23")
@pytest.mark.parametrize(("state", "count"), [("交易成功", 1), ("交易关闭", 0), ("退款成功", 0), ("等待付款", 0)])
def test_an_alipay_payment_that_was_closed_or_given_back_never_came(state: str, count: int) -> None:
    found = read(ALIPAY_ACCOUNT.replace("交易成功", state).encode(), ZONE)
    assert (found.flaws, len(found.rows)) == ((), count)


@pytest.mark.clause("MR-23")
@pytest.mark.parametrize(("back", "left"), [
    ("20261120,110205,-45.00,,55.00,王桂兰,冲正,,T3", []), ("20261120,110205,-45.00,,55.00,王桂兰,冲正,,T1", []),
    ("20261120,110205,-44.99,,55.01,王桂兰,冲正,,T3", ["T1"]), ("20261120,110205,-45.00,,55.00,别人,冲正,,T3", ["T1"]),
])  # fmt: skip
def test_a_sum_below_zero_stops_no_file_and_takes_back_what_it_reverses(back: str, left: list[str]) -> None:
    found = read(f"{BANK_DAY_AND_CLOCK}{back}\n".encode(), ZONE)
    assert (found.flaws, [row.trade for row in found.rows]) == ((), left)


@pytest.mark.clause("MR-23")
def test_a_workbook_is_read_like_the_text_of_the_same_export() -> None:
    as_text = [tuple(line.split(",")) for line in WECHAT_ACCOUNT.splitlines()]
    assert read(workbook(*as_text), ZONE) == read(WECHAT_ACCOUNT.encode(), ZONE)


@pytest.mark.clause("MR-23")
def test_a_workbook_that_holds_figures_and_days_is_read_to_the_fen() -> None:
    titles = ("交易日期", "贷方金额", "对方户名", "摘要", "流水号")
    found = read(workbook(titles, (datetime(2026, 11, 20), 1086.1, "王芳", "XH-C26-00001", 77)), ZONE)  # noqa: DTZ001
    (row,) = found.rows
    assert (row.trade, row.paid_at, row.amount, found.flaws) == ("77", DAY, Decimal("1086.10"), ())


@pytest.mark.clause("MR-23")
@pytest.mark.parametrize(("was", "becomes", "sentence"), [
    ("45.00,,", "四十五,,", "“四十五” under “收入金额” cannot be read."),
    ("20261120,103105", "20261320,103105", "“20261320 103105” under “交易时间” cannot be read."),
    ("XH-R26-00001,T1", "XH-R26-00001,", "“流水号” is empty."),
])  # fmt: skip
def test_a_value_that_cannot_be_read_is_told_with_its_column(was: str, becomes: str, sentence: str) -> None:
    found = read(BANK_DAY_AND_CLOCK.replace(was, becomes).encode(), ZONE)
    assert [(flaw.row, str(flaw.why)) for flaw in found.flaws] == [(2, sentence)]


@pytest.mark.clause("MR-23")
@pytest.mark.parametrize("data", [b"PK\x03\x04 no workbook", workbook(("姓名", "电话"), ("王芳", "1"))])
def test_what_is_no_workbook_of_a_known_layout_says_so(data: bytes) -> None:
    found = read(data, ZONE)
    assert (found.rows, [flaw.row for flaw in found.flaws]) == ((), [0])


EXPORT = workbook(("交易日期", "贷方金额", "对方户名", "摘要", "流水号"), ("2026-11-20", 45, "王芳", "XH-C26-00001", "T1"))


def repacked(old: bytes = b"", new: bytes = b"") -> bytes:
    """Return the export with its parts as they are, uncompressed, and some bytes changed in each."""
    out = BytesIO()
    with ZipFile(BytesIO(EXPORT)) as packed, ZipFile(out, "w", ZIP_STORED) as again:
        for name in packed.namelist():
            again.writestr(name, packed.read(name).replace(old, new))
    return out.getvalue()


def locked() -> bytes:
    """Return the export with all its parts marked as encrypted."""
    data = bytearray(EXPORT)
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = data.find(mark)
        while start >= 0:
            data[start + at] |= 1
            start = data.find(mark, start + 1)
    return bytes(data)


@pytest.mark.clause("MR-23")
def test_a_workbook_damaged_anywhere_is_read_as_it_was_or_says_so() -> None:
    whole = read(EXPORT, ZONE)
    assert len(whole.rows) == 1
    for start in range(0, len(EXPORT), 97):
        flipped = EXPORT[:start] + bytes(byte ^ 0xFF for byte in EXPORT[start : start + 20]) + EXPORT[start + 20 :]
        for data in (flipped, EXPORT[:start]):
            found = read(data, ZONE)
            assert found == whole or [flaw.row for flaw in found.flaws] == [0]


@pytest.mark.clause("MR-23")
def test_a_workbook_that_is_locked_or_whose_parts_are_wrong_says_so() -> None:
    assert read(repacked(), ZONE) == read(EXPORT, ZONE)
    for data in (locked(), repacked(b"<sheetData>", b"<sheetDat>"), repacked(b'r="A1"', b'r="1A"'), repacked(b"<row", b"<<ro")):
        assert [flaw.row for flaw in read(data, ZONE).flaws] == [0]


@pytest.mark.clause("MR-23")
def test_a_file_of_another_program_with_one_endless_line_says_so() -> None:
    found = read(b"\xd0\xcf\x11\xe0" + b"x" * 200_000, ZONE)
    assert [flaw.row for flaw in found.flaws] == [0]
