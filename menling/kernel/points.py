"""Points of enforcement: every place in code that keeps a clause says so, and can be found and taken away.

A rule, a computation, a step, a clock, a prompt or a setting names its clauses and registers here. The ledger lists
the points beside the tests; its proof replaces a point by one that does nothing and expects the tests to notice.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Generic, ParamSpec, TypeVar

from menling.kernel.refusal import Refused

P = ParamSpec("P")
R = TypeVar("R")
EPOCH = datetime.fromtimestamp(0, UTC)


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
        kept = self.function

        def without(*args: P.args, **facts: P.kwargs) -> R | None:
            try:
                figure: R | None = _nothing(kept(*args, **facts))
            except Refused:
                return None
            return figure

        self.function = without

    def __call__(self, *args: P.args, **facts: P.kwargs) -> R:
        return self.function(*args, **facts)  # type: ignore[return-value]  # None only in a proof


def _nothing(figure: Any) -> Any:
    """Return the empty value of the figure's own type, so that only a test that looks at the figure notices."""
    if isinstance(figure, datetime):
        return EPOCH
    if isinstance(figure, date):
        return EPOCH.date()
    if type(figure) is tuple:
        return tuple(_nothing(part) for part in figure)
    try:
        return type(figure)()
    except TypeError:
        return None


def rule(*clauses: str) -> Callable[[Callable[P, R]], Rule[P, R]]:
    """Mark a function as the keeper of clauses: it raises `Refused`, or returns the figure the clauses ask for."""

    def mark(function: Callable[P, R]) -> Rule[P, R]:
        return Rule(function, clauses)

    return mark
