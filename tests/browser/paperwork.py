"""An office over weeks in a browser: people at their PCs who fill in forms, a resident with a phone, and the time between."""

from datetime import datetime

from playwright.sync_api import Browser, Page, expect

from menling.doorway.keys import link_text
from menling.journal.models import Case
from menling.premises import clock
from tests.browser.browsing import OfficeTime, Watch
from tests.browser.desk import Desk
from tests.browser.draw import Draw
from tests.browser.phone import Phone
from tests.browser.story import LANGUAGE
from tests.office import World


class Weeks:
    """One office over weeks: its time, who sits at which PC, and a resident's phone."""

    def __init__(self, world: World, draw: Draw, time: OfficeTime, server: str, chromium: Browser) -> None:
        self.world, self.draw, self.time, self.server, self.chromium = world, draw, time, server, chromium
        self.watch = Watch()
        self.desks: dict[str, Desk] = {}
        self.phone = Phone(chromium, server, world, draw)

    def turn_to(self, at: datetime) -> datetime:
        """Let it be an instant, at the server and at every PC."""
        self.time.turn_to(at)
        self.world.now = clock.now()
        return self.world.now

    def at(self, who: str, path: str) -> Page:
        """Return somebody's PC with a page on it."""
        if who not in self.desks:
            desk = Desk(self.chromium, self.server, LANGUAGE)
            self.watch.over(desk.context)
            desk.sit_down(self.world, who)
            self.desks[who] = desk
        page = self.desks[who].page
        page.goto(f"{self.server}{path}")
        return page

    def step(self, who: str, number: str, verb: str, **fields: str) -> None:
        """Fill in the form of a step and send it. A field of ``on`` is ticked, one that is chosen from is chosen."""
        page = self.at(who, f"/orders/{number}/{verb}")
        for name, value in fields.items():
            fill(page, name, value)
        page.locator("main .step-form .step-foot .btn-primary").click()
        page.wait_for_url(lambda url: not url.endswith(f"/{verb}"))

    def read(self, case: Case) -> Page:
        """Return the resident's phone with the page of a case on it."""
        page = self.phone.page if self.phone.pages else self.phone.unlock()
        page.goto(f"{self.server}/r/{link_text(case)}")
        return page

    def leave(self) -> None:
        """Put everything away. Errors: AssertionError for what went wrong in a browser."""
        for desk in self.desks.values():
            desk.leave()
        if self.phone.pages:
            self.phone.lock()
        assert not self.watch.troubles, self.watch.troubles


def fill(page: Page, name: str, value: str) -> None:
    """Fill in a field of the form of a step, whatever it is."""
    field = page.locator(f"main .step-form [name={name}]")
    sort = field.first.get_attribute("type")
    if sort == "radio":
        page.locator(f"main .step-form [name={name}][value='{value}']").check(force=True)
    elif sort == "checkbox":
        field.first.check()
    else:
        field.first.fill(value)


def typed(page: Page, path: str, **fields: str) -> None:
    """Fill in the form that is sent to `path` and send it."""
    form = page.locator(f"form[action='{path}']")
    for name, value in fields.items():
        field = form.locator(f"[name={name}]")
        if field.first.get_attribute("type") in ("checkbox", "radio"):
            form.locator(f"[name={name}][value='{value}']").check(force=True)
        else:
            field.first.fill(value)
    form.locator(".step-foot .btn-primary").click()
    expect(page.locator("main")).to_be_visible()
