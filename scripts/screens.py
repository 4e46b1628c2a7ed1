"""Takes the pictures of docs/screens from a demonstration of its own: always the same Friday morning."""

import json
import os
import shutil
import subprocess
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

HOME = Path(__file__).resolve().parent.parent
SCREENS = HOME / "docs" / "screens"
MENLING = HOME / ".venv" / "bin" / "menling"
FRIDAY_MORNING = "2026-11-20T10:40:00+08:00"
PORT = 8179
ADDRESS = f"http://127.0.0.1:{PORT}"
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"]
LARGEST = 150_000
"""Bytes of a picture: it is looked at in a README, on any connection."""
VISITED = "洗衣机龙头滴水"
"""The order of the demonstration whose visit is shown."""


def main() -> None:
    """Take both pictures."""
    SCREENS.mkdir(parents=True, exist_ok=True)
    with demonstration() as logins, sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=ARGUMENTS)
        keep(board(chromium, logins), "board")
        keep(visit(chromium, logins), "visit")
        chromium.close()


@contextmanager
def demonstration() -> Iterator[dict[str, Any]]:
    """Fill and serve a demonstration in a folder that is gone afterwards; yield how to log in."""
    with tempfile.TemporaryDirectory(prefix="menling-screens-") as folder:
        environment = {**os.environ, "MENLING_DATA": folder, "MENLING_CLOCK": FRIDAY_MORNING}
        filled = subprocess.run([MENLING, "demo", "--json", "--days", "7"], env=environment, check=True, stdout=subprocess.PIPE)
        server = subprocess.Popen([MENLING, "serve", "--port", str(PORT)], env=environment)
        try:
            wait_for(server)
            yield json.loads(filled.stdout)
        finally:
            server.terminate()
            server.wait()


def wait_for(server: "subprocess.Popen[bytes]") -> None:
    """Wait until the server answers. Errors: SystemExit when it ended instead."""
    while server.poll() is None:
        try:
            urllib.request.urlopen(f"{ADDRESS}/login", timeout=5).close()
            return
        except OSError:  # nobody answers yet, or not within the time
            time.sleep(0.2)
    raise SystemExit("the server did not start")


def user(logins: dict[str, Any], **known: str) -> dict[str, str]:
    """Return the first user of whom all this is known."""
    return next(each for each in logins["users"] if all(each[name] == value for name, value in known.items()))


def board(chromium: Browser, logins: dict[str, Any]) -> bytes:
    """Return the control room's board."""
    clerk = user(logins, role="control_centre")
    page = chromium.new_page(viewport={"width": 1440, "height": 900}, locale="zh-CN")
    page.goto(f"{ADDRESS}/login")
    page.locator("input[name=number]").fill(clerk["number"])
    page.locator("input[name=password]").fill(clerk["password"])
    page.locator("main button.btn-primary").click()
    page.locator("#board .slot").first.wait_for()
    return picture(page)


def visit(chromium: Browser, logins: dict[str, Any]) -> bytes:
    """Return a visit as its worker sees it."""
    order = next(each for each in orders(logins) if each["content"] == VISITED)
    worker = user(logins, number=order["worker"]["number"])
    page = chromium.new_page(viewport={"width": 390, "height": 844}, locale="zh-CN", has_touch=True)
    page.goto(f"{ADDRESS}/doorstep/")
    page.locator("input[name=number]").fill(worker["number"])
    page.locator("input[name=secret]").fill(worker["password"])
    page.locator("form button.primary").click()
    page.locator(".tabs").wait_for()
    page.goto(f"{ADDRESS}/doorstep/#/visit/{order['number']}")
    page.locator(".dock .primary").wait_for()
    return picture(page)


def orders(logins: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the open orders as the control centre sees them."""
    token = logins["tokens"]["control_centre"]
    asked = urllib.request.Request(f"{ADDRESS}/api/v1/orders?open=true", headers={"Authorization": f"Bearer {token}"})
    with urllib.request.urlopen(asked, timeout=30) as answer:
        found: list[dict[str, Any]] = json.load(answer)["items"]
    return found


def picture(page: Page) -> bytes:
    """Return the page as a PNG once its letters are there."""
    page.wait_for_load_state("networkidle")
    page.evaluate("document.fonts.ready")
    return page.screenshot()


def keep(taken: bytes, name: str) -> None:
    """Write a picture in so few colours that it is small. Errors: SystemExit when it is not."""
    path = SCREENS / f"{name}.png"
    Image.open(BytesIO(taken)).convert("RGB").quantize(128, dither=Image.Dither.NONE).save(path, optimize=True)
    size = path.stat().st_size
    print(f"{path.relative_to(HOME)}: {size} bytes")
    if size > LARGEST:
        raise SystemExit(f"{path.name} is larger than {LARGEST} bytes")


if __name__ == "__main__":
    main()
