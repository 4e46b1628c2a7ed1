"""The whole demonstration: three months behind the morning, whatever the seed."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from menling.demo.filling import DAYS, fill
from menling.demo.logins import is_this_demo
from menling.journal.models import Case

MORNING = datetime(2026, 11, 20, 10, 4, tzinfo=ZoneInfo("Asia/Shanghai"))
ORDERS = ("repair", "housekeeping")


@pytest.mark.long
@pytest.mark.django_db
@pytest.mark.parametrize("seed", [1, 2])
def test_three_months_of_repairs_and_cleaning_lie_behind_the_morning(seed: int) -> None:
    fill(seed, at=MORNING)
    behind = Case.objects.filter(kind__in=ORDERS, reported_at__lt=MORNING - timedelta(hours=10))
    assert behind.count() >= 400
    assert 0.25 < behind.filter(kind="housekeeping").count() / behind.count() < 0.42
    assert behind.filter(reported_at__lt=MORNING - timedelta(days=DAYS - 5)).exists()
    assert is_this_demo(seed)
