"""Another office of the company: opened on the page or the command line, by who administers the whole company, once."""

import argparse
from typing import Any

import pytest

from menling.cli.main import _load
from menling.kernel.roles import Role
from menling.policies.models import CalendarDay, PolicyValue
from menling.policies.values import approve, values_for
from menling.premises import clock
from menling.premises.models import Change, Office, Post
from menling.procedures.repair_policy import RepairPolicy
from tests.doors.web import Browser, browser, words
from tests.office import World, make_staff

pytestmark = pytest.mark.django_db
PLAN = {"office": "桂花苑管理处", "code": "gh", "phone": "021-60000003", "address": "桂花路 1 号"}


@pytest.fixture
def house(world: World) -> World:
    """The house with an administrator of the company and one of an office."""
    world.staff["administrator"] = make_staff(world.company, None, Role.ADMINISTRATOR, "A900", "周敏")
    world.staff["administrator_here"] = make_staff(world.company, world.office, Role.ADMINISTRATOR, "A901", "吴静")
    return world


def called(*options: str) -> int:
    module = _load("open")
    parser = argparse.ArgumentParser()
    module.arguments(parser)
    return module.run(parser.parse_args([*options, "--language", "en"]))


def opened(there: Browser, **other: Any) -> Any:
    return there.post("/offices/open", PLAN | other, htmx=True)


def test_an_office_is_opened_with_its_people_and_is_where_the_administrator_goes_on(house: World) -> None:
    there = browser(house, "administrator")
    assert "Open another office" in words(there.read("/offices"))
    answer = opened(there, service_desk="A002、B002", control_centre="a001")
    assert answer["HX-Redirect"] == "/administration", words(answer.content.decode())
    made = Office.objects.get(code="GH")
    assert (made.company, made.name, made.address) == (house.company, "桂花苑管理处", "桂花路 1 号")
    assert set(Post.objects.filter(office=made).values_list("staff__number", "role")) == {
        ("A002", "service_desk"), ("B002", "service_desk"), ("A001", "control_centre"),
    }  # fmt: skip
    assert "桂花苑管理处" in words(there.read("/administration"))
    assert Change.objects.filter(office=made, what="open").count() == 1
    assert CalendarDay.objects.filter(office=made, day__year=house.now.year).exists()


def test_the_figures_and_holidays_of_an_office_go_on_in_the_new_one(house: World) -> None:
    manager, now = house.actor("company_management"), clock.now()
    approve(
        house.office, "repair.arrive_minutes", 20, by=manager, company_id=house.company.pk, in_force_from=now, at=now, reason="大"
    )
    CalendarDay.objects.create(office=house.office, day="2026-12-31", works=False, name="年终")
    opened(browser(house, "administrator"), like="XH")
    made = Office.objects.get(code="GH")
    assert values_for(made, clock.now()).policy(RepairPolicy) == values_for(house.office, clock.now()).policy(RepairPolicy)
    assert PolicyValue.objects.get(office=made).reason == "XH: 大"
    assert CalendarDay.objects.get(office=made, day="2026-12-31").name == "年终"
    assert values_for(house.elsewhere, clock.now()).policy(RepairPolicy) == RepairPolicy()


def test_a_form_sent_twice_opens_one_office_and_a_taken_code_is_named(house: World) -> None:
    there = browser(house, "administrator")
    for _press in range(2):
        assert there.post("/offices/open", PLAN, key="one-form", htmx=True)["HX-Redirect"] == "/administration"
    assert Office.objects.filter(code="GH").count() == 1
    refused = opened(there)
    assert refused.status_code == 409
    assert "The code GH is taken" in words(refused.content.decode())


WRONG = [("code", "G"), ("code", "桂花"), ("office", " "), ("phone", "none"), ("office", "苑" * 61), ("service_desk", "Z999"),
         ("team_lead", "A001、A001")]  # fmt: skip
CANNOT_BE = frozenset({"A001、A001"})
"""Read well, and forbidden: nobody is called twice."""


@pytest.mark.parametrize(("field", "value"), WRONG)
def test_one_wrong_field_opens_nothing(house: World, field: str, value: str) -> None:
    offices, changes = Office.objects.count(), Change.objects.count()
    assert opened(browser(house, "administrator"), **{field: value}).status_code == (409 if value in CANNOT_BE else 422)
    assert (Office.objects.count(), Change.objects.count()) == (offices, changes)


def test_who_administers_one_office_opens_none(house: World) -> None:
    there = browser(house, "administrator_here")
    page = words(there.read("/offices"))
    assert "Open another office" not in page
    assert "绿苑管理处" not in page
    refused = opened(there)
    assert (refused.status_code, Office.objects.filter(code="GH").exists()) == (403, False)
    assert browser(house, "office_manager").get("/offices").status_code == 403


def test_the_command_opens_an_office_like_another_and_refuses_what_is_wrong(
    house: World, capsys: pytest.CaptureFixture[str]
) -> None:
    plan = ("--office", "桂花苑管理处", "--code", "gh", "--phone", "021-60000003")
    assert called(*plan, "--like", "xh") == 0
    assert "桂花苑管理处 (GH) is open" in capsys.readouterr().out
    assert called(*plan) == 1
    assert "--code: The code GH is taken" in capsys.readouterr().err
    assert called(*plan[:2], "--code", "QY", *plan[4:], "--as", "A901") == 1
    assert called(*plan[:2], "--code", "QY", *plan[4:], "--like", "ZZ") == 1
    assert "there is no office ZZ" in capsys.readouterr().err
    assert not Office.objects.filter(code="QY").exists()
