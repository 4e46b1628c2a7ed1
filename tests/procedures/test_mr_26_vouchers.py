"""MR-26  The money of a day as a workbook and of a month as vouchers: both sides equal, to the cent."""

import csv
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO, StringIO
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from menling.journal.models import Case
from menling.kernel.policy import SETTINGS
from menling.money.models import Transfer
from menling.money.movements import movements
from menling.money.vouchers import Voucher, by_account, vouchers
from menling.procedures.accounts import PLACES, AccountsPolicy, account_of
from tests.doors.web import browser, words
from tests.office import World
from tests.procedures.given import decide, shanghai

pytestmark = [pytest.mark.django_db, pytest.mark.clause("MR-26")]
FIRST, LAST = date(2026, 11, 1), date(2026, 11, 30)
DAY = {"day": "2026-11-20", "month": "2026-11"}


def of_month(world: World) -> list[Voucher]:
    return vouchers(movements(world.actor("finance"), world.office, FIRST, LAST), world.office)


def collected(world: World, due: str, **facts: Any) -> Case:
    charge = world.child(world.finished(due), "charge")
    return world.do(charge, "collect", "repair_worker", **facts)


def lines(voucher: Voucher) -> list[tuple[str, Decimal, Decimal]]:
    return [(each.account, each.debit, each.credit) for each in voucher.lines]


def rows_of(file: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(file.decode("utf-8-sig"))))


def d(text: str) -> Decimal:
    return Decimal(text)


@pytest.fixture
def day(world: World) -> World:
    """99.99 in cash with six yuan missing, 86.00 by QR code, 0.01 in cash, and the cash handed over."""
    collected(world, "99.99", amount="93.99", shortfall_reason="少带零钱", responsible="员工5")
    world.later(minutes=30)
    collected(world, "86.00", method="qr")
    world.later(minutes=30)
    collected(world, "0.01")
    handover = Case.objects.get(kind="handover")
    world.do(handover, "hand_over", "repair_worker")
    world.do(handover, "receive", "finance")
    return world


def test_every_voucher_has_as_much_debit_as_credit_and_the_month_too(day: World) -> None:
    found = of_month(day)
    for each in found:
        assert sum(line.debit for line in each.lines) == sum(line.credit for line in each.lines) > 0
    assert sum(line.debit for line in by_account(found)) == sum(row.amount for row in Transfer.objects.all()) == d("466.00")
    assert [each.number for each in found] == list(range(1, 8))


def test_a_collection_with_a_shortfall_is_one_voucher_of_three_lines(day: World) -> None:
    assert lines(of_month(day)[0]) == [("1122", d("99.99"), 0), ("6051", 0, d("99.99"))]
    assert lines(of_month(day)[1]) == [("122101", d("93.99"), 0), ("122102", d("6.00"), 0), ("1122", 0, d("99.99"))]
    assert [each.party for each in of_month(day)[1].lines] == ["员工5", "员工5", "3-2-1201 王芳"]


def test_the_accounts_of_the_month_are_the_balances_of_the_books(day: World) -> None:
    nets = {each.account: each.debit - each.credit for each in by_account(of_month(day))}
    assert nets == {"1001": d("94.00"), "1012": d("86.00"), "1122": 0, "122101": 0, "122102": d("6.00"), "6051": d("-186.00")}


def test_an_account_the_office_sets_is_the_account_of_what_moves_from_then_on(world: World) -> None:
    collected(world, "86.00")
    decide(world, "money.account_income", "600101")
    world.later(minutes=1)
    collected(world, "5.00")
    incomes = [line.account for each in of_month(world) for line in each.lines if line.credit and line.account.startswith("6")]
    assert incomes == ["6051", "600101"]


def test_every_place_has_a_figure_of_its_own_and_an_unknown_one_stands_under_others() -> None:
    policy = AccountsPolicy(other="9999")
    for kind in PLACES:
        assert account_of(f"{kind}:1", policy) == SETTINGS[f"money.account_{kind}"].default
    assert account_of("moon:1", policy) == "9999"


def test_what_is_entered_late_goes_behind_what_was_exported_and_changes_no_number(day: World) -> None:
    before = of_month(day)
    charge = day.child(day.finished("5.00"), "charge")
    day.do(charge, "collect", "repair_worker", at=day.now + timedelta(seconds=1))
    after = of_month(day)
    assert after[: len(before)] == before
    assert [each.number for each in after[len(before) :]] == [8, 9]


def test_the_last_instant_of_a_month_belongs_to_it_and_the_first_of_the_next_does_not(world: World) -> None:
    until = shanghai(30, 0) + timedelta(days=1)
    world.now = until - timedelta(seconds=1)
    case = world.finished("86.00")
    world.now = until
    world.do(world.child(case, "charge"), "collect", "repair_worker")
    assert [each.day.isoformat() for each in of_month(world)] == ["2026-11-30"]
    later = movements(world.actor("finance"), world.office, date(2026, 12, 1), date(2026, 12, 1))
    assert [each.row.amount for each in later] == [d("86.00")]


def test_the_file_balances_voucher_by_voucher_and_names_order_and_receipt(day: World) -> None:
    there = browser(day, "finance", "zh-hans")
    rows = rows_of(there.get("/finance/vouchers.csv", {"month": "2026-11"}).content)
    assert list(rows[0]) == "日期 凭证字 凭证号 摘要 科目代码 科目 借方金额 贷方金额 往来 工单 收据".split()  # noqa: SIM905
    for number in {row["凭证号"] for row in rows}:
        own = [row for row in rows if row["凭证号"] == number]
        assert sum(d(row["借方金额"] or "0") for row in own) == sum(d(row["贷方金额"] or "0") for row in own)
    short = next(row for row in rows if row["科目代码"] == "122102")
    order = Case.objects.filter(kind="repair").order_by("pk")[0].number
    assert (short["日期"], short["凭证字"], short["借方金额"], short["往来"]) == ("2026-11-20", "记", "6.00", "员工5")
    assert short["工单"] == order
    assert short["收据"] in short["摘要"]


def test_the_file_comes_in_the_encoding_a_package_asks_for_and_in_no_other(day: World) -> None:
    there = browser(day, "finance", "zh-hans")
    asked = {"month": "2026-11", "encoding": "gb18030"}
    assert "凭证字" in there.get("/finance/vouchers.csv", asked).content.decode("gb18030")
    assert there.get("/finance/vouchers.csv", asked | {"encoding": "utf-7"}).status_code == 404
    assert there.get("/finance/vouchers.csv", {"month": "november"}).status_code == 404


def test_a_payer_whose_name_begins_a_formula_stays_a_name(world: World) -> None:
    charge = world.child(world.finished("5.00"), "charge")
    charge.charge.__class__.objects.filter(pk=charge.pk).update(payer="=1+1")
    Case.objects.filter(pk=charge.pk).update(unit=None)
    rows = rows_of(browser(world, "finance").get("/finance/vouchers.csv").content)
    assert rows[0]["Party"] == "'=1+1"


def sheet(book: Any, title: str) -> Iterator[tuple[Any, ...]]:
    found: Iterator[tuple[Any, ...]] = book[title].iter_rows(min_row=2, values_only=True)
    return found


def test_the_workbook_of_the_day_has_every_movement_and_the_sums_by_person_and_method(day: World) -> None:
    book = load_workbook(BytesIO(browser(day, "finance").get("/finance/books.xlsx", DAY).content))
    moved = [(row[1], d(str(row[8]))) for row in sheet(book, "Money of the day")]
    assert len(moved) == Transfer.objects.count() == 8
    assert ("Shortfall", d("6")) in moved
    assert ("Cash handed over", d("94")) in moved
    sums = [(row[0], row[1], row[2], row[3], d(str(row[4]))) for row in sheet(book, "Sums of the day")]
    assert ("Collected", "员工5", "cash", 2, d("94")) in sums
    assert ("Collected", "员工5", "QR code", 1, d("86")) in sums


def test_the_pages_show_sums_and_are_open_to_finance_and_leads_alone(day: World) -> None:
    there = browser(day, "finance")
    shown = words(there.read("/finance/books", DAY))
    assert "¥180.00" in shown
    assert "¥94.00" in shown
    assert "¥466.00" in words(there.read("/finance/vouchers"))
    assert "No money moved on this day." in words(there.read("/finance/books", {"day": "2026-11-19"}))
    assert "No money moved in this month." in words(there.read("/finance/vouchers", {"month": "2026-10"}))
    for who in ("repair_worker", "control_centre", "quality"):
        for path in ("/finance/books", "/finance/books.xlsx", "/finance/vouchers", "/finance/vouchers.csv"):
            assert browser(day, who).get(path).status_code == 403, (who, path)
    assert "¥" not in words(browser(day, "finance_elsewhere").read("/finance/books", DAY))


def test_pages_and_files_ask_the_same_number_of_questions_however_much_moved(day: World) -> None:
    there = browser(day, "finance")
    paths = ("/finance/books", "/finance/books.xlsx", "/finance/vouchers", "/finance/vouchers.csv")

    def asked(path: str) -> int:
        with CaptureQueriesContext(connection) as caught:
            there.get(path, DAY)
        return len(caught)

    before = {path: asked(path) for path in paths}
    for _each in range(3):
        day.later(minutes=10)
        collected(day, "20.00")
    assert {path: asked(path) for path in paths} == before
