"""A pytest plugin: which clauses each collected test names, written down as JSON for the ledger."""

import json
from pathlib import Path

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    """Where to write."""
    parser.addoption("--naming", type=Path, required=True)


def pytest_configure(config: pytest.Config) -> None:
    """Listen from the first file on."""
    config.pluginmanager.register(Naming(config.getoption("--naming")))


class Naming:
    """What a collection found, and what did not load."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.tests: dict[str, list[str]] = {}
        self.errors: list[str] = []

    def pytest_itemcollected(self, item: pytest.Item) -> None:
        """Keep the tests in the order of their files: pytest sorts them by their fixtures later."""
        self.tests[item.nodeid] = clauses(item)

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """Keep what pytest says of a file that does not load."""
        if report.failed:
            self.errors.append(str(report.longrepr))

    def pytest_sessionfinish(self) -> None:
        """Write it down."""
        self.path.write_text(json.dumps({"tests": self.tests, "errors": self.errors}), "utf-8")


def clauses(item: pytest.Item) -> list[str]:
    """Return the clauses a test names by its own marks, its parameter's, its class's and its module's."""
    return list(dict.fromkeys(name for mark in item.iter_markers("clause") for name in mark.args))
