"""`menling doctor`: what this installation has, what it lacks, and what to do about it."""

import argparse
import platform
import shutil
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from menling.doorway.astray import astray
from menling.money.awaited import mislaid
from menling.money.waiting import overlooked
from menling.premises.models import Company

NEEDS_DATABASE = True
BUNDLES = ("menling.css", "menling.js", "htmx.min.js", "tabler.min.css")
LEAST_SERVER = 150_000  # PostgreSQL 15
LEAST_ROOM = 1 << 30
NAMED = 5


class Ailment(Exception):
    """Something is missing; the message says what to do."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """No arguments."""


def run(args: argparse.Namespace) -> int:
    """Print one line for each thing looked at; 1 when one of them needs doing something about."""
    ailing = [name for name, examine in EXAMINATIONS.items() if not _told(name, examine)]
    return 1 if ailing else 0


def _told(name: str, examine: Callable[[], str]) -> bool:
    try:
        print(f"ok    {name}: {examine()}")
    except Ailment as ailment:
        print(f"!!    {name}: {ailment}")
        return False
    return True


def _python() -> str:
    return f"Python {platform.python_version()}, Django {version('Django')}"


def _server() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('server_version'), current_setting('server_version_num')::int")
        name, number = cursor.fetchone()
    if number < LEAST_SERVER:
        raise Ailment(f"PostgreSQL {name} is too old: use 15 or newer")
    return f"PostgreSQL {name} at {connection.settings_dict['HOST'] or 'its default address'}"


def _tables() -> str:
    executor = MigrationExecutor(connection)
    missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if missing:
        raise Ailment(f"{len(missing)} migrations are waiting: run `menling migrate`")
    return "up to date"


def _company() -> str:
    try:
        names = [company.name for company in Company.objects.order_by("pk")]
    except DatabaseError as error:
        raise Ailment("the tables are not there yet: run `menling migrate`") from error
    if not names:
        raise Ailment("there is none: run `menling found` (or `menling demo` to look around)")
    return ", ".join(names)


def _payments() -> str:
    """MR-23  What waits for a statement is on the list of it."""
    try:
        wrong = mislaid()
    except DatabaseError as error:
        raise Ailment("the tables are not there yet: run `menling migrate`") from error
    if wrong:
        named = ", ".join(wrong[:NAMED])
        raise Ailment(f"{len(wrong)} charges do not stand as their record says ({named}): run `menling jobs run awaited`")
    return "every payment that waits for a statement is on the list"


def _visits() -> str:
    """MR-34  What was prepaid pays for every visit that was accepted."""
    try:
        left = overlooked()
    except DatabaseError as error:
        raise Ailment("the tables are not there yet: run `menling migrate`") from error
    if left:
        named = ", ".join(left[:NAMED])
        raise Ailment(f"{len(left)} prepaid visits were accepted and never charged ({named}): "
                      "open each and take its next step, or add a note: the prepayment pays with that")  # fmt: skip
    return "every prepaid visit that was accepted is charged"


def _books() -> str:
    """HS-4.1.1.6, MR-16, MR-23, MR-25  What the books say is in a place is what the records say."""
    try:
        wrong = astray()
    except DatabaseError as error:
        raise Ailment("the tables are not there yet: run `menling migrate`") from error
    if wrong:
        named = ", ".join(f"{each.office} {each.place} holds {each.booked}, not {each.meant}" for each in wrong[:NAMED])
        raise Ailment(f"{len(wrong)} places differ from their records: {named}. Ask who had it in hand; "
                      "until it is cleared the cashier's day names it with its reason")  # fmt: skip
    return "every bag, envelope, purse and QR payment stands as its record says"


def _bundles() -> str:
    missing = [bundle for bundle in BUNDLES if not finders.find(bundle)]
    if missing:
        raise Ailment(f"{', '.join(missing)} not built: run `make assets`")
    return "built"


def _words() -> str:
    missing = [po for folder in settings.LOCALE_PATHS for po in Path(folder).rglob("*.po") if _stale(po)]
    if missing:
        raise Ailment(f"{len(missing)} catalogues not compiled: run `make words`")
    return ", ".join(code for code, _ in settings.LANGUAGES)


def _stale(po: Path) -> bool:
    mo = po.with_suffix(".mo")
    return not mo.exists() or mo.stat().st_mtime < po.stat().st_mtime


def _room() -> str:
    home = Path(settings.HOME)
    free = shutil.disk_usage(home).free
    if free < LEAST_ROOM:
        raise Ailment(f"less than 1 GB is free in {home}: make room")
    return f"{home}, {free >> 30} GB free"


EXAMINATIONS: dict[str, Callable[[], str]] = {
    "programs": _python,
    "database": _server,
    "tables": _tables,
    "company": _company,
    "payments": _payments,
    "prepaid visits": _visits,
    "books": _books,
    "bundles": _bundles,
    "words": _words,
    "data": _room,
}
