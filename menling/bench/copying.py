"""One row of an original as SQL that writes the row of any copy: other ids and numbers, other people and homes, other times."""

import json
import re
from datetime import date, datetime, time
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import connection
from django.db.models import Field, ForeignKey, JSONField, Model, OneToOneField
from psycopg import sql
from psycopg.types.range import Range

from menling.bench.plays import Play
from menling.journal.models import Case
from menling.premises.models import Office, Person, Staff, Unit

PLACES = ("income", "bank", "safe", "unconfirmed")
"""Where the money of an office lies, each named with the id of the office."""
STAFF_COLUMNS = frozenset({"assignee_id", "staff_id", "collector_id", "worker"})
"""Columns, and words of documents, that hold the id of somebody on the staff without being a foreign key."""
MARK = "\x01"


def literal(value: object) -> str:
    """Return a value as SQL writes it."""
    return sql.Literal(value).as_string(connection.connection)


class Copying:
    """How the rows of one original become those of its copies, whose people, homes and shifts stand in the table `copy`."""

    def __init__(self, play: Play, cases: list[int], serials: dict[str, int], last_case: int) -> None:
        self.play, self.cases, self.serials, self.last_case = play, cases, serials, last_case
        team, home = play.team, play.home
        self.staff = {"desk": team.desk, "lead": team.lead, "service": team.service, "finance": team.finance,
                      "worker": play.worker}  # fmt: skip
        self.ids: dict[type[Model], dict[int, str]] = {
            Case: {case: f"{last_case} + k * {len(cases)} + {at}" for at, case in enumerate(cases, 1)},
            Staff: {each.pk: f"{who}_id" for who, each in self.staff.items()},
            Office: {team.office.pk: "office_id"}, Unit: {home.unit.pk: "unit_id"}, Person: {home.person.pk: "person_id"},
        }  # fmt: skip
        self.said: dict[str, str] = {home.person.name: "person_name", home.phone: "phone", home.unit.code: "unit_code"}
        for who, each in self.staff.items():
            self.said |= {each.number: f"{who}_number", each.name: f"{who}_name"}
        self.whole = {f"staff:{each.pk}": f"'staff:' || {who}_id" for who, each in self.staff.items()}
        self.whole[f"resident:{home.person.pk}"] = "'resident:' || person_id"
        self.whole |= {f"{place}:{team.office.pk}": f"'{place}:' || office_id" for place in PLACES}
        self.number = re.compile(rf"{team.office.code}-([A-Z])(\d\d)-(\d{{5,}})")
        self.words = re.compile("|".join(re.escape(word) for word in sorted(self.said, key=len, reverse=True)))

    def seats(self, first: int, beyond: int, turn: int, shift: str) -> str:
        """Return the SQL that gives the copies from `first` to before `beyond` their people, home and shift."""
        statement = (
            "SELECT k, s.*, h.unit_id, h.unit_code, h.person_id, h.person_name, h.phone, {shift} AS shift,"
            " ({begin}::timestamp + {shift})::date - {begin}::date AS days"
            " FROM generate_series({first}, {last}) k JOIN seat s ON s.n = (k + {turn}) % (SELECT count(*) FROM seat)"
            " JOIN home h ON h.office_id = s.office_id"
            " AND h.n = ((k::bigint + {turn}) / (SELECT count(DISTINCT office_id) FROM seat) * 7919 + {turn})"
            " % (SELECT count(*) FROM home WHERE office_id = s.office_id) ORDER BY k"
        )
        begin = literal(self.play.begin.replace(tzinfo=None))
        chosen = statement.format(shift=shift, begin=begin, first=first, last=beyond - 1, turn=turn)
        return f"DROP TABLE IF EXISTS copy; CREATE TEMP TABLE copy AS {chosen}"

    def insert(self, model: type[Model], rows: list[dict[str, Any]]) -> str:
        """Return the SQL that writes the copies of some rows of a table, those of one case side by side."""
        fields = [each for each in model._meta.concrete_fields if each.column in rows[0] and self._kept(model, each)]
        names = ", ".join(connection.ops.quote_name(str(each.column)) for each in fields)
        values = ", ".join(
            f"({', '.join(f'({self._value(each, row[str(each.column)])})::{_type(each)}' for each in fields)})" for row in rows
        )
        return f"INSERT INTO {model._meta.db_table} ({names}) SELECT v.* FROM copy, LATERAL (VALUES {values}) v"  # noqa: S608

    @staticmethod
    def _kept(model: type[Model], column: "Field[Any, Any]") -> bool:
        """The database gives an id of its own, except to a case, whose id others hold."""
        return model is Case or not (column.primary_key and column.column == "id")

    def _value(self, column: "Field[Any, Any]", value: Any) -> str:
        if value is None:
            return "NULL"
        target = _target(column)
        mapped = self.ids.get(target, {}) if target else {}
        if column.column in STAFF_COLUMNS:
            mapped = self.ids[Staff]
        if isinstance(value, int) and value in mapped:
            return mapped[value]
        if column.column == "key" and column.model._meta.db_table == "journal_command":
            return f"'copy-' || {self.last_case} || '-' || k || ':' || {literal(value)}"
        if isinstance(column, JSONField):
            return self._document(json.loads(value) if isinstance(value, str) else value)
        return self._plain(value)

    def _plain(self, value: Any) -> str:
        if isinstance(value, datetime):
            whole_days = value.astimezone(self.play.begin.tzinfo).time() == time.max  # the end of a day stays one
            return f"{literal(value)}::timestamptz + {'make_interval(days => days)' if whole_days else 'shift'}"
        if isinstance(value, date):
            return self._day(value)
        if isinstance(value, Range):
            return f"tstzrange({literal(value.lower)}::timestamptz + shift, {literal(value.upper)}::timestamptz + shift)"
        return self.text(value) if isinstance(value, str) else literal(value)

    def _day(self, day: date) -> str:
        """Return SQL for a day; one of a later year is kept so many years on, whatever leap days lie between."""
        years = day.year - self.play.begin.year
        return f"({literal(day.replace(year=self.play.begin.year))}::date + days + interval '{years} years')::date"

    def text(self, text: str) -> str:
        """Return SQL for a text about the copy: its numbers, people and home for those of the original."""
        if text in self.whole:
            return self.whole[text]
        found: list[str] = []
        return _joined(self._told(text, found), found)

    def _told(self, text: str, found: list[str]) -> str:
        marked = self.number.sub(lambda match: _mark(found, self._numbered(match)), text)
        return self.words.sub(lambda match: _mark(found, self.said[match[0]]), marked)

    def _numbered(self, match: "re.Match[str]") -> str:
        """Return SQL for the number of a copy's case; `serials` hold the last one given to somebody else."""
        letter, year = match[1], f"to_char({literal(self.play.begin.replace(tzinfo=None))}::timestamp + shift, 'YY')"
        serial = f"({self.serials[letter] + 1} + k)::text"
        return f"office_code || '-{letter}' || {year} || '-' || lpad({serial}, GREATEST(5, length({serial})), '0')"

    def _document(self, document: Any) -> str:
        found: list[str] = []
        text = json.dumps(self._marked(document, found), ensure_ascii=False).replace(json.dumps(MARK)[1:-1], MARK)
        for number in re.findall(rf'"{MARK}#(\d+){MARK}"', text):
            text = text.replace(f'"{MARK}#{number}{MARK}"', f"{MARK}{number}{MARK}")
        return _joined(text, found)

    def _marked(self, value: Any, found: list[str], name: str = "") -> Any:
        if isinstance(value, dict):
            return {each: self._marked(inner, found, each) for each, inner in value.items()}
        if isinstance(value, list):
            return [self._marked(each, found) for each in value]
        if isinstance(value, str):
            known = self.whole.get(value) or self._instant(value)
            return _mark(found, known) if known else self._told(value, found)
        if name in STAFF_COLUMNS and value in self.ids[Staff]:
            return _mark(found, self.ids[Staff][value]).replace(MARK, f"{MARK}#", 1)
        return value

    def _instant(self, text: str) -> str:
        """Return SQL for a time or day in a document, written as it was written; empty for any other text."""
        try:
            read = datetime.fromisoformat(text)
        except ValueError:
            return ""
        if len(text) <= len("2026-11-20"):
            return f"{self._day(read.date())}::text"
        bare, offset = text[:19], text[19:]
        assert read == datetime.fromisoformat(bare + offset)
        return f"to_char({literal(bare)}::timestamp + shift, 'YYYY-MM-DD\"T\"HH24:MI:SS') || {literal(offset)}"


def _target(column: "Field[Any, Any]") -> type[Model] | None:
    """Return the model whose id a column holds, None for any other column; a detail shares the id of its case."""
    model = column.model if column.primary_key else None
    while isinstance(column, ForeignKey | OneToOneField):
        model = column.related_model
        column = model._meta.pk
    return model


def _type(column: "Field[Any, Any]") -> str:
    named = column.db_type(connection) or ""
    return named if isinstance(column, ArrayField) else named.split(" GENERATED")[0]


def _mark(found: list[str], expression: str) -> str:
    found.append(expression)
    return f"{MARK}{len(found) - 1}{MARK}"


def _joined(marked: str, found: list[str]) -> str:
    """Return the parts of a text put together: what stands there literally, and what SQL works out for each mark."""
    parts = marked.split(MARK)
    pieces = [f"({found[int(part)]})" if at % 2 else literal(part) for at, part in enumerate(parts) if at % 2 or part]
    return " || ".join(pieces) or "''"
