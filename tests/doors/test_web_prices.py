"""The prices of an office on the page: proposed, reviewed, filed, and public on the screen and on paper."""

from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from menling.catalogue.models import PriceItem
from menling.catalogue.quotes import list_in_force
from menling.journal.models import Case
from tests.doors.api import caller
from tests.doors.test_web_orders import posted
from tests.doors.web import browser, words
from tests.office import World

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]
KEPT = {"price:W01": "86.00", "price:W02": "5.00", "price:W03": "100.00", "price:M01": "25.00"}


def proposed(world: World, **fields: str) -> Any:
    return browser(world, "office_manager").post(
        "/prices/file", KEPT | {name.replace("__", ":"): value for name, value in fields.items()}
    )


def test_the_form_shows_each_standard_service_with_its_limits(world: World) -> None:
    page = words(browser(world, "office_manager").read("/prices/propose"))
    for said in ("疏通厨房下水", "60.2 – 111.8", "三角阀", "at most 30% from the standard"):
        assert said in page
    assert browser(world, "service_desk").get("/prices/propose").status_code == 403


def test_a_list_goes_from_the_form_through_both_departments_to_everybody(world: World) -> None:
    answer = proposed(world, price__W01="95.50")
    case = Case.objects.get(kind="fee_standard")
    assert answer["Location"] == f"/prices/{case.number}"
    page = words(browser(world, "finance").read(f"/prices/{case.number}"))
    for said in ("¥95.50", "+11.0%", "1 changed", "under review"):
        assert said in page
    for who in ("finance", "quality"):
        assert posted(browser(world, who), case.number, f"file_{who}").status_code == 302
    case.refresh_from_db()
    listed = list_in_force(world.office, case.last_at)
    assert (case.status, PriceItem.objects.get(price_list=listed, code="W01").price) == ("filed", Decimal("95.50"))


@pytest.mark.parametrize(("price", "clause", "status"), [("111.81", "HC-5.6.1", 409), ("abc", "", 422), ("86.001", "MR-6", 422)])
def test_what_cannot_be_proposed_is_said_beside_the_form(world: World, price: str, clause: str, status: int) -> None:
    answer = proposed(world, price__W01=price)
    assert answer.status_code == status
    assert clause in answer.content.decode()
    assert not Case.objects.filter(kind="fee_standard").exists()


def test_an_empty_price_takes_an_item_off_and_a_reviewed_service_comes_on(world: World) -> None:
    new = {"code-1": "N01", "name-1": "钢琴搬运", "price-1": "500", "per-1": "visit", "sort-1": "service"}
    assert proposed(world, **new).status_code == 409
    assert proposed(world, price__W02="", **new, **{"review-1": "HT-07"}).status_code == 302
    body = caller(world, "quality").get(f"/fee-standards/{Case.objects.get(kind='fee_standard').number}").json()
    assert (body["gone"], [each["code"] for each in body["items"]]) == (["W02"], ["M01", "N01", "W01", "W03"])


def test_everybody_reads_the_list_in_force_without_a_log_in(world: World) -> None:
    page = Client(headers={"Accept-Language": "en"}).get("/price-list/XH")
    said = words(page.content.decode())
    for each in ("疏通马桶", "¥100.00", "by the started 30 minutes", "only the highest price is charged", "plus 30%"):
        assert each in said
    assert "No price list is in force yet" in Client(headers={"Accept-Language": "en"}).get("/price-list/LY").content.decode()
    assert Client().get("/price-list/LY.pdf").status_code == 404
    assert Client().get("/price-list/NO").status_code == 404


def test_a_list_under_review_is_not_public(world: World) -> None:
    proposed(world, price__W01="95.50")
    assert "95.50" not in Client().get("/price-list/XH").content.decode()


def test_the_list_is_printed_on_a4_in_large_type(world: World) -> None:
    answer = Client().get("/price-list/XH.pdf")
    assert (answer.status_code, answer["Content-Type"], answer.content[:5]) == (200, "application/pdf", b"%PDF-")
    assert browser(world, "finance").get("/prices.pdf")["Location"] == "/price-list/XH.pdf"


def test_the_public_list_is_read_in_either_language(world: World) -> None:
    pages = [Client().get("/price-list/XH", {"lang": code}).content.decode() for code in ("zh-hans", "en")]
    assert ["怎样收费" in pages[0], "How it is charged" in pages[1]] == [True, True]
