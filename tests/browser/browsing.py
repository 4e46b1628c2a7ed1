"""How a browser test begins: Chromium, one time for the server and every phone, and an eye on whatever goes wrong."""

import shutil
from datetime import datetime, timedelta

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Playwright, Response, WebError, expect

from menling.premises import clock

ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"]
MISSING = "There is no Chromium on this machine, so nothing was tested in a browser. `make browser` installs it."
PATIENCE = 10_000
"""Milliseconds to wait for what a page should show; a busy machine takes longer than five seconds."""
NO_NETWORK = "Failed to load resource"


def start(playwright: Playwright) -> Browser:
    """Start Debian's Chromium. Errors: the test fails, and says what to do, where there is none."""
    found = shutil.which("chromium")
    if found is None:
        pytest.fail(MISSING, pytrace=False)
    expect.set_options(timeout=PATIENCE)
    return playwright.chromium.launch(executable_path=found, args=ARGUMENTS)


class OfficeTime:
    """The time of a test: the server's and that of every phone. It goes on by itself and can be put forward."""

    def __init__(self, environment: pytest.MonkeyPatch) -> None:
        self.environment = environment
        self.phones: list[BrowserContext] = []

    def turn_to(self, at: datetime) -> None:
        """Let the server's now be `at`."""
        self.environment.setenv(clock.VARIABLE, at.isoformat())
        begun_before = clock.now() - at
        self.environment.setenv(clock.VARIABLE, (at - begun_before).isoformat())

    def on(self, phone: BrowserContext) -> None:
        """Set the clock of a phone that shows nothing yet by the server's."""
        phone.clock.install(time=clock.now())
        self.phones.append(phone)

    def later(self, minutes: float) -> datetime:
        """Let time pass everywhere and return the new now."""
        self.turn_to(clock.now() + timedelta(minutes=minutes))
        for phone in self.phones:
            phone.clock.fast_forward(int(minutes * 60_000))
        return clock.now()


class Watch:
    """What went wrong in the browsers watched: refused or failed requests, broken scripts."""

    def __init__(self) -> None:
        self.troubles: list[str] = []

    def over(self, context: BrowserContext) -> None:
        """Watch every page of a browser."""
        context.on("response", self._answered)
        context.on("weberror", self._broke)
        context.on("console", self._said)

    def _answered(self, response: Response) -> None:
        if response.status >= 400:
            self.troubles.append(f"{response.status} {response.request.method} {response.url}")

    def _broke(self, error: WebError) -> None:
        self.troubles.append(str(error.error))

    def _said(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not message.text.startswith(NO_NETWORK):
            self.troubles.append(message.text)
