"""A PC of the office: a real browser whose clerk has a keyboard and no mouse."""

from playwright.sync_api import Browser, Page

from tests.office import World

PASSWORD = "menling-test"

SETTLED = "!document.querySelector('.htmx-swapping, .htmx-settling, .htmx-added')"


class Desk:
    """Somebody at a PC, in a language, who only types."""

    def __init__(self, chromium: Browser, url: str, language: str = "en") -> None:
        self.url = url
        self.context = chromium.new_context(viewport={"width": 1440, "height": 900}, locale=language)
        self.context.add_cookies([{"name": "django_language", "value": language, "url": url}])
        self.language = language
        self.pressed = 0
        self.page: Page = self.context.new_page()
        self.complaints: list[str] = []
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def sit_down(self, world: World, who: str) -> Page:
        """Log in and return the start page."""
        self.page.goto(f"{self.url}/login")
        self.page.wait_for_function("document.activeElement.matches('input')")  # the browser puts the cursor there a moment later
        self.keys(world.staff[who].number, "Tab", PASSWORD, "Enter")
        self.page.wait_for_selector("header.top")
        self.page.wait_for_load_state()  # the header is there before the scripts that answer to keys
        if self.page.locator("html").get_attribute("lang") != self.language:
            self.context.add_cookies([{"name": "django_language", "value": self.language, "url": self.url}])
            self.page.reload()
        return self.page

    def keys(self, *strokes: str) -> None:
        """Type words, press keys whose names are known, one after the other; `pressed` counts them all."""
        for stroke in strokes:
            if stroke in ("Tab", "Enter", "Escape", "ArrowDown", "ArrowUp", "F8", "Shift+Tab"):
                self.page.wait_for_function(SETTLED)  # what has just arrived answers to keys once it is settled
                self.page.keyboard.press(stroke)
                self.pressed += 1
            else:
                self.page.keyboard.type(stroke)
                self.pressed += len(stroke)

    def leave(self) -> None:
        """Close the browser's window."""
        self.context.close()
