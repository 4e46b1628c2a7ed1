"""The whole demonstration: three months behind the morning, whatever the seed."""

from datetime import datetime, timedelta

import pytest
from django.db.models import QuerySet

from menling.demo.filling import DAYS, fill
from menling.demo.history import YESTERDAY
from menling.demo.logins import is_this_demo
from menling.journal.models import Case, Deadline
from menling.money.models import Charge, StatementLine
from tests.demonstration import MORNING, filled

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
    lines = StatementLine.objects.filter(office__code="JL")
    assert 1 <= lines.filter(charge__isnull=True).count() <= lines.count() // 10
    assert paid_by_code(before=MORNING - timedelta(days=2)).filter(payment=None).count() <= lines.count() // 10


def paid_by_code(before: datetime) -> QuerySet[Charge]:
    """Return the charges of the first office that were paid by code on orders reported before an instant."""
    return Charge.objects.filter(case__office__code="JL", method="qr", collected__gt=0, case__reported_at__lt=before)


@pytest.mark.long
@pytest.mark.django_db
def test_the_day_before_a_monday_has_work_to_look_back_at() -> None:
    monday = datetime(2026, 11, 23, 10, 4, tzinfo=MORNING.tzinfo)
    with filled(2, at=monday):
        begin = monday.replace(hour=0, minute=0)
        sunday = Case.objects.filter(office__code="JL", kind__in=ORDERS, reported_at__lt=begin,
                                     reported_at__gte=begin - timedelta(days=1))  # fmt: skip
        assert sunday.count() >= YESTERDAY


@pytest.mark.long
@pytest.mark.django_db
@pytest.mark.parametrize("at", ["2026-11-22T03:10", "2026-11-22T13:35", "2026-11-21T20:40", "2026-10-01T07:05"])
def test_the_morning_is_busy_whatever_day_and_hour_it_is(at: str) -> None:
    now = datetime.fromisoformat(at).replace(tzinfo=MORNING.tzinfo)
    with filled(2, at=now):
        open_now = Case.objects.filter(office__code="JL", kind="repair", closed_at__isnull=True)
        here = set(open_now.values_list("status", flat=True))
        assert here >= {"reported", "accepted", "dispatched", "working", "quoted", "finished"}
        late = Deadline.objects.filter(counted=True, met_at=None, released_at=None, paused_at=None, broken_at__isnull=False)
        assert 2 <= late.count() <= 12
