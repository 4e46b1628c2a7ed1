"""MR-23  Paid by the company's QR code: unconfirmed until the statement shows it, whichever account it came in on."""

from datetime import UTC, datetime
from decimal import Decimal
from functools import partial
from zoneinfo import ZoneInfo

import pytest

from menling.journal.models import Case
from menling.money.books import balance
from menling.money.models import Charge, Handover, StatementLine
from menling.money.payments import named_in, plain, unconfirmed, unmatched
from menling.money.statements import MOST_ROWS, keep, read
from menling.procedures.charge import (
    CHARGE,
    ChargePolicy,
    awaits_statement,
    line_used_once,
    pays_without_collector,
    statement_fits,
)
from tests.examples import statement_line
from tests.faults.invariants import charged
from tests.office import World
from tests.procedures.given import chosen, decide, refused
from tests.together import together

ZONE = ZoneInfo("Asia/Shanghai")
WECHAT_TITLES = (
    "交易时间,公众账号ID,商户号,特约商户号,设备号,微信订单号,商户订单号,用户标识,交易类型,交易状态,付款银行,货币种类,"
    "应结订单金额,代金券金额,微信退款单号,商户退款单号,退款金额,充值券退款金额,退款类型,退款状态,商品名称,商户数据包,"
    "手续费,费率,订单金额,申请退款金额,费率备注"
)
PAID = (
    "`2026-11-20 10:31:05,`wx1,`100,`0,`,`4200001,`A1,`oUser,`NATIVE,`SUCCESS,`CMB,`CNY,`86.00,`0.00,`0,`0,`0.00,`0.00,`,`,"
    "`维修 {number},`,`0.52,`0.60%,`86.00,`0.00,`"
)
GIVEN_BACK = (
    "`2026-11-20 10:40:00,`wx1,`100,`0,`,`4200002,`A2,`oOther,`NATIVE,`REFUND,`CMB,`CNY,`5.00,`0.00,`1,`1,`5.00,`0.00,`,"
    "`SUCCESS,`维修,`,`0.00,`0.60%,`5.00,`5.00,`"
)
SUMS = "总交易单数,应结订单总金额,退款总金额\n`2,`91.00,`5.00"
WECHAT = "\ufeff" + "\n".join((WECHAT_TITLES, PAID, GIVEN_BACK, SUMS, ""))
ALIPAY = """#支付宝账务明细查询
#账号：[20880000]
#-----------------------------------------账务明细列表----------------------------------------
账务流水号,业务流水号,商户订单号,商品名称,发生时间,对方账号,收入金额（+元）,支出金额（-元）,账户余额（元）,交易渠道,业务类型,备注
91001\t,2026112022,A9\t,收钱码收款,2026-11-20 11:02:03,wang***@qq.com,86.00,0.00,1086.00,支付宝,在线支付,{number}
91002\t,2026112023,A10\t,服务费,2026-11-20 11:02:04,,0.00,-0.52,1085.48,支付宝,收费,
#-----------------------------------------账务明细列表结束------------------------------------
"""
BANK = """户名,安居物业
交易日期,交易时间,摘要,借方发生额,贷方发生额,余额,对方户名,交易流水号
20261120,11:20:30,转账 {number},,"1,086.00",9000.00,王芳,B77
20261120,11:21:00,电费,300.00,,8700.00,电力公司,B78
"""


def qr_charge(world: World, amount: str = "86.00") -> Case:
    charge = world.child(world.finished(amount), "charge")
    return world.do(charge, "collect", "repair_worker", method="qr")


def held(world: World, place: str) -> Decimal:
    return balance(world.office.pk, f"{place}:{world.office.pk}")


# The exports as they are


@pytest.mark.clause("MR-23")
@pytest.mark.parametrize(("text", "encoding", "account", "amount", "trade", "at"), [
    (WECHAT, "utf-8", "wechat", "86.00", "4200001", datetime(2026, 11, 20, 2, 31, 5, tzinfo=UTC)),
    (ALIPAY, "gb18030", "alipay", "86.00", "91001", datetime(2026, 11, 20, 3, 2, 3, tzinfo=UTC)),
    (BANK, "gb18030", "bank", "1086.00", "B77", datetime(2026, 11, 20, 3, 20, 30, tzinfo=UTC)),
])  # fmt: skip
def test_each_export_gives_the_money_that_came_in_and_nothing_else(
    text: str, encoding: str, account: str, amount: str, trade: str, at: datetime
) -> None:
    found = read(text.replace("{number}", "XH-C26-00001").encode(encoding), ZONE)
    (row,) = found.rows
    assert (found.account, found.flaws) == (account, ())
    assert (row.amount, row.trade, row.paid_at, "XH-C26-00001" in row.remark) == (Decimal(amount), trade, at, True)


@pytest.mark.clause("MR-23")
@pytest.mark.parametrize("bad", ["`86.005", "`abc", "`-1.00"])
def test_a_row_that_cannot_be_read_is_told_by_its_number_in_the_file(bad: str) -> None:
    found = read(WECHAT.replace("`86.00,`0.00,`\n", f"{bad},`0.00,`\n").encode(), ZONE)
    assert [flaw.row for flaw in found.flaws] == [2]
    assert found.rows == ()


@pytest.mark.clause("MR-23")
@pytest.mark.parametrize("data", [b"", b"a,b,c\n1,2,3\n", "姓名,电话\n".encode(), bytes(range(256))])
def test_a_file_of_no_known_layout_says_so(data: bytes) -> None:
    found = read(data, ZONE)
    assert (found.rows, [flaw.row for flaw in found.flaws]) == ((), [0])


@pytest.mark.clause("MR-23")
@pytest.mark.django_db
def test_a_statement_brought_twice_changes_nothing_the_second_time(world: World) -> None:
    found = read(WECHAT.encode(), ZONE)
    fresh, known = keep(world.office, found, world.now)
    assert (len(fresh), known) == (1, 0)
    fresh, known = keep(world.office, found, world.now)
    assert (len(fresh), known, StatementLine.objects.count()) == (0, 1, 1)


@pytest.mark.clause("MR-23")
def test_no_money_of_a_statement_is_left_out_in_silence() -> None:
    twice = BANK + '20261120,15:00:00,转账,,"20.00",9020.00,李雷,B77\n'
    assert [flaw.row for flaw in read(twice.encode(), ZONE).flaws] == [5]
    again = BANK + BANK.splitlines()[2] + "\n"
    assert (len(read(again.encode(), ZONE).rows), read(again.encode(), ZONE).flaws) == (1, ())
    long = BANK + "".join(f"20261120,15:00:00,转账,,1.00,1.00,李雷,C{n}\n" for n in range(MOST_ROWS - 1))
    assert [flaw.row for flaw in read(long.encode(), ZONE).flaws] == [0]


# Unconfirmed until a line fits


@pytest.mark.django_db
@pytest.mark.clause("MR-23")
def test_what_was_paid_by_qr_code_is_in_nobodys_bag_and_not_at_the_bank_yet(world: World) -> None:
    qr_charge(world)
    assert (held(world, "unconfirmed"), held(world, "bank"), Handover.objects.count()) == (Decimal("86.00"), Decimal(0), 0)
    assert [each.case.status for each in unconfirmed(world.actor("finance"), world.office)] == ["collected"]


@pytest.mark.django_db
@pytest.mark.clause("MR-23")
def test_a_line_of_its_amount_confirms_it_and_it_is_at_the_bank(world: World) -> None:
    charge = qr_charge(world)
    world.do(charge, "confirm_payment", "finance", line=statement_line(world, charge).pk)
    assert (held(world, "unconfirmed"), held(world, "bank"), charge.status) == (Decimal(0), Decimal("86.00"), "collected")
    assert unconfirmed(world.actor("finance"), world.office) == []
    with refused("MR-23"):
        world.do(charge, "confirm_payment", "finance", line=statement_line(world, charge).pk)


@pytest.mark.clause("MR-23")
@pytest.mark.parametrize(("amount", "fine"), [("85.99", False), ("86.00", True), ("86.01", False)])
def test_only_the_same_amount_to_the_fen_confirms_a_payment(amount: str, fine: bool) -> None:
    if fine:
        statement_fits(Decimal(amount), Decimal("86.00"))
        return
    with refused("MR-23", 409):
        statement_fits(Decimal(amount), Decimal("86.00"))


@pytest.mark.django_db
@pytest.mark.clause("MR-23")
def test_a_line_of_another_amount_or_office_or_used_before_is_refused(world: World) -> None:
    first, second = qr_charge(world), qr_charge(world)
    line = statement_line(world, first)
    with refused("MR-23", 409):
        world.do(first, "confirm_payment", "finance", line=statement_line(world, first, "86.01").pk)
    with refused("MR-23", 422):
        world.do(first, "confirm_payment", "finance", line=line.pk + 10**6)
    world.do(first, "confirm_payment", "finance", line=line.pk)
    with refused("MR-23"):
        world.do(second, "confirm_payment", "finance", line=line.pk)
    line_used_once("")
    with refused("MR-23"):
        line_used_once("XH-C26-00001")


@pytest.mark.django_db
@pytest.mark.clause("MR-23")
def test_offices_that_share_an_account_match_one_line_once_between_them(world: World) -> None:
    first, second = qr_charge(world), qr_charge(world)
    line, here = statement_line(world, first), statement_line(world, second)
    world.do(first, "confirm_payment", "finance", line=line.pk)
    StatementLine.objects.filter(pk=line.pk).update(office=world.elsewhere)
    StatementLine.objects.filter(pk=here.pk).update(trade=line.trade, paid_at=line.paid_at)
    with refused("MR-23"):
        world.do(second, "confirm_payment", "finance", line=here.pk)


@pytest.mark.django_db
@pytest.mark.clause("MR-23")
def test_where_nothing_was_taken_no_statement_is_awaited(world: World) -> None:
    charge = world.child(world.finished("86.00"), "charge")
    world.do(charge, "collect", "repair_worker", method="qr", amount="0.00", shortfall_reason="赔偿", responsible="维修班")
    assert unconfirmed(world.actor("finance"), world.office) == []
    with refused("MR-23", 409):
        world.do(charge, "confirm_payment", "finance", line=statement_line(world, charge, "86.00").pk)


@pytest.mark.django_db
@pytest.mark.clause("MR-23")
def test_cash_waits_for_no_statement(world: World) -> None:
    charge = world.do(world.child(world.finished("86.00"), "charge"), "collect", "repair_worker")
    with refused("MR-23"):
        world.do(charge, "confirm_payment", "finance", line=statement_line(world, charge).pk)
    awaits_statement("", confirmed=False)


@pytest.mark.parametrize("who", ["repair_worker", "service_desk", "business_lead"])
@pytest.mark.django_db
@pytest.mark.clause("MR-23")
def test_only_finance_confirms(world: World, who: str) -> None:
    charge = qr_charge(world)
    with refused("MR-23", 403):
        world.do(charge, "confirm_payment", who, line=statement_line(world, charge).pk)
    assert {role.value for step in CHARGE.rows("confirm_payment") for role in step.roles} == {"finance"}


# No collector needed


@pytest.mark.django_db
@pytest.mark.clause("MR-23", "CF-16")
@pytest.mark.parametrize("amount", ["99.99", "100.00", "100.01"])
def test_a_payment_nobody_collected_pays_the_charge_whatever_its_amount_with_a_receipt(world: World, amount: str) -> None:
    charge = world.child(world.finished(amount), "charge")
    world.do(charge, "confirm_payment", "finance", line=statement_line(world, charge).pk)
    row = Charge.objects.get(pk=charge.pk)
    assert (charge.status, row.method, row.collector, bool(row.receipt)) == ("collected", "qr", None, True)
    assert (held(world, "bank"), held(world, "unconfirmed")) == (Decimal(amount), Decimal(0))
    assert row.settlement.amount == Decimal(amount)
    assert list(charged()) == []


@pytest.mark.django_db
@pytest.mark.clause("MR-23", "CF-16")
def test_where_the_office_wants_a_collector_somebody_records_it_first(world: World) -> None:
    decide(world, "money.qr_needs_no_collector", False)
    charge = world.child(world.finished("86.00"), "charge")
    line = statement_line(world, charge)
    with refused("MR-23"):
        world.do(charge, "confirm_payment", "finance", line=line.pk)
    world.do(charge, "collect", "repair_worker", method="qr")
    world.do(charge, "confirm_payment", "finance", line=line.pk)
    pays_without_collector("collected", chosen(ChargePolicy, money__qr_needs_no_collector=False))


# What plainly belongs together, and what is left to judgement


@pytest.mark.clause("MR-23")
@pytest.mark.django_db
def test_a_line_that_names_the_order_is_matched_by_itself_and_one_of_the_same_amount_is_not(world: World) -> None:
    named, other = qr_charge(world), qr_charge(world)
    keep(world.office, read(WECHAT.replace("{number}", named.parent.number.lower()).encode(), ZONE), world.now)
    keep(world.office, read(ALIPAY.encode("gb18030"), ZONE), world.now)
    found = unmatched(world.actor("finance"), world.office)
    assert [(line.account, charge.case.number) for line, charge in plain(found)] == [("wechat", named.number)]
    assert {charge.case.number for charge in found[1].candidates} == {named.number, other.number}


@pytest.mark.clause("MR-23")
@pytest.mark.django_db
@pytest.mark.parametrize(("remark", "named"), [("{n}", True), ("维修{n}，王", True), ("{n}0", False), ("A{n}", False)])
def test_a_longer_number_does_not_name_a_shorter_one(world: World, remark: str, named: bool) -> None:
    charge = qr_charge(world)
    line = statement_line(world, charge)
    line.remark = remark.format(n=charge.number)
    assert named_in(charge.charge, line) is named


@pytest.mark.clause("MR-23")
@pytest.mark.django_db(transaction=True)
def test_two_who_match_the_same_line_at_the_same_moment_match_it_once(world: World) -> None:
    first, second = qr_charge(world), qr_charge(world)
    line = statement_line(world, first)
    by = world.actor("finance")

    def match(case: Case) -> None:
        world.answer("confirm_payment", case, by, line=line.pk)

    outcomes = together([partial(match, first), partial(match, second)])
    assert sorted(type(each).__name__ for each in outcomes) == ["NoneType", "Refused"]
    assert held(world, "bank") == Decimal("86.00")
