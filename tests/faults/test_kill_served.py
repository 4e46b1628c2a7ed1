"""The server and the jobs killed without warning while people work: whoever asks again is answered, once, and all is whole."""

import os
import sys
import threading
import time
import traceback
from datetime import timedelta
from pathlib import Path
from random import Random
from secrets import randbelow

import pytest
from django.db import connections

from menling.doorway.keys import issue
from menling.journal.models import Command, Event
from menling.kernel.roles import Role
from menling.premises import clock
from tests.faults.invariants import broken
from tests.faults.served import Caller, Served, served, together
from tests.faults.test_kill import here, surroundings, wait_for_silence
from tests.office import World, make_staff

AT_ONCE = 4
STEPS = (
    ("desk", "accept", {}), ("desk", "dispatch", None), ("worker", "acknowledge", {}), ("worker", "arrive", {}),
    ("worker", "quote", {"amount": "86.00", "description": "疏通"}), ("customer", "consent", {}),
    ("worker", "finish", {"summary": "已疏通"}), ("worker", "collect", {"amount": "86.00"}), ("customer", "sign", {"rating": 5}),
    ("worker", "sign_off", {}), ("lead", "review", {}), ("finance", "settle", {}),
    ("worker", "hand_over", {"amount": "86.00"}), ("finance", "receive", {}),
)  # fmt: skip
"""Who does what after a repair was filed, with which facts."""


def crews(world: World, folder: Path, port: int) -> list[Caller]:
    """Return callers, each with a worker and so with orders of its own."""
    now = clock.now()
    shared = {"desk": "control_centre", "lead": "team_lead", "finance": "finance"}
    tokens = {who: issue(now, staff=world.staff[role]) for who, role in shared.items()}
    tokens["customer"] = issue(now, person=world.resident)
    found = []
    for nth in range(AT_ONCE):
        worker = make_staff(world.company, world.office, Role.REPAIR_WORKER, f"K{nth}", f"工{nth}")
        found.append(Caller(port, tokens | {"worker": issue(now, staff=worker)}, folder / f"K{nth}.log", f"K{nth}"))
    return found


def day(caller: Caller, over: threading.Event, folder: Path) -> None:
    """Bring one repair after the other from the call to the cash box until the day is over."""
    try:
        while not over.is_set():
            repair(caller)
    except BaseException:  # noqa: BLE001  # whatever it was, the test shall read it
        (folder / f"{caller.name}.error").write_text(traceback.format_exc())


def repair(caller: Caller) -> None:
    """Play one repair; file another that nobody sees to, reported an hour ago, so that the jobs have a promise to break."""
    about = {"kind": "repair", "unit": "3-2-1201", "reporter": "王芳", "phone": "13800138000", "content": "厨房下水堵"}
    caller.post("desk", "", about | {"happened_at": (clock.now() - timedelta(hours=1)).isoformat()})
    number = caller.post("desk", "", about)["number"]
    for who, verb, facts in STEPS:
        caller.post(who, f"/{number}/{verb}", {"worker": caller.name} if facts is None else facts)


def kill_often(server: Served, rng: Random, kills: int) -> list[str]:
    """Kill processes one after the other, each when some work was done since, and return which sorts."""
    done: list[str] = []
    while len(done) < kills:
        time.sleep(rng.uniform(0.05, 0.6))
        server.begin()
        wait_for_steps(server, 2 * len(done))
        done += [sort] if (sort := server.kill(rng)) else []
    server.begin()
    return done


def wait_for_steps(server: Served, steps: int) -> None:
    """Wait until so many steps were kept, with the server started again where a kill ended it."""
    for _try in range(2000):
        if Command.objects.count() >= steps:
            return
        server.begin()
        time.sleep(0.05)
    raise AssertionError(f"the server came no further than {Command.objects.count()} of {steps} steps")


def wait_for_a_break(server: Served) -> None:
    """Wait until the jobs broke a promise that was due long ago."""
    for _try in range(900):
        server.begin()
        if Event.objects.filter(verb="break").exists():
            return
        time.sleep(0.1)
    raise AssertionError("no job broke the promises that are overdue")


def killed(world: World, folder: Path, kills: int) -> None:
    """Serve, work and kill, and look at what is left."""
    seed = randbelow(10**9)
    sys.stdout.write(f"seed {seed}\n")
    environment = surroundings(here()) | {"MENLING_DATA": os.environ.get("MENLING_DATA", str(folder / "data"))}
    over = threading.Event()
    with served(environment, folder / "server.txt") as server:
        callers = [threading.Thread(target=day, args=(each, over, folder)) for each in crews(world, folder, server.port)]
        for each in callers:
            each.start()
        try:
            done = kill_often(server, Random(seed), kills)
        finally:
            together(callers, over, server)
        wait_for_a_break(server)
    wait_for_silence()
    assert [file.read_text() for file in folder.glob("*.error")] == []
    assert broken(folder) == [], f"seed {seed}"
    assert len(done) == kills
    assert Event.objects.filter(verb="receive").count() >= AT_ONCE


@pytest.mark.django_db(transaction=True)
def test_a_server_killed_now_and_then_answers_everybody_who_asks_again(world: World, tmp_path: Path) -> None:
    killed(world, tmp_path, 8)
    connections.close_all()


@pytest.mark.long
@pytest.mark.django_db(transaction=True)
def test_a_server_killed_a_hundred_times_answers_everybody_who_asks_again(world: World, tmp_path: Path) -> None:
    killed(world, tmp_path, 100)
    connections.close_all()
