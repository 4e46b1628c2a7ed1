"""What was measured, as lines to read, and what was to be reached."""

import statistics
from collections.abc import Iterator

from menling.bench.calls import WRITES
from menling.bench.rounds import AT_ONCE, Rounds, Run

HEAD = (f"{'call':12}{'closed':>9}{'at once':>8}{'ops/s':>8}{'p50':>8}{'p95':>8}{'server':>8}{'postgres':>10}{'cpu':>8}"
        f"{'queries':>9}")  # fmt: skip
MOST_CPU = dict.fromkeys(WRITES, 12.0) | dict.fromkeys(("board", "board page", "phone", "phone list", "finance", "lead"), 11.0)
"""Processor of both sides for one call, in ms."""
MOST_CPU_GROWTH, MOST_P95_GROWTH = 1.1, 1.2
FILINGS_A_SECOND = 130.0


def table(rounds: Rounds, queries: dict[str, float]) -> Iterator[str]:
    """Return the medians of all rounds, a line for each call, size and number of callers."""
    yield HEAD
    for sort in rounds.sorts:
        for at_once in AT_ONCE:
            for served, _calls in rounds.sizes:
                runs = rounds.of(sort, at_once, served.closed)
                yield _line(sort, served.closed, at_once, runs, queries[sort])


def _line(sort: str, closed: int, at_once: int, runs: list[Run], queries: float) -> str:
    figures = [statistics.median(getattr(run, name) for run in runs)
               for name in ("a_second", "p50_ms", "p95_ms", "server_ms", "database_ms", "cpu_ms")]  # fmt: skip
    a_second, p50, p95, server, database, cpu = figures
    return (f"{sort:12}{closed:>9}{at_once:>8}{a_second:>8.1f}{p50:>8.2f}{p95:>8.2f}{server:>8.2f}{database:>10.2f}{cpu:>8.2f}"
            f"{queries:>9.1f}")  # fmt: skip


def targets(rounds: Rounds) -> Iterator[tuple[str, float, str, float, bool]]:
    """Return each target: what, the figure, how it compares, the bound, and whether it was reached."""
    largest = rounds.sizes[-1][0].closed
    for sort in rounds.sorts:
        if sort in MOST_CPU:
            cpu = statistics.median(run.cpu_ms for run in rounds.of(sort, 1, largest))
            yield f"{sort}: cpu, ms", cpu, "<=", MOST_CPU[sort], cpu <= MOST_CPU[sort]
    if len(rounds.sizes) > 1:
        for sort in rounds.sorts:
            for what, most, figure in (
                ("cpu", MOST_CPU_GROWTH, lambda run: run.cpu_ms), ("p95", MOST_P95_GROWTH, lambda run: run.p95_ms),
            ):  # fmt: skip
                grown = rounds.growth(sort, figure)
                yield f"{sort}: {what}, times the smallest", grown, "<=", most, grown <= most
    if "file" in rounds.sorts:
        filed = statistics.median(run.a_second for run in rounds.runs if (run.sort, run.at_once) == ("file", AT_ONCE[-1]))
        yield f"file: ops/s, {AT_ONCE[-1]} at once", filed, ">=", FILINGS_A_SECOND, filed >= FILINGS_A_SECOND


def verdicts(rounds: Rounds) -> Iterator[str]:
    """Return a line for each target."""
    for what, figure, compares, bound, reached in targets(rounds):
        yield f"{what:36}{figure:>9.2f} {compares} {bound:>7.2f}  {'reached' if reached else 'not reached'}"
