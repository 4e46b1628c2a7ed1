"""`menling backup`"""

import argparse
import json
import sys
import tarfile
import tempfile
from pathlib import Path

from django.db import connection, transaction
from django.utils.timezone import localtime

from menling.cli.archives import DUMP, FILES, MANIFEST, ArchiveError, manifest, media, tool

NEEDS_DATABASE = True


def arguments(parser: argparse.ArgumentParser) -> None:
    """Where to."""
    parser.add_argument("file", type=Path, nargs="?", help="the file to write (default: menling-<day>-<time>.tar here)")


def run(args: argparse.Namespace) -> int:
    """Write tables and files as they are at one instant into one file, whole or not at all; people may go on working."""
    target = args.file or Path(f"menling-{localtime():%Y%m%d-%H%M%S}.tar")
    draft = target.with_name(f".{target.name}.part")
    try:
        _write(draft)
    except ArchiveError as error:
        draft.unlink(missing_ok=True)
        print(f"menling: {error}", file=sys.stderr)
        return 1
    draft.replace(target)
    print(f"{target}: {target.stat().st_size >> 10} kB")
    return 0


def _write(draft: Path) -> None:
    with tempfile.TemporaryDirectory(prefix="menling-") as folder, transaction.atomic():
        dump = Path(folder, DUMP)
        tool("pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--snapshot={_snapshot()}", f"--file={dump}")
        files = [path for path in media().rglob("*") if path.is_file()] if media().is_dir() else []
        listing = Path(folder, MANIFEST)
        listing.write_text(json.dumps(manifest(len(files)), indent=1))
        draft.touch(mode=0o600)
        with tarfile.open(draft, "w") as archive:
            archive.add(listing, MANIFEST)
            archive.add(dump, DUMP)
            for path in files:
                archive.add(path, f"{FILES}/{path.relative_to(media()).as_posix()}")


def _snapshot() -> str:
    """Let the dump and the manifest see the same rows."""
    with connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        cursor.execute("SELECT pg_export_snapshot()")
        return str(cursor.fetchone()[0])
