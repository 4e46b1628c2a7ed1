"""What a clerk has to see is in sight: a refusal beside its button, a form that was opened, the pages on a phone."""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from menling.journal.models import Case, Deadline
from menling.premises import clock
from tests.browser.browsing import PATIENCE
from tests.browser.desk import Desk
from tests.office import World, build_world

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

DESK, LAPTOP = {"width": 1440, "height": 900}, {"width": 1366, "height": 600}
PHONE = {"width": 390, "height": 844}


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


def busy(office: World) -> Case:
    """Return an accepted order for a time at which the only worker is elsewhere."""
    at = (office.now + timedelta(days=1)).isoformat()
    taken, waiting = (office.do(office.file(visit_at=at), "accept", "control_centre") for _ in range(2))
    office.do(taken, "dispatch", "control_centre", worker=office.staff["repair_worker"].number)
    return waiting


def refused(page: Page, desk: Desk, case: Case, worker: str) -> None:
    """Choose a busy worker on the page of an order, by the verb's own button."""
    page.goto(f"{desk.url}/orders/{case.number}")
    page.locator(".verbs a[data-key=d]").click()
    page.locator(f"#step input[name=worker][value={worker}]").check()
    page.locator("#step .btn-primary").click()


@pytest.mark.parametrize(
    "size", [{"width": 1440, "height": 900}, {"width": 1366, "height": 600}, PHONE], ids=["desk", "laptop", "phone"]
)
def test_a_refused_dispatch_is_said_in_sight_beside_its_button(desk: Desk, office: World, size: dict[str, int]) -> None:
    case = busy(office)
    page = desk.sit_down(office, "control_centre")
    page.set_viewport_size(size)  # type: ignore[arg-type]  # a plain dict of width and height
    refused(page, desk, case, office.staff["repair_worker"].number)
    expect(page.locator("#step .refusal")).to_be_in_viewport(ratio=1)
    expect(page.locator("#step .btn-primary")).to_be_in_viewport(ratio=1)


def test_a_form_opened_on_a_phone_comes_into_sight(desk: Desk, office: World) -> None:
    case = busy(office)
    page = desk.sit_down(office, "control_centre")
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]  # as above
    page.goto(f"{desk.url}/orders/{case.number}")
    page.locator(".verbs a[data-key=d]").click()
    expect(page.locator("#step h2")).to_be_in_viewport()
    expect(page.locator("#step .btn-primary")).to_be_in_viewport(ratio=1)


def test_verbs_seldom_needed_unfold_by_keyboard(desk: Desk, office: World) -> None:
    case = office.do(office.file(), "accept", "control_centre")
    page = desk.sit_down(office, "control_centre")
    page.goto(f"{desk.url}/orders/{case.number}")
    cancel = page.locator(".rarely a[href*='/cancel?']")
    expect(cancel).to_be_hidden()
    page.locator(".rarely > summary").focus()
    page.keyboard.press("Enter")
    expect(cancel).to_be_visible()


def test_the_pages_open_from_a_button_on_a_phone_and_go_with_escape(desk: Desk, office: World) -> None:
    page = desk.sit_down(office, "control_centre")
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]  # as above
    counter = page.locator("#pages a[href='/counter']")
    expect(counter).to_be_hidden()
    page.locator("[data-menu]").click()
    expect(counter).to_be_in_viewport()
    page.keyboard.press("Escape")
    expect(counter).to_be_hidden()
    page.locator("[data-menu]").click()
    counter.click()
    expect(page).to_have_url(f"{desk.url}/counter")


def test_a_folded_section_stays_as_this_person_left_it(desk: Desk, office: World) -> None:
    page = desk.sit_down(office, "control_centre")
    prices = page.locator("#pages a[href='/prices']")
    expect(prices).to_be_hidden()
    page.locator("#pages summary", has_text="Reference").click()
    expect(prices).to_be_visible()
    page.goto(f"{desk.url}/counter")
    expect(prices).to_be_visible()
    page.locator("#pages summary", has_text="Reference").click()
    page.reload()
    expect(prices).to_be_hidden()


def test_the_letters_of_a_folded_page_lead_there_all_the_same(desk: Desk, office: World) -> None:
    page = desk.sit_down(office, "control_centre")
    page.keyboard.press("g")
    page.keyboard.press("l")
    expect(page).to_have_url(f"{desk.url}/prices")


def test_a_target_that_is_shown_but_not_counted_is_no_deadline_and_never_red(desk: Desk, office: World) -> None:
    case = office.do(office.file(), "accept", "control_centre")
    then = office.now - timedelta(hours=3)
    Deadline.objects.filter(case=case).update(counted=False, armed_at=then, due_at=then + timedelta(hours=1))
    page = desk.sit_down(office, "control_centre")
    expect(page.locator(".column.running .slot")).to_have_count(1)
    expect(page.locator(".slot .figure")).to_have_count(0)
    page.goto(f"{desk.url}/orders/{case.number}")
    page.wait_for_timeout(1500)
    expect(page.locator(".next")).not_to_have_class(re.compile("broken"))


@pytest.mark.parametrize(("key", "files"), [("F9", "housekeeping"), ("F7", "alarm")])
def test_what_is_booked_at_the_counter_has_one_main_button(desk: Desk, office: World, key: str, files: str) -> None:
    page = desk.sit_down(office, "service_desk")
    page.goto(f"{desk.url}/counter?unit={office.unit.pk}")
    shown = page.locator(".intake button.btn-primary:visible")
    expect(shown).not_to_have_attribute("value", files)
    page.keyboard.press(key)
    expect(shown).to_have_count(1)
    expect(shown).to_have_attribute("value", files)


def test_a_thumb_hits_the_choice_of_the_office(desk: Desk, office: World) -> None:
    second = office.staff["team_lead"].posts.get()
    second.pk, second.office = None, office.elsewhere
    second.save()
    page = desk.sit_down(office, "team_lead")
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]  # as above
    page.goto(f"{desk.url}/crew")
    box = page.locator(".office select").bounding_box(timeout=PATIENCE)
    assert box is not None
    assert box["height"] >= 43.9


def test_an_unread_message_can_be_read_on_a_phone(desk: Desk, office: World) -> None:
    case = office.file(urgency="emergency")
    page = desk.sit_down(office, "control_centre")
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]  # as above
    page.goto(f"{desk.url}/messages")
    expect(page.locator("tr.unread .whole").filter(has_text=case.number).first).to_be_visible()


def test_a_crews_day_is_read_and_hit_on_a_phone(desk: Desk, office: World) -> None:
    office.sent(content="厨房漏水")
    page = desk.sit_down(office, "team_lead")
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]  # as above
    page.goto(f"{desk.url}/crew")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    cells = page.locator(".day-grid td a")
    expect(cells.first).to_contain_text("–")
    boxes = [each.bounding_box(timeout=PATIENCE) for each in cells.all()]
    assert boxes
    assert all(box and min(box["width"], box["height"]) >= 40 and box["x"] + box["width"] <= PHONE["width"] for box in boxes)
