"""A call at the desk, by keyboard alone: looked up, filed, dispatched, and ready for the next one."""

import time
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect
from pytest_django.live_server_helper import LiveServer

from menling.journal.models import Case
from menling.orders.models import Order, Referral
from menling.premises import clock
from tests.browser.desk import SETTLED, Desk
from tests.office import World, build_world, make_unit

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def office(transactional_db: None) -> World:
    world = build_world()
    world.now = clock.now()
    return world


@pytest.fixture
def desk(chromium: Browser, live_server: LiveServer, office: World) -> Iterator[Desk]:
    made = Desk(chromium, live_server.url)
    yield made
    assert made.complaints == []
    made.leave()


def test_a_call_becomes_an_order_in_under_twenty_seconds_with_the_keyboard_alone(desk: Desk, office: World) -> None:
    page = desk.sit_down(office, "control_centre")
    began = time.monotonic()
    desk.keys("/", "138 0013 8000", "Enter")
    expect(page.locator("textarea[name=content]")).to_be_focused()
    desk.keys("厨房下水堵", "Tab", "敲门轻一点", "Tab", "+60")
    desk.page.locator("textarea[name=content]").focus()
    desk.keys("Enter")
    expect(page.locator(".filed")).to_contain_text("厨房下水堵")
    expect(page.locator("[data-search]")).to_be_focused()
    assert time.monotonic() - began < 20
    order = Order.objects.get()
    assert (order.case.status, order.phone, order.requirements, order.at_once) == ("accepted", "13800138000", "敲门轻一点", False)


def test_a_worker_is_sent_from_the_board_with_three_keys(desk: Desk, office: World) -> None:
    case = office.do(office.file(), "accept", "control_centre")
    page = desk.sit_down(office, "control_centre")
    desk.keys("j", "d")
    expect(page.locator("#panel input[name=worker]").first).to_be_focused()
    desk.keys("Enter")
    expect(page.locator("#panel")).to_be_hidden()
    expect(page.locator("#board")).to_contain_text("dispatched")
    case.refresh_from_db()
    assert case.status == "dispatched"


def test_the_wrong_desk_hands_the_typed_words_over_with_one_key(desk: Desk, office: World) -> None:
    page = desk.sit_down(office, "control_centre")
    desk.keys("n", "3-2-1201", "Tab", "王芳", "Tab", "13800138000", "Tab", "擦玻璃", "F8")
    expect(page.locator(".done")).to_contain_text("with the service desk now")
    passed = Referral.objects.get()
    assert (passed.wanted, passed.unit_text, passed.reporter, passed.phone, passed.content) == (
        "housekeeping", "3-2-1201", "王芳", "13800138000", "擦玻璃",
    )  # fmt: skip


def test_who_types_on_after_a_hit_was_chosen_keeps_every_letter_in_the_search(desk: Desk, office: World) -> None:
    page = desk.sit_down(office, "control_centre")
    page.goto(f"{desk.url}/counter")
    search = page.locator("[data-search]")
    search.focus()
    desk.keys("3-2-12")
    expect(page.locator("[data-hit]")).to_have_count(2)
    desk.keys("ArrowDown")
    expect(page.locator("[data-hit]").first).to_be_focused()
    search.focus()
    with page.expect_response(lambda answer: "found" in answer.url):
        desk.keys("0")
    page.wait_for_function(SETTLED)
    desk.keys("n?")
    expect(search).to_have_value("3-2-120n?")
    expect(search).to_be_focused()
    expect(page.locator("dialog[open]")).to_have_count(0)


def test_a_refusal_stands_beside_the_button_and_nothing_typed_is_lost(desk: Desk, office: World) -> None:
    page = desk.sit_down(office, "control_centre")
    desk.keys("n", "9-9-9999", "Tab", "王芳", "Tab", "Tab", "灯不亮", "Enter")
    expect(page.locator(".intake .refusal")).to_contain_text("There is no unit 9-9-9999")
    expect(page.locator(".intake .refusal .clause button")).to_have_text("MR-8")
    expect(page.locator("input[name=unit]")).to_be_focused()
    expect(page.locator("textarea[name=content]")).to_have_value("灯不亮")
    page.reload()
    desk.keys("n")
    expect(page.locator("textarea[name=content]")).to_have_value("灯不亮")
    assert not Case.objects.exists()


def test_one_call_after_the_other_is_filed_without_leaving_the_board(desk: Desk, office: World) -> None:
    page = desk.sit_down(office, "control_centre")
    for trouble in ("灯不亮", "门锁卡住"):
        desk.keys("n")
        expect(page.locator("textarea[name=content]")).to_have_value("")
        desk.keys("3-2-1201", "Tab", "王芳", "Tab", "Tab", trouble, "Enter")
        expect(page.locator("#new-order")).to_be_hidden()
        expect(page.locator("#board")).to_contain_text(trouble)
    assert Order.objects.count() == 2
    page.reload()
    expect(page.locator("textarea[name=content]")).to_have_value("")


def test_minutes_tick_down_in_the_browser_and_turn_amber_and_red_by_themselves(desk: Desk, office: World) -> None:
    office.file()
    desk.page.clock.install()
    page = desk.sit_down(office, "control_centre")
    figure = page.locator("[data-figure]").first
    expect(figure).to_have_class("figure num open")
    page.route("**/board/rows*", lambda route: route.fulfill(status=304))
    page.clock.fast_forward("04:10")
    expect(figure).to_have_class("figure num soon")
    page.clock.fast_forward("03:00")
    expect(figure).to_have_class("figure num broken")
    expect(figure).to_have_text("−2")


def test_a_lost_connection_is_said_and_what_was_shown_stays(desk: Desk, office: World) -> None:
    office.file()
    page = desk.sit_down(office, "control_centre")
    page.route("**/board/rows*", lambda route: route.abort())
    expect(page.locator(".offline").first).to_be_visible(timeout=15_000)
    expect(page.locator("[data-figure]").first).to_be_visible()


def test_a_number_shows_only_while_the_button_is_held(desk: Desk, office: World) -> None:
    case = office.sent()
    page = desk.sit_down(office, "control_centre")
    page.goto(f"{desk.url}/orders/{case.number}")
    page.locator("[data-reveal]").focus()
    page.keyboard.down("Enter")
    expect(page.locator("[data-phone]")).to_have_text("13800138000")
    page.keyboard.up("Enter")
    expect(page.locator("[data-phone]")).to_have_text("138 **** 8000")
    assert case.events.filter(verb="reveal").count() == 1


def test_the_homes_found_are_gone_through_with_arrows_or_j_and_k(desk: Desk, office: World) -> None:
    for room in ("1101", "1102", "1103"):
        make_unit(office.office, "8", "2", room)
    page = desk.sit_down(office, "service_desk")
    expect(page.locator("main [data-search]")).to_be_focused()
    desk.keys("8-2-11")
    expect(page.locator("[data-hit]")).to_have_count(3)
    desk.keys("ArrowDown")
    expect(page.locator("[data-hit]").nth(0)).to_be_focused()
    desk.keys("j", "j", "k")
    expect(page.locator("[data-hit]").nth(1)).to_be_focused()
    desk.keys("Enter")
    expect(page.locator(".home h1")).to_contain_text("8-2-1102")
