"""`menling ledger`: the clauses beside the code and the tests, their faults, and the proof that the tests notice."""

import argparse
import json
import random
import sys

from menling.clauses import clauses
from menling.ledger import runs
from menling.ledger.book import HOUSE, keepers, lines, outside_software
from menling.ledger.check import faults
from menling.ledger.pages import page
from menling.ledger.points import points

NEEDS_DATABASE = False


def arguments(parser: argparse.ArgumentParser) -> None:
    """What to show, to check or to prove."""
    parser.add_argument("--json", action="store_true", help="print the lines as JSON")
    parser.add_argument("--house", action="store_true", help="the house rules after the papers")
    parser.add_argument("--check", action="store_true", help="print what is wrong, one line each; 1 when anything is")
    parser.add_argument("--prove", nargs="*", metavar="ID", help="switch clauses off, all that are kept without an ID: "
                        "a test of each must turn red")  # fmt: skip
    parser.add_argument("--each", action="store_true", help="with --prove: miss the points one by one as well")
    parser.add_argument("--random", type=int, metavar="N", help="with --prove: only N of the clauses, drawn by lot")
    parser.add_argument("--seed", type=int, help="the lot's seed, to draw the same again")


def run(args: argparse.Namespace) -> int:
    """Carry out the one that is asked for."""
    try:
        if args.prove is not None:
            return _prove(args)
        return _check() if args.check else _show(args)
    except runs.Unreadable as error:
        print(f"menling: {error}", file=sys.stderr)
        return 1


def _show(args: argparse.Namespace) -> int:
    book = lines(clauses(), points(), runs.naming(), outside_software(), house=args.house)
    print(json.dumps([line.as_row() for line in book], ensure_ascii=False, indent=1) if args.json else page(book))
    return 0


def _check() -> int:
    found = faults(clauses(), points(), runs.naming(), outside_software())
    print(*(found or ["The ledger is in order."]), sep="\n")
    return 1 if found else 0


def _prove(args: argparse.Namespace) -> int:
    known, kept = clauses(), keepers(points())
    asked = args.prove or [each.id for each in known.values() if each.id in kept and each.document != HOUSE]
    if args.random is None:
        return runs.prove(asked, each=args.each)
    seed = random.randrange(10_000) if args.seed is None else args.seed  # noqa: S311  # a lot, not a secret
    return runs.prove(runs.draw(asked, args.random, seed), each=args.each, note=f"(seed {seed})")
