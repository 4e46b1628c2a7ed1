"""Housekeeping from the call to the shelf through everybody's pages, with one item done again, under both acceptances."""

from collections.abc import Iterator
from datetime import timedelta
from functools import partial

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from menling.doorway.keys import link_text
from menling.premises import clock
from tests.browser.browsing import OfficeTime
from tests.browser.cleaning import CrewPhone, Office, accepted, call, fails, money, picked_up, send, shelved, signed
from tests.browser.draw import Draw
from tests.browser.story import SHANGHAI
from tests.office import World
from tests.procedures.given import decide

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def office(request: pytest.FixtureRequest, street: World, draw: Draw, monkeypatch: pytest.MonkeyPatch, live_server: LiveServer,
           chromium: Browser) -> Iterator[Office]:  # fmt: skip
    """An office on a day of 2026, some minutes before the first pick-up unless a test names hour and minute."""
    clock.look_again()
    time = OfficeTime(monkeypatch)
    day = clock.now().astimezone(SHANGHAI).replace(year=2026, month=draw.chance.randint(1, 12), day=draw.chance.randint(1, 28))
    hour, minute = getattr(request, "param", (7, draw.chance.randint(1, 40)))
    time.turn_to(day.replace(hour=hour, minute=minute, second=0, microsecond=0))
    street.now = clock.now()
    made = Office(street, draw, time, live_server.url, chromium)
    yield made
    for desk in made.desks.values():
        desk.leave()
    for phone in made.phones:
        phone.lock()
    clock.look_again()


@pytest.mark.parametrize("chain", ["customer_only", "four_steps"])
def test_cleaning_from_the_call_to_the_shelf(office: Office, chain: str) -> None:
    if chain == "four_steps":
        office.world.now = clock.now() - timedelta(minutes=10)
        decide(office.world, "acceptance.chain", chain)
    call(office)
    picked_up(office)
    send(office)
    for verb in ("acknowledge", "arrive", "start"):
        office.recorded(verb)
    office.recorded("finish", summary="、".join(office.parts))
    accepted(office, chain)
    fails(office)
    office.recorded("rework", done="重新清洁")
    accepted(office, chain)
    signed(office)
    money(office, lambda: office.recorded("sign_off"))
    shelved(office)


@pytest.mark.parametrize("office", [(10, 59)], indirect=True)
def test_booked_at_eleven_for_two_cleaned_by_phone_and_signed_by_the_resident(office: Office) -> None:
    """The crew carries phones, the resident the own link: one item fails, is done again, and passes the second time."""
    office.time.later(1)
    call(office, "14:00")
    picked_up(office, 151)
    send(office)
    housekeeper, resident = office.phone(), office.phone()
    page = under_way(office, housekeeper)
    cleaned(office, housekeeper)
    asked_again(office, resident)
    office.time.later(2)
    housekeeper.reload()
    expect(page.locator(".asked")).to_contain_text(f"{office.failed}：还有灰")
    housekeeper.big().click()
    page.locator("textarea[name=done]").fill("重新擦过")
    housekeeper.send("返工做好了")
    expect(housekeeper.big()).to_have_text("请业主签字")
    signs(office, resident)
    money(office, partial(signs_off, housekeeper))
    shelved(office)
    assert [(each["step"], each["round"]) for each in office.case.order.acceptances] == [("object", 1), ("sign", 2)]
    assert office.case.order.attested == ""


def under_way(office: Office, phone: CrewPhone) -> Page:
    """The first housekeeper acknowledges at once, and comes and begins at two."""
    page = phone.enter("housekeeper")
    page.locator(".row", has_text=office.world.unit.code).click()
    phone.tap("签收", "到场")
    office.time.later(20)
    phone.tap("到场", "开工")
    phone.tap("开工", "完成")
    return page


def cleaned(office: Office, phone: CrewPhone) -> None:
    """After three hours she writes down what was done."""
    office.time.later(150)
    phone.tap("完成")
    phone.page.locator("textarea[name=summary]").fill("、".join(office.parts))
    phone.send("完成")
    expect(phone.big()).to_have_text("请业主签字")


def asked_again(office: Office, phone: CrewPhone) -> None:
    """The resident looks part by part on the own link; one is not in order."""
    office.time.later(2)
    page = phone.unlock()
    page.goto(f"{office.server}/r/{link_text(office.case)}")
    part = page.locator(".item", has_text=office.failed)
    part.locator("label", has=page.locator("input[value='failed']")).click()
    part.locator("input[name^=remark]").fill("还有灰")
    page.locator(".again-button").click()
    expect(page.locator(".thanks")).to_be_visible()
    assert office.case.status == "objected"


def signs(office: Office, phone: CrewPhone) -> None:
    """The second time everything passes: stars and a signature by finger, with nobody of the staff at it."""
    office.time.later(2)
    page = phone.unlock()
    page.goto(f"{office.server}/r/{link_text(office.case)}")
    page.locator(".stars label", has=page.locator(f"input[value='{office.draw.stars}']")).click()
    phone.scribble(page.locator("canvas"))
    page.locator(".all-right-button").click()
    expect(page.locator(".thanks")).to_be_visible()
    order = office.case.order
    assert (office.case.status, order.rating, order.signed_by) == ("signed", office.draw.stars, office.draw.reporter)


def signs_off(phone: CrewPhone) -> None:
    """Back at the centre she signs the register."""
    phone.reload()
    phone.tap("登记簿签退")
    expect(phone.big()).to_have_count(0)
