"""What was told of a visit time at one desk is what the other desk starts from."""

from datetime import timedelta

import pytest
from django.utils.timezone import localtime

from menling.journal.models import Case
from menling.premises import clock
from tests.doors.web import browser
from tests.office import World

pytestmark = pytest.mark.django_db

CALL = {"unit": "3-2-1201", "reporter": "王芳", "phone": "13800138000"}


@pytest.mark.clause("HS-4.1.3")
def test_the_visit_time_told_at_the_other_desk_stands_in_its_own_field_and_no_time_is_made_up(world: World) -> None:
    wish = (localtime(clock.now()) + timedelta(days=1)).replace(hour=10, minute=10)
    typed = {"wednesday": "下周三下午", "time": f"{wish:%m-%d %H:%M}"}
    forms = {}
    for name, text in typed.items():
        sent = CALL | {"content": "漏水", "visit_at": text, "do": "pass:repair"}
        browser(world, "service_desk").post("/new/file", sent)
        number = Case.objects.filter(kind="referral").latest("pk").number
        forms[name] = browser(world, "control_centre").get("/new", {"referral": number}).context["form"]
    assert (forms["time"]["content"], forms["time"]["visit_at"]) == ("漏水", typed["time"])
    assert (forms["wednesday"]["content"], forms["wednesday"]["visit_at"]) == ("漏水\n下周三下午", "")


def test_housekeeping_passed_on_without_a_time_is_not_offered_one(world: World) -> None:
    browser(world, "control_centre").post("/new/file", CALL | {"content": "周末擦窗", "do": "pass:housekeeping"})
    number = Case.objects.get(kind="referral").number
    there = browser(world, "service_desk")
    assert 'name="begins" value=""' in there.read("/new", {"referral": number})
    assert 'name="begins" value=""' not in there.read("/new")
    assert "is with the service desk now." in browser(world, "control_centre").read("/counter", {"filed": number})
