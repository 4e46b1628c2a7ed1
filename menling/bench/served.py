"""Databases of several sizes in one scratch cluster, each behind a server as `menling serve` runs it."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import psutil
import psycopg
from django.db import connection
from psycopg import sql

from menling import embedded
from menling.embedded.server import DATABASE, ROLE, SUPERUSER

PATIENCE = 60
TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Served:
    """A database with so many closed orders, and the server before it."""

    closed: int
    database: str
    port: int
    process: "subprocess.Popen[bytes]"
    postmaster: int

    def seconds(self) -> tuple[float, float]:
        """Return the processor time so far of the server and of the database, all their processes and threads, in seconds."""
        return _seconds(self.process.pid), _seconds(self.postmaster)


def _seconds(pid: int) -> float:
    """Sum up a process and its children; those that have ended count where their parent waited for them."""
    family = [psutil.Process(pid), *psutil.Process(pid).children(recursive=True)]
    return sum(sum(each.cpu_times()[:4]) if each.pid == pid else sum(each.cpu_times()[:2]) for each in _alive(family))


def _alive(family: list[psutil.Process]) -> Iterator[psutil.Process]:
    return (each for each in family if each.is_running())


def use(database: str) -> None:
    """Let this process work on another database of the cluster."""
    connection.close()
    connection.close_pool()  # type: ignore[attr-defined]  # PostgreSQL's connections have one
    connection.settings_dict["NAME"] = database


def copied(server: embedded.Server, database: str) -> None:
    """Make a copy of the database `menling` under another name, and let its owner leave out checks while loading."""
    use(DATABASE)
    connection.close()
    with psycopg.connect(host=str(server.place.run), user=SUPERUSER, dbname=SUPERUSER, autocommit=True) as root:
        root.execute(sql.SQL("GRANT SET ON PARAMETER session_replication_role TO {}").format(sql.Identifier(ROLE)))
        # no checkpoint because of a large log in the middle of loading or of a round
        root.execute("ALTER SYSTEM SET max_wal_size = '8GB'")
        root.execute("SELECT pg_reload_conf()")
        names = sql.Identifier(database), sql.Identifier(DATABASE), sql.Identifier(ROLE)
        root.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {} OWNER {}").format(*names))


def written_down(server: embedded.Server) -> None:
    """Let the database write to disk what was loaded, before anything is measured instead of meanwhile."""
    with psycopg.connect(host=str(server.place.run), user=SUPERUSER, dbname=SUPERUSER, autocommit=True) as root:
        root.execute("CHECKPOINT")


@contextmanager
def serving(server: embedded.Server, closed: int, database: str, options: list[str]) -> Iterator[Served]:
    """Run a server before a database until the block ends."""
    port = _free_port()
    surroundings = {**os.environ, "DATABASE_URL": f"host='{server.place.run}' user={ROLE} dbname={database}"}
    command = [sys.executable, "-m", "menling.cli.main", "serve", "--port", str(port), *options]
    process = subprocess.Popen(command, env=surroundings, stdout=subprocess.DEVNULL)
    try:
        _wait(process, port)
        yield Served(closed, database, port, process, _postmaster(server))
    finally:
        process.terminate()
        process.wait()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait(process: "subprocess.Popen[bytes]", port: int) -> None:
    """Wait until the server listens. Errors: RuntimeError when it ended instead."""
    give_up = time.monotonic() + PATIENCE
    while process.poll() is None and time.monotonic() < give_up:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise RuntimeError("the server did not start")


def _postmaster(server: embedded.Server) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return psutil.Process(int(cursor.fetchone()[0])).ppid()
