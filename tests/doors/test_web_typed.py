"""Times are typed the way people say them."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from menling.web.typed import read_instant

HERE = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 11, 20, 10, 4, tzinfo=HERE)
"""A Friday."""


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("14:30", (11, 20, 14, 30)), ("1430", (11, 20, 14, 30)), ("930", (11, 20, 9, 30)), ("14：30", (11, 20, 14, 30)),
        ("明天 9:00", (11, 21, 9, 0)), ("明天9点", (11, 21, 9, 0)), ("明天上午9点半", (11, 21, 9, 30)),
        ("下午3点", (11, 20, 15, 0)), ("后天 16:00", (11, 22, 16, 0)), ("今天18:00", (11, 20, 18, 0)),
        ("昨天 17:20", (11, 19, 17, 20)), ("周一 10:00", (11, 23, 10, 0)), ("周五 15:00", (11, 20, 15, 0)),
        ("11-23 14:30", (11, 23, 14, 30)), ("11月23日 14:30", (11, 23, 14, 30)), ("2026-11-23T14:30", (11, 23, 14, 30)),
        ("tomorrow 9:00", (11, 21, 9, 0)), ("mon 10:00", (11, 23, 10, 0)), ("3:30pm", (11, 20, 15, 30)),
        ("+20", (11, 20, 10, 24)),
    ],
)  # fmt: skip
def test_a_time_is_read_as_it_is_said(typed: str, meant: tuple[int, int, int, int]) -> None:
    month, day, hour, minute = meant
    assert read_instant(typed, NOW, HERE) == datetime(2026, month, day, hour, minute, tzinfo=HERE)


def test_a_day_of_january_typed_in_december_lies_ahead() -> None:
    assert read_instant("1-3 9:00", NOW, HERE) == datetime(2027, 1, 3, 9, 0, tzinfo=HERE)


def test_nothing_typed_is_no_time() -> None:
    assert read_instant("  ", NOW, HERE) is None


@pytest.mark.parametrize("typed", ["soon", "25:00", "11-31 9:00", "9:75", "明天", "14"])
def test_what_is_no_time_is_not_guessed(typed: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011  # any of datetime's own sentences
        read_instant(typed, NOW, HERE)
