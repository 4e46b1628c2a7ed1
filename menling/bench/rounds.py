"""Small and large in turn, round after round: what each call costs, and how much more of it with a long history."""

import math
import statistics
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from django.db import connection
from django.test import Client

from menling.bench.calls import READS, WRITES, Calls, Send
from menling.bench.client import Request, Unexpected, ask
from menling.bench.served import Served, use

AT_ONCE = (1, 8)
SILENTLY = 4
"""How many at once make the steps between."""
TURNS = 3
"""Each round makes its calls in so many turns, small and large in turn: what else the machine does meanwhile disturbs both."""
COUNTED = 3
"""Calls of each sort on which the queries are counted, in this process."""


@dataclass(frozen=True)
class Run:
    """One run of a call: how many in a second, p50 and p95 and the processor of both sides for one call, in ms."""

    sort: str
    closed: int
    at_once: int
    calls: int
    a_second: float
    p50_ms: float
    p95_ms: float
    server_ms: float
    database_ms: float

    @property
    def cpu_ms(self) -> float:
        """Return the processor time of both sides."""
        return self.server_ms + self.database_ms


@dataclass
class Taken:
    """What some calls took, in seconds: each of them, all together, and the processor of server and database."""

    took: list[float] = field(default_factory=list)
    wall: float = 0.0
    server: float = 0.0
    database: float = 0.0

    def __add__(self, other: "Taken") -> "Taken":
        return Taken(self.took + other.took, self.wall + other.wall, self.server + other.server, self.database + other.database)

    def run(self, sort: str, closed: int, at_once: int) -> Run:
        """Return the calls as one run."""
        took, n = sorted(self.took), len(self.took)
        return Run(sort, closed, at_once, n, n / self.wall, statistics.median(took) * 1000,
                   took[math.ceil(n * 0.95) - 1] * 1000, self.server * 1000 / n, self.database * 1000 / n)  # fmt: skip


class Rounds:
    """The sizes to compare, each with its requests; runs are collected."""

    def __init__(self, sizes: Sequence[tuple[Served, Calls]], sorts: Sequence[str], calls: int) -> None:
        self.sizes, self.sorts, self.calls = sizes, sorts, calls
        self.runs: list[Run] = []

    def play(self, rounds: int) -> Iterator[Run]:
        """Make every call in every round, at each size in turn; the first one goes first in every other turn.

        The first statements of a connection are planned at each call, and what one sort of call reads drives out what another
        had read: before a sort is measured it is made once in each office, unmeasured, at every size.
        """
        for served, calls in self.sizes:
            for sort in self.sorts:
                self._run(served, calls, sort, 1, self.calls // 4 + 1)
        for _round in range(rounds):
            for sort in self.sorts:
                for at_once in AT_ONCE:
                    yield from self._turns(sort, at_once)

    def _turns(self, sort: str, at_once: int) -> Iterator[Run]:
        found = {served.closed: Taken() for served, _calls in self.sizes}
        for served, calls in self.sizes:
            if sort in READS:
                ask(served.port, calls.reads(sort, len(calls.teams)), at_once)
        for turn in range(TURNS):
            for served, calls in self.sizes[:: 1 if turn % 2 == 0 else -1]:
                found[served.closed] += self._run(served, calls, sort, at_once, -(-self.calls // TURNS))
        for closed, taken in found.items():
            self.runs.append(taken.run(sort, closed, at_once))
            yield self.runs[-1]

    def _run(self, served: Served, calls: Calls, sort: str, at_once: int, times: int) -> "Taken":
        send = partial(_sent, served.port)
        requests = requests_of(calls, sort, times, send)
        before = served.seconds()
        answers = ask(served.port, requests, at_once)
        server, database = (after - begin for after, begin in zip(served.seconds(), before, strict=True))
        self._tidied(served, calls, sort, requests, send)
        return Taken(answers.took, answers.wall, server, database)

    @staticmethod
    def _tidied(served: Served, calls: Calls, sort: str, requests: list[Request], send: Send) -> None:
        if sort == "dispatch":
            calls.close_down(requests, send)
        if sort in WRITES:
            use(served.database)
            calls.put_aside()

    def of(self, sort: str, at_once: int, closed: int) -> list[Run]:
        """Return the runs of a call at one size with so many callers, a run for each round."""
        return [run for run in self.runs if (run.sort, run.at_once, run.closed) == (sort, at_once, closed)]

    def queries(self) -> dict[str, float]:
        """Count the queries of each call in this process, on the smallest database."""
        served, calls = self.sizes[0]
        use(served.database)
        return {sort: self._counted(calls, sort) for sort in self.sorts}

    @staticmethod
    def _counted(calls: Calls, sort: str) -> float:
        requests = requests_of(calls, sort, COUNTED, _here)
        counted = _queries(requests)
        if sort == "dispatch":
            calls.close_down(requests, _here)
        return counted

    def growth(self, sort: str, figure: Callable[[Run], float]) -> float:
        """Return how many times a figure is larger at the largest size: the median of the rounds, one call at a time."""
        least, most = (
            [figure(run) for run in self.of(sort, 1, served.closed)] for served in (self.sizes[0][0], self.sizes[-1][0])
        )
        return statistics.median(large / max(small, 0.001) for small, large in zip(least, most, strict=True))


def requests_of(calls: Calls, sort: str, times: int, send: Send) -> list[Request]:
    """Return so many requests of a sort; what must happen before them is sent."""
    if sort in READS:
        return calls.reads(sort, times)
    return {"file": lambda: calls.filings(times), "dispatch": lambda: calls.dispatches(times, send),
            "finish": lambda: calls.finishes(times, send)}[sort]()  # fmt: skip


def sorts_of(wanted: Sequence[str]) -> list[str]:
    """Return the calls whose names begin with one of the words wanted, or all of them."""
    return [sort for sort in (*WRITES, *READS) if not wanted or any(sort.startswith(word) for word in wanted)]


def _queries(requests: Sequence[Request]) -> float:
    seen: list[str] = []

    def count(execute: Any, query: str, values: Any, many: bool, context: Any) -> Any:
        seen.append(query)
        return execute(query, values, many, context)

    with connection.execute_wrapper(count):
        _here(requests)
    return len(seen) / len(requests)


def _sent(port: int, requests: Sequence[Request]) -> list[bytes]:
    return ask(port, requests, SILENTLY).bodies


def _here(requests: Sequence[Request]) -> list[bytes]:
    """Answer requests in this process."""
    client = Client()
    return [_answered(client, request) for request in requests]


def _answered(client: Client, request: Request) -> bytes:
    headers = {name: value for name, value in request.headers.items() if name != "Content-Type"} | {"Host": "localhost"}
    answer = client.generic(request.method, request.path, request.content or b"", "application/json", headers=headers)
    if answer.status_code not in (200, 201):
        raise Unexpected(f"{request.method} {request.path}: {answer.status_code} {answer.content[:300]!r}")
    return bytes(answer.content)
