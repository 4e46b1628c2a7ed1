"""`menling restore`"""

import argparse
import json
import sys
import tarfile
import tempfile
from pathlib import Path

from django.core.management import call_command
from django.db import connection

from menling.cli.archives import DUMP, FILES, FORMAT, MANIFEST, ArchiveError, media, rows_of_tables, tool
from menling.premises.models import Company

NEEDS_DATABASE = True


def arguments(parser: argparse.ArgumentParser) -> None:
    """What from."""
    parser.add_argument("file", type=Path, help="a file that `menling backup` wrote")


def run(args: argparse.Namespace) -> int:
    """Fill an empty database from a backup, then bring its tables up to date."""
    try:
        _refuse_filled()
        rows = _restore(args.file)
    except (ArchiveError, OSError) as error:
        print(f"menling: {error}", file=sys.stderr)
        return 1
    except (tarfile.TarError, ValueError, KeyError):
        print(f"menling: {args.file} is no backup of Menling", file=sys.stderr)
        return 1
    call_command("migrate", interactive=False, verbosity=0)
    print(f"{args.file}: {rows} rows restored")
    return 0


def _refuse_filled() -> None:
    if Company._meta.db_table in connection.introspection.table_names() and Company.objects.exists():
        raise ArchiveError("this database is in use; a backup is restored into an empty one")


def _restore(file: Path) -> int:
    with tempfile.TemporaryDirectory(prefix="menling-") as folder, tarfile.open(file) as archive:
        archive.extractall(folder, filter="data")
        said = json.loads(Path(folder, MANIFEST).read_text())
        if said["format"] != FORMAT:
            raise ArchiveError(f"{file} was written by another version of Menling ({said['menling']})")
        _clear()
        tool("pg_restore", "--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction", str(Path(folder, DUMP)))
        found = rows_of_tables()
        if found != said["tables"]:
            raise ArchiveError(f"{file} is damaged: the tables do not hold what its list says")
        _copy(Path(folder, FILES))
    return sum(found.values())


def _clear() -> None:
    """Drop the empty tables: the backup brings its own."""
    with connection.cursor() as cursor:
        cursor.execute("DROP SCHEMA public CASCADE")
        cursor.execute("CREATE SCHEMA public AUTHORIZATION pg_database_owner")
        cursor.execute("GRANT USAGE ON SCHEMA public TO PUBLIC")


def _copy(files: Path) -> None:
    for path in files.rglob("*"):
        if path.is_file():
            target = media() / path.relative_to(files)
            target.parent.mkdir(parents=True, exist_ok=True)
            # `path` lies on another disk perhaps; a file is kept under the digest of its contents, so twice is once
            target.write_bytes(path.read_bytes())
