"""The demonstration's company: its people, homes, prices and rosters, and how to log in."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.contrib.auth.hashers import check_password
from pytest_django import DjangoDbBlocker, Settings

from menling.catalogue.models import PriceItem
from menling.demo.crew import FIRST, SECOND
from menling.demo.filling import AGENT_PHONE
from menling.demo.forgetting import files_of_all, forget
from menling.demo.logins import is_this_demo, logins
from menling.demo.rhythm import arrivals
from menling.doorway.keys import holder
from menling.journal.cases import visible_to
from menling.journal.files import keep_image, path_of
from menling.journal.models import Case
from menling.kernel.roles import DERIVED, Role
from menling.policies.models import CalendarDay
from menling.premises import clock
from menling.premises.models import Company, Household, Occupancy, Office, Person, Phone, Shift, Skill, Staff, Unit
from tests.demonstration import MORNING, SEED, filled
from tests.examples import picture

ALONE = (
    "control_centre", "service_desk", "call_department", "housekeeper", "repair_worker", "team_lead", "business_lead", "finance",
    "office_manager", "quality", "company_management", "employee",
)  # fmt: skip
pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def demo(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[dict[str, Any]]:
    """The invented company with 2 days behind the morning."""
    with django_db_blocker.unblock(), filled(2) as said:
        yield said


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


def test_twenty_four_people_work_in_the_two_offices_and_two_more_only_look_in(demo: dict[str, Any]) -> None:
    outside = Staff.objects.filter(posts__role__in=(Role.PROVIDER, Role.OWNERS_COMMITTEE))
    assert outside.count() == 2
    assert Staff.objects.exclude(pk__in=outside).count() == 24
    assert len(demo["users"]) == 26
    assert {user["office"] for user in demo["users"]} == {FIRST, SECOND, None}


def test_whoever_has_a_day_of_the_role_alone_logs_in_with_that_role_alone(demo: dict[str, Any]) -> None:
    by_token = {user["token"]: user["roles"] for user in demo["users"]}
    for role in ALONE:
        assert by_token[demo["tokens"][role]] == [role]


def test_the_call_department_is_one_for_all_offices(demo: dict[str, Any]) -> None:
    caller = holder(demo["tokens"]["call_department"], clock.now())
    assert all(caller.holds(office.pk, Role.CALL_DEPARTMENT) for office in Office.objects.all())


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
    for hours in range(-2 * 24, 14 * 24, 5):
        instant = MORNING + timedelta(hours=hours)
        assert centre.filter(starts_at__lte=instant, ends_at__gt=instant).count() == 1
    crew = Staff.objects.filter(posts__role=Role.REPAIR_WORKER)
    assert all(Skill.objects.filter(staff=worker).exists() for worker in crew)
    assert CalendarDay.objects.get(day=datetime(2026, 10, 1).date()).works is False  # noqa: DTZ001  # only its date


def test_calls_come_in_the_rhythm_of_a_real_week() -> None:
    days = [MORNING.date() - timedelta(days=back) for back in range(90)]
    drawn = arrivals(days, 5000, ZoneInfo("Asia/Shanghai"), Random(3))
    assert drawn == sorted(drawn)
    by_hour = Counter(at.hour for at in drawn)
    assert min(by_hour[hour] for hour in range(8, 15)) > 5 * max(by_hour[hour] for hour in range(5))
    by_day = Counter(at.weekday() for at in drawn)
    assert min(by_day[day] for day in range(5)) > max(by_day[5], by_day[6])


def test_the_second_office_is_another_world(demo: dict[str, Any]) -> None:
    away = demo["elsewhere"]
    assert away["office"]["code"] == SECOND
    assert set(away["tokens"]) >= {"customer", "control_centre", "service_desk", "repair_worker", "team_lead", "finance"}
    for role, token in away["tokens"].items():
        actor = holder(token, clock.now())
        assert not visible_to(actor).filter(office__code=FIRST).exists(), role
    assert visible_to(holder(away["tokens"]["control_centre"], clock.now())).exists()


def test_photos_taken_while_practising_go_with_the_demonstration_and_others_stay(
    demo: dict[str, Any], settings: Settings, tmp_path: Path
) -> None:
    settings.MEDIA_ROOT = tmp_path
    case = Case.objects.filter(kind="repair").order_by("pk")[0]
    taken = keep_image(case, picture(), "photo", by=holder(demo["tokens"]["repair_worker"], clock.now()), at=MORNING)
    of_another = tmp_path / "ab" / "of another database"
    of_another.parent.mkdir(exist_ok=True)
    of_another.write_bytes(b"x")
    files = files_of_all()
    assert path_of(taken.digest).exists()
    forget(files)
    assert not path_of(taken.digest).exists()
    assert of_another.exists()
