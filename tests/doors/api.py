"""A caller of the API in tests: real requests through Django's client, one token per person."""

import json
from itertools import count
from typing import Any

from django.test import Client

from menling.doorway import keys
from tests.office import World

_keys = count(1)


class Caller:
    """Somebody who calls the API with a token."""

    def __init__(self, token: str | None) -> None:
        self.client = Client(raise_request_exception=True)
        self.headers = {"Authorization": f"Bearer {token}"} if token else {}

    def get(self, path: str, **query: str) -> Any:
        """Return the response of a GET below /api/v1."""
        return self.client.get(f"/api/v1{path}", query, headers=self.headers)

    def post(self, path: str, body: dict[str, Any] | str | None = None, *, key: str | None = None) -> Any:
        """Return the response of a POST below /api/v1, with a fresh key unless one is given ("" for none)."""
        headers = dict(self.headers)
        if key != "":
            headers["Idempotency-Key"] = key or f"api-{next(_keys)}"
        sent = body if isinstance(body, str) else json.dumps(body or {}, default=str)
        return self.client.post(f"/api/v1{path}", sent, content_type="application/json", headers=headers)


def caller(world: World, who: str) -> Caller:
    """Return a caller for somebody of the world."""
    if who == "customer":
        return Caller(keys.issue(world.now, person=world.resident, name=who))
    return Caller(keys.issue(world.now, staff=world.staff[who], name=who))
