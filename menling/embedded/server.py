"""Start, find and stop the embedded server."""

import atexit
import os
import shlex
import shutil
import subprocess
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil
import psycopg
from psycopg import sql

from menling.embedded.binaries import programs
from menling.embedded.leases import Lease, alone
from menling.embedded.places import EmbeddedError, Owner, Place

SUPERUSER = "postgres"
ROLE = DATABASE = "menling"
PATIENCE = 60.0  # seconds; recovering after a crash takes a few
SETTINGS = {
    "listen_addresses": "",
    "max_connections": "100",
    "log_min_messages": "warning",
    "timezone": "Asia/Shanghai",
}
# A test database may be lost with the power; one with people's orders may not. Tests share the machine with one another.
TEST_SETTINGS = {"shared_buffers": "256MB", "fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
BUFFERS = (128, 4096)  # MB, at least and at most

_held: dict[Path, tuple["Server", Lease]] = {}


def _buffers() -> int:
    """How many MB the database may keep in its own memory: a quarter of the machine's, as its makers advise.

    Never more than half of what is free. The history of an office then stays there; what has to be fetched from the
    system's memory costs twice the processor.
    """
    memory, (least, most) = psutil.virtual_memory(), BUFFERS
    return min(max(min(memory.total // 4, memory.available // 2) // 2**20, least), most)


@dataclass(frozen=True)
class Server:
    """A server of one purpose that answers on its socket."""

    purpose: str
    place: Place

    @property
    def dsn(self) -> str:
        """The connection string of the database `menling`."""
        return self._dsn(ROLE, DATABASE)

    def django_settings(self) -> dict[str, Any]:
        """The `ENGINE`, `NAME`, `USER` and `HOST` for Django's DATABASES; valid before the server is started."""
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": DATABASE,
            "USER": ROLE,
            "HOST": str(self.place.run),
        }

    def answers(self) -> bool:
        """Whether the server takes connections now."""
        try:
            psycopg.connect(self._dsn(SUPERUSER, SUPERUSER), connect_timeout=5).close()
        except psycopg.OperationalError:
            return False
        return True

    def start(self) -> None:
        """Start the server unless it answers, and wait for it. Only one process may be here at a time."""
        if self.answers():
            return
        owner = Owner.of(self.place)
        self.place.prepare(owner)
        tools = Tools(self.place, owner)
        if not self.place.database.exists():
            tools.create(lasting=self.purpose != "test")
        tools.start(self, SETTINGS | (TEST_SETTINGS if self.purpose == "test" else {"shared_buffers": f"{_buffers()}MB"}))

    def stop(self) -> None:
        """Stop the server, ending sessions that are still open."""
        Tools(self.place, Owner.of(self.place)).stop()

    def furnish(self) -> None:
        """Create the role and the database `menling` where they are missing."""
        with psycopg.connect(self._dsn(SUPERUSER, SUPERUSER), autocommit=True) as connection:
            if not connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [ROLE]).fetchone():
                connection.execute(sql.SQL("CREATE ROLE {} LOGIN CREATEDB").format(sql.Identifier(ROLE)))
            if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone():
                names = sql.Identifier(DATABASE), sql.Identifier(ROLE)
                connection.execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(*names))

    def _dsn(self, user: str, database: str) -> str:
        return f"host='{self.place.run}' user={user} dbname={database}"


class Tools:
    """PostgreSQL's own programs, run as the user the server belongs to."""

    def __init__(self, place: Place, owner: Owner) -> None:
        self.place = place
        self.owner = owner
        self.folder = programs(place, owner)

    def create(self, *, lasting: bool) -> None:
        """Lay out an empty cluster, whole or not at all. The built-in locale sorts alike on every machine."""
        draft = self.place.home / "database.new"
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir()
        self.owner.give(draft)
        self._run(
            "initdb",
            "--locale-provider=builtin",
            "--builtin-locale=C.UTF-8",
            "--locale=C",
            "--encoding=UTF8",
            "--auth=trust",
            "--no-instructions",
            f"--username={SUPERUSER}",
            *([] if lasting else ["--no-sync"]),
            folder=draft,
        )
        draft.rename(self.place.database)

    def start(self, server: Server, settings: dict[str, str]) -> None:
        """Start the server, again and again while the remains of a crash are in its way."""
        options = [f"-c{name}={value}" for name, value in settings.items()]
        options += ["-k", str(self.place.run)]
        give_up = time.monotonic() + PATIENCE
        while not server.answers():
            self._forget_stale_pid()
            try:
                self._run("pg_ctl", "start", "-w", "-s", "-l", str(self.place.log), "-o", shlex.join(options))
            except EmbeddedError as error:
                if time.monotonic() > give_up:
                    raise EmbeddedError(f"{error}\n{self._last_words()}") from error
                time.sleep(0.5)

    def stop(self) -> None:
        """Stop the server if it runs."""
        if self._run("pg_ctl", "status", refused=True):
            self._run("pg_ctl", "stop", "-w", "-s", "-m", "fast")

    def _forget_stale_pid(self) -> None:
        """Drop the pid file of a dead server whose number now belongs to a stranger: PostgreSQL would wait for it."""
        file = self.place.database / "postmaster.pid"
        try:
            pid = int(file.read_text().split("\n", 1)[0])
            stranger = str(self.place.database) not in psutil.Process(pid).cmdline()
        except (FileNotFoundError, ValueError, psutil.Error):
            return
        if stranger:
            file.unlink()

    def _last_words(self) -> str:
        try:
            return "\n".join(self.place.log.read_text(errors="replace").splitlines()[-10:])
        except OSError:
            return ""

    def _run(self, program: str, *arguments: str, folder: Path | None = None, refused: bool = False) -> bool:
        """Run a program on the data folder; false when it failed and `refused` allows that."""
        command = [str(self.folder / program), "-D", str(folder or self.place.database), *arguments]
        # A file, not a pipe: the server inherits it and would keep a pipe open.
        with tempfile.TemporaryFile("w+") as output:
            done = subprocess.run(
                command,
                cwd="/",
                env={"PATH": os.defpath, "LC_ALL": "C"},
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                check=False,
                **self.owner.identity(),
            )
            if done.returncode and not refused:
                output.seek(0)
                raise EmbeddedError(f"{program}: {output.read().strip()}")
        return done.returncode == 0


def ensure(purpose: str = "office") -> Server:
    """A running server for `purpose`, shared with every other process that asked for it.

    It is started when nobody runs it, and stopped when the last process that asked has ended. Raises EmbeddedError
    with what to change.
    """
    place = Place.of(purpose)
    if place.home in _held and _held[place.home][1].holder == os.getpid():
        server = _held[place.home][0]
        with alone(_lock(place, "start")):
            server.start()
        return server
    server = Server(purpose, place)
    place.prepare(Owner.of(place))
    with alone(_lock(place, "start")):
        lease = Lease(_lock(place, "users"))
        server.start()
        server.furnish()
    _held[place.home] = server, lease
    atexit.register(_leave, server, lease)
    return server


def _leave(server: Server, lease: Lease) -> None:
    if lease.holder != os.getpid():
        return
    with alone(_lock(server.place, "start")):
        if lease.end():
            server.stop()


def _lock(place: Place, name: str) -> Path:
    return place.home / f"{name}.lock"
