"""The call the service desk owes whoever asked about a price (HC-5.3.8)."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

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
