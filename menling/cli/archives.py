"""What `backup` writes and `restore` reads: one tar file with a manifest, a dump of the database, and the files of cases."""

import os
import pwd
import subprocess
from importlib.metadata import version
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection
from psycopg import pq
from psycopg.conninfo import make_conninfo

from menling.embedded.binaries import programs
from menling.embedded.places import Owner, Place

MANIFEST, DUMP, FILES = "manifest.json", "database.dump", "files"
FORMAT = 1


class ArchiveError(Exception):
    """A backup that cannot be made or read; the message says why."""


def tool(name: str, *arguments: str) -> None:
    """Run one of PostgreSQL's own programs on our database. Errors: `ArchiveError` with what it said."""
    user = pwd.getpwuid(os.geteuid())
    folder = programs(Place.of(settings.PURPOSE), Owner(user.pw_name, user.pw_uid, user.pw_gid))
    parameters = _libpq()
    # not on the command line, where everybody on the machine could read it
    secret = {"PGPASSWORD": str(parameters.pop("password"))} if "password" in parameters else {}
    command = [str(folder / name), f"--dbname={make_conninfo(**parameters)}", *arguments]
    done = subprocess.run(command, env=os.environ | secret, capture_output=True, text=True, check=False)
    if done.returncode:
        raise ArchiveError(f"{name}: {done.stderr.strip()}")


def _libpq() -> dict[str, Any]:
    """Return the parameters of Django's connection that libpq knows."""
    known = {option.keyword.decode() for option in pq.Conninfo.get_defaults()}
    return {name: value for name, value in connection.get_connection_params().items() if name in known and value}


def manifest(files: int) -> dict[str, Any]:
    """Return what a backup says of itself, with the number of rows in each table."""
    return {"format": FORMAT, "menling": version("menling"), "tables": rows_of_tables(), "files": files}


def rows_of_tables() -> dict[str, int]:
    """Return the number of rows in every table, as this transaction sees them."""
    with connection.cursor() as cursor:
        names = sorted(connection.introspection.table_names(cursor))
        counts = {}
        for name in names:
            cursor.execute(f"SELECT count(*) FROM {connection.ops.quote_name(name)}")  # noqa: S608  # from the catalogue
            counts[name] = cursor.fetchone()[0]
    return counts


def media() -> Path:
    """Return the folder of the files of cases."""
    return Path(settings.MEDIA_ROOT)
