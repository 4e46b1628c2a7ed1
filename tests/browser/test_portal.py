"""The resident's page in a real browser, with and without its script."""

import pytest
from playwright.sync_api import expect

from menling.doorway.keys import link_text
from menling.journal.models import Case
from tests.browser.phone import Phone

pytestmark = pytest.mark.browser


def address(phone: Phone, case: Case) -> str:
    """Return the address of the page of an order."""
    return f"{phone.server}/r/{link_text(case)}"


def quoted(phone: Phone) -> Case:
    """Return an order whose price was shown."""
    return phone.world.do(phone.at_home(), "quote", "repair_worker", items=[{"code": "W01"}])


def test_a_resident_agrees_signs_and_rates_with_a_finger(phone: Phone) -> None:
    case, draw = quoted(phone), phone.draw
    price = f"¥{draw.price:.2f}"
    page = phone.unlock()
    page.goto(address(phone, case))
    expect(page.locator(".lines tfoot td").first).to_have_text(price)
    phone.press(f"同意 {price}")
    expect(page.locator(".thanks")).to_be_visible()
    phone.elsewhere(case, "finish", "repair_worker", summary=draw.summary)
    page.goto(address(phone, case))
    expect(page.locator("main")).to_contain_text(draw.summary)
    page.locator(f".stars input[value='{draw.stars}']").check()
    page.locator("textarea[name=opinion]").fill(draw.opinion)
    phone.press("确认并签名")
    expect(page.locator("[data-trouble]")).to_contain_text("请先在框里签名")
    phone.scribble(page.locator("canvas"))
    phone.press("确认并签名")
    expect(page.locator(".thanks")).to_contain_text("谢谢您签名")
    case.refresh_from_db()
    assert (case.status, case.order.rating, case.order.opinion) == ("signed", draw.stars, draw.opinion)
    assert case.events.get(verb="sign").facts["signature"] == case.attachments.get(kind="signature").digest


def test_without_a_script_the_page_does_the_same_with_a_typed_name(phone: Phone) -> None:
    case, draw = quoted(phone), phone.draw
    page = phone.unlock(script=False)
    page.goto(address(phone, case))
    phone.press(f"同意 ¥{draw.price:.2f}")
    phone.elsewhere(case, "finish", "repair_worker", summary=draw.summary)
    page.goto(address(phone, case))
    page.locator(f".stars input[value='{draw.stars}']").check()
    page.locator("input[name=name]").fill(draw.reporter)
    phone.press("确认并签名")
    expect(page.locator(".thanks")).to_be_visible()
    case.refresh_from_db()
    assert (case.status, case.order.signed_by, case.order.rating) == ("signed", draw.reporter, draw.stars)


def test_what_a_resident_typed_survives_a_reload_until_it_is_sent(phone: Phone) -> None:
    case, draw = phone.finished(), phone.draw
    page = phone.unlock()
    page.goto(address(phone, case))
    page.locator(f".stars input[value='{draw.stars}']").check()
    page.locator("textarea[name=opinion]").fill(draw.opinion)
    page.reload()
    expect(page.locator(f".stars input[value='{draw.stars}']")).to_be_checked()
    expect(page.locator("textarea[name=opinion]")).to_have_value(draw.opinion)
    phone.scribble(page.locator("canvas"))
    phone.press("确认并签名")
    expect(page.locator(".thanks")).to_be_visible()
    assert page.evaluate("Object.values(localStorage)") == ["{}"]


def test_an_open_page_shows_by_itself_that_the_worker_has_come(phone: Phone) -> None:
    case = phone.world.do(phone.sent(), "acknowledge", "repair_worker")
    page = phone.unlock()
    page.clock.install()
    page.goto(address(phone, case))
    expect(page.locator("li[aria-current]")).to_contain_text("师傅在路上")
    phone.elsewhere(case, "arrive", "repair_worker")
    page.clock.run_for(21_000)
    expect(page.locator("li[aria-current]")).to_contain_text("已到门口")


def test_a_page_somebody_is_filling_in_is_left_alone(phone: Phone) -> None:
    case = phone.finished()
    page = phone.unlock()
    page.clock.install()
    page.goto(address(phone, case))
    page.locator("textarea[name=opinion]").fill(phone.draw.opinion)
    phone.elsewhere(case, "object", "repair_worker", reason=phone.draw.trouble)
    page.clock.run_for(61_000)
    expect(page.locator("textarea[name=opinion]")).to_have_value(phone.draw.opinion)


def test_what_is_not_right_and_what_is_asked_reach_the_office(phone: Phone) -> None:
    case = phone.finished()
    page = phone.unlock()
    page.goto(address(phone, case))
    page.get_by_text("对价格有疑问").click()
    page.locator("textarea[name=question]").fill(phone.draw.opinion)
    phone.press("发送")
    expect(page.locator("main")).to_contain_text(phone.draw.opinion)
    page.get_by_text("还没修好").click()
    page.locator("textarea[name=reason]").fill(phone.draw.trouble)
    phone.press("告诉师傅，请再处理")
    expect(page.locator("h1")).to_contain_text("马上处理")
    case.refresh_from_db()
    assert (case.status, phone.world.child(case, "charge").status) == ("objected", "questioned")


def test_the_page_is_read_without_scrolling_sideways(phone: Phone) -> None:
    cases = (phone.finished(), phone.world.file(content=phone.draw.trouble * 12))
    page = phone.unlock()
    for case in cases:
        page.goto(address(phone, case))
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)") >= 17


def test_a_public_place_is_reported_with_a_thumb_and_its_own_page_opens(phone: Phone) -> None:
    page = phone.unlock()
    page.goto(address(phone, phone.sent()))
    page.locator("summary", has_text="公共部位有东西坏了").click()
    page.locator("input[name=place]").fill("3栋电梯厅")
    page.locator("form[action$='/public-place'] textarea[name=content]").fill("灯不亮")
    phone.press("报修")
    expect(page.locator(".thanks")).to_contain_text("已报给管理处")
    expect(page.locator("main")).to_contain_text("灯不亮")
    expect(page.locator("summary", has_text="公共部位有东西坏了")).to_have_count(0)
    case = Case.objects.get(unit__is_public=True)
    assert (case.order.content, case.order.channel, case.status) == ("灯不亮", "online", "reported")
