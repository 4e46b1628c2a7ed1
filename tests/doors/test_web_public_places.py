"""A public place is called by its words wherever the office reads of it, and nobody there is in anybody's home (MR-39)."""

from datetime import timedelta

import pytest

from menling.journal.models import Case
from menling.premises.models import Shift
from tests.doors.web import browser, words
from tests.office import World

pytestmark = [pytest.mark.django_db, pytest.mark.clause("MR-39")]
HALL, KEPT_AS = "3栋电梯厅", "3-电梯厅"


def hall(world: World) -> dict[str, str]:
    return {"unit": "", "place": HALL, "content": "灯不亮"}


@pytest.mark.parametrize(("who", "path", "amount", "collected"), [
    ("business_lead", "/collect", "120.00", ""), ("finance", "/finance", "60.00", "cash"), ("finance", "/finance", "60.00", "qr"),
])  # fmt: skip
def test_its_money_says_where_it_was_earned(today: World, who: str, path: str, amount: str, collected: str) -> None:
    charge = today.child(today.finished(amount, **hall(today)), "charge")
    if collected:
        today.do(charge, "collect", "repair_worker", method=collected)
    page = words(browser(today, who, "zh-hans").read(path))
    assert HALL in page
    assert KEPT_AS not in page


def test_what_a_lead_coordinates_says_where_it_is(today: World) -> None:
    today.do(today.at_home(**hall(today)), "await_material", "repair_worker", material="灯管")
    page = words(browser(today, "business_lead", "zh-hans").read("/collect"))
    assert HALL in page
    assert KEPT_AS not in page


def on_shift(world: World) -> None:
    Shift.objects.create(staff=world.staff["repair_worker"], office=world.office, starts_at=world.now - timedelta(hours=2),
                         ends_at=world.now + timedelta(hours=6))  # fmt: skip


@pytest.mark.parametrize(("who", "path"), [("control_centre", "/board"), ("team_lead", "/team")])
def test_who_is_at_a_public_place_is_on_the_spot_and_in_no_home(today: World, who: str, path: str) -> None:
    on_shift(today)
    case = today.at_home(**hall(today))
    there = browser(today, who, "zh-hans")
    page = words(there.read(path))
    assert HALL in page
    assert "在现场" in page
    assert Case.objects.get(pk=case.pk).status == "on_site"
