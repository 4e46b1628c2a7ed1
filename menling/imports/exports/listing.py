"""What a list for export is, and writing one."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import BinaryIO

from django.db.models import QuerySet
from django.utils.timezone import localtime
from django.utils.translation import gettext

from menling.doorway.language import said
from menling.imports.cells import Field
from menling.journal.cases import visible_to
from menling.journal.models import Case
from menling.kernel.actor import Actor
from menling.kernel.roles import Role
from menling.premises.models import Office
from menling.printing.excel import write_list
from menling.printing.facts import Column, Kind, RegisterFacts, Row


@dataclass(frozen=True)
class Scope:
    """What is exported: whose office, who asks, when, which day (for lists of a day), and only open cases or all."""

    office: Office
    by: Actor
    now: datetime
    day: date
    open_only: bool = False


@dataclass(frozen=True)
class Export:
    """A list: its name in addresses, its title, its columns (key, title, width, kind), its rows, and who may have it."""

    name: str
    title: str
    columns: tuple[tuple[str, str, float, Kind], ...]
    rows: Callable[[Scope], Iterable[Row]]
    readers: frozenset[Role]


def cases_of(scope: Scope, *kinds: str) -> QuerySet[Case]:
    """Return the cases of these kinds that are exported: of the office, visible to who asks, all or the open ones."""
    rows = visible_to(scope.by).filter(office=scope.office, kind__in=kinds)
    return rows.filter(closed_at__isnull=True) if scope.open_only else rows


def local(at: datetime | None) -> datetime | None:
    """Return an instant on the clock of the office, as a cell shows it."""
    return None if at is None else localtime(at)


def status_of(case: Case) -> str:
    """Return where a case stands, in the reader's language."""
    return said(case.procedure.status_title(case.status))


def columns_of(fields: Iterable[Field]) -> tuple[tuple[str, str, float, Kind], ...]:
    """Return the columns of an import's template, so that what was exported can be brought back."""
    return tuple((each.key, each.title, each.width / 2, Kind.TEXT) for each in fields)


def write(export: Export, scope: Scope, into: BinaryIO) -> int:
    """Write a list as a workbook in the reader's language; return how many rows it has."""
    columns = [Column(key, gettext(title), width, kind) for key, title, width, kind in export.columns]
    facts = RegisterFacts(
        title=gettext(export.title), office=scope.office.name, company=scope.office.company.name,
        period=f"{localtime(scope.now):%Y-%m-%d %H:%M}", columns=columns, rows=(),
    )  # fmt: skip
    return write_list(facts, export.rows(scope), into)
