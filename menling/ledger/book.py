"""The lines of the ledger."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import resources

from menling.clauses import Clause
from menling.kernel.points import Point
from menling.ledger.points import named
from menling.ledger.runs import Naming

HOUSE = "MR"
"""The document of the house rules, which no paper demands."""


@dataclass(frozen=True)
class Line:
    """One clause with the points that keep it, the tests that name it and, where it is not software's, the reason."""

    clause: Clause
    where: tuple[str, ...]
    tests: tuple[str, ...]
    reason: str = ""

    @property
    def status(self) -> str:
        """`enforced`: a point keeps it and a test names it; else `not_in_software` with a reason, or `planned`."""
        if self.where and self.tests:
            return "enforced"
        return "not_in_software" if self.reason else "planned"

    def as_row(self) -> dict[str, object]:
        """Return the line as the outside reads it."""
        lists = {"where": list(self.where), "tests": list(self.tests)}
        return {"id": self.clause.id, "status": self.status, **lists, "reason": self.reason}


@dataclass(frozen=True)
class Outside:
    """A clause said to be no matter for software, with the reason in English and in Chinese."""

    id: str
    reason: str
    reason_zh: str = ""


def lines(
    papers: Mapping[str, Clause], points: Sequence[Point], naming: Naming, outside: Sequence[Outside], *, house: bool = False
) -> list[Line]:
    """Return a line for every clause in the order of the papers, the house rules after them where they are wanted."""
    where = keepers(points)
    tests = {clause: naming.of(clause) for clause in papers}
    reasons = {each.id: each.reason for each in outside}
    wanted = [clause for clause in papers.values() if house or clause.document != HOUSE]
    return [Line(each, where.get(each.id, ()), tests[each.id], reasons.get(each.id, "")) for each in wanted]


def keepers(points: Sequence[Point]) -> dict[str, tuple[str, ...]]:
    """Return the points by the clause they keep, each once, in the order they were declared."""
    found: dict[str, dict[str, None]] = {}
    for point in points:
        for clause in point.clauses:
            found.setdefault(clause, {})[named(point)] = None
    return {clause: tuple(where) for clause, where in found.items()}


def outside_software() -> list[Outside]:
    """Return the clauses said to be no matter for software."""
    text = resources.files(__package__).joinpath("outside.toml").read_text("utf-8")
    return [Outside(row["id"], row["reason"], row.get("reason_zh", "")) for row in tomllib.loads(text).get("clause", [])]
