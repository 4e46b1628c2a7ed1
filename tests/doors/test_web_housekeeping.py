"""The back office shows housekeeping: its page for who works on it, its row at the counter."""

import pytest

from tests import cleaning
from tests.doors.web import browser
from tests.office import World

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]


@pytest.mark.parametrize("who", ["service_desk", "team_lead", "business_lead"])
def test_an_order_has_its_page_at_every_stage(world: World, who: str) -> None:
    there = browser(world, who)
    for stage in (cleaning.booked, cleaning.agreed, cleaning.sent, cleaning.signed):
        case = stage(world, ahead=1440 * (1 + world.now.minute))
        world.later(1)
        page = there.read(f"/orders/{case.number}")
        assert case.number in page
        assert cleaning.ASKED["content"] in page


def test_the_counter_shows_the_orders_of_a_home_of_both_kinds(world: World) -> None:
    case = cleaning.booked(world)
    page = browser(world, "service_desk").read("/counter", {"unit": str(world.unit.pk)})
    assert case.number in page
