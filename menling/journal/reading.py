"""Reading a case with everything a step needs of it in one plain statement, put together once for each kind."""

from collections.abc import Sequence
from functools import cache
from typing import Any, NamedTuple

from django.db.models import Model

from menling.journal.kinds import Kind
from menling.journal.models import Case, Detail
from menling.policies.values import IN_FORCE_FOR_CASE, Values, values_for
from menling.premises.statements import columns, made, rows_of

OWN_NAMES = {"case": "journal_case", "case__office": "premises_office"}
"""What the figures in force are asked by: these two rows are called as their tables."""
LOCK = 'FOR NO KEY UPDATE OF "detail", "journal_case"'
TRIES = 3
"""A row that somebody changed while we waited for it comes with the rows it pointed at before; then it is read again, locked."""


class Hop(NamedTuple):
    """A row that is read along: which row before it points there by which field and where that stands, how it is called,
    whether it may be missing, and where its columns stand."""

    holder: int
    field: str
    model: type[Model]
    table: str
    missing: bool
    first: int
    key: int
    beyond: int
    pointing: int


def read(kind: Kind, case: Case, *, lock: bool) -> Any:
    """Return the detail of a case with its related rows and the figures in force for it; with `lock` both rows are locked."""
    statement, hops = _prepared(kind.model, ("case", "case__office", *kind.related))
    for _try in range(TRIES if lock else 1):
        found = rows_of(f"{statement} {LOCK}" if lock else statement, {"case": case.pk})
        if found and not (lock and _overtaken(found[0], hops)):
            break
    if not found:
        raise kind.model.DoesNotExist(case.number)
    detail = _joined(found[0], hops)
    own = kind.model.valued_at is Detail.valued_at
    office = detail.case.office
    detail.values = Values(office, found[0][-1] or {}) if own else values_for(office, detail.valued_at)
    return detail


def _overtaken(row: tuple[Any, ...], hops: tuple[Hop, ...]) -> bool:
    """Tell whether a row points at another that did not come with it: it was changed between the look and the lock."""
    return any(row[hop.key] is None and row[hop.pointing] is not None for hop in hops[1:])


def _joined(row: tuple[Any, ...], hops: tuple[Hop, ...]) -> Any:
    objects: list[Any] = []
    for hop in hops:
        objects.append(made(hop.model, row[hop.first : hop.beyond]) if row[hop.key] is not None else None)
        if hop.field and objects[hop.holder] is not None:
            setattr(objects[hop.holder], hop.field, objects[-1])
    return objects[0]


@cache
def _prepared(model: type[Detail], related: tuple[str, ...]) -> tuple[str, tuple[Hop, ...]]:
    """Return the statement that reads a detail with its related rows, and how its columns become objects."""
    hops = [_hop(-1, "", model, "detail", 0)]
    joins, paths = [f'{model._meta.db_table} "detail"'], [""]
    for path in dict.fromkeys(part for each in related for part in _parts(each)):
        before, _, name = path.rpartition("__")
        hop = _hop(paths.index(before), name, _target(hops[paths.index(before)], name), OWN_NAMES.get(path, f"r{len(paths)}"),
                   hops[-1].beyond, hops)  # fmt: skip
        joins.append(_join(hop, hops[hop.holder]))
        hops.append(hop)
        paths.append(path)
    selected = ", ".join(columns(hop.model, hop.table) for hop in hops)
    statement = f"SELECT {selected}, {IN_FORCE_FOR_CASE} FROM {' '.join(joins)}"  # noqa: S608  # names of columns
    return f'{statement} WHERE "detail"."{model._meta.pk.column}" = %(case)s', tuple(hops)


def _parts(path: str) -> list[str]:
    """Return the ways to the rows on a path: to case__office leads case."""
    names = path.split("__")
    return ["__".join(names[: count + 1]) for count in range(len(names))]


def _target(holder: Hop, name: str) -> type[Model]:
    target: type[Model] = holder.model._meta.get_field(name).related_model  # type: ignore[assignment]  # a foreign key has one
    return target


def _hop(holder: int, field: str, model: type[Model], table: str, first: int, before: Sequence[Hop] = ()) -> Hop:
    """Return a hop; its row may be missing where its field may be empty, or the row before it is missing."""
    fields = model._meta.concrete_fields
    empty = bool(before) and (before[holder].missing or before[holder].model._meta.get_field(field).null)
    key, beyond = first + fields.index(model._meta.pk), first + len(fields)
    return Hop(holder, field, model, table, empty, first, key, beyond, _pointing(before[holder], field) if before else key)


def _pointing(holder: Hop, field: str) -> int:
    fields = holder.model._meta.concrete_fields
    return holder.first + fields.index(holder.model._meta.get_field(field))


def _join(hop: Hop, holder: Hop) -> str:
    how = "LEFT JOIN" if hop.missing else "JOIN"
    pointing = holder.model._meta.get_field(hop.field).column  # type: ignore[union-attr]  # a foreign key has one
    own = hop.model._meta.pk.column
    return f'{how} {hop.model._meta.db_table} "{hop.table}" ON "{hop.table}"."{own}" = "{holder.table}"."{pointing}"'
