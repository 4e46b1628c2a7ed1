"""`menling flow`: the flow diagrams of docs/flow.md, drawn from the tables."""

import argparse

from menling.kernel.diagram import clock_table, mermaid
from menling.procedures import PROCEDURES

NEEDS_DATABASE = False
INTRODUCTION = """# The flow of each kind of case

Drawn from the tables in `menling/procedures` by `menling flow > docs/flow.md`; a test compares them.
"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """There is nothing to choose."""


def run(args: argparse.Namespace) -> int:
    """Print the page."""
    print(page(), end="")
    return 0


def page() -> str:
    """Return the page: a diagram and a table of clocks for every kind of case."""
    parts = [INTRODUCTION]
    for procedure in PROCEDURES.values():
        parts.append(f"## {procedure.title}\n\n```mermaid\n{mermaid(procedure)}\n```\n")
        if procedure.clocks:
            parts.append(clock_table(procedure) + "\n")
    return "\n".join(parts)
