"""The command line: verbs in processes of their own, on a database of their own."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import psycopg
import pytest

from menling import embedded
from menling.kernel.roles import DERIVED, Role

REHEARSAL = "2026-11-20T10:04:00+08:00"
PATIENCE = 60
APPS = "'^(premises|policies|journal|catalogue|orders|money)_'"
ROW = "(to_jsonb(t) - 'password' - 'pin' - 'digest')::text"


@dataclass
class Menling:
    """An empty database on the server of the tests, and `menling` run on it."""

    dsn: str
    data: Path
    said: str = ""

    @property
    def environment(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if name != "MENLING_TEST_DATABASE"}
        return kept | {"DATABASE_URL": self.dsn, "MENLING_DATA": str(self.data), "MENLING_CLOCK": REHEARSAL}

    def run(self, *words: str, code: int = 0, **surroundings: str) -> str:
        done = subprocess.run([sys.executable, "-m", "menling.cli.main", *words], env=self.environment | surroundings,
                              capture_output=True, text=True, check=False)  # fmt: skip
        assert done.returncode == code, done.stdout + done.stderr
        return done.stdout if code == 0 and done.stdout else done.stderr

    def rows(self, query: str) -> list[Any]:
        with psycopg.connect(self.dsn) as connection:
            return connection.execute(query).fetchall()

    def change(self, query: str) -> None:
        with psycopg.connect(self.dsn) as connection:
            connection.execute(query)


OUR_SESSIONS = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s AND usename = current_user"


def new_database(name: str, data: Path) -> Iterator[Menling]:
    server = embedded.ensure("test")
    named = f"{name}_{os.getpid()}"
    with psycopg.connect(server.dsn, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {named}")
        try:
            yield Menling(server.dsn.replace("dbname=menling", f"dbname={named}"), data)
        finally:
            # Not by FORCE: that may not end the server's own sweeper of dead rows, which a plain drop sends away.
            connection.execute(OUR_SESSIONS, [named])
            connection.execute(f"DROP DATABASE {named}")


@pytest.fixture(scope="module")
def data() -> Iterator[Path]:
    with TemporaryDirectory(prefix="menling-") as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


@pytest.fixture
def scratch(data: Path) -> Iterator[Menling]:
    yield from new_database("cli_scratch", data / "scratch")


@pytest.fixture
def empty(data: Path) -> Iterator[Menling]:
    yield from new_database("cli_empty", data / "empty")


@pytest.fixture
def again(data: Path) -> Iterator[Menling]:
    yield from new_database("cli_again", data / "again")


@pytest.fixture(scope="module")
def office(data: Path) -> Iterator[Menling]:
    """A database with the demonstration in it, and what `menling demo --json` said."""
    for menling in new_database("cli_demo", data / "demo"):
        menling.said = menling.run("demo", "--json", "--days", "4")
        yield menling


def test_the_demonstration_says_the_same_log_ins_again_and_changes_nothing(office: Menling) -> None:
    before = office.rows("SELECT count(*), max(id) FROM journal_event")
    said = json.loads(office.said)
    assert office.run("demo", "--json") == office.said
    assert set(said["tokens"]) == {role.value for role in set(Role) - DERIVED}
    assert set(said) >= {"address", "company", "offices", "users", "tokens", "units", "resident", "elsewhere"}
    assert office.rows("SELECT count(*), max(id) FROM journal_event") == before


def test_the_demonstration_is_built_around_the_instant_of_the_rehearsal(office: Menling) -> None:
    ((latest, all_past),) = office.rows(f"SELECT max(reported_at) > '{REHEARSAL}'::timestamptz - interval '5 minutes',"
                                        f" max(reported_at) < '{REHEARSAL}'::timestamptz + interval '5 minutes'"
                                        " FROM journal_case WHERE kind = 'repair'")  # fmt: skip
    assert latest
    assert all_past


def test_another_demonstration_is_politely_refused(office: Menling) -> None:
    before = office.rows("SELECT count(*) FROM premises_person")
    assert "Nothing was changed" in office.run("demo", "--seed", "2")
    assert office.rows("SELECT count(*) FROM premises_person") == before


def every_row(office: Menling) -> dict[str, str]:
    """A digest of each table of the demonstration, but for what is secret or salted."""
    tables = [name for (name,) in office.rows(f"SELECT tablename FROM pg_tables WHERE tablename ~ {APPS} ORDER BY 1")]
    return {table: office.rows(f"SELECT md5(coalesce(string_agg({ROW}, ';' ORDER BY {ROW}), '')) FROM {table} t")[0][0]
            for table in tables}  # fmt: skip


def test_the_same_seed_gives_the_same_demonstration_in_every_row(office: Menling, again: Menling) -> None:
    again.run("demo", "--seed", "3", "--days", "2")
    assert every_row(again) != every_row(office)
    again.run("demo", "--reset", "--json", "--days", "4", PYTHONHASHSEED="7")
    assert every_row(again) == every_row(office)


def test_a_real_company_is_neither_filled_nor_emptied(office: Menling) -> None:
    office.change("UPDATE premises_company SET is_demo = false")
    try:
        assert "in use" in office.run("demo")
        assert "in use" in office.run("demo", "--reset", code=1)
        assert office.rows("SELECT count(*) > 0 FROM journal_event") == [(True,)]
    finally:
        office.change("UPDATE premises_company SET is_demo = true")


def test_jobs_are_listed_and_an_unknown_one_is_a_wrong_call(office: Menling) -> None:
    listed = office.run("jobs", "list")
    names = [line.split()[0] for line in listed.splitlines()]
    assert len(names) == len(set(names))
    assert set(names) >= {"sweep", "outbox", "register", "requeue", "pick_up", "callers"}
    assert "invalid choice" in office.run("jobs", "run", "nothing", code=2)
    assert "write it like" in office.run("jobs", "run", "sweep", "--at", "nine", code=2)


@pytest.mark.clause("HS-4.2.4")
def test_a_job_is_run_once_for_an_instant_and_a_second_time_does_nothing(office: Menling) -> None:
    first = office.run("jobs", "run", "register", "--at", "2026-11-21T09:00")
    assert "the register of 2026-11-20" in first
    assert first.count("delivered") == 2
    assert "nothing to do" in office.run("jobs", "run", "register", "--at", "2026-11-21T09:00")
    assert office.rows("SELECT count(*) FROM orders_registercopy WHERE day = '2026-11-20' AND delivered_at IS NOT NULL") == [(2,)]


def test_a_sweep_for_an_instant_breaks_what_is_overdue_then(office: Menling) -> None:
    assert "promises broke" in office.run("jobs", "run", "sweep", "--at", "2026-11-20T10:30")
    assert "nothing to do" in office.run("jobs", "run", "sweep", "--at", "2026-11-20T10:30")


def test_the_workers_send_what_waits_and_stop_when_told(office: Menling) -> None:
    office.change("UPDATE journal_outgoing SET sent_at = NULL WHERE id = (SELECT max(id) FROM journal_outgoing)")
    process = subprocess.Popen([sys.executable, "-m", "menling.cli.main", "jobs"], env=office.environment, text=True,
                               stdout=subprocess.PIPE, stderr=subprocess.STDOUT)  # fmt: skip
    try:
        give_up = time.monotonic() + PATIENCE
        while office.rows("SELECT 1 FROM journal_outgoing WHERE sent_at IS NULL") and time.monotonic() < give_up:
            time.sleep(0.5)
    finally:
        process.send_signal(signal.SIGTERM)
        said = process.communicate(timeout=PATIENCE)[0]
    assert process.returncode == 0, said
    assert office.rows("SELECT count(*) FROM journal_outgoing WHERE sent_at IS NULL") == [(0,)]


def test_a_backup_brings_every_row_and_file_to_an_empty_database_and_nowhere_else(office: Menling, empty: Menling) -> None:
    photo = office.data / "test" / "media" / "ab" / "cdef"
    photo.parent.mkdir(parents=True)
    photo.write_bytes(b"a picture")
    file = office.data / "kept.tar"
    office.run("backup", str(file))
    assert file.stat().st_mode & 0o077 == 0
    assert "in use" in office.run("restore", str(file), code=1)
    assert "restored" in empty.run("restore", str(file))
    for table in ("journal_event", "journal_case", "premises_person", "money_transfer", "django_migrations"):
        everything = f"SELECT md5(string_agg(t::text, ';' ORDER BY t::text)) FROM {table} t"
        assert empty.rows(everything) == office.rows(everything), table
    assert (empty.data / "test" / "media" / "ab" / "cdef").read_bytes() == b"a picture"
    with psycopg.connect(empty.dsn) as connection, pytest.raises(psycopg.errors.RestrictViolation):
        connection.execute("UPDATE journal_event SET verb = 'forged'")


def test_a_file_that_is_no_backup_is_refused_in_one_line(data: Path, scratch: Menling) -> None:
    scrap = data / "scrap.tar"
    scrap.write_text("no tar")
    assert scratch.run("restore", str(scrap), code=1) == f"menling: {scrap} is no backup of Menling\n"


def test_the_bench_measures_every_call_and_leaves_nothing_behind(data: Path) -> None:
    folder = data / "bench"
    surroundings = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    command = [sys.executable, "-m", "menling.cli.main", "bench", "--quick", "--open", "40", "--calls", "60"]
    done = subprocess.run(command, env=surroundings | {"MENLING_DATA": str(folder), "MENLING_PURPOSE": "office"},
                          capture_output=True, text=True, check=False)  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    for call in ("file", "dispatch", "arrive", "finish, free", "finish, paid"):
        assert f"\n{call} " in done.stdout
    assert not list(folder.glob("bench-*"))


@pytest.mark.long
def test_the_bench_compares_a_short_and_a_long_history_through_real_servers(data: Path) -> None:
    folder = data / "scale"
    surroundings = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "MENLING_TEST_DATABASE")}
    sizes = ["--open", "200", "--closed", "50,500", "--rounds", "1", "--calls", "16"]
    done = subprocess.run([sys.executable, "-m", "menling.cli.main", "bench", *sizes],
                          env=surroundings | {"MENLING_DATA": str(folder), "MENLING_PURPOSE": "office"},
                          capture_output=True, text=True, check=False)  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    for call in ("file", "dispatch", "finish", "board", "board page", "order", "order page", "phone", "phone list", "name"):
        assert len([line for line in done.stdout.splitlines() if line.startswith(f"{call:12}") and line[12].isspace()]) == 4
        assert f"\n{call}: cpu, times the smallest" in done.stdout
    assert "file: ops/s, 8 at once" in done.stdout
    assert not list(folder.glob("bench-*"))
