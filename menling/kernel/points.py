"""Points of enforcement: every place in code that keeps a clause says so, and can be found and taken away.

A rule, a computation, a step, a clock, a prompt or a setting names its clauses and registers here. The ledger lists
the points beside the tests; its proof replaces a point by one that does nothing and expects the tests to notice.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")


@dataclass(frozen=True)
class Point:
    """One place that keeps clauses: its sort, its name and the way to take it away in a proof."""

    sort: str
    where: str
    clauses: tuple[str, ...]
    remove: Callable[[str], None]


POINTS: list[Point] = []


def register(sort: str, where: str, clauses: tuple[str, ...], remove: Callable[[str], None]) -> None:
    """Add a point; `remove(clause)` must make the running process behave as if the clause were not there."""
    POINTS.append(Point(sort, where, clauses, remove))


class Rule(Generic[P, R]):
    """A function that keeps clauses. Called like the function itself."""

    def __init__(self, function: Callable[P, R], clauses: tuple[str, ...]) -> None:
        self.function: Callable[P, R | None] = function
        self.clauses = clauses
        self.name = f"{function.__module__}.{function.__qualname__}"
        self.__doc__ = function.__doc__
        register("rule", self.name, clauses, self._remove)

    def _remove(self, clause: str) -> None:
        self.function = lambda *args, **facts: None

    def __call__(self, *args: P.args, **facts: P.kwargs) -> R:
        return self.function(*args, **facts)  # type: ignore[return-value]  # None only in a proof


def rule(*clauses: str) -> Callable[[Callable[P, R]], Rule[P, R]]:
    """Mark a function as the keeper of clauses: it raises `Refused`, or returns the figure the clauses ask for."""

    def mark(function: Callable[P, R]) -> Rule[P, R]:
        return Rule(function, clauses)

    return mark
