"""A person at a browser in tests: real requests through Django's client, logged in with number and password."""

import re
from itertools import count
from typing import Any

from django.test import Client

from tests.office import World

_keys = count(1)
PASSWORD = "menling-test"


class Browser:
    """Somebody at a PC of the office."""

    def __init__(self, language: str = "en") -> None:
        self.client = Client(raise_request_exception=True)
        self.client.cookies["django_language"] = language
        self.language = language

    def log_in(self, number: str, password: str = PASSWORD) -> Any:
        """Log in with work number and password; the language of the test stays."""
        answer = self.client.post("/login", {"number": number, "password": password})
        self.client.cookies["django_language"] = self.language
        return answer

    def get(self, path: str, query: dict[str, Any] | None = None, **headers: str) -> Any:
        """Return the response of a GET."""
        return self.client.get(path, query or {}, headers=headers)

    def read(self, path: str, query: dict[str, Any] | None = None) -> str:
        """Return the text of a page that must be there."""
        answer = self.get(path, query)
        assert answer.status_code == 200, (path, answer.status_code, answer.headers.get("Location"))
        return answer.content.decode()

    def post(self, path: str, fields: dict[str, Any] | None = None, *, key: str | None = None, htmx: bool = False) -> Any:
        """Return the response of a form, with a fresh key unless one is given."""
        sent = {"key": key or f"web-{next(_keys)}"} | (fields or {})
        return self.client.post(path, sent, headers={"HX-Request": "true"} if htmx else {})


def browser(world: World, who: str, language: str = "en") -> Browser:
    """Return the browser of somebody of the world, logged in."""
    made = Browser(language)
    answer = made.log_in(world.staff[who].number)
    assert answer.status_code == 302, answer.content
    return made


def words(page: str) -> str:
    """Return what a page says, without its markup."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


def key_of(page: str) -> str:
    """Return the key of the first form of a page."""
    found = re.search(r'name="key" value="([^"]+)"', page)
    assert found
    return found[1]
