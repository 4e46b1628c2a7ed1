"""Who is using the server: file locks, which the kernel drops when a process dies in whatever way."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def alone(path: Path) -> Iterator[None]:
    """Wait until no other process is starting or stopping the server."""
    descriptor = _open(path)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


class Lease:
    """One process's share in the server, held until `end()` or the death of the process."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.holder = os.getpid()
        self._descriptor = _open(path)
        fcntl.flock(self._descriptor, fcntl.LOCK_SH)

    def end(self) -> bool:
        """Give the share back; true when nobody else holds one.

        A forked child holds the same share: the lock is tried on a new descriptor, so that children still count.
        """
        os.close(self._descriptor)
        descriptor = claim(self.path)
        if descriptor is None:
            return False
        os.close(descriptor)
        return True


def claim(path: Path) -> int | None:
    """Lock a file for this process alone; the open descriptor, or None when anybody else has a lock on it."""
    descriptor = _open(path)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(descriptor)
        return None
    return descriptor


def _open(path: Path) -> int:
    return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
