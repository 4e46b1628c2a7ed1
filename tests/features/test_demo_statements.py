"""The demonstration's money by code: most of it stands on a statement and is matched; the rest waits for finance."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from pytest_django import DjangoDbBlocker

from menling.demo.banking import STRAY
from menling.demo.crew import FIRST
from menling.journal.models import Event
from menling.money.models import Charge, StatementLine
from tests.demonstration import MORNING, filled

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def demo(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[dict[str, Any]]:
    """The invented company with 12 days behind the morning."""
    with django_db_blocker.unblock(), filled(12) as said:
        yield said


def test_most_of_what_was_paid_by_code_is_on_a_statement_and_matched_by_finance(demo: dict[str, Any]) -> None:
    paid = Charge.objects.filter(case__office__code=FIRST, method="qr", collected__gt=0)
    before = paid.filter(case__reported_at__lt=MORNING - timedelta(days=2))
    assert before.count() >= 5
    assert before.filter(payment__isnull=False).count() >= before.count() * 0.7
    assert paid.filter(case__reported_at__gt=MORNING - timedelta(hours=5), payment__isnull=False).count() == 0
    confirmed = Event.objects.filter(case__in=before.filter(payment__isnull=False).values("case"), verb="confirm_payment")
    assert set(confirmed.values_list("actor_name", flat=True)) == {"罗美玲"}


def test_a_payment_nobody_expects_waits_to_be_asked_about(demo: dict[str, Any]) -> None:
    waiting = StatementLine.objects.filter(office__code=FIRST, charge__isnull=True)
    assert waiting.filter(remark=STRAY[3], amount=STRAY[1]).count() == 1
    assert waiting.count() <= 4


def test_every_line_was_paid_before_the_morning_it_was_brought_in(demo: dict[str, Any]) -> None:
    assert all(line.paid_at < line.imported_at < MORNING for line in StatementLine.objects.all())
