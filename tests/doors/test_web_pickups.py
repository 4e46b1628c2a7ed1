"""The pick-ups of housekeeping on the pages: what the next one brings, who signs for what lies ready, and the alarm."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from menling.jobs.pickup import pick_up
from menling.journal.models import Case
from menling.orders.models import Batch
from menling.premises import clock
from menling.web.pins import set_pin
from tests import cleaning
from tests.browser.browsing import OfficeTime
from tests.doors.web import Browser, browser, words
from tests.office import World
from tests.procedures.given import refused

pytestmark = pytest.mark.django_db


def laid_out(world: World, orders: int = 1) -> Case:
    """Let orders be agreed before a pick-up and the pick-up come: the batch waits since a minute."""
    agreed_at = world.now - timedelta(days=1)
    for each in range(orders):
        case = cleaning.booked(world, at=agreed_at, ahead=3 * 1440 + 180 * each)
        for verb, facts in (("accept", {}), ("quote", {"amount": "240"}), ("consent", {"how": "phone"})):
            world.do(case, verb, "service_desk", at=agreed_at, **facts)
    pick_up(world.now)
    return Case.objects.get(kind="batch")


def queries(there: Browser, path: str) -> int:
    with CaptureQueriesContext(connection) as caught:
        assert there.get(path).status_code == 200
    return len(caught)


def test_the_next_pick_up_shows_what_it_brings(today: World) -> None:
    case = cleaning.agreed(today, ahead=3 * 1440)
    page = browser(today, "service_desk").read("/pickups")
    assert case.number in page
    assert "brings 1 order" in words(page)


def test_somebody_of_the_team_signs_in_the_own_name(today: World) -> None:
    batch = laid_out(today)
    keeper = browser(today, "housekeeper")
    assert "Sign for the orders" in keeper.read("/pickups")
    assert keeper.post(f"/pickups/{batch.number}/sign").status_code == 302
    signed = Batch.objects.get()
    assert signed.collector == today.staff["housekeeper"]
    assert signed.collected_at is not None


def test_with_a_pin_at_the_desks_pc_it_is_signed_by_who_came(today: World) -> None:
    batch, keeper = laid_out(today), today.staff["housekeeper_2"]
    set_pin(keeper, "4711")
    desk = browser(today, "service_desk")
    wrong = desk.post(f"/pickups/{batch.number}/sign", {"collector": keeper.number, "pin": "1234"}, htmx=True)
    assert wrong.status_code == 422
    assert desk.post(f"/pickups/{batch.number}/sign", {"collector": keeper.number, "pin": "4711"}).status_code == 302
    event = batch.events.get(verb="pick_up")
    assert (event.actor_name, event.recorder_name) == (keeper.name, "")
    assert "service_desk" not in words(desk.read("/pickups"))
    page = words(desk.read(f"/orders/{Case.objects.get(kind='housekeeping').number}"))
    assert f"Who came for the orders {keeper.name}" in page
    assert not any(each in page for each in (f"Name {keeper.name}", f"Who came for the orders {keeper.number}")), "one label"


@pytest.mark.clause("HS-4.1.1.3")
def test_who_is_of_another_crew_reads_that_in_words_beside_the_number_and_signs_nothing(today: World) -> None:
    batch, other = laid_out(today), today.staff["repair_worker"]
    set_pin(other, "4711")
    desk = browser(today, "service_desk")
    answer = desk.post(f"/pickups/{batch.number}/sign", {"collector": other.number, "pin": "4711"}, htmx=True)
    assert answer.status_code == 422
    assert f"{other.number} is not of the housekeeping team" in words(answer.content.decode())
    assert Batch.objects.get().collected_at is None


@pytest.mark.clause("HS-4.1.1.3")
def test_who_pressed_twice_is_answered_as_the_first_time_whatever_crew_it_is_now(today: World) -> None:
    batch, keeper = laid_out(today), today.staff["housekeeper_2"]
    set_pin(keeper, "4711")
    there, typed = browser(today, "service_desk"), {"collector": keeper.number, "pin": "4711", "key": "pressed-twice"}
    assert there.post(f"/pickups/{batch.number}/sign", typed).status_code == 302
    keeper.posts.all().delete()
    assert there.post(f"/pickups/{batch.number}/sign", typed).status_code == 302
    assert batch.events.filter(verb="pick_up").count() == 1


@pytest.mark.clause("HS-4.1.1.3")
def test_whoever_names_the_own_number_hears_of_the_crew_at_every_door(today: World) -> None:
    batch, other = laid_out(today), today.staff["repair_worker"]
    with refused("HS-4.1.1.3", 422):
        today.do(batch, "pick_up", "repair_worker", collector=other.number.lower())
    with refused("HS-4.1.1.3", 403):
        today.do(batch, "pick_up", "repair_worker")


def test_the_desk_writes_down_who_came(today: World) -> None:
    batch, keeper = laid_out(today), today.staff["housekeeper_2"]
    desk = browser(today, "service_desk")
    assert desk.post(f"/pickups/{batch.number}/sign", {"collector": "nobody"}, htmx=True).status_code == 422
    assert desk.post(f"/pickups/{batch.number}/sign", {"collector": keeper.number}).status_code == 302
    assert batch.events.get(verb="pick_up").actor_name == today.staff["service_desk"].name
    assert keeper.name in words(desk.read("/pickups"))


def test_what_nobody_came_for_alarms_board_and_wall(today: World, monkeypatch: pytest.MonkeyPatch) -> None:
    laid_out(today)
    centre = browser(today, "control_centre")
    batch = Batch.objects.get()
    time = OfficeTime(monkeypatch)
    time.turn_to(batch.pick_up_at + timedelta(minutes=1))
    before = centre.get("/board/rows")
    assert "waiting to be picked up" in before.content.decode()
    time.turn_to(batch.pick_up_at + timedelta(minutes=16))
    for page in ("/board", "/wall", "/board/rows?as=table"):
        assert "nobody came" in centre.read(page), page
    assert centre.get("/board/rows", **{"If-None-Match": before["ETag"]}).status_code == 200
    monkeypatch.undo()
    clock.look_again()


def test_what_was_signed_for_waits_no_more_on_board_and_wall_until_somebody_is_sent(today: World) -> None:
    batch = laid_out(today)
    case = Case.objects.get(kind="housekeeping")
    centre = browser(today, "control_centre")
    pages = ("/board", "/board?as=table", "/wall", "/board/rows")
    for page in pages:
        assert "picked up, nobody sent yet" not in centre.read(page), page
    today.do(batch, "pick_up", "service_desk", collector=today.staff["housekeeper_2"].number)
    for page in pages:
        assert "picked up, nobody sent yet" in centre.read(page), page
        assert "waiting to be picked up" not in centre.read(page), page
    today.do(case, "dispatch", "team_lead", workers=[today.staff["housekeeper"].number])
    for page in pages:
        assert "picked up, nobody sent yet" not in centre.read(page), page


def test_the_page_asks_equally_often_however_many_orders_wait(today: World) -> None:
    laid_out(today, 1)
    cleaning.agreed(today, ahead=2 * 1440)
    desk = browser(today, "service_desk")
    few = queries(desk, "/pickups")
    for each in range(4):
        cleaning.agreed(today, ahead=2 * 1440 + 180 * each)
    assert queries(desk, "/pickups") == few
    assert few <= 22


def test_housekeeping_stands_on_the_board_with_its_kind(today: World) -> None:
    case = cleaning.agreed(today)
    shown = browser(today, "control_centre").read("/board/rows?as=table")
    assert case.number in shown
    assert "Housekeeping" in shown
