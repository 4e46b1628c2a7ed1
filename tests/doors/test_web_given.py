"""The pages of refunds and waivers, deposits and tax invoices: the back office, the resident's page, the papers and lists."""

from io import BytesIO

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from menling.doorway.keys import link_text
from menling.journal.models import Case
from menling.money.given import Adjustment, TaxInvoice
from tests import agreed
from tests.doors.web import browser, words
from tests.giving import asked, collected, deposit, due, invoice, refunded
from tests.office import World
from tests.paper import pages_of, words_of

pytestmark = pytest.mark.django_db


def test_a_refund_is_asked_for_at_the_desk_approved_by_the_lead_and_paid_by_finance(house: World) -> None:
    charge = collected(house)
    order = charge.case.parent
    assert order is not None
    desk, lead, finance = (browser(house, who) for who in ("service_desk", "business_lead", "finance"))
    assert f"/finance/adjustments?order={order.number}" in desk.read(f"/orders/{order.number}")
    form = {"order": order.number, "sort": "refund", "amount": "26", "reason": "重复收费"}
    assert desk.post("/finance/adjustments/ask", form | {"amount": "86.01"}, htmx=True).status_code == 409
    assert desk.post("/finance/adjustments/ask", form).status_code == 302
    case = Case.objects.get(kind="adjustment")
    assert case.number in words(lead.read("/finance/adjustments"))
    assert "You approve up to ¥200.00" in words(lead.read("/finance/adjustments"))
    assert lead.post(f"/orders/{case.number}/approve").status_code == 302
    assert finance.post(f"/orders/{case.number}/pay_out", {"method": "cash", "paid_to": "王芳"}).status_code == 302
    page = words(finance.read(f"/finance/adjustments/{case.number}"))
    assert all(text in page for text in ("¥26.00", "重复收费", "王芳", charge.receipt))
    assert "Given back: ¥26.00" in words(desk.read(f"/orders/{order.number}"))
    paper = finance.get(f"/finance/adjustments/{case.number}/slip.pdf")
    assert (paper.status_code, paper.content[:4]) == (200, b"%PDF")


def test_before_it_is_paid_there_is_no_slip_and_others_see_nothing(house: World) -> None:
    case = asked(house, collected(house), "10.00")
    assert browser(house, "finance").get(f"/finance/adjustments/{case.number}/slip.pdf").status_code == 404
    assert browser(house, "repair_worker").get("/finance/adjustments").status_code == 403
    assert browser(house, "finance_elsewhere").get(f"/finance/adjustments/{case.number}").status_code == 404


def test_a_deposit_is_taken_kept_in_part_and_given_back_on_its_page(house: World) -> None:
    finance, lead = browser(house, "finance"), browser(house, "business_lead")
    form = {"purpose": "renovation", "unit": house.unit.code, "payer": "王芳", "amount": "500", "method": "cash"}
    assert finance.post("/finance/deposits/take", form).status_code == 302
    case = Case.objects.get(kind="deposit")
    assert "¥500.00 held for residents" in words(finance.read("/finance/deposits"))
    assert lead.post(f"/orders/{case.number}/keep_part", {"amount": "80", "reason": "墙面损坏"}).status_code == 302
    receipt = finance.get(f"/finance/deposits/{case.number}/slip.pdf").content
    assert finance.post(f"/orders/{case.number}/give_back", {"method": "cash"}).status_code == 302
    page = words(lead.read(f"/finance/deposits/{case.number}"))
    assert all(text in page for text in ("¥80.00", "¥420.00", "墙面损坏"))
    slip = finance.get(f"/finance/deposits/{case.number}/slip.pdf").content
    for paper in (receipt, slip):
        assert house.staff["finance"].name in words_of(pages_of(paper)[0]), "both papers say who took it and who gave it back"


def test_a_prepayment_and_what_is_left_of_it_stand_on_the_agreement_for_both_sides(house: World) -> None:
    agreement = agreed.in_force(house)
    finance = browser(house, "finance")
    assert f"/finance/deposits?agreement={agreement.number}" in finance.read(f"/agreements/{agreement.number}")
    form = {"purpose": "agreement", "agreement": agreement.number, "payer": "王芳", "amount": "480", "method": "cash"}
    assert finance.post("/finance/deposits/take", form).status_code == 302
    assert "¥480.00 left" in words(finance.read(f"/agreements/{agreement.number}"))
    page = Client(headers={"Accept-Language": "en"}).get(f"/r/{link_text(agreement)}").content.decode()
    assert "of which ¥480.00 is left" in words(page)


@pytest.mark.clause("MR-34")
def test_every_visit_a_prepayment_pays_is_called_the_same_and_what_is_left_is_an_amount(house: World) -> None:
    agreement = agreed.in_force(house)
    case = deposit(house, "320.00", purpose="agreement", agreement=agreement.number, unit="")
    for _each in range(2):
        day = agreed.next_day(house, agreement)["day"]
        house.do(agreement, "lay_out", "service_desk", day=day)
        visit = agreed.row(agreement).days.get(day=day).order
        assert visit is not None
        house.now = visit.order.visit_at
        for verb, facts in (("arrive", {}), ("start", {}), ("finish", {"summary": "全屋保洁"})):
            house.do(visit, verb, "housekeeper", **facts)
        house.do(visit, "sign", "customer", rating=5)
    assert list(case.events.order_by("pk").values_list("verb", flat=True)) == ["take_in", "draw_down", "use_up"]
    page = words(browser(house, "finance").read(f"/finance/deposits/{case.number}"))
    assert page.count("Visit paid from it") == 2
    assert all(text in page for text in ("Left ¥160.00", "Left ¥0.00"))
    assert "Left 160" not in page


def test_the_requests_of_a_month_go_out_for_the_invoicing_package(house: World) -> None:
    charge = collected(house)
    desk, finance = browser(house, "service_desk"), browser(house, "finance")
    form = {"order": charge.case.number, "made_out_to": "company", "title": "星河科技", "tax_number": "91310000MA1K35XY7Q"}
    assert desk.post("/finance/tax-invoices/ask", form | {"tax_number": "1"}, htmx=True).status_code == 422
    assert desk.post("/finance/tax-invoices/ask", form).status_code == 302
    case = Case.objects.get(kind="tax_invoice")
    assert case.number in words(finance.read("/finance/tax-invoices"))
    told = finance.get("/finance/tax-invoices.csv").content.decode("utf-8-sig")
    assert "91310000MA1K35XY7Q" in told
    assert "星河科技" in finance.get("/finance/tax-invoices.csv", {"encoding": "gb18030"}).content.decode("gb18030")
    assert finance.get("/finance/tax-invoices.csv", {"encoding": "latin"}).status_code == 404
    assert finance.post(f"/orders/{case.number}/issue", {"invoice": "26120000000001"}).status_code == 302
    assert case.number not in finance.get("/finance/tax-invoices.csv").content.decode("utf-8-sig")
    assert "26120000000001" in words(desk.read(f"/finance/tax-invoices/{case.number}"))


def test_the_resident_reads_what_comes_back_and_asks_for_the_invoice_on_the_own_page(house: World) -> None:
    charge = collected(house)
    refunded(house, charge, "26.00")
    order = charge.case.parent
    assert order is not None
    link, there = link_text(order), Client(headers={"Accept-Language": "en"})
    page = words(there.get(f"/r/{link}").content.decode())
    assert "¥26.00" in page
    sent = there.post(f"/r/{link}/invoice", {"key": "i0", "made_out_to": "company", "title": "星河科技", "tax_number": "12"})
    assert (sent.status_code, "星河科技" in sent.content.decode()) == (422, True)
    for _press in range(2):
        assert there.post(f"/r/{link}/invoice", {"key": "i1", "made_out_to": "person", "title": "王芳"}).status_code == 303
    assert TaxInvoice.objects.get().amount == charge.due - 26
    assert "I need a tax invoice" not in words(there.get(f"/r/{link}").content.decode())


@pytest.mark.parametrize("name", ["adjustments", "deposits", "tax-invoices"])
def test_each_list_is_a_workbook_with_its_amounts(house: World, name: str) -> None:
    charge = collected(house)
    made = {"adjustments": lambda: refunded(house, charge, "26.00"), "deposits": lambda: deposit(house, "26.00"),
            "tax-invoices": lambda: invoice(house, collected(house, "26.00"))}[name]()  # fmt: skip
    answer = browser(house, "finance").get(f"/exports/{name}.xlsx")
    book = load_workbook(BytesIO(b"".join(answer.streaming_content)))
    cells = [cell for row in book.active.iter_rows(values_only=True) for cell in row]
    assert made.number in cells
    assert 26 in cells


@pytest.mark.parametrize("path", ["/finance/adjustments", "/finance/deposits", "/finance/tax-invoices"])
def test_a_longer_list_asks_the_database_no_more_often(house: World, path: str) -> None:
    there = browser(house, "finance")

    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as seen:
            there.read(path)
        return len(seen)

    _one_of_each(house)
    few = queries()
    _one_of_each(house)
    _one_of_each(house)
    assert queries() == few


def _one_of_each(house: World) -> None:
    charge = collected(house)
    invoice(house, charge)
    asked(house, charge, "5.00")
    house.do(asked(house, due(house), "6.00", "discount"), "approve", "business_lead")
    house.do(asked(house, charge, "5.00"), "approve", "business_lead")
    refunded(house, collected(house), "7.00")
    deposit(house)
    assert Adjustment.objects.exists()
