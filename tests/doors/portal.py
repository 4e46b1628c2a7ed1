"""A resident with a link in tests: real requests through Django's client, forms filled as the page offers them."""

import base64
import io
import re
from html import unescape
from typing import Any

from django.test import Client
from PIL import Image, ImageDraw

from menling.doorway.keys import link_text
from menling.journal.models import Case, Event
from tests.office import World

CLAUSE = re.compile(r"\b(EN|HC|HS|OC|CF|MR)-[\w.]+")
HIDDEN = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]*)"')


class Resident:
    """Somebody who holds the link of an order, with a browser that speaks a language and runs no script."""

    def __init__(self, case: Case, language: str = "en") -> None:
        self.path = f"/r/{link_text(case)}"
        self.client = Client(raise_request_exception=True)
        self.client.cookies["django_language"] = language

    def page(self, status: int = 200) -> str:
        """Return the page's text without its markup."""
        answer = self.client.get(self.path)
        assert answer.status_code == status, answer.status_code
        return words(answer.content.decode())

    def markup(self) -> str:
        """Return the page as it is sent."""
        return str(self.client.get(self.path).content.decode())

    def form(self, verb: str) -> dict[str, str]:
        """Return the hidden fields of the form of a verb. Errors: AssertionError when the page does not offer it."""
        found = re.search(rf'<form[^>]*action="{re.escape(self.path)}/do/{verb}".*?</form>', self.markup(), re.DOTALL)
        assert found, f"the page offers no {verb}"
        return {name: unescape(value) for name, value in HIDDEN.findall(found[0])}

    def send(self, verb: str, **fields: str) -> Any:
        """Fill in the form of a verb and send it; return the response."""
        return self.post(verb, self.form(verb) | fields)

    def post(self, verb: str, fields: dict[str, str]) -> Any:
        """Send fields to a verb, whatever the page offers."""
        return self.client.post(f"{self.path}/do/{verb}", fields)


def words(markup: str) -> str:
    """Return what a page says."""
    bare = re.sub(r"<(script|style).*?</\1>", " ", markup, flags=re.DOTALL)
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", bare)))


def quoted(world: World, *items: str) -> Case:
    """Return an order whose price was shown."""
    return world.do(world.at_home(), "quote", "repair_worker", items=[{"code": code} for code in items or ("W01",)])


def drawing() -> str:
    """Return a drawn name as a browser sends it."""
    image = Image.new("RGBA", (200, 80))
    ImageDraw.Draw(image).line((10, 60, 60, 20, 120, 60, 190, 20), fill="black", width=3)
    out = io.BytesIO()
    image.save(out, "PNG")
    return "data:image/png;base64," + base64.b64encode(out.getvalue()).decode()


def events(case: Case, verb: str) -> list[Event]:
    """Return the events of a verb."""
    return list(case.events.filter(verb=verb))
