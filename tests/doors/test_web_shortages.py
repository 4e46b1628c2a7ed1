"""What somebody owes for a shortage, on the page of finance and the own one (HS-4.1.1.6, OC-4.4)."""

import pytest

from tests.cashier import cash
from tests.doors.web import browser, words
from tests.office import World


@pytest.mark.django_db
@pytest.mark.usefixtures("today")
@pytest.mark.clause("OC-4.4")
def test_the_page_of_finance_names_who_owes_beside_the_bags(world: World) -> None:
    assert "Owed for what was missing" not in words(browser(world, "finance").read("/finance"))
    handover = cash(world)
    world.do(handover, "hand_over", "repair_worker", amount="85.00", difference_reason="找零有误")
    world.do(handover, "receive", "finance")
    worker = world.staff["repair_worker"]
    page = words(browser(world, "finance").read("/finance"))
    assert f"{worker.name} {worker.number} ¥1.00 {handover.number}" in page
    assert "Owed for what was missing" not in words(browser(world, "business_lead").read("/collect"))
