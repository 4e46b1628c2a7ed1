"""A real server, a real Chromium, and an office drawn from a seed that is printed with every failure."""

import os
import random
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright
from pytest_django.live_server_helper import LiveServer

from menling.premises import clock
from tests.browser.browsing import start
from tests.browser.draw import Draw
from tests.browser.phone import Phone
from tests.office import World, build_world


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One Chromium for all browser tests."""
    # Playwright keeps a loop running in this thread; the rows are still read by this thread alone.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        browser = start(playwright)
        yield browser
        browser.close()


@pytest.fixture
def draw(request: pytest.FixtureRequest) -> Draw:
    """Names, homes, prices and times by chance; MENLING_SEED repeats a run."""
    seed = int(os.environ.get("MENLING_SEED") or random.SystemRandom().randrange(10**6))
    print(f"MENLING_SEED={seed}")  # noqa: T201  # pytest shows it with a failure
    with request.config.pluginmanager.getplugin("capturemanager").global_and_fixture_disabled():
        print(f" MENLING_SEED={seed} ", end="", flush=True)  # noqa: T201  # and this one whatever comes of it
    return Draw(random.Random(seed))


@pytest.fixture
def street(transactional_db: None, draw: Draw) -> World:
    """The small office in rows the server can see, with a home, a resident and a worker drawn by chance."""
    world = build_world()
    world.now = clock.now()
    draw.furnish(world)
    return world


@pytest.fixture
def phone(chromium: Browser, live_server: LiveServer, street: World, draw: Draw) -> Iterator[Phone]:
    """A phone that reaches the server of the office drawn."""
    made = Phone(chromium, live_server.url, street, draw)
    yield made
    made.lock()
