"""The facts a command needs, read off its signature: what a door must ask for, and a strict reader of what came."""

import inspect
import json
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import Any, TypeVar, get_args, get_type_hints

from pydantic import BaseModel, ConfigDict, ValidationError, create_model

from menling.kernel.words import _

Read = TypeVar("Read", bound=BaseModel)
FIGURE = re.compile(r"[+-]?[0-9.]+")
NOT_FACTS = {"by", "at", "received_at"}
TRIED = {"int", "str"}


class Malformed(Exception):
    """Facts that cannot be read. `errors` is a list of {"path", "message"}; `clause` is what demands those that are missing."""

    def __init__(self, errors: list[dict[str, str]], clause: str = "") -> None:
        self.errors, self.clause = errors, clause
        super().__init__("; ".join(f"{each['path']}: {each['message']}" for each in errors))

    def demanded_by(self, clause: str) -> "Malformed":
        """Return the same where nothing is wrong but that facts are missing, with the clause of the step that asks for them."""
        return Malformed(self.errors, clause if all(each.get("type") == "missing" for each in self.errors) else "")


class Facts(BaseModel):
    """Base of every command's facts: unknown fields are errors, texts are bounded."""

    model_config = ConfigDict(extra="forbid", str_max_length=10_000)


class Envelope(BaseModel):
    """What may accompany the facts of any step: its times, and for whom somebody else writes it down."""

    model_config = ConfigDict(extra="forbid")
    happened_at: datetime | None = None
    sent_at: datetime | None = None
    on_behalf_of: str = ""
    source: str = ""


ACCOMPANY = tuple(Envelope.model_fields)


def alone(body: Mapping[str, Any]) -> dict[str, Any]:
    """Return the facts of a step without what accompanied them."""
    return {name: value for name, value in body.items() if name not in ACCOMPANY}


@cache
def facts_model(command: Callable[..., Any]) -> type[Facts]:
    """Return the model of a command's facts: its keyword-only parameters, required where they have no default."""
    hints = get_type_hints(command, include_extras=True)
    fields: dict[str, Any] = {}
    for name, parameter in inspect.signature(command).parameters.items():
        if parameter.kind is parameter.KEYWORD_ONLY and name not in NOT_FACTS:
            default = ... if parameter.default is parameter.empty else parameter.default
            fields[name] = (hints[name], default)
    return create_model(f"{command.__name__}_facts", __base__=Facts, **fields)


def read_facts(command: Callable[..., Any], given: Mapping[str, Any], *, exact: bool = False) -> dict[str, Any]:
    """Return typed facts. Errors: `Malformed` with the path of every field that is missing, unknown or wrong.

    A form sends every figure as text; where `exact` says that JSON came, nothing is taken for another type.
    """
    try:
        read = validated(facts_model(command), given, exact=exact)
    except ValidationError as error:
        raise Malformed(misread(error)) from error
    flaws = [flaw for name, value in read for flaw in _flaws(name, value)]
    if flaws:
        raise Malformed(flaws)
    return {name: getattr(read, name) for name in type(read).model_fields}


def misread(error: ValidationError) -> list[dict[str, str]]:
    """Return what `Malformed` says of fields that cannot be read; what is no JSON at all has no field, but a body."""
    return [
        {"path": _path(each["loc"]) or "body", "message": each["msg"], "type": each["type"]}
        for each in error.errors(include_url=False, include_context=False, include_input=False)
    ]


@cache
def _times(model: type[BaseModel]) -> tuple[str, ...]:
    return tuple(
        name for name, field in model.model_fields.items() if datetime in (field.annotation, *get_args(field.annotation))
    )


def validated(model: type[Read], given: Mapping[str, Any], *, exact: bool) -> Read:
    """Return what was given as `model`; with `exact` as JSON types it: a 1 is no yes, a true no id, a number no time.

    Errors: pydantic's `ValidationError`; `Malformed` for a bare figure in place of a time, which is not counted as seconds.
    """
    figures = [name for name in _times(model) if isinstance(given.get(name), str) and FIGURE.fullmatch(given[name].strip())]
    if figures:
        written = _("a time is written like 2026-11-23T14:30:00+08:00")
        raise Malformed([{"path": name, "message": written, "type": "figure"} for name in figures])
    return model.model_validate_json(json.dumps(dict(given)), strict=True) if exact else model.model_validate(dict(given))


def _path(where: tuple[int | str, ...]) -> str:
    """Return the path of a field as its sender knows it, without the type that was tried for it: unit, items.0.code."""
    inner = [part for part in where[1:] if isinstance(part, int) or (part.isidentifier() and part not in TRIED)]
    return ".".join(str(part) for part in (*where[:1], *inner))


def _flaws(path: str, value: Any) -> Iterator[dict[str, str]]:
    """Yield what no type says: texts a database cannot hold, times without zone or out of this world."""
    if isinstance(value, str) and "\0" in value:
        yield {"path": path, "message": _("the text holds a NUL character"), "type": "nul"}
    elif isinstance(value, datetime) and value.tzinfo is None:
        yield {"path": path, "message": _("the time needs a time zone"), "type": "naive"}
    elif isinstance(value, date) and not 2000 <= value.year < 2200:
        yield {"path": path, "message": _("the year lies outside 2000 to 2199"), "type": "far"}
    elif isinstance(value, (BaseModel, list, tuple)):
        for name, part in value if isinstance(value, BaseModel) else enumerate(value):
            yield from _flaws(f"{path}.{name}", part)


@cache
def asked_for(command: Callable[..., Any]) -> tuple[list[str], list[str]]:
    """Return the names of the required and of the optional facts of a command, found once: they are read, never changed."""
    fields = facts_model(command).model_fields
    required = [name for name, field in fields.items() if field.is_required()]
    return required, [name for name in fields if name not in required]


@cache
def schema(command: Callable[..., Any]) -> dict[str, Any]:
    """Return the JSON schema of a command's facts, whole in itself, made once: it is read, never changed."""
    made = facts_model(command).model_json_schema()
    whole: dict[str, Any] = _inlined({name: part for name, part in made.items() if name != "$defs"}, made.get("$defs", {}))
    return whole


def _inlined(node: Any, definitions: Mapping[str, Any]) -> Any:
    """Put what a schema points at into its place: where only a part of it is told, nothing points outside that part."""
    if isinstance(node, dict):
        if "$ref" in node:
            return _inlined(definitions[node["$ref"].rsplit("/", 1)[1]], definitions)
        return {name: _inlined(value, definitions) for name, value in node.items()}
    return [_inlined(each, definitions) for each in node] if isinstance(node, list) else node


__all__ = [
    "ACCOMPANY", "Decimal", "Envelope", "Malformed", "alone", "asked_for", "facts_model", "misread", "read_facts", "schema",
    "validated",
]  # fmt: skip
