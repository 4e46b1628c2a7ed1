"""Doing things at the same moment, in real threads with connections of their own."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

from django.db import connection

from menling.kernel.refusal import Refused


def together(calls: Sequence[Callable[[], Any]]) -> list[Any]:
    """Call all at once, each in a thread of its own; return what each returned or the refusal it met."""
    start = Barrier(len(calls))

    def one(call: Callable[[], Any]) -> Any:
        try:
            start.wait(timeout=30)
            return call()
        except Refused as refused:
            return refused
        finally:
            connection.close()

    with ThreadPoolExecutor(len(calls)) as threads:
        return list(threads.map(one, calls))


def wait_until_somebody_waits() -> None:
    """Return once another connection waits for this one's transaction. Errors: AssertionError after five seconds."""
    with connection.cursor() as cursor:
        for _try in range(500):
            cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY(pg_blocking_pids(pid))")
            if cursor.fetchone()[0]:
                return
            cursor.execute("SELECT pg_sleep(0.01)")
    raise AssertionError("nobody waits for this transaction")
