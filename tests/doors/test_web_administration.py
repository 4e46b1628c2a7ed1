"""What the administrator keeps: people, secrets, shifts, homes, holidays."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth.hashers import check_password

from menling.kernel.roles import Role
from menling.policies.models import CalendarDay
from menling.premises.models import Change, Occupancy, Post, Shift, Staff, Token, Unit
from tests.doors.web import Browser, browser, words
from tests.office import World

pytestmark = pytest.mark.django_db


def test_somebody_taken_on_logs_in_with_the_password_shown_once(house: World) -> None:
    there = browser(house, "administrator")
    sent = {"number": "N1", "name": "新人", "role": "repair_worker", "since": "2026-01-01"}
    page = there.post("/people/new", sent, key="hire").content.decode()
    shown = re.search(r"<code>([^<]+)</code>", page)
    assert shown
    assert "<code>" not in there.post("/people/new", sent, key="hire").content.decode()
    assert Browser().log_in("n1", shown[1]).status_code == 302
    assert Change.objects.filter(what="hire").count() == 1


def test_an_administrator_of_one_office_does_not_reach_above(house: World) -> None:
    boss = house.staff["company_management"]
    Post.objects.create(staff=boss, office=house.office, role=Role.QUALITY, since="2020-01-01")
    before = Staff.objects.get(pk=boss.pk).password
    answer = browser(house, "administrator").post(f"/people/{boss.number}/secrets/password", htmx=True)
    assert answer.status_code == 403
    assert Staff.objects.get(pk=boss.pk).password == before


def test_a_token_is_shown_once_and_ended_at_once(house: World) -> None:
    there = browser(house, "administrator")
    page = there.post("/people/A005/secrets/token", {"name": "表格"}, htmx=True).content.decode()
    assert "mlg_" in page
    assert "mlg_" not in there.read("/people/A005")
    token = Token.objects.get(name="表格")
    there.post(f"/people/A005/tokens/{token.pk}")
    token.refresh_from_db()
    assert token.revoked_at is not None


def test_a_new_pin_works(house: World) -> None:
    page = browser(house, "administrator").post("/people/A005/secrets/pin", htmx=True).content.decode()
    shown = re.search(r"<code>(\d+)</code>", page)
    assert shown
    assert check_password(shown[1], Staff.objects.get(number="A005").pin)


def test_a_night_shift_ends_the_next_morning_and_overlaps_nothing(house: World) -> None:
    there = browser(house, "office_manager")
    night = {"staff": "A001", "day": "2026-11-23", "starts": "23:00", "ends": "07:00", "name": "夜班", "week": "2026-11-23"}
    there.post("/roster/add", night)
    shift = Shift.objects.get(staff=house.staff["control_centre"])
    assert shift.ends_at - shift.starts_at == timedelta(hours=8)
    assert there.post("/roster/add", night, htmx=True).status_code == 409
    there.post(f"/roster/{shift.pk}/delete", {"week": "2026-11-23"})
    assert not Shift.objects.filter(pk=shift.pk).exists()


def test_a_home_and_its_people_are_kept(house: World) -> None:
    there = browser(house, "administrator")
    there.post("/units/new", {"code": "7栋1单元502"})
    unit = Unit.objects.get(code="7-1-502")
    there.post(f"/units/{unit.pk}/people", {"name": "李四", "phone": "13900139000", "role": "tenant", "since": "2026-01-01"})
    stay = Occupancy.objects.get(unit=unit)
    there.post(f"/units/{unit.pk}/people/{stay.pk}", {"until": "2026-02-01"})
    stay.refresh_from_db()
    assert stay.until is not None
    assert "7-1-502" in words(there.read("/units", {"q": "7-1"}))


def test_an_announced_year_is_loaded_and_another_one_says_it_is_not_known(house: World) -> None:
    there = browser(house, "administrator")
    for _press in range(2):
        there.post("/calendar/load", {"year": "2026"}, key="load")
    assert CalendarDay.objects.filter(office=house.office, day="2026-10-01", works=False).count() == 1
    assert "not known here yet" in words(there.read("/calendar", {"year": "2031"}))
    assert there.post("/calendar/load", {"year": "2031"}, htmx=True).status_code == 422


def test_a_first_password_sent_twice_is_not_shown_again_but_a_new_one_is_made_at_once(house: World) -> None:
    there = browser(house, "administrator")
    fields = {"number": "A901", "name": "赵新", "role": "repair_worker", "since": "2026-01-05"}
    assert "<code>" in there.post("/people/new", fields, key="one-form", htmx=True).content.decode()
    again = there.post("/people/new", fields, key="one-form", htmx=True).content.decode()
    assert "<code>" not in again
    assert 'action="/people/A901/secrets/password"' in again
    assert "<code>" in there.post("/people/A901/secrets/password", htmx=True).content.decode()
