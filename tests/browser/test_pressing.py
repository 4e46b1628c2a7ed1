"""Impatient hands: a button pressed twice is one step, and what is shown once is still there after the second press."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect
from pytest_django.live_server_helper import LiveServer

from menling.journal.models import Event
from menling.kernel.roles import Role
from menling.premises import clock
from menling.premises.models import Change
from tests.browser.desk import Desk
from tests.office import World, build_world, make_staff

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


def test_a_price_shown_for_the_worker_with_a_double_click_is_one_quote(desk: Desk, office: World) -> None:
    case = office.at_home()
    page = desk.sit_down(office, "control_centre")
    page.goto(f"{desk.url}/orders/{case.number}?do=quote")
    form = page.locator("#step form")
    form.locator("[name='items:W01']").fill("1")
    form.locator(".btn-primary").dblclick()
    expect(page.locator(".timeline")).to_contain_text("Show the price")
    assert Event.objects.filter(case=case, verb="quote").count() == 1


def test_a_first_password_is_still_there_after_a_double_click(desk: Desk, office: World) -> None:
    office.staff["administrator"] = make_staff(office.company, office.office, Role.ADMINISTRATOR, "A900", "管理员")
    page = desk.sit_down(office, "administrator")
    page.goto(f"{desk.url}/people/new")
    page.fill("main [name=number]", "A099")
    page.fill("main [name=name]", "赵新")
    page.locator("main .btn-primary").dblclick()
    expect(page.locator(".secret code")).not_to_be_empty()
    expect(page.locator("main .btn-primary")).to_have_count(0)
    assert Change.objects.filter(what="hire").count() == 1


def test_a_step_from_a_list_pressed_twice_is_said_once(desk: Desk, office: World) -> None:
    case = office.signed()
    page = desk.sit_down(office, "team_lead")
    page.locator(f"form[action$='{case.number}/review'] button").dblclick()
    expect(page.locator(".notice")).to_have_count(1)
    expect(page.locator(".notice")).to_contain_text(case.number)


def test_a_form_open_at_a_reload_opens_again_with_what_was_typed_and_chosen(desk: Desk, office: World) -> None:
    case = office.at_home()
    page = desk.sit_down(office, "control_centre")
    page.goto(f"{desk.url}/orders/{case.number}")
    page.locator(".behalf a[href*='/quote?']").click()
    page.fill("#step [name='items:W01']", "2")
    page.reload()
    expect(page.locator("#step [name='items:W01']")).to_have_value("2")


def test_the_board_on_the_way_back_is_the_board_of_now(desk: Desk, office: World) -> None:
    case = office.do(office.file(), "accept", "control_centre")
    page = desk.sit_down(office, "control_centre")
    expect(page.locator("#board")).to_contain_text("nobody sent yet")
    page.goto(f"{desk.url}/orders/{case.number}")
    office.do(case, "dispatch", "control_centre", worker=office.staff["repair_worker"].number)
    page.route("**/board/rows*", lambda route: route.abort())
    page.go_back()
    expect(page.locator("#board")).to_contain_text(office.staff["repair_worker"].name)
    expect(page.locator("#board em")).to_have_count(0)
