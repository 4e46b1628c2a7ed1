"""Processes killed without warning while they work: what they leave is whole."""

import os
import pickle
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from random import Random
from secrets import randbelow
from tempfile import TemporaryDirectory

import psutil
import psycopg
import pytest
from django.db import connection

from menling.journal.models import Command, Event
from tests.faults.hand import WORLD
from tests.faults.invariants import broken
from tests.office import World

ROOT = Path(__file__).resolve().parents[2]
HANDS = ("work", "work", "work", "sweep")


class Nursery:
    """A process that forks workers on a database, and the numbers of those alive."""

    def __init__(self, dsn: str, folder: Path, rng: Random) -> None:
        self.rng = rng
        self.alive: dict[int, str] = {}
        command = [sys.executable, "-m", "tests.faults.hand", "nursery", str(folder)]
        self.process = subprocess.Popen(command, cwd=ROOT, env=surroundings(dsn), stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                        text=True)  # fmt: skip

    def bear(self, task: str) -> None:
        """Start a process."""
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(f"{task} {self.rng.randrange(10**9)}\n")
        self.process.stdin.flush()
        self.alive[int(self.process.stdout.readline())] = task

    def kill(self) -> str:
        """Kill one of the processes and return what it was doing."""
        victim = self.rng.choice(sorted(self.alive))
        with suppress(ProcessLookupError):  # one that ended by itself has left its error in a file
            os.kill(victim, signal.SIGKILL)
        return self.alive.pop(victim)

    def end(self) -> None:
        """Kill all that live."""
        while self.alive:
            self.kill()
        self.process.kill()
        self.process.communicate()


def surroundings(dsn: str) -> dict[str, str]:
    """Return the environment of a process that works on a database."""
    return os.environ | {"DATABASE_URL": dsn, "MENLING_PURPOSE": "test", "DJANGO_SETTINGS_MODULE": "menling.settings"}


HANDS_ON = "menling-hands"
"""What the server calls the processes that get killed."""


def here() -> str:
    """Return where the test database is."""
    known = connection.get_connection_params()
    named = {name: known[name] for name in ("dbname", "user", "password", "host", "port") if name in known}
    return psycopg.conninfo.make_conninfo(**named, application_name=HANDS_ON)


STILL_HERE = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND application_name = %s"


def wait_for_silence() -> None:
    """Wait until the server has rolled back what the killed processes had begun; others of this run may stay connected."""
    with connection.cursor() as cursor:
        for _try in range(500):
            cursor.execute("SELECT pg_stat_clear_snapshot()")
            cursor.execute(STILL_HERE, [HANDS_ON])
            if not cursor.fetchone()[0]:
                return
            time.sleep(0.02)
    raise AssertionError("somebody is still connected")


def wait_for_work(steps: int) -> None:
    """Wait until at least so many steps were kept: a busy machine kills no faster than it works."""
    for _try in range(3000):
        if Command.objects.count() >= steps:
            return
        time.sleep(0.02)
    raise AssertionError(f"the processes came no further than {Command.objects.count()} of {steps} steps")


def kill_under_load(world: World, folder: Path, kills: int) -> None:
    """Let processes work and sweep, kill them one by one at random moments, and look at what is left."""
    seed = randbelow(10**9)
    sys.stdout.write(f"seed {seed}\n")
    rng = Random(seed)
    (folder / WORLD).write_bytes(pickle.dumps(world))
    nursery = Nursery(here(), folder, rng)
    try:
        for task in HANDS:
            nursery.bear(task)
        for kill in range(kills):
            time.sleep(rng.uniform(0.03, 0.5))
            wait_for_work(3 * kill)
            nursery.bear(nursery.kill())
        wait_for_work(3 * kills + 1)
    finally:
        nursery.end()
    wait_for_silence()
    assert [file.read_text() for file in folder.glob("*.error")] == []
    assert broken(folder) == [], f"seed {seed}"
    assert Command.objects.count() > 3 * kills
    assert Event.objects.filter(verb="break").exists()


@pytest.mark.django_db(transaction=True)
def test_ten_kills_leave_nothing_half_done(world: World, tmp_path: Path) -> None:
    kill_under_load(world, tmp_path, 10)


@pytest.mark.long
@pytest.mark.django_db(transaction=True)
def test_a_hundred_kills_leave_nothing_half_done(world: World, tmp_path: Path) -> None:
    kill_under_load(world, tmp_path, 100)


KEEPER = """
import sys
from menling.embedded import ensure
for line in sys.stdin:
    print(ensure("office").dsn, flush=True)
"""


class Keeper:
    """A process that keeps a database of its own running, and starts it again when asked; it ends with the process."""

    def __init__(self, folder: str) -> None:
        self.folder = Path(folder)
        surrounded = os.environ | {"MENLING_DATA": folder}
        self.process = subprocess.Popen([sys.executable, "-c", KEEPER], cwd=ROOT, env=surrounded, stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE, text=True)  # fmt: skip

    def start(self) -> str:
        """Return where the running database is."""
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write("\n")
        self.process.stdin.flush()
        return self.process.stdout.readline().strip()

    def cut_the_power(self) -> None:
        """Kill the server and every process of it at once."""
        server = psutil.Process(int((self.folder / "office/database/postmaster.pid").read_text().split()[0]))
        for process in [server, *server.children(recursive=True)]:
            process.kill()


@pytest.fixture
def keeper() -> Iterator[Keeper]:
    """A database of the test's own that keeps what it wrote; its folder is short, because a socket's path must be."""
    with TemporaryDirectory(prefix="menling-") as folder:
        Path(folder).chmod(0o755)
        keeper = Keeper(folder)
        yield keeper
        keeper.process.communicate()


@pytest.mark.long
def test_the_database_itself_killed_under_load_comes_back_whole(keeper: Keeper, tmp_path: Path) -> None:
    hand = [sys.executable, "-m", "tests.faults.hand"]
    dsn = keeper.start()
    subprocess.run([*hand, "build", str(tmp_path)], cwd=ROOT, env=surroundings(dsn), check=True)
    nursery = Nursery(dsn, tmp_path, Random(1))
    try:
        for task in HANDS:
            nursery.bear(task)
        time.sleep(4)
        keeper.cut_the_power()
        time.sleep(0.5)
    finally:
        nursery.end()
    keeper.start()
    check = [*hand, "check", str(tmp_path)]
    said = subprocess.run(check, cwd=ROOT, env=surroundings(dsn), check=True, stdout=subprocess.PIPE, text=True).stdout
    (last,) = said.splitlines()
    assert int(last.removesuffix(" cases")) > 3
    for file in tmp_path.glob("*.error"):
        assert "OperationalError" in file.read_text(), "only the lost connection may have ended a worker"
