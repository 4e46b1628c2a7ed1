"""The demonstration's money: what the statements show, what was given back, and the cashier's days."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from pytest_django import DjangoDbBlocker

from menling.demo.banking import STRAY
from menling.demo.crew import FIRST
from menling.journal.models import Case, Event
from menling.money.models import Charge, StatementLine
from menling.money.sheets import BankSlip, CashierDay
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


def test_the_cashiers_days_are_closed_one_by_one_and_todays_is_open(demo: dict[str, Any]) -> None:
    days = list(CashierDay.objects.filter(office__code=FIRST).order_by("day").values_list("case__status", flat=True))
    assert days[-1] == "open"
    assert len(days) >= 7
    assert set(days[:-1]) == {"closed"}
    assert BankSlip.objects.filter(office__code=FIRST).exists()


def test_a_refund_an_invoice_and_a_wish_beyond_the_list_wait_to_be_decided(demo: dict[str, Any]) -> None:
    here = set(Case.objects.filter(office__code=FIRST).values_list("kind", "status"))
    assert here >= {("adjustment", "requested"), ("tax_invoice", "asked"), ("deposit", "held"), ("contract_review", "asked")}
