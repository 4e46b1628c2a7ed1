"""A pytest plugin that takes clauses away and expects their tests to notice.

The tests are collected and the database is made once. Then every attempt has a forked process of its own, all from the
same warm state: the tests as they are must be green, and without the points of the clause one of them must turn red.
What an attempt takes away is gone with its process.
"""

import json
import os
import signal
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from _pytest.runner import runtestprotocol
from django.db import connections

from menling.kernel.points import Point
from menling.ledger.points import named, points
from tests.naming import clauses

RED = {"failed", "crashed"}
PATIENCE = 120
"""Seconds for one attempt; one that takes longer has failed."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """What to prove."""
    parser.addoption("--prove", required=True, help="clauses, with blanks between them")
    parser.addoption("--each", action="store_true", help="take points away one by one as well")
    parser.addoption("--note", default="", help="the end of the closing line")


@pytest.hookimpl(trylast=True)
def pytest_configure(config: pytest.Config) -> None:
    """Here is no run to report on; the proofs speak for themselves."""
    config.pluginmanager.unregister(name="terminalreporter")


def pytest_collectreport(report: pytest.CollectReport) -> None:
    """A file that does not load proves nothing, whatever else is red."""
    if report.failed:
        print(f"{report.nodeid} does not load:\n{report.longrepr}")
        pytest.exit("nothing is proved", returncode=1)


def pytest_runtestloop(session: pytest.Session) -> bool:
    """Prove the clauses instead of running the tests."""
    options = session.config.option
    proof = Proof(session, points())
    asked = options.prove.split()
    failed = sum(not proof.of(clause, each=options.each) for clause in asked)
    print(f"{len(asked) - failed} proved, {failed} failed {options.note}".rstrip())
    session.testsfailed = failed
    return True


class Proof:
    """The proofs of one run."""

    def __init__(self, session: pytest.Session, found: Sequence[Point]) -> None:
        self.session = session
        self.points = found
        self.tests: dict[str, list[pytest.Item]] = {}
        self.green: set[str] = set()
        self.warm = False
        for item in session.items:
            for clause in clauses(item):
                self.tests.setdefault(clause, []).append(item)

    def of(self, clause: str, *, each: bool) -> bool:
        """Prove one clause and tell how it went."""
        tests = self.tests.get(clause, [])
        keepers = [point for point in self.points if clause in point.clauses]
        told: list[str] = []
        proved = self._attempt(clause, tests, keepers, told)
        if proved and each:
            told += self._unmissed(clause, tests, keepers)
        print(f"{clause:<14} {'proved' if proved else 'NOT PROVED'}", *told, sep="\n    ", flush=True)
        return proved

    def _attempt(self, clause: str, tests: list[pytest.Item], keepers: list[Point], told: list[str]) -> bool:
        if not keepers or not tests:
            told.append("nothing in the program keeps it" if not keepers else "no test names it")
            return False
        self._warm_up(tests)
        ailing = self._not_green(tests)
        if ailing:
            told += [f"not green as it is: {test}" for test in ailing]
            return False
        outcomes = self._without(clause, keepers, tests)
        told += [f"stays green: {test}" for test, outcome in outcomes.items() if outcome == "passed"]
        told += [f"took too long or died: {test.nodeid}" for test in tests if test.nodeid not in outcomes]
        if "failed" not in outcomes.values():
            told += [f"falls over instead of noticing: {test}" for test, outcome in outcomes.items() if outcome == "crashed"]
        return not RED.isdisjoint(outcomes.values()) and len(outcomes) == len(tests)

    def _unmissed(self, clause: str, tests: list[pytest.Item], keepers: list[Point]) -> Iterator[str]:
        for point in keepers:
            if RED.isdisjoint(self._without(clause, [point], tests).values()):
                yield f"nobody misses: {named(point)}"

    def _not_green(self, tests: list[pytest.Item]) -> list[str]:
        unknown = [test for test in tests if test.nodeid not in self.green]
        outcomes = in_fork(lambda: self._run(unknown)) if unknown else {}
        self.green |= {test for test, outcome in outcomes.items() if outcome == "passed"}
        return [test.nodeid for test in unknown if test.nodeid not in self.green]

    def _without(self, clause: str, keepers: list[Point], tests: list[pytest.Item]) -> dict[str, str]:
        def attempt() -> Iterator[tuple[str, str]]:
            for point in keepers:
                point.remove(clause)
            return self._run(tests)

        return in_fork(attempt)

    def _run(self, tests: list[pytest.Item]) -> Iterator[tuple[str, str]]:
        for test in tests:
            # Whatever is made once for the whole run stays for the next attempt.
            reports = runtestprotocol(test, log=False, nextitem=self.session)
            yield test.nodeid, outcome_of(reports)

    def _warm_up(self, tests: list[pytest.Item]) -> None:
        """Make the database before the first fork, by one test that needs it; each attempt opens a connection of its own."""
        needy = [test for test in tests if "django_db_setup" in getattr(test, "fixturenames", ())]
        if needy and not self.warm:
            dict(self._run(needy[:1]))
            self.warm = True
        connections.close_all()


def outcome_of(reports: Sequence[pytest.TestReport]) -> str:
    """Return `passed` when the body of the test ran and nothing failed, `failed` when the test noticed something,
    `crashed` when the program fell over before it could, else `skipped`."""
    red = [report for report in reports if report.failed]
    if red:
        return "crashed" if all(_crashed(report) for report in red) else "failed"
    return "passed" if any(report.when == "call" and report.passed for report in reports) else "skipped"


def _crashed(report: pytest.TestReport) -> bool:
    crash = getattr(report.longrepr, "reprcrash", None)
    return crash is not None and "tests" not in Path(crash.path).parts and "Refused:" not in crash.message


def in_fork(attempt: Callable[[], Iterator[tuple[str, str]]]) -> dict[str, str]:
    """Run an attempt in a process of its own; the outcomes it told before it ended or was out of time."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        signal.alarm(PATIENCE)
        _tell(attempt, writing)
    os.close(writing)
    with os.fdopen(reading, encoding="utf-8") as pipe:
        outcomes = dict(json.loads(line) for line in pipe)
    os.waitpid(child, 0)
    return outcomes


def _tell(attempt: Callable[[], Iterator[tuple[str, str]]], writing: int) -> Any:
    silence = os.open(os.devnull, os.O_RDWR)
    os.dup2(silence, 1)
    os.dup2(silence, 2)
    try:
        with os.fdopen(writing, "w", encoding="utf-8", buffering=1) as pipe:
            for outcome in attempt():
                print(json.dumps(outcome), file=pipe)
    finally:
        # The parent keeps the session: its fixtures, its database, its closing words.
        os._exit(0)
