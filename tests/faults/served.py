"""`menling serve --jobs` as an office runs it, callers who do not give up, and somebody who kills its processes."""

import http.client
import json
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

import psutil

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 90
"""Seconds until a caller or the server is given up."""


def free_port() -> int:
    """Return a port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Served:
    """A server with its jobs, started again whenever it has ended, as the machine's own service manager would."""

    environment: dict[str, str]
    log: Path
    port: int = field(default_factory=free_port)
    process: "subprocess.Popen[bytes] | None" = None

    def begin(self) -> None:
        """Start the server unless it runs."""
        if self.process is not None and self.process.poll() is None:
            return
        command = [sys.executable, "-m", "menling.cli.main", "serve", "--jobs", "--workers", "2", "--port", str(self.port)]
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(command, cwd=ROOT, env=self.environment, stdout=log, stderr=log)

    def kill(self, rng: Random) -> str:
        """Kill one process, or the master of all, without warning; return which, or nothing where it was ending by itself."""
        try:
            return self._kill(rng)
        except psutil.NoSuchProcess:
            return ""

    def _kill(self, rng: Random) -> str:
        assert self.process
        children = [each for each in psutil.Process(self.process.pid).children() if each.status() != psutil.STATUS_ZOMBIE]
        jobs = [each for each in children if "jobs" in each.cmdline()]
        web = [each for each in children if each not in jobs]
        sorts = {"web": web, "jobs": jobs, "master": [psutil.Process(self.process.pid)]}
        sort = rng.choice([*["web"] * 5, *["jobs"] * 2, "master"])
        for victim in sorts[sort][:1]:
            with suppress(psutil.NoSuchProcess):
                victim.kill()
                assert sort != "master" or not psutil.wait_procs(children, PATIENCE)[1], "the server outlived its master"
        return sort if sorts[sort] else ""

    def end(self) -> None:
        """Stop the server and wait for it."""
        if self.process is not None:
            self.process.terminate()
            self.process.wait(PATIENCE)


@contextmanager
def served(environment: dict[str, str], log: Path) -> Iterator[Served]:
    """Serve until the block ends."""
    server = Served(os.environ | environment, log)
    server.begin()
    try:
        yield server
    finally:
        server.end()


@dataclass
class Caller:
    """Somebody who asks again under the same key until there is an answer, and notes every one that was kept."""

    port: int
    tokens: dict[str, str]
    diary: Path
    name: str
    asked: int = 0

    def post(self, who: str, path: str, facts: dict[str, Any]) -> dict[str, Any]:
        """Return the body of the answer. Errors: AssertionError for a refusal, OSError for no answer at all."""
        self.asked += 1
        key = f"{self.name}-{self.asked}"
        status, body = self._insist(who, path, facts, key)
        assert status in (200, 201), (path, status, body)
        with self.diary.open("a", encoding="utf-8") as diary:
            diary.write(f"{key} {body['number']}\n")
        return body

    def _insist(self, who: str, path: str, facts: dict[str, Any], key: str) -> tuple[int, dict[str, Any]]:
        give_up = time.monotonic() + PATIENCE
        while True:
            try:
                return self._ask(who, path, facts, key)
            except (OSError, http.client.HTTPException):
                if time.monotonic() > give_up:
                    raise
                time.sleep(0.1)

    def _ask(self, who: str, path: str, facts: dict[str, Any], key: str) -> tuple[int, dict[str, Any]]:
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        headers = {"Authorization": f"Bearer {self.tokens[who]}", "Idempotency-Key": key, "Content-Type": "application/json"}
        try:
            line.request("POST", f"/api/v1/orders{path}", json.dumps(facts).encode(), headers)
            answer = line.getresponse()
            return answer.status, json.loads(answer.read())
        finally:
            line.close()


def together(callers: list[threading.Thread], over: threading.Event, server: Served) -> None:
    """Tell all callers that the day is over and wait for the end of what they are at; the server is kept running for them."""
    over.set()
    while any(each.is_alive() for each in callers):
        server.begin()
        time.sleep(0.1)
