"""Every point of enforcement in the program."""

import importlib
import pkgutil

import menling
from menling.kernel.points import POINTS, Point

DOORS = {"api", "bench", "cli", "demo", "doorstep", "doorway", "jobs", "ledger", "mail", "portal", "urls", "web", "wsgi"}
"""Where no clause is kept: a door shows and performs, and decides nothing."""


def points() -> list[Point]:
    """Import all of the program behind its doors, where each point registers as its module loads; return the points."""
    for room in pkgutil.iter_modules(menling.__path__, "menling."):
        if room.name.removeprefix("menling.") not in DOORS:
            _enter(room)
    return POINTS


def _enter(room: pkgutil.ModuleInfo) -> None:
    module = importlib.import_module(room.name)
    for inner in pkgutil.iter_modules(module.__path__, f"{room.name}.") if room.ispkg else ():
        if not inner.name.endswith(".migrations"):
            _enter(inner)


def named(point: Point) -> str:
    """Return a point in words, such as ``clock repair.arrive``."""
    return f"{point.sort} {point.where}"
