"""Open orders by the thousand: copies of orders that commands made, row by row and column by column."""

import json
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

from django.db import connection
from psycopg.types.range import Range

from menling.bench.town import Town
from menling.journal.models import Case
from menling.journal.when import When
from menling.kinds import KINDS
from menling.premises.actors import staff_actor
from menling.reactions import perform

STAGES = {"reported": 0, "accepted": 1, "dispatched": 2, "on_site": 3}
"""Status and how many steps after the report lead to it."""
STEPS = ("accept", "dispatch", "arrive")
SLOT = timedelta(minutes=31)
TABLES = {
    "journal_case": "id", "orders_order": "case_id", "journal_event": "case_id", "journal_deadline": "case_id",
    "orders_visit": "order_id", "journal_outgoing": "case_id",
}  # fmt: skip
"""Tables an open order has rows in, and the column with the id of its case."""
COMMANDS = "journal_command"

Row = dict[str, Any]


def load(town: Town, count: int, begin: datetime) -> None:
    """Load `count` open orders, a quarter at each stage, reported from `begin` on; the statistics are fresh then."""
    originals = [_original(town, stage, steps, begin) for stage, steps in STAGES.items()]
    templates = [_rows_of(case) for case in originals]
    numbers = _numbers(originals[0], count)
    copies = [_Copy(town, templates[at % len(templates)], originals[at % len(originals)], at, case_id, numbers[at])
              for at, case_id in enumerate(_case_ids(count))]  # fmt: skip
    for table in (*TABLES, COMMANDS):
        _write(table, [row for copy in copies for row in copy.rows(table)])
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _original(town: Town, stage: str, steps: int, begin: datetime) -> Case:
    """Take the real steps to a stage, by the worker of its own place in the crew."""
    kind, desk = KINDS["repair"], staff_actor(town.desk, begin.date())
    worker = town.crew[steps]
    facts = {"unit": town.units[0].code, "reporter": "测量", "phone": "14000000001", "content": "厨房下水堵塞"}
    number = perform(kind.openings["file"], town.office, kind=kind, by=desk, at=When(begin, begin), key=f"{stage}:file",
                     facts=facts).body["number"]  # fmt: skip
    case = Case.objects.get(number=number)
    for verb in STEPS[:steps]:
        by = staff_actor(worker, begin.date()) if verb == "arrive" else desk
        perform(kind.commands[verb], case, kind=kind, by=by, at=When(begin, begin), key=f"{stage}:{verb}",
                facts={"worker": worker.number} if verb == "dispatch" else {})  # fmt: skip
    case.refresh_from_db()
    return case


def _rows_of(case: Case) -> dict[str, list[Row]]:
    rows = {table: _fetched(f"SELECT * FROM {table} WHERE {key} = %s ORDER BY 1", [case.pk])  # noqa: S608  # our own names
            for table, key in TABLES.items()}  # fmt: skip
    return rows | {COMMANDS: _fetched(f"SELECT * FROM {COMMANDS} WHERE key LIKE %s", [f"{case.status}:%"])}  # noqa: S608


def _fetched(query: str, values: list[str | int]) -> list[Row]:
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        names = [column.name for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def _numbers(original: Case, count: int) -> list[str]:
    """Draw the numbers from the register's own counter."""
    last = _fetched("UPDATE journal_counter SET last = last + %s WHERE register = 'repair' RETURNING last", [count])[0]["last"]
    prefix = original.number[:-5]
    return [f"{prefix}{number:05d}" for number in range(last - count + 1, last + 1)]


def _case_ids(count: int) -> list[int]:
    draw = "SELECT nextval(pg_get_serial_sequence('journal_case', 'id')) AS id FROM generate_series(1, %s)"
    return [row["id"] for row in _fetched(draw, [count])]


class _Copy:
    """One order like its original: other id and number, home and worker, and a later time."""

    def __init__(self, town: Town, template: dict[str, list[Row]], original: Case, at: int, case_id: int, number: str) -> None:
        self.template, self.original, self.case_id, self.number = template, original, case_id, number
        worker = town.crew[at % len(town.crew)]
        self.shift = SLOT * (1 + at // len(town.crew))
        self.new: Row = {"unit_id": town.units[at % len(town.units)].pk, "worker_id": worker.pk, "staff_id": worker.pk,
                         "assignee_id": worker.pk}  # fmt: skip
        sent = next((each for each in town.crew if each.pk == original.assignee_id), worker)
        self.said: tuple[tuple[str, str], ...] = (
            (original.number, number), (sent.number, worker.number), (sent.name, worker.name),
        )  # fmt: skip

    def rows(self, table: str) -> Iterator[Row]:
        """Return the rows of the copy in a table, without ids the database gives."""
        for row in self.template[table]:
            copied = {name: self._value(name, value) for name, value in row.items()}
            if table == "journal_case":
                copied |= {"id": self.case_id, "number": self.number}
            else:
                copied.pop("id", None)
            yield copied

    def _value(self, name: str, value: Any) -> Any:
        if name in {"case_id", "order_id"}:
            return self.case_id
        if name == "key" and ":" in str(value):
            return f"{self.case_id}:{value}"
        if name in self.new and value is not None:
            return self.new[name]
        return self._shifted(value)

    def _shifted(self, value: Any) -> Any:
        if isinstance(value, datetime):
            return value + self.shift
        if isinstance(value, Range) and value.lower and value.upper:
            return Range(value.lower + self.shift, value.upper + self.shift)
        return self._told(value) if isinstance(value, str) and value.startswith(("{", "[")) else value

    def _told(self, document: str) -> str:
        """Return a JSON document about the copy: its number, its worker, its times."""
        return json.dumps(_mapped(json.loads(document), self._text), ensure_ascii=False)

    def _text(self, text: str) -> str:
        try:
            return (datetime.fromisoformat(text) + self.shift).isoformat()
        except ValueError:
            for old, new in self.said:
                text = text.replace(old, new)
            return text


def _mapped(value: Any, change: Callable[[str], str]) -> Any:
    if isinstance(value, dict):
        return {name: _mapped(each, change) for name, each in value.items()}
    if isinstance(value, list):
        return [_mapped(each, change) for each in value]
    return change(value) if isinstance(value, str) else value


def _write(table: str, rows: list[Row]) -> None:
    if not rows:
        return
    columns = list(rows[0])
    with connection.cursor() as cursor, cursor.copy(f"COPY {table} ({', '.join(columns_quoted(columns))}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row([row[name] for name in columns])


def columns_quoted(columns: list[str]) -> list[str]:
    """Return column names as SQL wants them; one of ours is called `values`."""
    return [connection.ops.quote_name(name) for name in columns]
