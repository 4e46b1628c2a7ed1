"""HS-5-note  A home alarm follows the flow of the other home services where the office says so."""

import pytest

from menling.procedures.scope import ScopePolicy, offered_here
from tests import alarms
from tests.office import World
from tests.procedures.given import chosen, decide, refused


@pytest.mark.clause("HS-5-note")
def test_an_alarm_is_a_home_service_as_long_as_it_stands_on_the_list() -> None:
    offered_here("alarm", ScopePolicy())
    with refused("HS-5-note"):
        offered_here("alarm", chosen(ScopePolicy, intake__home_services=["housekeeping", "repair"]))


@pytest.mark.clause("HS-5-note")
@pytest.mark.django_db
def test_an_alarm_order_goes_the_way_of_the_others_where_the_office_says_so(world: World) -> None:
    assert alarms.signed(world).status == "signed"
    decide(world, "intake.home_services", ["housekeeping", "repair"])
    with refused("HS-5-note"):
        alarms.filed(world)
