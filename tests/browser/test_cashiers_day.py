"""A day of money in a browser: from the first quote to the cashier's closed day, with an envelope, a payment by QR code that
stands on no statement, and a refund."""

from collections.abc import Iterator
from datetime import date, datetime, time
from decimal import Decimal

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from menling.journal.models import Case
from menling.money.books import balance
from menling.money.sheets import CashierDay
from menling.premises import clock
from tests.browser.browsing import OfficeTime
from tests.browser.draw import Draw
from tests.browser.paperwork import Weeks, typed
from tests.browser.story import SHANGHAI
from tests.cashier import notes
from tests.office import World

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
FRIDAY = date(2026, 11, 20)
IN_THE_SAFE, BACK = Decimal("100.00"), Decimal("0.01")
BY_CODE, IN_THE_EVENING = "5.00", "120.00"


@pytest.fixture
def day(
    street: World, draw: Draw, monkeypatch: pytest.MonkeyPatch, live_server: LiveServer, chromium: Browser
) -> Iterator[Weeks]:
    """An office on a Friday morning."""
    clock.look_again()
    made = Weeks(street, draw, OfficeTime(monkeypatch), live_server.url, chromium)
    made.turn_to(at(9))
    yield made
    made.leave()
    clock.look_again()


def at(hour: int, minute: int = 0) -> datetime:
    """Return a time of the day at the office."""
    return datetime.combine(FRIDAY, time(hour, minute), SHANGHAI)


def counted(page: Page, form: str, amount: Decimal) -> None:
    """Write down what lies in the safe, note by note, and send the form."""
    for piece, pieces in notes(amount).items():
        page.locator(f"{form} [name='count:{piece}']").fill(str(pieces))
    page.locator(f"{form} button").last.click()


def begun(day: Weeks) -> None:
    """Finance counts the safe, and the books start with that."""
    page = day.at("finance", "/finance/cashier")
    counted(page, "form[action='/finance/cashier/begin']", IN_THE_SAFE)
    expect(page.locator("#places [data-row='safe']")).to_contain_text("¥100.00")


def repaired(day: Weeks) -> Case:
    """The worker shows the price, the resident agrees and signs, the worker collects in cash: all on one phone."""
    phone, price = day.phone, f"¥{day.draw.price:.2f}"
    case = phone.at_home()
    phone.open_visit(case)
    phone.press("都做到了")
    phone.quote(price)
    phone.press(f"同意 {price}")
    phone.press("交还师傅")
    phone.finish()
    phone.sign()
    expect(phone.big()).to_contain_text(price)
    phone.big().click()
    phone.send("收款")
    expect(phone.big()).to_have_text("登记簿签退")
    return case


def handed_over(day: Weeks) -> None:
    """The worker hands the cash over, finance counts and receives it."""
    price = f"¥{day.draw.price:.2f}"
    day.phone.go("cash")
    expect(day.phone.page.locator(".head .amount")).to_have_text(price)
    day.phone.press("交财务")
    day.phone.send("交财务")
    expect(day.phone.page.locator(".plain-row")).to_contain_text(price)
    page = day.at("finance", "/finance")
    page.locator("#bags details.line").evaluate("line => { line.open = true }")
    page.locator("#bags form[action$='/receive'] button").click()
    expect(page.locator("#bags form")).to_have_count(0)


def paid_by_code(day: Weeks) -> Case:
    """Another resident pays by the company's code: no statement shows it yet."""
    charge = day.world.child(day.world.finished(BY_CODE, unit="3-2-1202"), "charge")
    day.step("business_lead", charge.number, "collect", method="qr")
    charge.refresh_from_db()
    assert charge.status == "collected"
    return charge


def given_back(day: Weeks, order: Case) -> None:
    """The desk asks for a refund, the business lead approves, finance pays it out of the safe."""
    page = day.at("service_desk", f"/finance/adjustments?order={order.number}")
    typed(page, "/finance/adjustments/ask", amount=str(BACK), reason="多收一分")
    page.wait_for_url("**/finance/adjustments/*-Q26-*")
    asked = day.world.child(order, "adjustment")
    for who, verb in (("business_lead", "approve"), ("finance", "pay_out")):
        day.step(who, asked.number, verb)
    asked.refresh_from_db()
    assert asked.status == "paid_out"


def sealed(day: Weeks) -> None:
    """In the evening finance is away: the business lead collects and seals the cash before two witnesses."""
    day.turn_to(at(18, 40))
    order = day.world.finished(IN_THE_EVENING, unit="3-2-1202")
    day.step("business_lead", day.world.child(order, "charge").number, "collect", method="cash")
    bag = day.world.child(order, "charge").charge.handover.case
    page = day.at("business_lead", f"/orders/{bag.number}/seal")
    page.locator("[name=envelope]").fill("F0001")
    for place, who in enumerate(("control_centre", "team_lead")):
        page.locator("[name=witnesses]").nth(place).fill(day.world.staff[who].number)
    page.locator("main .step-form .step-foot .btn-primary").click()
    page.wait_for_url(lambda url: not url.endswith("/seal"))
    bag.refresh_from_db()
    assert bag.status == "sealed"


def closed(day: Weeks) -> None:
    """The day does not close with a yuan too few, and closes with what the books say."""
    page = day.at("finance", "/finance/cashier")
    expect(page.locator("#held")).to_contain_text("F0001")
    expect(page.locator("#held")).to_contain_text("¥120.00")
    expect(page.locator("#waiting")).to_contain_text("¥5.00")
    lies_there = IN_THE_SAFE + day.draw.price - BACK
    form = page.locator("#close form").get_attribute("action")
    counted(page, f"form[action='{form}']", lies_there + 1)
    expect(page.locator("#close .said")).to_contain_text("MR-30")
    assert day.watch.troubles.pop().endswith("/close_day")  # the refusal, and nothing else
    page.reload()
    counted(page, f"form[action='{form}']", lies_there)
    expect(page.locator("#close")).to_have_count(0)


def test_a_day_of_money_from_the_first_quote_to_the_closed_day(day: Weeks) -> None:
    begun(day)
    order = repaired(day)
    handed_over(day)
    by_code = paid_by_code(day)
    given_back(day, order)
    sealed(day)
    closed(day)
    sheet = CashierDay.objects.select_related("case").get()
    office = day.world.office.pk
    lies_there = IN_THE_SAFE + day.draw.price - BACK
    assert (sheet.case.status, sheet.counted) == ("closed", lies_there)
    assert {place: balance(office, place) for place in (f"safe:{office}", "envelope:F0001", f"unconfirmed:{office}")} == {
        f"safe:{office}": lies_there, "envelope:F0001": Decimal(IN_THE_EVENING), f"unconfirmed:{office}": Decimal(BY_CODE),
    }  # fmt: skip
    assert [each["number"] for each in sheet.unpaid] == [by_code.number]
    page = day.at("office_manager", f"/finance/cashier/{sheet.case.number}")
    expect(page.locator("#held")).to_contain_text("F0001")
    answer = page.context.request.get(f"{day.server}/finance/cashier/{sheet.case.number}/sheet.pdf")
    assert answer.body().startswith(b"%PDF")
