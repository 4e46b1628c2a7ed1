"""The worker's app on a PC that several people use: it is of who sits there, and of nobody who sat there before."""

import pytest
from django.contrib.auth.hashers import make_password
from playwright.sync_api import Page, expect

from menling.premises.models import Staff
from tests.browser.phone import PASSWORD, Phone

pytestmark = [pytest.mark.browser, pytest.mark.clause("MR-22")]
PIN = "2846"
KEY = "() => JSON.parse(localStorage['menling.doorstep']).token"


def sit_down(phone: Phone, person: Staff) -> Page:
    """Open the PC with a password, and the app on it."""
    page = phone.unlock()
    page.goto(f"{phone.server}/login")
    page.locator("input[name=number]").fill(person.number)
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("main button[type=submit], main button:not([type])").first.click()
    page.wait_for_url(lambda url: "/login" not in url)
    return of(phone, page, person)


def of(phone: Phone, page: Page, person: Staff) -> Page:
    """Open the app, and see whose it is."""
    page.goto(f"{phone.server}/doorstep/#/me")
    page.reload()
    expect(page.locator("main.list")).to_contain_text(person.number)
    return page


def test_who_sits_down_next_opens_the_own_app_and_not_the_one_left_open(phone: Phone) -> None:
    first, then = phone.world.staff["repair_worker"], phone.world.staff["repair_worker_2"]
    Staff.objects.filter(pk=then.pk).update(pin=make_password(PIN))
    page = sit_down(phone, first)
    left = page.evaluate(KEY)
    csrf = page.locator("#app").get_attribute("data-entered")
    page.request.post(f"{phone.server}/switch", form={"number": then.number, "pin": PIN}, headers={"X-CSRFToken": csrf or "",
                      "Referer": phone.server})  # fmt: skip
    of(phone, page, then)
    assert page.evaluate(KEY) != left


def test_a_log_in_of_the_app_that_somebody_left_on_the_pc_is_not_used_by_the_next(phone: Phone) -> None:
    page = phone.enter("repair_worker")
    left = page.evaluate(KEY)
    then = phone.world.staff["repair_worker_2"]
    page.goto(f"{phone.server}/login")
    page.locator("input[name=number]").fill(then.number)
    page.locator("input[name=password]").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "/login" not in url)
    of(phone, page, then)
    assert page.evaluate(KEY) != left
