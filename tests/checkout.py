"""A small checkout for tests: a folder with test files of the procedures, collected as the project's own are."""

from pathlib import Path
from textwrap import dedent

from menling.ledger import runs


def checkout(folder: Path, **files: str) -> Path:
    """Make a small checkout with test files of the procedures in it."""
    (folder / runs.TESTS).mkdir(parents=True)
    for name, text in files.items():
        (folder / runs.TESTS / f"test_{name}.py").write_text("import pytest\n" + dedent(text), "utf-8")
    return folder
