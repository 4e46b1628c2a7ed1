"""`menling`: finds the verb, prepares Django and the database for it, and runs it."""

import argparse
import importlib
import os
import signal
import sys
from collections.abc import Sequence
from keyword import iskeyword
from types import FrameType
from typing import Protocol, cast

import django

from menling import embedded

# A verb is a module of this folder, imported only when it is called: it may import models, so Django comes first.
VERBS = {
    "demo": "fill an empty database with an invented company, and say how to log in",
    "found": "write the company, its first office and its administrator into an empty database",
    "open": "open another management office of the company",
    "serve": "serve the web pages and the API",
    "jobs": "do the work that is due at its hour, or one job of it",
    "migrate": "bring the database's tables up to date",
    "manage": "hand a command to Django's own management",
    "backup": "write everything into one file",
    "restore": "fill an empty database from such a file",
    "import": "bring a list in from a workbook, or replay a public record",
    "export": "write a list into a workbook",
    "quote": "say what work would cost, and why",
    "ledger": "show every clause beside the code that keeps it and the tests that prove it",
    "flow": "draw the flow of each kind of case",
    "bench": "measure what a step costs",
    "doctor": "say what this installation has and what it lacks",
}


class Verb(Protocol):
    """What the module of a verb offers. `run` returns the exit code."""

    NEEDS_DATABASE: bool

    def arguments(self, parser: argparse.ArgumentParser) -> None: ...
    def run(self, args: argparse.Namespace) -> int: ...


def main(argv: Sequence[str] | None = None) -> int:
    """Run one verb; 2 for a wrong call, 1 for a failure told in one line."""
    words = list(sys.argv[1:] if argv is None else argv)
    parser = argparse.ArgumentParser(prog="menling", description="Menling: in-home service by the book")
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
    parsers = {name: verbs.add_parser(name, help=text, description=text) for name, text in VERBS.items()}
    if not words or words[0] not in VERBS:
        parser.parse_args(words)
        return 2
    verb = _load(words[0])
    verb.arguments(parsers[words[0]])
    return _run(verb, parser.parse_args(words))


def _load(name: str) -> Verb:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "menling.settings")
    django.setup()
    module = f"{name}_" if iskeyword(name) else name
    return cast(Verb, importlib.import_module(f"menling.cli.{module}"))


def _run(verb: Verb, args: argparse.Namespace) -> int:
    # Leaving by a signal must still give the database back.
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _leave)
    try:
        if verb.NEEDS_DATABASE and "DATABASE_URL" not in os.environ:
            embedded.ensure(os.environ.get("MENLING_PURPOSE", "office"))
        return verb.run(args)
    except embedded.EmbeddedError as error:
        print(f"menling: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def _leave(number: int, _frame: FrameType | None) -> None:
    sys.exit(128 + number)


if __name__ == "__main__":
    sys.exit(main())
