"""A process that works until it is killed: `python -m tests.faults.hand build|nursery|check FOLDER`.

`nursery` forks one process for every line it reads (`work SEED` or `sweep SEED`) and prints its number. A worker appends
every answer it was given to FOLDER/SEED.log, and an error that ended it to FOLDER/SEED.error.
"""

import os
import pickle
import signal
import sys
import traceback
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any

import django

django.setup()

from django.core.management import call_command  # noqa: E402  # rows need Django to be set up
from django.db import connection  # noqa: E402

from menling.journal.models import Case  # noqa: E402
from menling.journal.sweep import sweep  # noqa: E402
from menling.kernel.actor import Actor  # noqa: E402
from tests.faults.invariants import broken  # noqa: E402
from tests.office import World, build_world  # noqa: E402
from tests.walks import Walk  # noqa: E402

WORLD = "world.pickle"


class Diary(Walk):
    """A walk that writes down every answer it was given, the moment it has it."""

    diary: int

    def attempt(self, kind: str, case: Case | None, verb: str, by: Actor, facts: dict[str, Any]) -> str:
        """Perform a command and note its key and number."""
        number = super().attempt(kind, case, verb, by, facts)
        if number:
            os.write(self.diary, f"{self.name}-{self.steps} {number}\n".encode())
        return number


def work(world: World, seed: int, folder: Path) -> None:
    """File and step until killed, or left alone."""
    walk = Diary(world, Random(seed), name=str(seed), sweeps=False)
    walk.diary = os.open(folder / f"{seed}.log", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    parent = os.getppid()
    while os.getppid() == parent:
        walk.one()


def sweeping(world: World, seed: int, folder: Path) -> None:
    """Sweep, at moments of the next days, until killed or left alone."""
    rng, parent = Random(seed), os.getppid()
    while os.getppid() == parent:
        sweep(world.now + timedelta(minutes=rng.randrange(60 * 24 * 3)))


def nursery(folder: Path) -> None:
    """Fork a process for every line."""
    world = pickle.loads((folder / WORLD).read_bytes())
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    for line in sys.stdin:
        task, seed = line.split()
        child = os.fork()
        if not child:
            toil({"work": work, "sweep": sweeping}[task], world, int(seed), folder)
        sys.stdout.write(f"{child}\n")
        sys.stdout.flush()


def toil(task: Any, world: World, seed: int, folder: Path) -> None:
    """Do a task to the end of this process; what ends it otherwise than by a kill is written down."""
    try:
        task(world, seed, folder)
    except BaseException:  # noqa: BLE001  # whatever it was, the test shall read it
        told = folder / f"{seed}.part"
        told.write_text(traceback.format_exc())
        told.rename(folder / f"{seed}.error")
    os._exit(1)


def build(folder: Path) -> None:
    """Make the tables and a small office in an empty database."""
    call_command("migrate", interactive=False, verbosity=0)
    (folder / WORLD).write_bytes(pickle.dumps(build_world()))


def check(folder: Path) -> None:
    """Print what does not hold, and how many cases there are."""
    sys.stdout.write("\n".join([*broken(folder), f"{Case.objects.count()} cases"]))


if __name__ == "__main__":
    {"build": build, "nursery": nursery, "check": check}[sys.argv[1]](Path(sys.argv[2]))
    connection.close()
