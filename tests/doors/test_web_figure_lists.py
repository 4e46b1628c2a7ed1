"""A figure that is a list is typed as a list, and a list of nothing is refused with its clause."""

import pytest

from menling.policies.values import values_for
from menling.premises import clock
from menling.procedures.scope import ScopePolicy
from tests.doors.web import browser
from tests.office import World

PATH = "/figures/intake.home_services"


@pytest.mark.django_db
def test_a_list_is_shown_and_typed_in_words_with_any_comma(world: World) -> None:
    there = browser(world, "office_manager")
    assert 'value="housekeeping、repair、alarm"' in there.read(PATH)
    there.post(f"{PATH}/decide", {"value": "repair， housekeeping", "reason": "报警外包"})
    figures = values_for(world.office, clock.now()).policy(ScopePolicy)
    assert figures.home_services == ("repair", "housekeeping")
    refused = there.post(f"{PATH}/decide", {"value": "、", "reason": "试"}, htmx=True)
    assert refused.status_code == 422
    assert "HC-3" in refused.content.decode()
