"""Figures an office may choose: each a field of a policy with its clause, its default and its bounds."""

import re
from dataclasses import Field, dataclass, field, fields
from datetime import time
from decimal import Decimal
from typing import Any, TypeVar

from menling.kernel.points import register
from menling.kernel.refusal import Refused
from menling.kernel.words import _


@dataclass
class Setting:
    """What one figure is: `key` is its name in the policy table, `clauses` its source, `unit` such as ``min`` or ``yuan``.

    `options` limits a choice; `least` and `most` are inclusive bounds; `shape` is the regular expression of a text, `such_as`
    one that fits. `in_source` is False for a proposal. `about` is what who decides on it should know beyond the clause.
    """

    key: str
    clauses: tuple[str, ...]
    title: str
    default: Any
    unit: str = ""
    options: tuple[str, ...] = ()
    least: Any = None
    most: Any = None
    shape: str = ""
    such_as: str = ""
    in_source: bool = True
    about: str = ""
    ignored: bool = False

    def read(self, raw: Any) -> Any:
        """Return the typed value of what the policy table holds (text, number or list); the default when it is silent."""
        if raw is None or self.ignored:
            return self.default
        if isinstance(self.default, Decimal):
            return Decimal(str(raw))
        if isinstance(self.default, time):
            return time.fromisoformat(str(raw))
        if isinstance(self.default, bool):
            return bool(raw)
        if isinstance(self.default, tuple):
            return tuple(raw)
        return type(self.default)(raw)

    def check(self, raw: Any) -> Any:
        """Return the typed value of a new figure.

        Errors: `Refused` with the clause: 422 for what is no such figure or choice, 409 for one beyond what the procedure allows.
        """
        if self.ignored:
            return self.default
        try:
            value = self.read(raw)
            well_formed = raw is not None and _means(raw, value) and self._shaped(value)
            within = well_formed and self._within(value)
        except (ValueError, TypeError, ArithmeticError) as error:
            raise self._not_allowed(raw, 422) from error
        if not within:
            raise self._not_allowed(raw, 409 if well_formed else 422)
        return value

    def _shaped(self, value: Any) -> bool:
        return not (self.options and value not in self.options) and not (self.shape and not re.fullmatch(self.shape, value))

    def _within(self, value: Any) -> bool:
        return not ((self.least is not None and value < self.least) or (self.most is not None and value > self.most))

    def _not_allowed(self, raw: Any, status: int) -> Refused:
        allowed = ", ".join(self.options) or self.such_as or f"{self.least} – {self.most}"
        return Refused(
            self.clauses[0],
            _("{value} is not allowed here. Allowed: {allowed}."),
            status=status,
            value=str(raw),
            allowed=allowed,
        )


def _means(raw: Any, value: Any) -> bool:
    """Tell whether what was written is what was read: 3.7 is no number of minutes, and "no" is not true."""
    if isinstance(value, bool):
        return isinstance(raw, bool)
    if isinstance(value, (int, Decimal)):
        return not isinstance(raw, bool) and Decimal(str(raw)).is_finite() and Decimal(str(raw)) == value
    if isinstance(value, time):
        return value.tzinfo is None
    if isinstance(value, tuple):
        return isinstance(raw, (list, tuple)) and bool(raw) and all(isinstance(each, str) and each.strip() for each in raw)
    return not isinstance(value, str) or isinstance(raw, str)


SETTINGS: dict[str, Setting] = {}


def setting(key: str, clauses: tuple[str, ...] | str, title: str, default: Any, **limits: Any) -> Any:
    """Declare a figure as a dataclass field; the same key declared twice is one setting."""
    named = (clauses,) if isinstance(clauses, str) else clauses
    declared = SETTINGS.setdefault(key, Setting(key, named, title, default, **limits))

    def remove(clause: str) -> None:
        declared.ignored = True

    register("setting", key, named, remove)
    return field(default=default, metadata={"setting": declared})


Shape = TypeVar("Shape")


def in_force(shape: type[Shape], values: dict[str, Any]) -> Shape:
    """Return the policy `shape` filled from `values` (key -> raw value), defaults where the table is silent."""
    read: dict[str, Any] = {}
    for each in fields(shape):  # type: ignore[arg-type]  # every shape is a dataclass
        declared = _declared(each)
        read[each.name] = declared.read(values.get(declared.key))
    return shape(**read)


def _declared(each: Field[Any]) -> Setting:
    found: Setting = each.metadata["setting"]
    return found
