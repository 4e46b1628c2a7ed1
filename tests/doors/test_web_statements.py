"""Payments by QR code on the page: a statement brought in, what it confirms by itself, what finance matches by hand."""

from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from menling.money.books import balance
from menling.money.models import StatementLine
from menling.web.views.statements import SHOWN
from tests.cashier import begun, closing
from tests.doors.web import browser, words
from tests.examples import statement_line
from tests.office import World
from tests.procedures.test_mr_23_statements import ALIPAY, WECHAT, qr_charge

MOST = 20
"""Questions the page may ask of the database."""
pytestmark = pytest.mark.django_db


def brought(there: Any, text: str, encoding: str = "utf-8") -> str:
    file = SimpleUploadedFile("statement.csv", text.encode(encoding))
    assert there.post("/finance/statements/bring", {"file": file}).status_code == 302
    return words(there.read("/finance/statements"))


def at_bank(world: World) -> Decimal:
    return balance(world.office.pk, f"bank:{world.office.pk}")


def test_what_names_its_order_is_confirmed_and_the_same_file_twice_changes_nothing(world: World) -> None:
    charge = qr_charge(world)
    there = browser(world, "finance")
    assert "¥86.00 on no statement yet" in words(there.read("/finance/statements"))
    text = WECHAT.replace("{number}", charge.parent.number)
    assert "1 new payments, 0 known already, 1 matched by their number." in brought(there, text)
    assert "0 new payments, 1 known already, 0 matched by their number." in brought(there, text)
    assert (at_bank(world), StatementLine.objects.count()) == (Decimal("86.00"), 1)


def test_what_only_has_the_amount_is_left_to_finance_who_chooses(world: World) -> None:
    charge = qr_charge(world)
    there = browser(world, "finance")
    page = brought(there, ALIPAY, "gb18030")
    assert charge.number in page
    assert at_bank(world) == 0
    line = StatementLine.objects.get()
    assert there.post("/finance/statements/match", {"line": line.pk, "charge": charge.number}).status_code == 302
    assert at_bank(world) == Decimal("86.00")
    assert "Every line of the statements is matched." in words(there.read("/finance/statements"))


def test_a_payment_nobody_recorded_pays_what_is_due(world: World) -> None:
    charge = world.child(world.finished("86.00"), "charge")
    brought(browser(world, "finance"), WECHAT.replace("{number}", charge.number))
    charge.refresh_from_db()
    assert (charge.status, charge.charge.method, at_bank(world)) == ("collected", "qr", Decimal("86.00"))


def test_a_line_that_is_none_of_ours_is_set_aside_with_a_reason_and_taken_up_again(world: World) -> None:
    there = browser(world, "finance")
    page = brought(there, ALIPAY, "gb18030")
    assert "What is none of ours can be set aside once the first cashier's day is begun." in page
    day, line = begun(world), StatementLine.objects.get()
    take = f"/steps/{day.number}/"
    assert f'action="{take}set_aside"' in there.read("/finance/statements")
    assert there.post(f"{take}set_aside", {"line": line.pk, "reason": ""}).status_code == 422
    there.post(f"{take}set_aside", {"line": line.pk, "reason": "隔壁小区的停车费", "next": "/finance/statements"})
    page = brought(there, ALIPAY, "gb18030")
    assert "Every line of the statements is matched." in page
    assert all(each in page for each in ("Set aside: none of ours", "隔壁小区的停车费"))
    assert "隔壁小区的停车费" in there.read(f"/finance/cashier/{day.number}")
    there.post(f"{take}take_up", {"line": line.pk})
    assert "Set aside: none of ours" not in words(there.read("/finance/statements"))


def test_the_page_offers_it_when_the_day_is_closed_as_well(world: World) -> None:
    there, day = browser(world, "finance"), begun(world)
    brought(there, ALIPAY, "gb18030")
    world.do(day, "close_day", "finance", **closing(world, day))
    take = f"/steps/{day.number}/"
    assert f'action="{take}set_aside"' in there.read("/finance/statements")
    line = StatementLine.objects.get()
    there.post(f"{take}set_aside", {"line": line.pk, "reason": "隔壁小区的停车费"})
    assert f'action="{take}take_up"' in there.read("/finance/statements")
    assert "隔壁小区的停车费" in there.read(f"/finance/cashier/{day.number}")


def test_the_list_asks_the_same_number_of_questions_however_many_lines_are_set_aside(
    world: World, django_assert_max_num_queries: Any
) -> None:
    charge = world.child(world.finished("86.00"), "charge")
    for _line in range(4):
        line = statement_line(world, charge, "7.00")
        line.aside_at, line.aside_by, line.aside_reason = world.now, world.staff["finance"], "不是我们的"
        line.save()
    there = browser(world, "finance")
    there.read("/finance/statements")
    with django_assert_max_num_queries(MOST):
        assert there.read("/finance/statements").count('data-row="aside-') == 4


def test_one_bad_row_keeps_the_whole_file_out_and_is_told_by_its_number(world: World) -> None:
    there = browser(world, "finance")
    page = brought(there, WECHAT.replace("`86.00,`0.00,`\n", "`86.005,`0.00,`\n"))
    assert "Row 2: “86.005” under “订单金额” cannot be read." in page
    assert not StatementLine.objects.exists()
    assert "Please send the CSV or Excel file" in brought(there, "a,b\n")


def test_a_row_that_is_known_with_another_amount_keeps_the_file_out_and_is_told_by_its_number(world: World) -> None:
    there = browser(world, "finance")
    brought(there, WECHAT)
    page = brought(there, WECHAT.replace("`86.00,`0.00,`\n", "`68.00,`0.00,`\n").replace("4200002", "4200003"))
    assert "Row 2: 4200001 is known with ¥86.00; here it has ¥68.00" in page
    assert StatementLine.objects.get().amount == Decimal("86.00")


def test_the_lists_come_page_by_page_with_the_sums_of_all(world: World) -> None:
    charge = world.child(world.finished("86.00"), "charge")
    made = [statement_line(world, charge, "7.00").pk for _line in range(SHOWN + 1)]
    there = browser(world, "finance")
    page = there.read("/finance/statements")
    assert (page.count("no charge of this amount is open"), "¥357.00 on statements" in words(page)) == (SHOWN, True)
    assert there.read(f"/finance/statements?lines={made[-2]}").count("no charge of this amount is open") == 1
    assert f"?lines={made[-2]}" in page
    assert there.get("/finance/statements?lines=nonsense&waiting=99999999999999999999").status_code == 200


def test_leads_read_the_lists_and_only_finance_brings_statements_in(world: World) -> None:
    assert browser(world, "business_lead").get("/finance/statements").status_code == 200
    assert browser(world, "business_lead").post("/finance/statements/bring", {}).status_code == 403
    assert browser(world, "service_desk").get("/finance/statements").status_code == 403
