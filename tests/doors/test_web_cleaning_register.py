"""The housekeeping register on the screen: its lines, the sign-off, and the calls of the morning after."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import localtime

from menling.journal.models import Case
from tests import cleaning
from tests.doors.web import Browser, browser, words
from tests.office import World

pytestmark = pytest.mark.django_db


def page_of(world: World) -> str:
    return f"/housekeeping/{localtime(world.now):%Y-%m-%d}"


def done(world: World) -> Case:
    return world.do(cleaning.signed(world), "sign_off", "housekeeper")


def queries(there: Browser, path: str) -> int:
    with CaptureQueriesContext(connection) as caught:
        assert there.get(path).status_code == 200
    return len(caught)


def test_a_line_names_who_went_and_when_it_was_signed_off(today: World) -> None:
    case = done(today)
    shown = words(browser(today, "service_desk").read(page_of(today)))
    assert case.number in shown
    assert all(today.staff[each].name in shown for each in cleaning.BOTH)
    assert f"{localtime(today.now):%H:%M}" in shown


def test_the_service_desk_calls_back_and_keeps_what_was_said(today: World) -> None:
    case = done(today)
    desk = browser(today, "service_desk")
    assert f"/steps/{case.number}/note" in desk.read(page_of(today))
    sent = {"follow_up": "reached", "text": "很干净", "next": page_of(today)}
    assert desk.post(f"/steps/{case.number}/note", sent).status_code == 302
    assert "很干净" in desk.read(page_of(today))


def test_yesterdays_cleaning_stands_among_the_calls_of_the_morning(today: World) -> None:
    today.now -= timedelta(days=1)
    done(today)
    assert f"{page_of(today)}#calls" in browser(today, "service_desk").read("/counter")


def test_the_page_asks_equally_often_however_much_was_booked(today: World) -> None:
    done(today)
    desk = browser(today, "service_desk")
    few = queries(desk, page_of(today))
    for each in range(4):
        cleaning.booked(today, ahead=3000 + each * 200)
    assert queries(desk, page_of(today)) == few


def test_no_day_is_no_page(today: World) -> None:
    assert browser(today, "service_desk").get("/housekeeping/2026-13-45").status_code == 404
