"""A phone in somebody's hand: a page of 390 by 844, and what a thumb does on it."""

from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Browser, Locator, Page, expect

from menling.journal.models import Case
from menling.premises import clock
from tests.browser.draw import Draw
from tests.office import World

PASSWORD = "menling-test"


@dataclass
class Phone:
    """One phone: its page, the server it reaches, and the office it belongs to."""

    chromium: Browser
    server: str
    world: World
    draw: Draw
    pages: list[Page] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    @property
    def page(self) -> Page:
        """Return the page opened last."""
        return self.pages[-1]

    def unlock(self, *, script: bool = True) -> Page:
        """Open a new, empty browser; what goes wrong in its script is kept in `faults`."""
        size = {"width": 390, "height": 844}
        context = self.chromium.new_context(viewport=size, locale="zh-CN", has_touch=True, java_script_enabled=script)  # type: ignore[arg-type]
        context.set_default_timeout(10_000)
        page = context.new_page()
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        self.pages.append(page)
        return page

    def enter(self, who: str = "repair_worker") -> Page:
        """Log somebody in to the app."""
        page = self.unlock()
        page.goto(f"{self.server}/doorstep/")
        page.get_by_label("工号").fill(self.world.staff[who].number)
        page.locator("input[name=secret]").fill(PASSWORD)
        page.get_by_role("button", name="登录").click()
        expect(page.locator(".tabs")).to_be_visible()
        return page

    def go(self, screen: str) -> None:
        """Open a screen of the app."""
        self.page.goto(f"{self.server}/doorstep/#/{screen}")
        expect(self.page.locator("main").last).to_be_visible()

    def open_visit(self, case: Case) -> Page:
        """Log the worker in and open a visit."""
        page = self.enter()
        self.go(f"visit/{case.number}")
        expect(page.locator(".dock")).to_be_visible()
        return page

    def big(self) -> Locator:
        """Return the one big button of the screen."""
        return self.page.locator(".dock .button.primary")

    def press(self, name: str) -> None:
        """Press a button by its words."""
        self.page.get_by_role("button", name=name, exact=True).click()

    def send(self, name: str) -> None:
        """Press the button of the open sheet."""
        self.page.locator("dialog").get_by_role("button", name=name, exact=True).click()

    def scribble(self, canvas: Locator) -> None:
        """Draw a name on a canvas."""
        canvas.scroll_into_view_if_needed()
        box = canvas.bounding_box()
        assert box is not None
        left, middle = box["x"] + 40, box["y"] + box["height"] / 2
        self.page.mouse.move(left, middle)
        self.page.mouse.down()
        for part in range(1, 20):
            self.page.mouse.move(left + part * 10, middle + (30 if part % 2 else -30))
        self.page.mouse.up()

    def quote(self, price: str) -> None:
        """The worker finds the item in the list and shows the resident its price."""
        self.big().click()
        self.page.get_by_placeholder("搜项目或编号").fill(self.draw.item)
        self.page.locator(".row.item", has_text=self.draw.item).click()
        expect(self.big()).to_have_text(f"报价 {price}")
        self.big().click()
        expect(self.page.locator(".resident .amount")).to_have_text(price)

    def finish(self) -> None:
        """The worker says what was done and goes through the last card."""
        expect(self.big()).to_have_text("完成")
        self.big().click()
        self.page.locator("textarea[name=summary]").fill(self.draw.summary)
        self.send("完成")
        expect(self.big()).to_have_text("请业主签字")
        self.press("都做到了")

    def sign(self) -> None:
        """The resident rates and signs on the own screen, which the worker hands over and gets back."""
        self.big().click()
        expect(self.page.locator(".resident")).to_contain_text(self.draw.summary)
        self.page.locator(".stars label").nth(self.draw.stars - 1).click()
        self.page.locator("textarea[name=opinion]").fill(self.draw.opinion)
        self.press("点这里签名")
        self.scribble(self.page.locator(".sign-full canvas"))
        self.press("签好了")
        self.press("确认签名")
        expect(self.page.locator(".thanks")).to_be_visible()
        self.press("交还师傅")

    def lock(self) -> None:
        """Put the phone away. Errors: AssertionError when a script broke on the way."""
        for page in self.pages:
            page.context.close()
        assert not self.faults, self.faults

    def elsewhere(self, case: Case, verb: str, who: str, **facts: Any) -> Case:
        """Somebody else takes a step now, while the phone is in use."""
        self.world.now = clock.now()
        return self.world.do(case, verb, who, **facts)

    def sent(self) -> Case:
        """Return an order of the home drawn, on its way to the worker."""
        home = self.world.unit.code
        return self.world.sent(unit=home, reporter=self.draw.reporter, content=self.draw.trouble)

    def at_home(self) -> Case:
        """Return an order whose worker is at the door."""
        case = self.world.do(self.sent(), "acknowledge", "repair_worker")
        return self.world.do(case, "arrive", "repair_worker")

    def finished(self, code: str = "W01") -> Case:
        """Return finished work at the price of the list."""
        case = self.world.do(self.at_home(), "quote", "repair_worker", items=[{"code": code}])
        self.world.do(case, "consent", "repair_worker", how="phone")
        return self.world.do(case, "finish", "repair_worker", summary=self.draw.summary)
