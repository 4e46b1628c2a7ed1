"""`menling serve`"""

import argparse
import logging
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path

from granian.constants import Interfaces
from granian.server import Server

from menling.together import MASTER

NEEDS_DATABASE = True
PATIENCE = 3
"""Seconds until an address that somebody listens on counts as taken."""
LAST_REQUESTS = 15
"""Seconds a process gets to end: one told to while it was starting has not heard it."""
logger = logging.getLogger("menling.serve")


def arguments(parser: argparse.ArgumentParser) -> None:
    """Where to listen, with how many hands."""
    parser.add_argument("--address", default="127.0.0.1", help="address to listen on (default: 127.0.0.1)")
    parser.add_argument("--port", type=int, default=8000, help="port to listen on (default: 8000)")
    parser.add_argument("--workers", type=int, default=1, help="processes (default: 1)")
    parser.add_argument("--threads", type=int, default=4, help="requests served at once by each process (default: 4)")
    parser.add_argument("--certificate", type=Path, help="certificate file (PEM) for HTTPS")
    parser.add_argument("--key", type=Path, help="its private key (PEM)")
    parser.add_argument("--jobs", action="store_true", help="run the jobs as well, in a process beside the server")


def run(args: argparse.Namespace) -> int:
    """Serve until told to stop; 1 when somebody else listens at the address already, or the server keeps failing.

    A process of the server or of the jobs that dies is replaced; all of them end with this one.
    """
    if not _is_free(args.address, args.port):
        print(f"menling: somebody listens on {args.address}:{args.port} already; choose another by --port", file=sys.stderr)
        return 1
    os.environ[MASTER] = str(os.getpid())
    server = Server(
        "menling.wsgi:application",
        address=args.address,
        port=args.port,
        interface=Interfaces.WSGI,
        workers=args.workers,
        blocking_threads=args.threads,
        ssl_cert=args.certificate,
        ssl_key=args.key,
        respawn_failed_workers=True,
        workers_kill_timeout=LAST_REQUESTS,
    )
    with _jobs() if args.jobs else nullcontext():
        server.serve()
    return 0


def _is_free(address: str, port: int) -> bool:
    """Tell whether nobody listens there; the processes of a server that was killed just now get the time to end."""
    give_up = time.monotonic() + PATIENCE
    while _listens(address, port):
        if time.monotonic() > give_up:
            return False
        time.sleep(0.1)
    return True


def _listens(address: str, port: int) -> bool:
    with socket.socket(socket.AF_INET6 if ":" in address else socket.AF_INET) as probe:
        return probe.connect_ex((address, port)) == 0


@contextmanager
def _jobs() -> Iterator[None]:
    """Run the jobs in a process beside the server, and in another one whenever it dies, until the block ends."""
    over = threading.Event()
    keeper = threading.Thread(target=_keep_running, args=([sys.executable, "-m", "menling.cli.main", "jobs"], over))
    keeper.start()
    try:
        yield
    finally:
        over.set()
        keeper.join()


def _keep_running(command: list[str], over: threading.Event) -> None:
    while not over.is_set():
        try:
            how = _run_once(command, over)
        except OSError as error:  # no memory, no process left: the next try may find some
            how = str(error)
        if not over.is_set():
            logger.error("the jobs ended (%s) and are started again", how)
            over.wait(1)


def _run_once(command: list[str], over: threading.Event) -> str:
    process = subprocess.Popen(command)
    while process.poll() is None and not over.wait(0.2):
        pass
    if process.poll() is None:
        process.terminate()
    return f"exit {process.wait()}"
