"""Cleaning on the phone of a housekeeper: asked about doubtful times, and accepted part by part on the resident's screen."""

import pytest
from playwright.sync_api import expect

from tests import cleaning
from tests.browser.phone import Phone
from tests.procedures.given import last

pytestmark = pytest.mark.browser


def test_one_of_two_housekeepers_cleans_and_the_resident_accepts_item_by_item(phone: Phone) -> None:
    case = cleaning.sent(phone.world, "80", unit=phone.world.unit.code, content="玻璃、厨房")
    page = phone.enter("housekeeper")
    row = page.locator(".row", has_text="玻璃、厨房")  # the home itself is named on its day only
    expect(row).to_contain_text("家政")
    row.click()
    for who in cleaning.BOTH:
        expect(page.locator(".asked")).to_contain_text(phone.world.staff[who].name)
    for word in ("签收", "到场"):
        expect(phone.big()).to_have_text(word)
        phone.big().click()
    expect(page.locator("form.step .choice legend")).to_contain_text("业主同意提前吗？")
    page.locator("form.step input[value=agreed]").check(force=True)
    phone.send("到场")
    expect(phone.big()).to_have_text("开工")
    phone.big().click()
    expect(phone.big()).to_have_text("完成")
    phone.big().click()
    page.locator("textarea[name=summary]").fill(phone.draw.summary)
    phone.send("完成")
    expect(page.locator("form.step .choice.wrong legend")).to_contain_text("计划约120分钟，属实吗？")
    page.locator("form.step input[value=not_right]").check(force=True)
    phone.send("完成")
    expect(phone.big()).to_have_text("请业主签字")
    assert (last(case, "arrive").facts["early"], last(case, "finish").facts["length"]) == ("agreed", "not_right")
    phone.big().click()
    page.locator(".item", has_text="厨房").locator(".no").click()
    page.locator(".item input").fill("灶台有油")
    phone.press("请把不合格的重做")
    phone.press("交还师傅")
    expect(page.locator(".asked")).to_contain_text("厨房：灶台有油")
    phone.big().click()
    page.locator("textarea[name=done]").fill(phone.draw.summary)
    phone.send("返工做好了")
    expect(phone.big()).to_have_text("请业主签字")
    case.refresh_from_db()
    assert (case.status, case.events.get(verb="object").facts["items"]) == ("finished", ["厨房：灶台有油"])
