"""What the resident has of a payment: a receipt that names who took the money, no stub of the office, and questions about it."""

import pytest

from tests import agreed
from tests.doors.api import caller
from tests.doors.portal import Resident
from tests.doors.web import browser
from tests.giving import deposit
from tests.office import World
from tests.paper import pages_of, words_of
from tests.procedures.test_mr_34_deposits import cleaned, done, prepaid, visit

pytestmark = pytest.mark.django_db


@pytest.mark.clause("HS-3.3")
def test_the_resident_keeps_the_own_part_alone_with_the_full_name_of_who_took_the_money(today: World) -> None:
    case = today.signed("86.00")
    charge = today.do(today.child(case, "charge"), "collect", "repair_worker")
    resident = Resident(case, "zh-hans")
    sheet = words_of(pages_of(resident.client.get(f"{resident.path}/receipt.pdf").content)[0])
    assert "存根联" not in sheet
    assert today.staff["repair_worker"].name in sheet
    assert today.staff["repair_worker"].name not in resident.page()
    office = words_of(pages_of(browser(today, "finance", "zh-hans").get(f"/receipts/{charge.number}.pdf").content)[0])
    assert "存根联" in office


@pytest.mark.clause("HC-5.3.8")
def test_who_paid_may_still_question_the_price_and_settling_waits(today: World) -> None:
    case = today.signed("86.00")
    charge = today.do(today.child(case, "charge"), "collect", "repair_worker")
    resident = Resident(case, "zh-hans")
    assert "对价格有疑问" in resident.page()
    assert resident.send("query_fee", question="为什么这么贵").status_code == 303
    charge.refresh_from_db()
    assert charge.status == "disputed"
    page = resident.page()
    assert "为什么这么贵" in page
    assert "多收的会退还" in page
    assert "对价格有疑问" not in page
    assert caller(today, "finance").post(f"/orders/{case.number}/settle", {}).status_code == 409


@pytest.mark.clause("MR-34")
def test_a_prepaid_visit_is_receipted_once_it_is_accepted_by_name_of_who_took_the_prepayment(today: World) -> None:
    agreement = agreed.in_force(today)
    prepaid(today, agreement, "320.00")
    waits = cleaned(today, visit(today, agreement))
    assert "收据" not in Resident(waits, "zh-hans").page()
    order = visit(today, agreement)
    charge = done(today, order)
    resident = Resident(order, "zh-hans")
    finance = today.staff["finance"].name
    assert f"<dd>{finance}</dd>" in resident.client.get(resident.path).content.decode()
    sheet = words_of(pages_of(resident.client.get(f"{resident.path}/receipt.pdf").content)[0])
    assert charge.receipt in sheet
    assert finance in sheet


@pytest.mark.clause("MR-34")
def test_the_paper_of_a_prepayment_speaks_of_a_prepayment_and_its_agreement(today: World) -> None:
    agreement = agreed.in_force(today)
    there = browser(today, "finance", "zh-hans")
    for case, said, never in (
        (prepaid(today, agreement, "320.00"), ("预付款收据", agreement.number), ("押金", "工单")),
        (deposit(today, "500.00"), ("押金收据",), ("预付款",)),
    ):
        sheet = words_of(pages_of(there.get(f"/finance/deposits/{case.number}/slip.pdf").content)[0])
        assert all(each in sheet for each in said)
        assert not any(each in sheet for each in never)
