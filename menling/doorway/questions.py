"""What may be asked of a list of cases: its order, its page and its filters, each read strictly and described."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from menling.journal.facts import Malformed
from menling.kinds import KINDS

SORTS = {
    "reported_at": ("reported_at", "pk"), "-reported_at": ("-reported_at", "-pk"), "filed": ("pk",), "-filed": ("-pk",),
}  # fmt: skip
"""The orders of a list: by the time of the report, or as it was written down; each is an index and ends in the id."""
NEWEST = "-reported_at"
LARGEST_PAGE = 200
ORDINARY_PAGE = 50
YES_OR_NO = {"true": True, "1": True, "false": False, "0": False}
PLAIN = ("office", "worker", "unit", "phone")
"""Filters with any text: what is not there finds nothing."""
NAMES = frozenset({"sort", "limit", "next", "kind", "open", "late", "status", *PLAIN})


@dataclass(frozen=True)
class Question:
    """One question to a list: at most `size` cases of `kinds` in the order `sort`, after the cursor `after`.

    `running` and `late` are None where nobody asked; `plain` holds the filters with a text of their own.
    """

    kinds: tuple[str, ...]
    sort: str = NEWEST
    size: int = ORDINARY_PAGE
    after: str | None = None
    running: bool | None = None
    late: bool | None = None
    statuses: tuple[str, ...] = ()
    plain: Mapping[str, str] = field(default_factory=dict)


def question(kinds: tuple[str, ...], asked: Mapping[str, Sequence[str]]) -> Question:
    """Return what was asked, by name all the values given. Errors: `Malformed` for a name no list knows, one given twice,
    and a value that means nothing."""
    errors = [_wrong(name, "lists know no such question") for name in asked if name not in NAMES]
    errors += [_wrong(name, "given more than once") for name, values in asked.items() if name in NAMES and len(values) > 1]
    if errors:
        raise Malformed(errors)
    given = {name: values[-1] for name, values in asked.items()}
    return Question(
        kinds=_each_of("kind", given, kinds) or kinds,
        sort=_one_of("sort", given, SORTS) or NEWEST,
        size=_size(given.get("limit", str(ORDINARY_PAGE))),
        after=given.get("next"),
        running=YES_OR_NO.get(_one_of("open", given, YES_OR_NO)),
        late=YES_OR_NO.get(_one_of("late", given, YES_OR_NO)),
        statuses=_each_of("status", given, statuses_of(kinds)),
        plain={name: given[name] for name in PLAIN if name in given},
    )


@cache
def statuses_of(kinds: tuple[str, ...]) -> tuple[str, ...]:
    """Return every status a case of these kinds may have."""
    return tuple(dict.fromkeys(status.value for kind in kinds for status in KINDS[kind].procedure.statuses))


def parameters(kinds: tuple[str, ...]) -> list[dict[str, Any]]:
    """Return what may be asked of a list of these kinds, as OpenAPI describes it."""
    yes_or_no = {"type": "string", "enum": list(YES_OR_NO)}
    described: dict[str, tuple[dict[str, Any], str]] = {
        "sort": ({"type": "string", "enum": list(SORTS), "default": NEWEST}, "In which order."),
        "limit": ({"type": "integer", "minimum": 1, "maximum": LARGEST_PAGE, "default": ORDINARY_PAGE}, "How many at most."),
        "next": ({"type": "string"}, "The cursor the page before this one ended with."),
        "kind": (_several(kinds), "Of these kinds only."),
        "open": (yes_or_no, "Only what is open, or only what is closed."),
        "late": (yes_or_no, "Only where a promise is broken or overdue, or only where none is."),
        "status": (_several(statuses_of(kinds)), "With one of these statuses."),
        "office": ({"type": "string"}, "Of the office with this code."),
        "worker": ({"type": "string"}, "Given to the worker with this number."),
        "unit": ({"type": "string"}, "At this home, such as 3-2-1201."),
        "phone": ({"type": "string"}, "Called in from this number; empty: from a withheld one."),
    }
    lists = {"style": "form", "explode": False}
    return [
        {"name": name, "in": "query", "required": False, "schema": schema, "description": words}
        | (lists if schema["type"] == "array" else {})
        for name, (schema, words) in described.items()
    ]


def _several(values: Sequence[str]) -> dict[str, Any]:
    return {"type": "array", "items": {"type": "string", "enum": list(values)}}


def _one_of(name: str, given: Mapping[str, str], values: Mapping[str, object]) -> str:
    if name not in given:
        return ""
    if given[name] not in values:
        raise Malformed([_wrong(name, f"one of {', '.join(values)}")])
    return given[name]


def _each_of(name: str, given: Mapping[str, str], values: Sequence[str]) -> tuple[str, ...]:
    asked = tuple(given[name].split(",")) if name in given else ()
    if not set(asked) <= set(values):
        raise Malformed([_wrong(name, f"one or more of {', '.join(values)}, with commas between")])
    return asked


def _size(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) < 9 and 1 <= int(text) <= LARGEST_PAGE):
        raise Malformed([_wrong("limit", f"a number from 1 to {LARGEST_PAGE}")])
    return int(text)


def _wrong(name: str, message: str) -> dict[str, str]:
    return {"path": name, "message": message, "type": "value_error"}
