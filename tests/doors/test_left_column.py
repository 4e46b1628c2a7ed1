"""The left column: a role's own start page first, what is seldom needed folded away, and the page looked at marked."""

import pytest
from django.urls import reverse

from menling.kernel.roles import Role as R
from menling.web.navigation import LISTS, SETTINGS, START, TODAY, sections, start
from tests.doors.web import browser
from tests.office import World

MOST_DAILY = 14
"""So many lines a person finds without reading; the rest stands under headings."""


@pytest.mark.parametrize("role", [role for role, url in START.items() if url.startswith("web:")], ids=str)
def test_the_column_begins_with_the_start_page_and_is_short(role: R) -> None:
    first = sections(frozenset({role}))[0]
    assert first.entries[0].url == start(frozenset({role}))
    assert len(first.entries) <= MOST_DAILY


def test_the_control_centre_finds_its_day_open_and_the_rest_folded_under_two_headings() -> None:
    day, lists, looked_up = sections(frozenset({R.CONTROL_CENTRE}), "/board")
    assert [day.title, lists.title, looked_up.title] == [TODAY, LISTS, SETTINGS]
    assert (day.folded, lists.folded, looked_up.folded) == (False, True, True)


def test_the_section_of_the_page_looked_at_stands_open() -> None:
    _day, lists, looked_up = sections(frozenset({R.CONTROL_CENTRE}), "/prices")
    assert (lists.folded, looked_up.folded) == (True, False)
    assert [entry.url for entry in looked_up.entries if entry == looked_up.here] == ["web:prices"]


def test_a_page_below_another_marks_the_line_that_leads_nearest_to_it() -> None:
    day, lists, _looked_up = sections(frozenset({R.TEAM_LEAD}), "/team/late-entries")
    assert day.here is None
    assert [entry.url for entry in lists.entries if entry == lists.here] == ["web:late_entries"]
    assert sections(frozenset({R.TEAM_LEAD}), "/team/JL011")[0].here == day.entries[0]


def test_whose_day_is_setting_up_has_everything_open() -> None:
    assert not any(section.folded for section in sections(frozenset({R.ADMINISTRATOR}), "/administration"))


def test_every_page_of_a_role_stands_in_one_section_and_no_letter_opens_two_pages() -> None:
    entries = [entry for section in sections(frozenset(R)) for entry in section.entries]
    letters = [entry.letter for entry in entries if entry.letter]
    assert len({entry.url for entry in entries}) == len(entries)
    assert len(set(letters)) == len(letters)


@pytest.mark.django_db
@pytest.mark.parametrize("role", [R.CONTROL_CENTRE, R.SERVICE_DESK, R.TEAM_LEAD, R.FINANCE, R.QUALITY], ids=str)
def test_every_line_of_the_column_leads_somebody_of_the_role_to_a_page(world: World, role: R) -> None:
    desk = browser(world, role.value)
    lines = [entry.url for section in sections(frozenset({role})) for entry in section.entries]
    assert [url for url in lines if desk.client.get(reverse(url), follow=True).status_code != 200] == []
