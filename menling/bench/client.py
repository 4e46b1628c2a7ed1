"""The caller's side: requests over connections that stay open, one after the other or several at once."""

import json
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from http.client import HTTPConnection
from typing import Any

PATIENCE = 30
"""Seconds until an answer is given up."""


class Unexpected(Exception):
    """An answer that is none of a measured call; the message says which."""


@dataclass(frozen=True)
class Request:
    """One call: how, where, with which headers, and the JSON it brings along."""

    method: str
    path: str
    headers: dict[str, str]
    body: dict[str, Any] | None = None

    @property
    def content(self) -> bytes | None:
        """Return the body as it goes over the wire."""
        return None if self.body is None else json.dumps(self.body).encode()


@dataclass
class Answers:
    """How long each call took in seconds, how long all of them together, and what was answered, in the order of the calls."""

    took: list[float] = field(default_factory=list)
    wall: float = 0.0
    bodies: list[bytes] = field(default_factory=list)


def ask(port: int, requests: Sequence[Request], at_once: int = 1) -> Answers:
    """Send every request once, `at_once` of them at the same time, each line over a connection of its own.

    Errors: `Unexpected` for any answer but 200 and 201.
    """
    answers = Answers([0.0] * len(requests), 0.0, [b""] * len(requests))
    failures: list[Exception] = []
    lines = [threading.Thread(target=_line, args=(port, requests, range(nth, len(requests), at_once), answers, failures))
             for nth in range(at_once)]  # fmt: skip
    begin = time.perf_counter()
    for line in lines:
        line.start()
    for line in lines:
        line.join()
    answers.wall = time.perf_counter() - begin
    if failures:
        raise failures[0]
    return answers


def _line(port: int, requests: Sequence[Request], mine: range, answers: Answers, failures: list[Exception]) -> None:
    connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    try:
        for at in mine:
            answers.took[at], answers.bodies[at] = _sent(connection, requests[at])
    except (OSError, Unexpected) as error:
        failures.append(error)
    finally:
        connection.close()


def _sent(connection: HTTPConnection, request: Request) -> tuple[float, bytes]:
    begin = time.perf_counter()
    connection.request(request.method, request.path, request.content, request.headers)
    answer = connection.getresponse()
    body = answer.read()
    took = time.perf_counter() - begin
    if answer.status not in (200, 201):
        raise Unexpected(f"{request.method} {request.path}: {answer.status} {body[:300].decode(errors='replace')}")
    return took, body
