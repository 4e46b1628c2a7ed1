"""The call the service desk owes whoever asked about a price (HC-5.3.8)."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from menling.journal.models import Case, Deadline
from menling.money.models import Charge
from menling.money.queries import CALLS
from tests.doors.web import browser, words
from tests.office import World

pytestmark = pytest.mark.django_db


@pytest.mark.clause("HC-5.3.8")
@pytest.mark.parametrize("paid", [True, False])
def test_a_question_about_the_price_is_a_call_of_the_service_desk_until_the_amount_is_confirmed(today: World, paid: bool) -> None:
    desk, charges = browser(today, "service_desk"), [today.child(today.signed("86.00"), "charge") for _each in range(3)]
    asked = []
    for charge in charges:
        if paid:
            today.do(charge, "collect", "repair_worker")
        today.do(charge, "query_fee", "customer", question="为什么收三十元")
        with CaptureQueriesContext(connection) as caught:
            calls = desk.read("/counter").split("Call now")[1].split("</section>")[0]
        asked.append(len(caught))
        assert charge.parent is not None
        assert charge.parent.number in calls
    assert len(set(asked[1:])) == 1
    for part in ("explain the price of ¥86.00", "为什么收三十元", f"{timezone.localtime(today.now):%H:%M}"):
        assert part in words(calls), part
    assert "explain the price" not in words(browser(today, "control_centre").read("/counter"))
    for charge in charges:
        today.do(charge, "confirm_fee", "service_desk")
    assert "explain the price" not in words(desk.read("/counter"))


def questioned(world: World) -> None:
    """Leave one more price that a resident asked about."""
    world.do(world.child(world.signed("86.00"), "charge"), "query_fee", "customer", question="为什么收三十元")


@pytest.mark.clause("HC-5.3.8")
def test_a_call_about_a_price_says_by_when_it_is_owed_and_how_late_it_is(today: World) -> None:
    questioned(today)
    calls = browser(today, "service_desk", "zh-hans").read("/counter").split("现在要打的电话")[1].split("</section>")[0]
    due = Deadline.objects.get(key="explain").due_at
    assert f'data-due="{timezone.localtime(due).isoformat()}"' in calls or f'data-due="{due.isoformat()}"' in calls
    assert "最晚回电" in words(calls)


@pytest.mark.clause("HC-5.3.8")
def test_the_calls_are_counted_truly_though_only_the_first_are_listed(today: World) -> None:
    questioned(today)
    charge = Charge.objects.get()
    for each in range(CALLS + 2):
        case = Case.objects.get(pk=charge.pk)
        case.pk, case.number = None, f"{case.number}-{each}"
        case.save(force_insert=True)
        Charge(case=case, due=charge.due, payer=charge.payer, query="贵").save(force_insert=True)
    page = words(browser(today, "service_desk").read("/counter"))
    assert f"Call now {CALLS + 3}" in page
    assert page.count("explain the price") == CALLS
    assert "Not listed: 3;" in page
