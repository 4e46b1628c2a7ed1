"""Measuring calls: queries counted on a few, time and processor of both sides on many."""

import math
import os
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import connection

TICKS = os.sysconf("SC_CLK_TCK")
BATCH = 50
"""The processor is read after so many calls; the median of these readings is what other programs disturb least."""
COUNTED = 20
"""Calls on which the queries are counted; counting would cost on all of them."""


@dataclass(frozen=True)
class Reading:
    """What one call of a sort costs: queries; processor of this process and of its database backend, and waiting, in ms."""

    name: str
    calls: int
    queries: float
    python_ms: float
    database_ms: float
    p50_ms: float
    p95_ms: float

    @property
    def cpu_ms(self) -> float:
        """Return the processor time of both sides."""
        return self.python_ms + self.database_ms


def measure(name: str, calls: Sequence[Callable[[], Any]]) -> Reading:
    """Make every call once and return what one costs on average."""
    counted = min(COUNTED, len(calls) // 2)
    queries = _queries(calls[:counted])
    rest = calls[counted:]
    waits: list[float] = []
    python, database = zip(*(_batch(rest[at : at + BATCH], waits) for at in range(0, len(rest), BATCH)), strict=True)
    waits.sort()
    return Reading(name, len(rest), queries, statistics.median(python), statistics.median(database), statistics.median(waits),
                   waits[math.ceil(len(waits) * 0.95) - 1])  # fmt: skip


def _batch(calls: Sequence[Callable[[], Any]], waits: list[float]) -> tuple[float, float]:
    """Make calls, add how long each took in ms, and return the processor time of both sides for one, in ms."""
    database, python = _database_seconds(), time.process_time()
    for call in calls:
        begin = time.perf_counter()
        call()
        waits.append((time.perf_counter() - begin) * 1000)
    python, database = time.process_time() - python, _database_seconds() - database
    return python * 1000 / len(calls), database * 1000 / len(calls)


def _queries(calls: Sequence[Callable[[], Any]]) -> float:
    seen: list[str] = []

    def count(execute: Any, query: str, values: Any, many: bool, context: Any) -> Any:
        seen.append(query)
        return execute(query, values, many, context)

    with connection.execute_wrapper(count):
        for call in calls:
            call()
    return len(seen) / len(calls)


def _database_seconds() -> float:
    """Return the processor time of every backend of this database so far."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND backend_type = 'client backend'")
        pids = [pid for (pid,) in cursor.fetchall()]
    return sum(_ticks(pid) for pid in pids) / TICKS


def _ticks(pid: int) -> int:
    # the second field is the name in brackets, which may hold blanks; times are fields 14 and 15
    after_name = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return int(after_name[11]) + int(after_name[12])
