"""The wall of the control room: nothing that is late is silently below the edge."""

import pytest
from playwright.sync_api import Browser, expect
from pytest_django.live_server_helper import LiveServer

from menling.premises import clock
from tests.browser.desk import Desk
from tests.office import build_world, make_unit

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
ORDERS = 14


def test_what_does_not_fit_is_counted_and_has_its_turn(
    transactional_db: None, live_server: LiveServer, chromium: Browser
) -> None:
    office = build_world()
    office.now = clock.now()
    for at in range(ORDERS):
        unit = make_unit(office.office, "7", "1", f"{at + 1}01")
        office.file(unit=unit.code, content=f"灯不亮{at}")
    desk = Desk(chromium, live_server.url)
    desk.sit_down(office, "control_centre")
    desk.page.clock.install()
    page = desk.page
    page.goto(f"{live_server.url}/wall")
    rest = page.locator(".column.running [data-rest]")
    expect(rest).to_contain_text("more")
    shown = page.locator(".column.running .slot:visible")
    first = shown.count()
    assert 0 < first < ORDERS
    expect(rest).to_have_text(f"and {ORDERS - first} more")
    above = page.locator(".column.running .slot:visible").first.get_attribute("data-row")
    page.clock.fast_forward("00:11")
    expect(page.locator(".column.running .slot:visible").first).not_to_have_attribute("data-row", above or "")
    desk.leave()
