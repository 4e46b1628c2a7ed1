"""The worker's app at 390 by 844, against a real server."""

import io
from datetime import datetime

import pytest
from django.utils.timezone import localtime
from PIL import Image
from playwright.sync_api import Request, expect

from menling.catalogue.models import PriceItem
from menling.journal.models import Command
from menling.orders.models import RefusedStep
from tests.browser.phone import Phone

pytestmark = pytest.mark.browser

TOO_SMALL = """() => [...document.querySelectorAll('button, a[href], input, textarea, summary, .tile')]
    .filter((each) => each.offsetParent && !['checkbox', 'radio', 'file'].includes(each.type))
    .filter((each) => { const box = each.getBoundingClientRect(); return Math.min(box.width, box.height) < 47.5; })
    .map((each) => each.outerHTML)"""


def hour(at: datetime) -> str:
    """An hour as the phone writes it: shortly before midnight the next promise is one of tomorrow."""
    told = localtime(at)
    return f"{told:%H:%M}" if told.date() == localtime().date() else f"明天 {told:%H:%M}"


def test_a_whole_visit_from_the_slip_to_the_register(phone: Phone) -> None:
    case, draw = phone.sent(), phone.draw
    price = f"¥{draw.price:.2f}"
    steps: list[Request] = []
    page = phone.enter()
    page.on("request", lambda request: steps.append(request) if request.method == "POST" else None)
    page.locator(".row", has_text=phone.world.unit.code).click()
    promise = localtime(case.deadlines.get(key="arrive").due_at)
    expect(page.locator("h1.unit")).to_have_text(phone.world.unit.code)
    expect(page.locator(".visit-promise")).to_contain_text(f"{promise:%H:%M} 前到门口")
    expect(page.locator(".asked .content")).to_have_text(draw.trouble)
    for word, after in (("签收", "到场"), ("到场", "报价")):
        expect(phone.big()).to_have_text(word)
        phone.big().click()
        expect(phone.big()).to_have_text(after)
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
    phone.big().click()
    expect(page.locator(".dock")).to_contain_text("办完了")
    phone.go("cash")
    expect(page.locator(".head .amount")).to_have_text(price)
    case.refresh_from_db()
    charge = phone.world.child(case, "charge").charge
    assert (case.status, charge.collected, charge.method) == ("signed_off", draw.price, "cash")
    assert (case.order.rating, case.order.opinion, case.order.agreed_how) == (draw.stars, draw.opinion, "own_link")
    assert (case.attachments.filter(kind="signature").count(), case.events.filter(verb="tick").count()) == (1, 3)
    for request in steps:
        as_resident = request.headers.get("authorization", "").startswith("Bearer mlr_")
        assert as_resident == request.url.endswith(("/consent", "/sign", "kind=signature")), request.url


def test_the_head_of_a_visit_says_the_promise_that_counts_next(phone: Phone) -> None:
    case = phone.sent()
    acknowledge, arrive = (hour(case.deadlines.get(key=key).due_at) for key in ("acknowledge", "arrive"))
    page = phone.open_visit(case)
    promises = page.locator(".visit-promise p")
    expect(promises.first).to_have_text(f"{acknowledge} 前确认收到")
    expect(promises.nth(1)).to_have_text(f"{arrive} 前到门口")
    phone.big().click()
    expect(promises).to_have_text([f"{arrive} 前到门口"])


def test_reminders_are_one_line_and_each_waits_for_its_own_moment(phone: Phone) -> None:
    page = phone.open_visit(phone.world.do(phone.sent(), "acknowledge", "repair_worker"))
    card = page.locator(".prompts")
    expect(card).to_contain_text("出发前")
    box = card.bounding_box()
    assert box is not None
    assert box["height"] < 80
    card.locator("[aria-expanded]").click()
    expect(card.locator(".reminders li").first).to_be_visible()
    phone.press("都做到了")
    expect(card).to_have_count(0)
    phone.big().click()
    expect(card).to_contain_text("门口与施工中")
    phone.press("都做到了")
    expect(card).to_have_count(0)


def test_a_step_taken_without_network_waits_and_goes_out_once(phone: Phone) -> None:
    case = phone.sent()
    page = phone.open_visit(case)
    page.context.set_offline(True)
    phone.big().click()
    expect(page.locator(".dock .strip.waiting")).to_contain_text("签收")
    waiting = page.evaluate("JSON.parse(localStorage.getItem('menling.queue'))")
    assert [(step["verb"], step["number"]) for step in waiting] == [("acknowledge", case.number)]
    page.context.set_offline(False)
    expect(page.locator(".dock .strip.waiting")).to_have_count(0)
    expect(phone.big()).to_have_text("到场", timeout=15_000)
    event = case.events.get(verb="acknowledge")
    assert event.happened_at < event.recorded_at
    assert Command.objects.filter(key=waiting[0]["key"]).count() == 1


def test_without_network_the_button_goes_on_to_the_next_step_and_never_offers_one_twice(phone: Phone) -> None:
    case = phone.sent()
    page = phone.open_visit(case)
    page.context.set_offline(True)
    phone.big().click()
    expect(phone.big()).to_have_text("到场")
    phone.big().click()
    expect(page.locator(".dock .strip.waiting")).to_contain_text("签收、到场")
    expect(phone.big()).to_have_count(0)
    page.context.set_offline(False)
    expect(phone.big()).to_have_text("报价")
    assert list(case.events.order_by("pk").values_list("verb", flat=True))[-2:] == ["acknowledge", "arrive"]


@pytest.mark.clause("MR-41")
def test_a_step_refused_when_the_network_is_back_is_said_and_kept_at_the_office(phone: Phone) -> None:
    case = phone.world.do(phone.sent(), "acknowledge", "repair_worker")
    page = phone.open_visit(case)
    expect(phone.big()).to_have_text("到场")
    page.context.set_offline(True)
    phone.big().click()
    expect(page.locator(".dock .strip.waiting")).to_contain_text("到场")
    phone.world.do(case, "cancel", "control_centre", reason="业主不要了")
    page.context.set_offline(False)
    expect(page.locator(".dock .refusal")).to_be_visible(timeout=15_000)
    expect(page.locator(".dock .strip.waiting")).to_have_count(0)
    page.wait_for_function("localStorage.getItem('menling.queue') === '[]'")  # nothing is left on the phone
    kept = RefusedStep.objects.get()
    assert (kept.of, kept.verb, kept.worker, kept.case.status) == (case, "arrive", phone.world.staff["repair_worker"], "kept")
    assert "取消" in kept.why_zh


def test_a_price_the_resident_refuses_is_taken_back(phone: Phone) -> None:
    case = phone.world.do(phone.at_home(), "quote", "repair_worker", items=[{"code": "W01"}])
    phone.open_visit(case)
    phone.big().click()
    phone.press("不同意")
    phone.press(f"不同意 ¥{phone.draw.price:.2f}，先不做")
    phone.press("交还师傅")
    expect(phone.big()).to_have_text("报价")
    case.refresh_from_db()
    assert (case.status, case.events.filter(verb="refuse_price").count()) == ("on_site", 1)


def test_a_refusal_stands_beside_the_button_with_its_clause(phone: Phone) -> None:
    case = phone.sent()
    page = phone.open_visit(case)
    phone.press("其他")
    phone.press("没人在家")
    phone.send("没人在家")
    refusal = page.locator("dialog .refusal")
    expect(refusal).to_contain_text("HS-4.3.3")
    expect(refusal).to_contain_text("留言条")
    slip = f"L{phone.draw.chance.randrange(10**5):05d}"
    page.locator("input[name=slip]").fill(slip)
    phone.send("没人在家")
    expect(page.locator(".dock")).to_contain_text("等控制中心约时间")
    case.refresh_from_db()
    assert case.status == "nobody_home"
    assert case.order.message_slips.get().number == slip


def test_what_was_typed_survives_a_reload(phone: Phone) -> None:
    page = phone.open_visit(phone.at_home())
    reason = page.locator("dialog textarea[name=reason]")
    phone.press("其他")
    phone.press("改天再做")
    reason.fill(phone.draw.opinion)
    page.reload()
    phone.press("其他")
    phone.press("改天再做")
    expect(reason).to_have_value(phone.draw.opinion)


def test_the_residents_rating_and_words_survive_a_reload_and_leave_with_the_signature(phone: Phone) -> None:
    page = phone.open_visit(phone.finished())
    opinion, chosen = page.locator("textarea[name=opinion]"), page.locator(f".stars input[value='{phone.draw.stars}']")
    phone.big().click()
    page.locator(".stars label").nth(phone.draw.stars - 1).click()
    opinion.fill(phone.draw.opinion)
    page.reload()
    expect(opinion).to_have_value(phone.draw.opinion)
    expect(chosen).to_be_checked()
    phone.press("点这里签名")
    phone.scribble(page.locator(".sign-full canvas"))
    phone.press("签好了")
    phone.press("确认签名")
    expect(page.locator(".thanks")).to_be_visible()
    page.wait_for_function("Object.keys(localStorage).every((name) => !name.endsWith('.sign'))")


def test_a_photo_is_made_smaller_and_joins_the_order(phone: Phone) -> None:
    case = phone.at_home()
    image = io.BytesIO()
    Image.new("RGB", (3000, 2000), (phone.draw.chance.randrange(256), 120, 90)).save(image, "JPEG")
    page = phone.open_visit(case)
    taken = {"name": "door.jpg", "mimeType": "image/jpeg", "buffer": image.getvalue()}
    page.locator(".tile input[type=file]").set_input_files(taken)  # type: ignore[arg-type]
    expect(page.locator("img.photo")).to_have_count(1)
    assert page.locator("img.photo").evaluate("image => image.decode().then(() => image.naturalWidth)") == 1600
    assert case.events.get(verb="add_photo").facts["photo"] == case.attachments.get().digest


def test_from_a_hundred_yuan_the_app_sends_for_a_business_lead(phone: Phone) -> None:
    PriceItem.objects.filter(code="W03").update(price=phone.draw.yuan(100, 900))
    case = phone.world.do(phone.finished("W03"), "sign", "customer", rating=phone.draw.stars)
    page = phone.open_visit(case)
    expect(page.locator(".dock-hint")).to_contain_text("¥100.00")
    expect(phone.big()).to_have_text("登记簿签退")


def test_a_repair_shows_the_items_of_repairs_first_and_the_others_one_press_away(phone: Phone) -> None:
    PriceItem.objects.filter(code="W03").update(skill="保洁")
    case = phone.at_home()
    page = phone.enter()
    phone.go(f"visit/{case.number}/prices")
    expect(page.locator(".item", has_text="W01")).to_be_visible()
    expect(page.locator(".item", has_text="W03")).to_have_count(0)
    page.get_by_role("button", name="其他工种的项目（1 项）").click()
    expect(page.locator(".item", has_text="W03")).to_be_visible()


def test_everything_a_thumb_presses_is_large_enough(phone: Phone) -> None:
    case = phone.at_home()
    page = phone.enter()
    for screen in ("jobs", "cash", "messages", "me", f"visit/{case.number}", f"visit/{case.number}/prices"):
        phone.go(screen)
        page.wait_for_load_state("networkidle")
        assert page.evaluate(TOO_SMALL) == [], screen
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), screen


def test_a_changed_order_asks_to_be_acknowledged_again(phone: Phone) -> None:
    case = phone.world.do(phone.sent(), "acknowledge", "repair_worker")
    phone.world.do(case, "change", "control_centre", content=phone.draw.opinion)
    page = phone.enter()
    expect(page.locator(".group", has_text="请先确认")).to_contain_text("有变更")
    page.locator(".row", has_text=phone.world.unit.code).click()
    expect(page.locator(".asked .content")).to_have_text(phone.draw.opinion)
    phone.big().click()
    expect(phone.big()).to_have_text("到场")
    case.order.refresh_from_db()
    assert case.order.change_seen is True


def test_the_app_speaks_english_when_asked_and_remembers_it(phone: Phone) -> None:
    case = phone.at_home()
    page = phone.enter()
    phone.go("me")
    phone.press("English")
    phone.go(f"visit/{case.number}")
    expect(phone.big()).to_have_text("Show the price")
    page.reload()
    expect(phone.big()).to_have_text("Show the price")
    expect(page.locator(".state")).to_have_text("on site", ignore_case=True)
