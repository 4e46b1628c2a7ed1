"""The pages of the day: offices side by side for the company head."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from menling.premises.models import Office
from tests.doors.web import browser
from tests.office import World, make_person, make_unit, move_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def house(world: World) -> World:
    """The world two hours ago, so that what is done in a test was done today."""
    world.now = timezone.now() - timedelta(minutes=30)
    return world


def queries(there: Any, path: str) -> int:
    """How often a page asks the database."""
    with CaptureQueriesContext(connection) as caught:
        assert there.get(path).status_code == 200
    return len(caught)


def row_of(page: Any, office: Office) -> Any:
    return next(row for row in page.context["rows"] if row.office == office)


def busy(world: World) -> None:
    world.file()
    other = world.do(world.file(), "accept", "control_centre")
    world.do(other, "dispatch", "control_centre", worker=world.staff["repair_worker_2"].number)
    case = world.completed("120.00")
    world.do(world.child(case, "charge"), "collect", "business_lead", amount=Decimal("120.00"), method="cash")


def test_the_company_head_begins_with_the_offices_side_by_side(house: World) -> None:
    assert browser(house, "company_management").get("/")["Location"] == "/company"


def test_every_figure_of_an_office_opens_as_many_cases(house: World) -> None:
    busy(house)
    there = browser(house, "company_management")
    row = row_of(there.get("/company"), house.office)
    assert (row.undispatched, row.cash, row.rating, row.unsettled) == (1, Decimal("120.00"), Decimal("5.0"), 1)
    counted = {"reported": row.reported, "open": row.open, "undispatched": row.undispatched, "late": row.late,
               "unsettled": row.unsettled, "rated": row.rated}  # fmt: skip
    for name, count in counted.items():
        assert len(there.get(f"/company/XH/{name}").context["lines"]) == count, name
    assert "¥120.00" in there.read("/company/XH/cash")


def test_a_figure_brings_the_company_head_into_its_office(house: World) -> None:
    there = browser(house, "company_management")
    assert there.get("/company/LY/open").context["office"] == house.elsewhere
    assert there.get("/board").context["office"] == house.elsewhere


def test_nobody_else_sees_the_offices_side_by_side(house: World) -> None:
    assert browser(house, "office_manager").get("/company").status_code == 403


def test_braces_in_a_residents_words_are_only_words(house: World) -> None:
    house.file(content="马桶{漏水}")
    assert "马桶{漏水}" in browser(house, "company_management").read("/company/XH/open")


def test_the_offices_are_asked_for_equally_often_however_many_there_are(house: World) -> None:
    busy(house)
    there = browser(house, "company_management")
    few = queries(there, "/company")
    for number in range(5):
        office = Office.objects.create(company=house.company, code=f"Z{number}", name=f"新{number}", phone="021-1")
        move_in(make_person(house.company, "住户", f"1370000000{number}"), make_unit(office, "1", "1", "101"), "owner")
    house.completed("90.00")
    house.file()
    assert queries(there, "/company") == few <= 14
