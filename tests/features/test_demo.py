"""The demonstration: an invented company, three months of work, and a board with something at every step."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from decimal import Decimal
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.contrib.auth.hashers import check_password
from django.db import transaction
from pytest_django import DjangoDbBlocker

from menling.catalogue.models import PriceItem
from menling.demo.crew import FIRST, SECOND
from menling.demo.filling import AGENT_PHONE, fill
from menling.demo.logins import is_this_demo, logins
from menling.demo.rhythm import arrivals
from menling.doorway.keys import holder
from menling.journal.cases import visible_to
from menling.journal.models import Case, Deadline, Event, Outgoing
from menling.journal.sweep import sweep
from menling.kernel.roles import DERIVED, Role
from menling.money.books import bag, balance
from menling.money.models import Handover
from menling.orders.models import Order, Visit
from menling.policies.models import CalendarDay
from menling.premises import clock
from menling.premises.models import Company, Household, Occupancy, Office, Person, Phone, Shift, Skill, Staff, Unit

MORNING = datetime(2026, 11, 20, 10, 4, tzinfo=ZoneInfo("Asia/Shanghai"))
SEED = 7
DAYS = 12
NIGHT = (21, 22, 23, 0, 1, 2, 3, 4, 5, 6)
pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def demo(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[dict[str, Any]]:
    """The demonstration of a Friday morning, filled once for all the tests of this file and taken back after them."""
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch:
        patch.setenv("MENLING_CLOCK", MORNING.isoformat())
        clock.look_again()
        everything = transaction.atomic()
        everything._from_testcase = True  # as Django's own test cases do, so that commands may ask for a durable block
        with everything:
            fill(SEED, DAYS, MORNING)
            yield logins(SEED)
            transaction.set_rollback(True)
        clock.look_again()


def board() -> list[Order]:
    """The first office's orders of this morning."""
    rows = Order.objects.filter(case__office__code=FIRST, case__reported_at__gt=MORNING - timedelta(hours=4))
    return list(rows.select_related("case", "unit"))


def open_promises(key: str, **limits: object) -> int:
    rows = Deadline.objects.filter(office__code=FIRST, key=key, met_at__isnull=True, released_at__isnull=True)
    return rows.filter(**limits).count()


def test_there_is_a_log_in_and_a_token_for_every_role_that_people_hold(demo: dict[str, Any]) -> None:
    assert set(demo["tokens"]) == {role.value for role in set(Role) - DERIVED}
    for role, token in demo["tokens"].items():
        assert re.fullmatch(r"mlg_[A-Za-z0-9_-]{43}", token)
        actor = holder(token, clock.now())
        assert actor is not None
        assert Role(role) in {held for roles in actor.roles.values() for held in roles}


def test_every_user_can_log_in_with_the_password_and_switch_with_the_pin(demo: dict[str, Any]) -> None:
    assert {user["number"] for user in demo["users"]} == set(Staff.objects.values_list("number", flat=True))
    for user in (demo["users"][0], demo["users"][-1]):
        staff = Staff.objects.get(number=user["number"])
        assert staff.check_password(user["password"])
        assert check_password(user["pin"], staff.pin)
        assert not staff.check_password(user["pin"])


def test_what_is_printed_fits_into_json_and_repeats_with_the_seed(demo: dict[str, Any]) -> None:
    assert json.loads(json.dumps(demo)) == demo == logins(SEED)
    assert is_this_demo(SEED)
    assert not is_this_demo(SEED + 1)


def test_the_company_says_that_it_is_invented_and_nobody_has_a_number_that_could_ring(demo: dict[str, Any]) -> None:
    assert Company.objects.get().is_demo
    assert "示范" in demo["company"]
    numbers = [*Phone.objects.values_list("number", flat=True), *Staff.objects.values_list("phone", flat=True)]
    assert all(number.startswith("14000") for number in numbers)


def test_homes_people_and_roles_are_those_of_an_estate(demo: dict[str, Any]) -> None:
    first = Unit.objects.filter(office__code=FIRST)
    assert 900 <= first.count() == len(demo["units"]) <= 1000
    assert 1150 <= Household.objects.count() <= 1250
    assert "3-2-1201" in demo["units"]
    assert first.exclude(special_care="").count() >= 5
    assert first.filter(warranty_until__gt=MORNING.date()).exists()
    assert set(Occupancy.objects.values_list("role", flat=True)) == {"owner", "tenant", "family", "agent"}
    assert not Person.objects.filter(pinyin="").exists()
    assert not Person.objects.filter(initials="").exists()


def test_one_agent_stands_behind_six_homes_and_the_resident_behind_more_than_the_own(demo: dict[str, Any]) -> None:
    agent = Person.objects.get(phone__number=AGENT_PHONE)
    assert Occupancy.objects.filter(person=agent, role="agent").count() == 6
    resident = holder(demo["resident"]["token"], clock.now())
    codes = set(Unit.objects.filter(pk__in=resident.units).values_list("code", flat=True))
    assert demo["resident"]["units"][0] == "3-2-1201"
    assert codes == set(demo["resident"]["units"])
    assert len(codes) >= 4


def test_the_price_list_has_services_materials_and_a_price_on_the_threshold(demo: dict[str, Any]) -> None:
    items = PriceItem.objects.filter(price_list__office__code=FIRST)
    assert items.get(name="厨房下水疏通").price == Decimal("86.00")
    assert items.filter(price=Decimal("100.00")).exists()
    assert items.filter(is_material=False).count() >= 20
    assert items.filter(is_material=True).count() >= 10


def test_somebody_is_in_the_control_centre_round_the_clock_and_the_crew_has_skills(demo: dict[str, Any]) -> None:
    centre = Shift.objects.filter(office__code=FIRST, staff__posts__role=Role.CONTROL_CENTRE)
    for hours in range(-7 * 24, 14 * 24, 5):
        instant = MORNING + timedelta(hours=hours)
        assert centre.filter(starts_at__lte=instant, ends_at__gt=instant).count() == 1
    crew = Staff.objects.filter(posts__role=Role.REPAIR_WORKER)
    assert all(Skill.objects.filter(staff=worker).exists() for worker in crew)
    assert CalendarDay.objects.get(day=datetime(2026, 10, 1).date()).works is False  # noqa: DTZ001  # only its date


def test_the_board_has_something_at_every_step(demo: dict[str, Any]) -> None:
    statuses = {order.case.status for order in board()}
    assert statuses >= {
        "reported", "accepted", "dispatched", "acknowledged", "quoted", "working", "waiting_material", "nobody_home", "finished",
        "objected", "signed", "completed",
    }  # fmt: skip
    urgent = [order for order in board() if order.urgency == "emergency" and order.case.status == "reported"]
    assert [order.referred_by is not None for order in urgent] == [True]


def test_something_is_late_something_will_be_and_somebody_is_free(demo: dict[str, Any]) -> None:
    soon = clock.now() + timedelta(minutes=5)
    assert open_promises("dispatch", broken_at__isnull=False) >= 1
    assert open_promises("arrive", broken_at__isnull=False) >= 1
    assert open_promises("arrive", broken_at__isnull=True, due_at__lte=soon) >= 1
    assert open_promises("dispatch", broken_at__isnull=True, due_at__lte=soon) >= 1
    crew = Staff.objects.filter(posts__role=Role.REPAIR_WORKER, posts__office__code=FIRST)
    out = Visit.objects.filter(active=True, planned__startswith__lt=soon).values_list("worker", flat=True)
    assert 4 <= len(set(out)) < crew.count()


def test_the_resident_has_a_repair_to_sign_and_one_of_the_days_before(demo: dict[str, Any]) -> None:
    resident = holder(demo["resident"]["token"], clock.now())
    own = visible_to(resident).filter(kind="repair", unit__code="3-2-1201")
    statuses = sorted(own.values_list("status", flat=True))
    assert statuses == ["archived", "finished"]


def test_the_days_behind_have_paid_and_free_late_and_called_off_and_every_yuan_arrived(demo: dict[str, Any]) -> None:
    office = Office.objects.get(code=FIRST)
    week = Case.objects.filter(office=office, kind__in=("repair", "housekeeping"), reported_at__lt=MORNING - timedelta(hours=10))
    assert week.count() >= 50
    assert {"archived", "cancelled", "declined"} <= set(week.values_list("status", flat=True))
    assert Deadline.objects.filter(case__in=week, key="arrive", broken_at__isnull=False, met_at__isnull=False).exists()
    received = Handover.objects.filter(case__status="received", case__office=office)
    cash = sum((each.amount for each in received), Decimal(0))
    assert balance(office.pk, f"safe:{office.pk}") == cash > 0
    today = Handover.objects.filter(case__office=office, is_open=True, day=MORNING.date())
    assert all(balance(office.pk, bag(each.holder_id)) > 0 for each in today)


def told(verb: str, **limits: object) -> bool:
    return Event.objects.filter(verb=verb, happened_at__lt=MORNING - timedelta(hours=10), **limits).exists()


@pytest.mark.parametrize(
    ("trouble", "verb", "limits"),
    [
        ("late", "break", {"facts__promise": "arrive"}),
        ("moved", "move", {}),
        ("called off", "cancel", {}),
        ("nobody home", "absent", {}),
        ("done again", "rework", {}),
        ("paid too little", "collect", {"facts__shortfall__isnull": False, "facts__responsible": "梁景行"}),
        ("questioned before paying", "query_fee", {"before": "due"}),
        ("disputed afterwards", "query_fee", {"after": "disputed"}),
        ("declined", "decline", {}),
        ("waiting for material", "await_material", {}),
        ("carried over", "carry_over", {}),
        (
            "an emergency at night",
            "file",
            {"facts__urgency": "emergency", "happened_at__hour__in": (21, 22, 23, 0, 1, 2, 3, 4, 5, 6)},
        ),
    ],
)
def test_every_kind_of_trouble_is_in_the_days_behind(
    demo: dict[str, Any], trouble: str, verb: str, limits: dict[str, object]
) -> None:
    assert told(verb, **limits), trouble


def test_two_people_clean_booked_picked_up_done_again_and_called_off(demo: dict[str, Any]) -> None:
    behind = Case.objects.filter(kind__in=("repair", "housekeeping"), reported_at__lt=MORNING - timedelta(hours=10))
    cleaning = behind.filter(kind="housekeeping")
    assert {"archived", "cancelled", "declined"} <= set(cleaning.values_list("status", flat=True))
    assert Visit.objects.filter(order__case__in=cleaning, arrived_at__isnull=False).values("order").distinct().exists()
    assert told("rework", case__kind="housekeeping")
    assert Case.objects.filter(kind="batch", status="picked_up").exists()


def test_something_is_not_paid_to_this_day(demo: dict[str, Any]) -> None:
    owed = Case.objects.filter(kind="charge", status="due", reported_at__lt=MORNING - timedelta(hours=10))
    assert owed.exists()


def test_calls_come_in_the_rhythm_of_a_real_week() -> None:
    days = [MORNING.date() - timedelta(days=back) for back in range(90)]
    drawn = arrivals(days, 5000, ZoneInfo("Asia/Shanghai"), Random(3))
    assert drawn == sorted(drawn)
    by_hour = Counter(at.hour for at in drawn)
    assert min(by_hour[hour] for hour in range(8, 15)) > 5 * max(by_hour[hour] for hour in range(5))
    by_day = Counter(at.weekday() for at in drawn)
    assert min(by_day[day] for day in range(5)) > max(by_day[5], by_day[6])


def test_nothing_lies_in_the_future_and_no_message_of_the_past_waits(demo: dict[str, Any]) -> None:
    assert not Case.objects.filter(reported_at__gt=clock.now()).exists()
    assert not Case.objects.filter(last_at__gt=clock.now()).exists()
    assert not Outgoing.objects.filter(sent_at__isnull=True).exists()
    assert sweep(MORNING) == 0


def test_the_second_office_is_another_world(demo: dict[str, Any]) -> None:
    away = demo["elsewhere"]
    assert away["office"]["code"] == SECOND
    assert set(away["tokens"]) >= {"customer", "control_centre", "service_desk", "repair_worker", "team_lead", "finance"}
    for role, token in away["tokens"].items():
        actor = holder(token, clock.now())
        assert not visible_to(actor).filter(office__code=FIRST).exists(), role
    assert visible_to(holder(away["tokens"]["control_centre"], clock.now())).exists()
