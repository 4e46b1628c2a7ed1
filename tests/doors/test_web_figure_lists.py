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


@pytest.mark.django_db
def test_a_figure_is_found_by_its_title_or_its_clause_and_nothing_found_says_so(world: World) -> None:
    manager = browser(world, "office_manager", "zh-hans")
    by_title = manager.get("/figures?q=本管理处提供").context["rows"]
    by_clause = manager.get("/figures?q=en-2.1").context["rows"]
    assert [row.setting.key for row in by_title] == ["intake.home_services"]
    assert "repair.arrive_minutes" in {row.setting.key for row in by_clause}
    assert manager.get("/figures?q=nosuchfigure").context["rows"] == []
