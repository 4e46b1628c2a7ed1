"""A day of cleaning in a browser: who sits at which PC, whose phone it is, and the steps the office takes on its pages."""

import random
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

from django.utils.timezone import localtime
from playwright.sync_api import Browser, Page, expect

from menling.jobs.pickup import pick_up
from menling.journal.models import Case, Deadline
from menling.premises import clock
from tests.browser.browsing import OfficeTime, Watch
from tests.browser.desk import Desk
from tests.browser.draw import Draw
from tests.browser.phone import Phone
from tests.browser.story import LANGUAGE
from tests.office import World

ROOMS = ("厨房", "客厅玻璃", "卫生间", "阳台", "油烟机", "地板")
PRICE = Decimal("240.00")
BOTH = ("housekeeper", "housekeeper_2")
ASKED = {"arrive": "agreed", "finish": "right"}
"""What the leader is asked who writes down a visit hours before its time, and one of a few minutes."""
FIRST = (("team_lead", "accept_supervisor"), ("service_desk_supervisor", "accept_office"))


class Office:
    """One office of the story: who sits at which PC, and what was drawn."""

    def __init__(self, world: World, draw: Draw, time: OfficeTime, server: str, chromium: Browser) -> None:
        self.world, self.draw, self.time, self.server, self.chromium = world, draw, time, server, chromium
        self.watch = Watch()
        self.desks: dict[str, Desk] = {}
        self.phones: list[CrewPhone] = []
        chance: random.Random = draw.chance
        self.parts = chance.sample(ROOMS, 3)
        self.failed = chance.choice(self.parts)
        for who in ("service_desk", "team_lead", *BOTH):
            world.staff[who].name = draw.name()
            world.staff[who].save(update_fields=["name"])

    def at(self, who: str) -> Page:
        """Return the page of somebody's PC."""
        if who not in self.desks:
            desk = Desk(self.chromium, self.server, LANGUAGE)
            self.watch.over(desk.context)
            desk.sit_down(self.world, who)
            self.desks[who] = desk
        return self.desks[who].page

    def order(self, who: str) -> Page:
        """Return somebody's page of the order."""
        page = self.at(who)
        page.goto(f"{self.server}/orders/{self.case.number}")
        return page

    @property
    def case(self) -> Case:
        """Return the order as it is now."""
        return Case.objects.get(kind="housekeeping")

    def phone(self) -> "CrewPhone":
        """Return a phone that runs by the office's time."""
        made = CrewPhone(self.chromium, self.server, self.world, self.draw)
        made.office = self
        self.phones.append(made)
        return made

    def recorded(self, verb: str, **fields: str) -> None:
        """Let the leader write down what a housekeeper without a phone did."""
        self.time.later(self.draw.chance.randint(1, 3))
        page = self.at("team_lead")
        page.goto(f"{self.server}/orders/{self.case.number}/{verb}")
        for name, value in fields.items():
            page.locator(f"main [name={name}]").fill(value)
        page.locator("main .step-form input[name=source][value=phone]").check(force=True)
        before = self.case.last_at
        page.locator("main .step-form .btn-primary").click()
        if verb in ASKED:
            page.locator(f"main .said input[value={ASKED[verb]}]").check(force=True)
            page.locator("main .step-form .btn-primary").click()
        expect(page.locator(".order-head")).to_be_visible()
        assert self.case.last_at > before, verb


class CrewPhone(Phone):
    """A phone whose clock is the office's."""

    office: Office

    def unlock(self, *, script: bool = True) -> Page:
        page = super().unlock(script=script)
        self.office.watch.over(page.context)
        self.office.time.on(page.context)
        return page

    def reload(self) -> None:
        """Look at the same screen again."""
        self.page.reload()
        expect(self.page.locator(".dock")).to_be_visible()

    def tap(self, word: str, then: str = "") -> None:
        """Press the one big button, which says this, and wait until it says what comes `then`."""
        expect(self.big()).to_have_text(word)
        self.big().click()
        if then:
            expect(self.big()).to_have_text(then)


def call(office: Office, begins: str = "") -> None:
    """F9 makes it housekeeping: the time stands there, the price is told, the answer kept; all without the mouse."""
    page = office.at("service_desk")
    desk = office.desks["service_desk"]
    begins = begins or f"{localtime(clock.now()) + timedelta(hours=3):%H:30}"
    desk.keys("/", office.world.unit.code, "Enter")
    expect(page.locator("textarea[name=content]")).to_be_focused()
    desk.keys("、".join(office.parts))
    page.keyboard.press("F9")
    expect(page.locator("[name=begins]")).to_be_focused()
    desk.keys(begins)
    page.locator("[name=amount]").focus()
    desk.keys(str(PRICE))
    page.locator("[name=agreed]").focus()
    page.keyboard.press("Space")
    desk.keys("Enter")
    expect(page.locator(".filed")).to_contain_text("抄单")
    assert (office.case.status, office.case.order.agreed) == ("agreed", PRICE)


def picked_up(office: Office, minutes: float = 65) -> None:
    """At the hour of the pick-up the order is laid out; somebody of the team signs for it at the desk's PC."""
    now = office.time.later(minutes)
    pick_up(now)
    page = office.at("service_desk")
    page.goto(f"{office.server}/pickups")
    section = page.locator(".pickup", has_text=office.world.unit.code)
    section.locator("[name=collector]").fill(office.world.staff["housekeeper"].number)
    section.locator("form .btn-primary").click()
    expect(page.locator(".pickup .met")).to_contain_text(office.world.staff["housekeeper"].name)


def send(office: Office) -> None:
    """The leader ticks two people."""
    page = office.at("team_lead")
    page.goto(f"{office.server}/orders/{office.case.number}/dispatch")
    for who in BOTH:
        page.locator(f"[name=workers][value={office.world.staff[who].number}]").check()
    page.locator("main .step-form .btn-primary").click()
    for who in BOTH:
        expect(page.locator(".five")).to_contain_text(office.world.staff[who].name)


def accepted(office: Office, chain: str) -> None:
    """Where the office chose so, three accept before the resident: on site, leader, supervisor."""
    if chain == "four_steps":
        office.recorded("accept_site")
        for who, verb in FIRST:
            office.time.later(1)
            page = office.at(who)
            page.goto(f"{office.server}/{'team' if who == 'team_lead' else 'counter'}")
            page.locator(f"form[action$='/{verb}'] button").click()
            expect(page.locator(f"form[action$='/{verb}'] button")).to_have_count(0)


def fails(office: Office) -> None:
    """The leader notes for the resident which item is not in order."""
    office.time.later(1)
    page = office.at("team_lead")
    page.goto(f"{office.server}/orders/{office.case.number}/object")
    page.locator(f"[name=items][value='{office.failed}']").check()
    page.locator("main .step-form .btn-primary").click()
    expect(page.locator(".acceptance .failed")).to_contain_text(office.failed)


def signed(office: Office) -> None:
    """The resident cannot sign: the leader confirms with a reason, and both passes stand on the page."""
    office.time.later(1)
    page = office.at("team_lead")
    page.goto(f"{office.server}/orders/{office.case.number}/attest")
    page.locator("main [name=reason]").fill("业主出差，电话确认")
    page.locator("main .step-form .btn-primary").click()
    expect(page.locator(".acceptance")).to_have_count(2)


def money(office: Office, sign_off: Callable[[], None]) -> None:
    """The business lead collects 240 yuan; finance settles only after the register is signed and the slip reviewed."""
    page = office.at("business_lead")
    page.goto(f"{office.server}/collect")
    page.locator("#mine summary", has_text=office.case.number).click()
    page.locator("#mine form[action$='/collect'] .btn-primary").click()
    expect(page.locator("#bag")).to_contain_text(f"¥{PRICE}")
    finance = office.at("finance")
    finance.goto(f"{office.server}/finance")
    expect(finance.locator("#settle form[action$='/settle']")).to_have_count(0)
    sign_off()
    lead = office.at("team_lead")
    lead.goto(f"{office.server}/team")
    lead.locator(f"#review form[action$='/{office.case.number}/review'] button").click()
    expect(lead.locator("#review form")).to_have_count(0)
    finance.goto(f"{office.server}/finance")
    finance.locator("#settle form[action$='/settle'] button").click()
    expect(finance.locator("#settle form")).to_have_count(0)
    page.locator("#bag form[action$='/hand_over'] button").click()
    expect(page.locator("#bag form")).to_have_count(0)
    finance.goto(f"{office.server}/finance")
    finance.locator("#bags form[action$='/receive'] button").click()
    expect(finance.locator("#bags form")).to_have_count(0)


def shelved(office: Office) -> None:
    """The service desk files it and calls back from the housekeeping register."""
    page = office.order("service_desk")
    page.locator("form[action$='/archive'] button").click()
    expect(page.locator("form[action$='/archive'] button")).to_have_count(0)
    expect(page.locator(".order-head .state")).to_have_text("已归档")
    page.goto(f"{office.server}/housekeeping/{localtime(clock.now()):%Y-%m-%d}")
    row = page.locator("details.call", has_text=office.world.unit.code)
    row.get_by_text("记录回访").click()
    row.locator("[name=text]").fill(office.draw.opinion)
    row.locator("button[value=reached]").click()
    expect(page.locator("details.call.is-reached")).to_have_count(1)
    assert office.case.status == "archived"
    broken = list(Deadline.objects.filter(case=office.case, broken_at__isnull=False).values_list("key", "due_at"))
    assert not broken, broken
    assert not office.watch.troubles, office.watch.troubles
