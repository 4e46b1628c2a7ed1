"""An errand on the buyer's phone: seen among the tasks, bought, brought and paid for without leaving the app."""

import pytest
from playwright.sync_api import expect

from menling.premises import clock
from tests import buying
from tests.browser.phone import Phone
from tests.examples import picture

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


def test_an_invoice_photographed_without_a_network_goes_out_with_its_step_once_there_is_one(phone: Phone) -> None:
    case = buying.errand(phone.world, phone="13800138000")
    page = phone.enter()
    page.locator(".row", has_text="角阀 × 2").click()
    expect(page.locator("a[href='tel:13800138000']")).to_be_visible()
    phone.big().click()
    page.fill("[name=amount]", "86")
    page.set_input_files("form.step [name=photo]", {"name": "invoice.jpg", "mimeType": "image/jpeg", "buffer": picture()})
    expect(page.locator("form.step img.taken")).to_be_visible()
    page.context.set_offline(True)
    page.locator("form.step button.primary").click()
    expect(page.locator(".dock .waiting")).to_be_visible()
    case.refresh_from_db()
    assert case.status == "registered"
    page.context.set_offline(False)
    page.evaluate("window.dispatchEvent(new Event('online'))")
    expect(phone.big()).to_have_text("连票送达")
    case.refresh_from_db()
    assert (case.status, case.errand.invoice) == ("bought", "")
    assert case.attachments.filter(kind="photo", digest=case.errand.photo).exists()


def test_a_phone_that_can_keep_no_more_says_so_and_keeps_what_was_typed(phone: Phone) -> None:
    case = buying.errand(phone.world)
    page = phone.enter()
    page.locator(".row", has_text="角阀 × 2").click()
    phone.big().click()
    page.fill("[name=amount]", "86")
    page.fill("[name=invoice]", "00123456")
    full = (
        "let n = 4e6, i = 0; while (n > 8) { try { localStorage.setItem(`fill${i}`, 'x'.repeat(n)); i++; } catch { n >>= 1; } }"
    )
    page.evaluate(f"() => {{ {full} }}")
    page.locator("form.step button.primary").click()
    expect(page.locator("form.step .refusal")).to_contain_text("手机存不下了")
    expect(page.locator("[name=invoice]")).to_have_value("00123456")
    page.evaluate(
        "() => Object.keys(localStorage).filter((key) => key.startsWith('fill')).forEach((key) => localStorage.removeItem(key))"
    )
    page.locator("form.step button.primary").click()
    expect(phone.big()).to_have_text("连票送达")
    case.refresh_from_db()
    assert case.status == "bought"
