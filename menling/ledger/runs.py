"""The tests of the procedures, as pytest itself sees them: which clauses they name, and whether they notice a loss.

Both happen in a pytest of their own, with a plugin from the tests' folder: nothing in the program knows how to be
switched off from outside.
"""

import json
import os
import random
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from menling.settings import ROOT

TESTS = Path("tests", "procedures")
# The plugin of the API's fuzzer takes a second to load, and no test of a procedure needs it.
QUIET = ("-qq", "--no-header", "--no-summary", "-p", "no:cacheprovider", "-p", "no:schemathesis")


class Unreadable(Exception):
    """The tests cannot be collected; the text says why."""


@dataclass(frozen=True)
class Naming:
    """Which clauses each test names: node id, such as ``tests/procedures/test_x.py::test_y[HC-5.3.1]``, -> ids."""

    clauses: dict[str, tuple[str, ...]]

    def of(self, clause: str) -> tuple[str, ...]:
        """Return the tests that name a clause, in the order of their files."""
        return tuple(test for test, named in self.clauses.items() if clause in named)


def naming(root: Path = ROOT) -> Naming:
    """Collect the tests of a checkout. Errors: `Unreadable` where there are none, or where one does not load."""
    if not (root / TESTS).is_dir():
        raise Unreadable("There are no tests here: the ledger is read in a checkout of the project.")
    with tempfile.TemporaryDirectory() as folder:
        found = Path(folder, "naming.json")
        run = _pytest(root, "tests.naming", "--collect-only", f"--naming={found}", capture=True)
        if not found.exists():
            raise Unreadable(run.stderr or run.stdout)
        read = json.loads(found.read_text("utf-8"))
    if read["errors"]:
        raise Unreadable("\n".join(read["errors"]))
    return Naming({test: tuple(named) for test, named in read["tests"].items()})


def draw(clauses: Sequence[str], number: int, seed: int) -> list[str]:
    """Return `number` of the clauses, or all where there are fewer, drawn by lot; they keep their order."""
    drawn = set(random.Random(seed).sample(clauses, min(number, len(clauses))))  # noqa: S311  # a lot, not a secret
    return [clause for clause in clauses if clause in drawn]


def prove(clauses: Sequence[str], *, root: Path = ROOT, each: bool = False, note: str = "") -> int:
    """Switch every clause off and run its tests, telling each outcome on standard output; 0 when all turned red.

    With `each`, points are taken away one by one as well, and those that no test misses are told. `note` ends the
    closing line.
    """
    options = [f"--prove={' '.join(clauses)}", f"--note={note}", *(["--each"] if each else [])]
    return _pytest(root, "tests.proof", "--capture=no", *options, capture=False).returncode


def _pytest(root: Path, plugin: str, *options: str, capture: bool) -> subprocess.CompletedProcess[str]:
    config = ["-c", str(ROOT / "pyproject.toml"), f"--rootdir={root}"]
    words = [sys.executable, "-m", "pytest", *QUIET, *config, "-p", plugin, *options, str(root / TESTS)]
    return subprocess.run(words, cwd=ROOT, env=_environment(), capture_output=capture, text=True, check=False)


def _environment() -> dict[str, str]:
    # A run inside another run is a run of its own, and the tests choose their own settings and database.
    ours = ("PYTEST_", "DJANGO_SETTINGS_MODULE", "MENLING_PURPOSE", "MENLING_TEST_DATABASE")
    return {name: value for name, value in os.environ.items() if not name.startswith(ours)}
