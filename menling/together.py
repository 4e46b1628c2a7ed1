"""Processes of `menling serve` that end with it, however it ends: nobody serves an address whose master is gone."""

import os
import threading
import time

MASTER = "MENLING_MASTER"
"""The environment variable that tells a process which process, by number, it belongs to."""
INTERVAL = 0.2
"""Seconds between two looks."""


def end_with_master() -> None:
    """End this process soon after the one named in the environment, even one that was killed; do nothing where none is named.

    What was under way then is undone by the database like any step whose process dies.
    """
    master = os.environ.get(MASTER)
    if master:
        threading.Thread(target=_watch, args=(int(master),), daemon=True).start()


def _watch(master: int) -> None:
    while os.getppid() == master:
        time.sleep(INTERVAL)
    os._exit(1)
