"""One repair from the call to the shelf, through the pages everybody really uses, each person in a browser of their own."""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from django.db.models import F
from django.utils import translation
from django.utils.timezone import localtime
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from menling.doorway.language import said
from menling.journal.models import Case, Deadline
from menling.journal.replay import differences
from menling.premises import clock
from menling.procedures.repair import REPAIR
from tests.browser.browsing import OfficeTime, Watch
from tests.browser.desk import Desk
from tests.browser.draw import Draw
from tests.browser.phone import Phone
from tests.browser.story import LANGUAGE, LEADS_FROM, SHANGHAI, Story, cast
from tests.office import World
from tests.paper import pages_of, size_of, words_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

BESIDE = timedelta(seconds=1)
"""So far the clock of a phone, which was set by hand, may run beside that of the server."""
CLAUSES = {
    "file": "HC-5.1.2", "accept": "HS-4.2.1", "dispatch": "HS-4.2.3", "acknowledge": "HS-4.2.3", "arrive": "EN-2.1",
    "quote": "EN-3.7", "consent": "EN-3.7", "finish": "EN-7.2", "sign": "HC-5.5.1", "sign_off": "HS-4.2.3", "review": "EN-7.6",
    "archive": "EN-D.20",
}  # fmt: skip
PAPERS = {"a5": (148, 210), "93": (241, 93), "140": (241, 140)}


@pytest.fixture
def office_time(street: World, draw: Draw, monkeypatch: pytest.MonkeyPatch) -> Iterator[OfficeTime]:
    """A day of 2026 and an hour by chance: the whole repair fits in before the cash is due at 18:00, or comes after it."""
    clock.look_again()
    time = OfficeTime(monkeypatch)
    day = datetime(2026, 1, 1, tzinfo=SHANGHAI) + timedelta(days=draw.chance.randrange(365))
    hour = draw.chance.choice((*range(9, 15), 18, 19))
    time.turn_to(day + timedelta(hours=hour, minutes=draw.chance.randrange(5, 60)))
    yield time
    clock.look_again()


@pytest.fixture
def story(office_time: OfficeTime, street: World, draw: Draw, live_server: LiveServer, chromium: Browser) -> Iterator[Story]:
    """A repair of which nobody has heard yet."""
    made = Story(street, draw, office_time, live_server.url, chromium, Watch())
    cast(made)
    yield made
    for each in made.open:
        each.lock() if isinstance(each, Phone) else each.leave()


def test_one_repair_from_the_call_to_the_shelf(story: Story) -> None:
    centre = story.desk("control_centre")
    call(story, centre)
    send(story, centre)
    papers(story, centre)
    link = centre.page.locator(".qr a").get_attribute("href") or ""
    worker, resident = story.phone(), story.phone()
    under_way(story, worker)
    arrive(story, worker)
    agree(story, worker, resident, f"{story.server}{link}" if link.startswith("/") else link)
    work(story, worker)
    paid(story, worker)
    review(story)
    settle(story)
    file_it(story)
    nothing_is_broken(story)


def call(story: Story, centre: Desk) -> None:
    """The phone rings: looked up, written down and accepted without the mouse, and the field is ready for the next call."""
    page, draw = centre.page, story.draw
    since, before = clock.now(), centre.pressed
    centre.keys("/", story.asked, "Enter")
    expect(page.locator("textarea[name=content]")).to_be_focused()
    centre.keys(draw.trouble)
    if story.visit:
        centre.keys("Tab", "Tab", story.visit)
    centre.keys("Enter")
    expect(page.locator(".filed")).to_contain_text(draw.trouble)
    expect(page.locator("[data-search]")).to_be_focused()
    expect(page.locator("[data-search]")).to_have_value("")
    typed = len(story.asked) + len(draw.trouble) + len(story.visit)
    assert centre.pressed - before == typed + (5 if story.visit else 3)
    story.number = page.locator(".filed a.num").inner_text()
    story.did("control_centre", "file", "accept", since=since)


def send(story: Story, centre: Desk) -> None:
    """The board shows that nobody is sent; somebody is picked from the candidates."""
    page = centre.page
    page.goto(f"{story.server}/board")
    row = page.locator(f"[data-row='{story.number}']")
    expect(page.locator(".undispatched b")).to_have_text("1")
    expect(row).to_contain_text(story.world.unit.code)
    expect(row.locator("em")).to_be_visible()
    since = story.soon()
    centre.keys("j", "d")
    page.locator("#panel label", has_text=story.world.staff[story.worker].number).click()
    page.locator("#panel .btn-primary").click()
    expect(row).to_contain_text(story.name(story.worker))
    expect(page.locator(".undispatched b")).to_have_text("0")
    story.did("control_centre", "dispatch", since=since)


def papers(story: Story, centre: Desk) -> None:
    """The slip on plain and on multipart paper: it opens in the browser, is of the right size and bears the number."""
    page = centre.page
    page.goto(f"{story.server}/orders/{story.number}")
    with page.context.expect_page() as opened:
        page.locator(".prints a[href$='slip-a5.pdf']").click()
    opened.value.close()
    for layout, size in PAPERS.items():
        link = page.locator(f".prints a[href$='slip-{layout}.pdf']")
        answer = page.context.request.get(f"{story.server}{link.get_attribute('href')}")
        assert answer.headers["content-type"] == "application/pdf"
        sheet = pages_of(answer.body())[0]
        assert size_of(sheet) == size
        assert story.number in words_of(sheet)


def under_way(story: Story, worker: Phone) -> None:
    """The worker sees the order and acknowledges it in a basement: the server hears of it minutes later."""
    page = worker.enter(story.worker)
    page.locator(".row", has_text=story.world.unit.code).click()
    expect(page.locator(".asked .content")).to_have_text(story.draw.trouble)
    since = story.soon()
    page.context.set_offline(True)
    worker.big().click()
    expect(page.locator(".dock .strip.waiting")).to_be_visible()
    until = clock.now()
    story.soon(1, 1)
    page.context.set_offline(False)
    expect(page.locator(".dock .strip.waiting")).to_have_count(0)
    story.did(story.worker, "acknowledge", since=since, until=until)


def arrive(story: Story, worker: Phone) -> None:
    """At the door in time: within the minutes of an order at once, or before the appointment."""
    ahead = (story.due - clock.now()).total_seconds() / 60 if story.due else 10.0
    since = story.time.later(story.draw.chance.uniform(ahead / 2, ahead - 1))
    expect(worker.big()).to_have_text("到场")
    worker.big().click()
    expect(worker.big()).to_have_text("报价")
    story.did(story.worker, "arrive", since=since)
    worker.press("都做到了")


def agree(story: Story, worker: Phone, resident: Phone, link: str) -> None:
    """The price comes from the list; the resident agrees to it on the own phone."""
    price = f"¥{story.draw.price:.2f}"
    since = story.soon()
    worker.quote(price)
    story.did(story.worker, "quote", since=since)
    since = story.soon()
    page = resident.unlock()
    page.goto(link)
    expect(page.locator(".lines tfoot td").first).to_have_text(price)
    page.locator("form[action$='/consent'] button").click()
    expect(page.locator(".thanks")).to_be_visible()
    story.did("customer", "consent", since=since)


def work(story: Story, worker: Phone) -> None:
    """The worker finishes and hands the screen over; the resident signs and rates."""
    since = story.soon(10, 40)
    worker.press("交还师傅")
    worker.finish()
    story.did(story.worker, "finish", since=since)
    since = story.soon()
    worker.sign()
    story.did("customer", "sign", "rate", since=since)


def paid(story: Story, worker: Phone) -> None:
    """Below the limit the worker collects, from it on the business lead does; the worker signs off the register."""
    if story.draw.price < LEADS_FROM:
        expect(worker.big()).to_contain_text(f"¥{story.draw.price:.2f}")
        worker.big().click()
        worker.send("收款")
    else:
        expect(worker.page.locator(".dock-hint")).to_be_visible()
    expect(worker.big()).to_have_text("登记簿签退")
    since = story.soon()
    worker.big().click()
    expect(worker.big()).to_have_count(0)
    story.did(story.worker, "sign_off", since=since)
    hand_over(story, worker)


def hand_over(story: Story, worker: Phone) -> None:
    """Whoever collected hands the cash over."""
    price = f"¥{story.draw.price:.2f}"
    if story.draw.price < LEADS_FROM:
        worker.go("cash")
        expect(worker.page.locator(".head .amount")).to_have_text(price)
        worker.press("交财务")
        worker.send("交财务")
        expect(worker.page.locator(".plain-row")).to_contain_text(price)
        return
    page = story.desk("business_lead").page
    page.goto(f"{story.server}/collect")
    page.locator("#mine summary", has_text=story.number).click()
    page.locator("#mine form[action$='/collect'] .btn-primary").click()
    expect(page.locator("#bag")).to_contain_text(price)
    page.locator("#bag form[action$='/hand_over'] button").click()
    expect(page.locator("#bag form")).to_have_count(0)


def review(story: Story) -> None:
    """The foreman finds the slip among those to review."""
    page = story.desk("team_lead").page
    since = story.soon()
    page.locator(f"#review form[action$='/{story.number}/review'] button").click()
    expect(page.locator("#review form")).to_have_count(0)
    story.did("team_lead", "review", since=since)


def settle(story: Story) -> None:
    """Finance settles the order, counts the cash and receives it."""
    page = story.desk("finance").page
    story.soon()
    page.locator("#settle form[action$='/settle'] button").click()
    expect(page.locator("#settle form")).to_have_count(0)
    page.locator("#bags form[action$='/receive'] button").click()
    expect(page.locator("#bags form")).to_have_count(0)


def file_it(story: Story) -> None:
    """The service desk looks the order up by its number and files it; the timeline tells all that happened."""
    desk = story.desk("service_desk")
    since = story.soon()
    desk.keys("/", story.number, "Enter")
    expect(desk.page.locator(".order-head")).to_contain_text(story.number)
    desk.page.locator("form[action$='/archive'] button").click()
    expect(desk.page.locator(".timeline b").first).to_have_text(titled("archive"))
    story.did("service_desk", "archive", since=since)
    timeline(story, desk.page)


def timeline(story: Story, page: Page) -> None:
    """Every step stands there with its clause, its person, when it happened and, when that was later, when it was entered."""
    assert not re.findall("[a-z]{3,}", page.locator(".timeline").inner_text())
    titles = {titled(verb) for verb in CLAUSES}
    rows = [row for row in page.locator(".timeline li").all() if row.locator("b").first.inner_text() in titles]
    steps = [step for step in story.told if step.verb in CLAUSES]
    assert len(rows) == len(steps)
    for step, row in zip(steps, reversed(rows), strict=True):
        assert row.locator("b").first.inner_text() == titled(step.verb)
        assert CLAUSES[step.verb] in row.locator(".clause").all_inner_texts()[0]
        assert step.who in row.locator("p").first.inner_text()
        at = datetime.fromisoformat(row.locator(".at").get_attribute("title") or "").replace(tzinfo=SHANGHAI)
        assert step.since.replace(microsecond=0) <= at <= step.until + BESIDE, step
        assert ("录入" in row.locator("p").first.inner_text()) == step.late


def titled(verb: str) -> str:
    """Return what a step is called on the pages."""
    with translation.override(LANGUAGE):
        return said(REPAIR.verb_title(verb))


def nothing_is_broken(story: Story) -> None:
    """Every promise was kept, the books can be told again, no page and no request failed, and all cases are closed."""
    case = Case.objects.get(number=story.number)
    assert (case.status, case.order.agreed_how, case.order.rating) == ("archived", "own_link", story.draw.stars)
    kept = Deadline.objects.filter(met_at__lte=F("due_at"))
    assert [(each.key, localtime(each.due_at)) for each in Deadline.objects.difference(kept)] == []
    assert [case.number for case in Case.objects.filter(closed_at=None)] == []
    assert {case.number: found for case in Case.objects.all() if (found := differences(case))} == {}
    assert not story.watch.troubles, story.watch.troubles
