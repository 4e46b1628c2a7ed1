"""When calls come: the rhythm of a real week, hour by hour, from which the calls of the past days are drawn."""

from collections.abc import Iterable
from datetime import date, datetime, time
from random import Random
from zoneinfo import ZoneInfo

ARRIVALS = (
    (17, 16, 10, 10, 10, 33, 185, 158, 214, 249, 215, 234, 218, 234, 262, 239, 160, 139, 141, 142, 107, 103, 61, 22),
    (20, 13, 12, 12, 6, 22, 44, 194, 221, 214, 250, 264, 226, 242, 260, 192, 156, 172, 142, 106, 94, 98, 84, 36),
    (27, 22, 12, 12, 18, 16, 36, 150, 225, 221, 234, 218, 255, 284, 281, 189, 166, 136, 136, 104, 79, 78, 66, 36),
    (22, 20, 11, 10, 13, 14, 38, 140, 232, 248, 234, 209, 204, 230, 224, 126, 83, 65, 76, 44, 30, 33, 34, 14),
    (17, 18, 9, 13, 17, 24, 37, 177, 249, 341, 235, 227, 263, 295, 237, 155, 116, 120, 110, 79, 52, 51, 55, 46),
    (22, 16, 11, 13, 16, 14, 21, 96, 76, 86, 20, 46, 26, 39, 59, 44, 33, 33, 50, 48, 51, 50, 24, 25),
    (18, 11, 19, 6, 7, 8, 21, 79, 96, 109, 80, 78, 59, 50, 48, 72, 68, 70, 100, 102, 112, 85, 62, 30),
)
"""Calls an hour, Monday to Sunday, 0:00 to 23:00: means of the 29,864 service requests that the City of Chicago's 311 centre
published for 1 to 12 January 2023 (Chicago Data Portal, "311 Service Requests"). Only their proportions are used."""


def arrivals(
    days: Iterable[date], count: int, zone: ZoneInfo, chance: Random, hours: Iterable[int] = range(24)
) -> list[datetime]:
    """Draw `count` calls over some days and the hours somebody answers, in the rhythm of the week, in the order of time."""
    open_at = tuple(hours)
    cells = [(day, hour) for day in days for hour in open_at]
    weights = [ARRIVALS[day.weekday()][hour] for day, hour in cells]
    drawn = chance.choices(cells, weights, k=count)
    return sorted(datetime.combine(day, time(hour, chance.randrange(60)), zone) for day, hour in drawn)
