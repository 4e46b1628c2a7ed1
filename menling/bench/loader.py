"""Orders by the million: copies of orders that commands made, row by row and column by column, written by the database itself."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.apps import apps
from django.db import connection
from django.db.models import Model

from menling.bench.copying import Copying, literal
from menling.bench.plays import Play, Script
from menling.bench.town import Team

ROOMS = ("journal", "orders", "money")
SLOT = timedelta(minutes=31)
APART = timedelta(hours=2)
WEEKS = 150
"""Closed orders lie up to so many weeks behind their originals: whole weeks, so that every promise falls as it fell."""
CHUNK = 2000
PAST_OF_HOME = 50
"""A home that was served at all has at least so many closed orders, as many as a list shows on one page."""
MANY = 50_000
"""From so many copies on it is faster to build the indexes afterwards."""
OF_CASE = {"journal_event": "case_id", "journal_deadline": "case_id", "journal_outgoing": "case_id", "orders_visit": "order_id",
           "money_transfer": "case_id", "money_statementline": "charge_id"}  # fmt: skip
COMMANDS = """SELECT * FROM journal_command
WHERE answer ->> 'number' IN (SELECT number FROM journal_case WHERE id = ANY(%s)) ORDER BY id"""
REGISTERS = {"R": "repair", "C": "charge", "S": "settlement", "P": "receipt"}


@dataclass(frozen=True)
class Original:
    """An order made by commands: who and where it was, its cases, and its rows in every table."""

    play: Play
    cases: list[int]
    rows: dict[type[Model], list[dict[str, Any]]]


def load_open(teams: Sequence[Team], scripts: Sequence[Script], count: int, begin: datetime) -> None:
    """Load `count` orders, reported from `begin` on; a worker has one of them in a slot of half an hour."""
    seats = sum(len(team.crew) for team in teams)
    shift = f"interval '1 day' + {literal(SLOT)} * ({len(scripts)} * (k / {seats}) + %s)"
    begins = [begin - timedelta(days=1)] * len(scripts)
    _seat(teams, max(len(team.homes) for team in teams))
    _load(teams, scripts, count, begins, [shift % at for at in range(len(scripts))])


def load_closed(
    teams: Sequence[Team], scripts: Sequence[Script], count: int, begin: datetime, *, weeks: int = WEEKS, homes: int = 0
) -> None:
    """Load `count` orders of the `weeks` before `begin`, of the first `homes` of each office, or of those `served`."""
    shift = f"interval '-1 week' * (1 + (k * 37) % {weeks})"
    begins = [begin + APART * at for at in range(len(scripts))]
    _seat(teams, homes or served(teams, count))
    _load(teams, scripts, count, begins, [shift] * len(scripts))


def served(teams: Sequence[Team], closed: int) -> int:
    """Return how many homes of an office, the first ones, so many closed orders are spread over.

    Answers about a home are then equally long however long the history is.
    """
    return min(max(1, closed // (len(teams) * PAST_OF_HOME)), *(len(team.homes) for team in teams))


def _load(
    teams: Sequence[Team], scripts: Sequence[Script], count: int, begins: Sequence[datetime], shifts: Sequence[str]
) -> None:
    originals = [original(teams[0], script, begin, f"original-{begin:%j%H%M}-{at}", at)
                 for at, (script, begin) in enumerate(zip(scripts, begins, strict=True))]  # fmt: skip
    shares = [len(range(at, count, len(scripts))) for at in range(len(scripts))]
    with _unchecked(), _indexes_later(count):
        for at, (template, share, shift) in enumerate(zip(originals, shares, shifts, strict=True)):
            copying = Copying(template.play, template.cases, _serials(share), _case_ids(share * len(template.cases)))
            for first in range(0, share, CHUNK):
                _run(copying.seats(first, min(first + CHUNK, share), 13 * at, shift))
                for model, rows in template.rows.items():
                    _run(copying.insert(model, rows))
    _run("DROP TABLE seat; DROP TABLE home; DROP TABLE IF EXISTS copy")


def original(team: Team, script: Script, begin: datetime, key: str, at: int = 0) -> Original:
    """Let commands make an order and return it with its rows."""
    play = Play(team, team.homes[at], team.crew[at], begin, key)
    script(play)
    cases = family_of(play.cases[0].pk)
    return Original(play, cases, dict(rows_of(cases)))


def family_of(case: int) -> list[int]:
    """Return the ids of an order and of its money, the order first."""
    return [row["id"] for row in fetched("SELECT id FROM journal_case WHERE %s IN (id, parent_id) ORDER BY id", [case])]


def rows_of(cases: list[int]) -> Iterator[tuple[type[Model], list[dict[str, Any]]]]:
    """Return the rows of an order and its money in every table, each by the names of its columns."""
    for model in (each for room in ROOMS for each in apps.get_app_config(room).get_models() if not each._meta.proxy):
        table, first = model._meta.db_table, model._meta.pk.column
        if table == "journal_command":
            rows = fetched(COMMANDS, [cases])
        else:
            column = "id" if table == "journal_case" else "case_id" if first == "case_id" else OF_CASE.get(table)
            rows = fetched(f"SELECT * FROM {table} WHERE {column} = ANY(%s) ORDER BY {first}", [cases]) if column else []  # noqa: S608
        if rows:
            yield model, rows


def fetched(query: str, values: Sequence[Any] = ()) -> list[dict[str, Any]]:
    """Return the rows of a query, each by the names of its columns."""
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        names = [column.name for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def _run(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def _seat(teams: Sequence[Team], homes: int) -> None:
    """Write down who works where, and who lives in the first homes of each office, for the copies to choose from."""
    staff = ("desk", "lead", "service", "finance", "worker")
    columns = ", ".join(f"{who}_id bigint, {who}_number text, {who}_name text" for who in staff)
    _run(f"CREATE TEMP TABLE seat (n bigint PRIMARY KEY, office_id bigint, office_code text, {columns})")
    _run("CREATE TEMP TABLE home (office_id bigint, n bigint, unit_id bigint, unit_code text, person_id bigint,"
         " person_name text, phone text, PRIMARY KEY (office_id, n))")  # fmt: skip
    places = [(team, worker) for turn in range(max(len(team.crew) for team in teams)) for team in teams
              for worker in team.crew[turn : turn + 1]]  # fmt: skip
    with connection.cursor() as cursor, cursor.copy("COPY seat FROM STDIN") as copy:
        for n, (team, worker) in enumerate(places):
            people = (team.desk, team.lead, team.service, team.finance, worker)
            known = [part for each in people for part in (each.pk, each.number, each.name)]
            copy.write_row([n, team.office.pk, team.office.code, *known])
    with connection.cursor() as cursor, cursor.copy("COPY home FROM STDIN") as copy:
        for team in teams:
            for n, home in enumerate(team.homes[:homes]):
                copy.write_row([team.office.pk, n, home.unit.pk, home.unit.code, home.person.pk, home.person.name, home.phone])


def _serials(share: int) -> dict[str, int]:
    """Draw numbers for the copies from the counters of every office; return the last one given before, by letter."""
    found = fetched("SELECT register, max(last) AS last FROM journal_counter GROUP BY register")
    before = {row["register"]: row["last"] for row in found}
    _run("INSERT INTO journal_counter (office_id, register, year, last) SELECT o.id, c.register, c.year, 0 FROM premises_office o"
         " CROSS JOIN (SELECT DISTINCT register, year FROM journal_counter) c ON CONFLICT DO NOTHING")  # fmt: skip
    for register, last in before.items():
        with connection.cursor() as cursor:
            cursor.execute("UPDATE journal_counter SET last = %s WHERE register = %s", [last + share, register])
    return {letter: before[register] for letter, register in REGISTERS.items() if register in before}


def _case_ids(count: int) -> int:
    """Keep ids for the cases of the copies free; return the last one taken before."""
    name = "pg_get_serial_sequence('journal_case', 'id')"
    last: int = fetched(f"SELECT nextval({name}) AS id")[0]["id"]
    _run(f"SELECT setval({name}, {last + count})")
    return last


@contextmanager
def _unchecked() -> Iterator[None]:
    """Where the database lets us, leave out the checks of foreign keys: the copies point where their originals point."""
    allowed = fetched("SELECT has_parameter_privilege('session_replication_role', 'SET') AS allowed")[0]["allowed"]
    if allowed:
        _run("SET session_replication_role = replica")
    try:
        yield
    finally:
        if allowed:
            _run("SET session_replication_role = origin")


@contextmanager
def _indexes_later(count: int) -> Iterator[None]:
    """Drop the indexes no foreign key needs, where there is much to load, and build them again when everything is there."""
    tables = f"^({'|'.join(ROOMS)})_"
    unique = fetched(UNIQUE, [tables]) if count >= MANY else []
    plain = fetched(PLAIN, [tables]) if count >= MANY else []
    for row in unique:
        _run(f"ALTER TABLE {row['tablename']} DROP CONSTRAINT {row['name']}")
    for row in plain:
        _run(f"DROP INDEX {row['name']}")
    yield
    _run("SET maintenance_work_mem = '512MB'")
    for row in unique:
        _run(f"ALTER TABLE {row['tablename']} ADD CONSTRAINT {row['name']} {row['definition']}")
    for row in plain:
        _run(row["definition"])
    _run("RESET maintenance_work_mem")


UNIQUE = """
SELECT conrelid::regclass::text AS tablename, conname AS name, pg_get_constraintdef(oid) AS definition FROM pg_constraint c
WHERE contype = 'u' AND conrelid::regclass::text ~ %s AND conrelid <> 'journal_counter'::regclass
    AND NOT EXISTS (SELECT 1 FROM pg_constraint f WHERE f.conindid = c.conindid AND f.contype = 'f')
"""
PLAIN = """
SELECT indexname AS name, indexdef AS definition FROM pg_indexes WHERE tablename ~ %s AND indexdef NOT LIKE 'CREATE UNIQUE%%'
AND NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conname = indexname)
"""
