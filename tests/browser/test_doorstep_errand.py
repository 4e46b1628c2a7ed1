"""An errand on the buyer's phone: seen among the tasks, bought, brought and paid for without leaving the app."""

import pytest
from playwright.sync_api import expect

from menling.premises import clock
from tests import buying
from tests.browser.phone import Phone

pytestmark = pytest.mark.browser


def test_a_buyer_finds_the_errand_among_the_tasks_and_takes_its_steps(phone: Phone) -> None:
    case = buying.errand(phone.world)
    page = phone.enter()
    page.locator(".row", has_text="角阀 × 2").click()
    expect(page.locator("h1.unit")).to_have_text("3-2-1201")
    phone.big().click()
    page.fill("[name=amount]", "86")
    page.locator("form.step button.primary").click()
    expect(page.locator("form.step .refusal")).to_contain_text("HC-5.4.2")
    page.fill("[name=invoice]", "00123456")
    page.locator("form.step button.primary").click()
    expect(phone.big()).to_have_text("连票送达")
    phone.big().click()
    expect(page.locator(".dock-hint")).to_contain_text("业主在自己的页面上核对签名")
    case.refresh_from_db()
    assert case.status == "delivered"
    phone.world.do(case, "sign", "customer", at=clock.now(), checked=True)
    phone.go("jobs")
    page.locator(".row", has_text="角阀 × 2").click()
    phone.big().click()
    page.locator("form.step button.primary").click()
    expect(page.locator(".state")).to_contain_text("已付清")
    case.refresh_from_db()
    assert case.status == "settled"
