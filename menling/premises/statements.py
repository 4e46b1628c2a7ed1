"""Plain statements for what every request asks: no query is put together anew, and rows come as the database keeps them."""

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models import Model
from psycopg.pq import Format

Row = TypeVar("Row", bound=Model)


def rows_of(statement: str, values: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    """Return the rows of a statement, which are not written out as text and read again on their way; times are aware.

    For numbers, texts, times, truths and lists of them; of a document ask for its text.
    """
    with connection.cursor() as cursor:
        cursor.cursor.format = Format.BINARY
        cursor.execute(statement, values)
        found: list[tuple[Any, ...]] = cursor.fetchall()
        return found


def shortened(statement: str) -> str:
    """Return a statement without its comments and margins: how to send one of up to 4096 characters is worked out only once."""
    lines = (line.strip() for line in statement.splitlines())
    return "\n".join(line for line in lines if line and not line.startswith("--"))


def columns(model: type[Model], table: str) -> str:
    """Return the columns of a model for a statement in which its table is called `table`."""
    return ", ".join(f'{table}."{each.column}"' for each in model._meta.concrete_fields)


def made(model: type[Row], values: Sequence[Any]) -> Row:
    """Return the object of a row that was read with `columns`."""
    return model.from_db(DEFAULT_DB_ALIAS, [each.attname for each in model._meta.concrete_fields], values)


class Joined:
    """Several tables in one statement: `columns` names what is read of them, `parts` makes the objects of a row.

    Given are the models by the names of their tables in the statement. What comes after these columns in a row is left as it is.
    """

    def __init__(self, **tables: type[Model]) -> None:
        self.columns = ", ".join(columns(model, table) for table, model in tables.items())
        self._models = [(model, [each.attname for each in model._meta.concrete_fields]) for model in tables.values()]

    def parts(self, row: Sequence[Any]) -> list[Any]:
        """Return the objects of a row, None for a table that was joined to nothing, then what else the row tells."""
        found: list[Any] = []
        at = 0
        for model, names in self._models:
            values, at = row[at : at + len(names)], at + len(names)
            found.append(None if values[0] is None else model.from_db(DEFAULT_DB_ALIAS, names, values))
        return [*found, *row[at:]]
