"""The resident's own steps: agree, sign, rate, object, ask, pay."""

import base64
from decimal import Decimal

import pytest

from menling.money.given import TaxInvoice
from tests import agreed, giving
from tests.doors.api import caller
from tests.doors.portal import CLAUSE, Resident, drawing, events, quoted, words
from tests.doors.web import browser
from tests.examples import statement_line
from tests.office import World
from tests.paper import pages_of, words_of
from tests.procedures.test_mr_34_deposits import done, prepaid, visit


@pytest.mark.django_db
def test_the_resident_agrees_to_the_price_shown_and_a_second_press_counts_once(today: World) -> None:
    case = quoted(today)
    resident = Resident(case, "zh-hans")
    assert "¥86.00" in resident.page()
    form = resident.form("consent")
    assert resident.post("consent", form).status_code == 303
    assert resident.post("consent", form).status_code == 303
    case.refresh_from_db()
    assert (case.status, case.order.agreed_how, len(events(case, "consent"))) == ("working", "own_link", 1)


@pytest.mark.django_db
def test_a_price_that_changed_while_the_page_was_open_is_not_agreed_to(today: World) -> None:
    case = quoted(today, "W01")
    resident = Resident(case, "zh-hans")
    form = resident.form("consent")
    today.do(case, "quote", "repair_worker", items=[{"code": "W03"}])
    answer = resident.post("consent", form)
    said = words(answer.content.decode())
    assert answer.status_code == 409
    assert "价格刚改过" in said
    assert "¥100.00" in said
    assert not CLAUSE.search(said)
    case.refresh_from_db()
    assert case.order.agreed is None


@pytest.mark.django_db
def test_the_resident_refuses_a_price_and_the_worker_may_show_another(today: World) -> None:
    case = quoted(today)
    resident = Resident(case, "zh-hans")
    assert resident.send("refuse_price", reason="太贵了").status_code == 303
    case.refresh_from_db()
    assert (case.status, case.order.agreed, events(case, "refuse_price")[0].facts["reason"]) == ("on_site", None, "太贵了")
    assert "quote" in {each["verb"] for each in caller(today, "repair_worker").get(f"/orders/{case.number}").json()["actions"]}


@pytest.mark.django_db
def test_the_resident_signs_with_a_drawn_name_stars_and_words(today: World) -> None:
    case = today.finished("86.00")
    resident = Resident(case, "zh-hans")
    form = resident.form("sign") | {"rating": "4", "opinion": "很仔细", "drawn": drawing()}
    assert resident.post("sign", form).status_code == 303
    assert resident.post("sign", form).status_code == 303
    case.refresh_from_db()
    signature = case.attachments.filter(kind="signature").first()
    assert signature is not None
    assert events(case, "sign")[0].facts["signature"] == signature.digest
    assert (case.status, case.order.rating, case.order.opinion, len(events(case, "sign"))) == ("signed", 4, "很仔细", 1)
    page = resident.page()
    assert "满意" in page
    assert "待付 ¥86.00" in page


@pytest.mark.django_db
def test_without_a_script_a_typed_name_signs(today: World) -> None:
    case = today.finished()
    assert Resident(case).send("sign", rating="5", name="王芳").status_code == 303
    case.refresh_from_db()
    assert case.order.signed_by == "王芳"


@pytest.mark.django_db
def test_signing_without_stars_asks_for_them_and_keeps_what_was_typed(today: World) -> None:
    case = today.finished()
    answer = Resident(case, "zh-hans").send("sign", opinion="来得很快", name="王芳")
    said = answer.content.decode()
    assert answer.status_code == 422
    assert "请选一到五颗星" in said
    assert "来得很快" in said
    case.refresh_from_db()
    assert case.status == "finished"


@pytest.mark.django_db
def test_a_signature_that_is_no_picture_is_asked_for_again(today: World) -> None:
    case = today.finished()
    resident = Resident(case, "zh-hans")
    for drawn in ("data:image/png;base64,????", "data:image/png;base64," + base64.b64encode(b"no picture").decode()):
        answer = resident.send("sign", rating="5", drawn=drawn)
        assert answer.status_code == 422
        assert "请再签一次" in words(answer.content.decode())


@pytest.mark.django_db
def test_what_is_not_right_yet_goes_to_the_worker(today: World) -> None:
    case = today.finished()
    resident = Resident(case, "zh-hans")
    assert resident.send("object", reason="还在漏水").status_code == 303
    case.refresh_from_db()
    assert case.status == "objected"
    assert "马上处理" in resident.page()
    empty = Resident(today.finished(), "zh-hans").send("object", reason="  ")
    assert empty.status_code == 422
    assert "请写几个字" in words(empty.content.decode())


@pytest.mark.django_db
def test_a_question_about_the_price_stops_the_collection(today: World) -> None:
    case = today.finished("86.00")
    resident = Resident(case, "zh-hans")
    assert resident.send("query_fee", question="为什么这么贵").status_code == 303
    assert today.child(case, "charge").status == "questioned"
    assert "为什么这么贵" in resident.page()
    assert caller(today, "repair_worker").post(f"/orders/{case.number}/collect", {}).status_code == 409


@pytest.mark.clause("HC-5.3.8")
@pytest.mark.django_db
@pytest.mark.parametrize("paid", [True, False])
def test_who_asks_about_the_price_is_promised_a_call_in_words_that_fit_what_is_paid(today: World, paid: bool) -> None:
    case = today.signed("86.00")
    charge = today.child(case, "charge")
    if paid:
        today.do(charge, "collect", "repair_worker")
    resident = Resident(case, "zh-hans")
    there = resident.send("query_fee", question="为什么这么贵").headers["Location"]
    page = words(resident.client.get(there).content.decode())
    assert "我们会打电话给您说明" in page
    assert ("多收的会退还" in page, "不用付款" in page, "再付款" in page) == (paid, not paid, False)


@pytest.mark.django_db
def test_the_receipt_stands_on_the_page_once_it_is_paid(today: World) -> None:
    case = today.signed("86.00")
    charge = today.child(case, "charge")
    assert "捌拾陆元整" not in Resident(case, "zh-hans").page()
    today.do(charge, "collect", "repair_worker")
    resident = Resident(case, "zh-hans")
    page = resident.page()
    assert charge.charge.receipt in page
    assert "捌拾陆元整" in page
    sheet = resident.client.get(f"{resident.path}/receipt.pdf")
    assert sheet["Content-Type"] == "application/pdf"
    assert sheet.content.startswith(b"%PDF")


@pytest.mark.django_db
def test_what_a_statement_shows_as_paid_has_its_receipt_too(today: World) -> None:
    case = today.signed("86.00")
    charge = today.child(case, "charge")
    today.do(charge, "confirm_payment", "finance", line=statement_line(today, charge).pk)
    resident = Resident(case, "zh-hans")
    assert "捌拾陆元整" in resident.page()
    assert resident.client.get(f"{resident.path}/receipt.pdf").content.startswith(b"%PDF")
    assert browser(today, "finance").get(f"/receipts/{charge.number}.pdf").content.startswith(b"%PDF")


@pytest.mark.django_db
@pytest.mark.parametrize(("who", "called"), [("repair_worker", "Repair worker"), ("business_lead", "Business lead")])
def test_the_receipt_calls_who_took_the_money_by_the_post(today: World, who: str, called: str) -> None:
    case = today.signed("86.00")
    today.do(today.child(case, "charge"), "collect", who)
    assert called in Resident(case, "en").page()


@pytest.mark.django_db
def test_there_is_no_receipt_before_it_is_paid_and_none_for_other_links(today: World) -> None:
    case = today.signed("86.00")
    resident = Resident(case)
    assert resident.client.get(f"{resident.path}/receipt.pdf").status_code == 404
    assert resident.client.get("/r/mlr_1-740000.forged/receipt.pdf").status_code == 404


@pytest.mark.django_db
def test_a_visit_paid_in_parts_has_a_receipt_and_a_tax_invoice_of_each(today: World) -> None:
    agreement = agreed.in_force(today)
    prepaid(today, agreement, "90.00")
    order = visit(today, agreement)
    part = done(today, order)
    resident = Resident(order, "en")
    page = resident.page()
    assert part.receipt in page
    assert "¥90.00 of ¥160.00 is paid already." in page
    assert "Each payment has a tax invoice of its own." not in page
    rest = today.do(order.children.get(kind="charge", status="due"), "collect", "business_lead").charge
    page = resident.page()
    assert "is paid already" not in page
    assert "Each payment has a tax invoice of its own." in page
    for charge in (part, rest):
        assert charge.receipt in page
        sheet = resident.client.get(f"{resident.path}/receipts/{charge.receipt}.pdf")
        assert charge.receipt in words_of(pages_of(sheet.content)[0])
    assert resident.client.get(f"{resident.path}/receipts/none.pdf").status_code == 404


@pytest.mark.django_db
def test_each_payment_of_a_visit_gets_its_tax_invoice_and_one_given_back_wholly_needs_none(today: World) -> None:
    agreement = agreed.in_force(today)
    for amount in ("50.00", "60.00"):
        prepaid(today, agreement, amount)
    order = visit(today, agreement)
    done(today, order)
    rest = today.do(order.children.get(kind="charge", status="due"), "collect", "business_lead").charge
    giving.refunded(today, rest, "50.00", "bank")
    resident = Resident(order, "en")
    for key in ("i0", "i1"):
        assert "I need a tax invoice" in resident.page()
        sent = resident.client.post(f"{resident.path}/invoice", {"key": key, "made_out_to": "person", "title": "王芳"})
        assert sent.status_code == 303
    assert "I need a tax invoice" not in resident.page()
    assert sorted(TaxInvoice.objects.values_list("amount", flat=True)) == [Decimal("50.00"), Decimal("60.00")]
