"""The answer of a start page in a few large figures, each a door to the list it counts."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """A figure with its name and the address of its list. `tone` is late, soon or done; `before` is yesterday's figure."""

    value: str | int
    label: str
    url: str = ""
    tone: str = ""
    before: str = ""
