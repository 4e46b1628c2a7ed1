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
