"""A city's service requests in the layout in which they are published, drawn by a seed: a few of them cannot have been so."""

import csv
import os
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

TITLES = (
    "city", "request_id", "created_at", "due_at", "closed_at", "status", "agency", "category", "subcategory", "detail",
    "resolution", "channel", "place", "area", "on_time_source",
)  # fmt: skip
ABOUT = (("Sewer Issues", "Odor", "From manhole"), ("Street Light", "Out", ""), ("Graffiti", "Wall", "Offensive"),
         ("Street Defects", "Pothole", "Deep"), ("Damaged Property", "Bench", ""))  # fmt: skip
FIRST = datetime(2012, 1, 1)  # noqa: DTZ001  # published times are the city's own
MINUTES = 3 * 365 * 24 * 60
FLAWS = ("no number", "no report", "future", "closed before", "closed when", "same number")
"""What is wrong with one row of two hundred, in turn."""


def city_file(folder: Path, count: int, seed: int = 311) -> Path:
    """Return a file of `count` requests: the one `MENLING_DATA_311` names when it is there, otherwise drawn by the seed."""
    named = Path(os.environ.get("MENLING_DATA_311", "no such file"))
    if named.is_file():
        return named
    chance, path = Random(seed), folder / "requests.csv"
    with path.open("w", encoding="utf-8", newline="") as opened:
        writer = csv.writer(opened)
        writer.writerow(TITLES)
        writer.writerows(_row(number, chance) for number in range(count))
    return path


def _row(number: int, chance: Random) -> tuple[str, ...]:
    created = FIRST + timedelta(minutes=chance.randrange(MINUTES), seconds=chance.randrange(60))
    open_still, dropped = chance.random() < 0.1, chance.random() < 0.15
    closed = None if open_still else created + timedelta(minutes=chance.randrange(1, 30_000))
    key, status = f"SF{number}", "Open" if open_still else "Closed (Duplicate)" if dropped else "Closed"
    said = {"created": created.isoformat(), "closed": closed.isoformat() if closed else "", "key": key, "status": status}
    if number % 200 == 199:
        said |= _flaw(FLAWS[number // 200 % len(FLAWS)], created)
    return ("SanFrancisco", said["key"], said["created"], "", said["closed"], said["status"], "PUC", *chance.choice(ABOUT), "",
            "Web", "", "", "")  # fmt: skip


def _flaw(sort: str, created: datetime) -> dict[str, str]:
    flaws = {
        "no number": {"key": ""},
        "no report": {"created": ""},
        "future": {"created": "2093-01-01T00:00:00", "closed": "", "status": "Open"},
        "closed before": {"closed": (created - timedelta(hours=1)).isoformat(), "status": "Closed"},
        "closed when": {"closed": "", "status": "Closed"},
        "same number": {"key": "SF0"},
    }
    return flaws[sort]
