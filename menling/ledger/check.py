"""What is wrong with the ledger."""

import hashlib
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from menling.clauses import Clause
from menling.kernel.points import Point
from menling.ledger.book import HOUSE, Outside, keepers
from menling.ledger.runs import Naming

COUNTS = {"HS": 29, "HC": 58, "EN": 102, "QI": 87, "HR": 42, "HA": 9, "CS": 75, "OI": 8, "OC": 27, "OS": 24}
"""Clauses of each paper, in the order of the papers."""
IDS = "c8df168e383455eee031b402c745c6e4705c4cd69ed1d5d43b602c4a216a04a5"
"""SHA-256 of all ids of the papers in their order, blanks between them: ids never change."""
CONFLICT = re.compile(r"CF-\d\d")
"""Where papers disagree, the office's choice has a number of its own, which a setting may name beside its clauses."""


def faults(papers: Mapping[str, Clause], points: Sequence[Point], naming: Naming, outside: Sequence[Outside]) -> list[str]:
    """Return every fault in a line of its own; none where all is well."""
    return [
        *_of_papers(papers),
        *_of_points(papers, points),
        *_of_tests(papers, naming),
        *_untested(papers, points, naming),
        *_of_outside(papers, points, outside),
    ]


def _of_papers(papers: Mapping[str, Clause]) -> Iterator[str]:
    listed = [clause for clause in papers.values() if clause.document != HOUSE]
    found = Counter(clause.document for clause in listed)
    counted = [f"{name}: {found[name]} clauses are listed, the paper has {COUNTS.get(name, 0)}"
               for name in dict.fromkeys([*COUNTS, *found]) if found[name] != COUNTS.get(name, 0)]  # fmt: skip
    yield from counted
    if not counted and fingerprint(clause.id for clause in listed) != IDS:
        yield "the ids of the clauses, or their order, are not those of the papers"


def fingerprint(ids: Iterator[str]) -> str:
    """Return the SHA-256 of ids in their order."""
    return hashlib.sha256(" ".join(ids).encode()).hexdigest()


def _of_points(papers: Mapping[str, Clause], points: Sequence[Point]) -> Iterator[str]:
    for clause, where in keepers(points).items():
        if clause not in papers and not CONFLICT.fullmatch(clause):
            yield from (f"{place}: there is no clause {clause}" for place in where)


def _of_tests(papers: Mapping[str, Clause], naming: Naming) -> Iterator[str]:
    for test, clauses in naming.clauses.items():
        if not clauses:
            yield f"{test}: names no clause"
        for clause in clauses:
            if clause not in papers and not CONFLICT.fullmatch(clause):
                yield f"{test}: there is no clause {clause}"


def _untested(papers: Mapping[str, Clause], points: Sequence[Point], naming: Naming) -> Iterator[str]:
    where = keepers(points)
    for clause in papers.values():
        if clause.id in where and clause.document != HOUSE and not naming.of(clause.id):
            yield f"{clause.id}: kept by {', '.join(where[clause.id])}, but no test names it"


def _of_outside(papers: Mapping[str, Clause], points: Sequence[Point], outside: Sequence[Outside]) -> Iterator[str]:
    kept = keepers(points)
    for each in outside:
        if each.id not in papers:
            yield f"outside.toml: there is no clause {each.id}"
        elif papers[each.id].enforce != "info":
            yield f"outside.toml: {each.id} is {papers[each.id].enforce}; only background may stay outside"
        elif each.id in kept:
            yield f"outside.toml: {each.id} is kept by {', '.join(kept[each.id])}"
        if not each.reason.strip():
            yield f"outside.toml: {each.id} has no reason"
