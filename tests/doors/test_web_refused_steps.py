"""Refused on a phone: sent by the phone with every word, written down by the foreman with one tap, or set aside with a reason."""

from datetime import timedelta
from typing import Any

import pytest

from menling.journal.models import Case
from menling.premises.models import Staff
from tests.doors.api import caller
from tests.doors.test_api_pin import by_pin
from tests.doors.test_web_imports import rows_of
from tests.doors.web import browser, words
from tests.office import World

pytestmark = [pytest.mark.django_db, pytest.mark.clause("MR-41")]


def sent_by_phone(world: World, order: Case, *, key: str = "", **more: Any) -> Any:
    """Let the worker's phone send what was refused, as it does when it finds a network."""
    body = {"office": order.number.split("-")[0], "of": order.number, "step": "finish", "facts": {"summary": "已换存水弯"},
            "done_at": world.now - timedelta(minutes=1), "why": "not yet working", "why_zh": "还没开工",
            "clause": "EN-7.1"} | more  # fmt: skip
    return caller(world, "repair_worker").post("/refused-steps", body, key=key or None)


def working(world: World) -> Case:
    """Return an order at which the worker is at work since a while ago."""
    world.now -= timedelta(minutes=20)
    case = world.do(world.at_home(), "start", "repair_worker")
    world.now += timedelta(minutes=20)
    return case


def test_sent_twice_it_is_kept_once(today: World) -> None:
    order = working(today)
    answers = [sent_by_phone(today, order, key="once") for _try in range(2)]
    assert [each.status_code for each in answers] == [201, 201], answers[0].content
    assert Case.objects.filter(kind="refused_step").count() == 1


def test_a_phone_opened_by_pin_may_send_it(today: World) -> None:
    order = working(today)
    body = {"of": order.number, "step": "finish", "facts": {"summary": "好了"}, "done_at": today.now, "why": "not yet"}
    assert by_pin(today, "repair_worker").post("/refused-steps", body).status_code == 201


def test_the_foreman_reads_what_was_typed_and_writes_it_down_with_one_tap(today: World) -> None:
    order = working(today)
    number = sent_by_phone(today, order).json()["number"]
    lead = browser(today, "team_lead")
    page = words(lead.read("/team/refused-steps"))
    for each in (order.number, today.staff["repair_worker"].name, "已换存水弯", "not yet working"):
        assert each in page, each
    answer = lead.post(f"/team/refused-steps/{number}", key="tap")
    assert answer.status_code == 302, answer.content
    order.refresh_from_db()
    done = order.events.get(verb="finish")
    assert (order.status, done.facts["summary"]) == ("finished", "已换存水弯")
    assert (done.actor_name, done.recorder_name) == (today.staff["repair_worker"].name, today.staff["team_lead"].name)
    assert done.happened_at == Case.objects.get(number=number).refusedstep.done_at
    assert Case.objects.get(number=number).status == "recorded"
    assert lead.post(f"/team/refused-steps/{number}", key="tap").status_code == 302, "pressed twice it is one"
    assert order.events.filter(verb="finish").count() == 1


def test_refused_again_nothing_is_written_and_it_stays_on_the_list(today: World) -> None:
    order = working(today)
    number = sent_by_phone(today, order).json()["number"]
    today.do(order, "finish", "repair_worker", summary="同事先记了")
    answer = browser(today, "team_lead").post(f"/team/refused-steps/{number}", htmx=True)
    assert answer.status_code == 409
    assert Case.objects.get(number=number).status == "kept"
    assert order.events.filter(verb="finish").count() == 1


def test_a_residents_signature_is_written_down_by_nobody_else(today: World) -> None:
    order = today.finished()
    number = sent_by_phone(today, order, step="sign", facts={}).json()["number"]
    answer = browser(today, "team_lead").post(f"/team/refused-steps/{number}", htmx=True)
    assert (answer.status_code, "OC-4.5" in answer.content.decode()) == (403, True)


def test_the_api_writes_the_step_as_the_page_does_or_refuses_both(today: World) -> None:
    order = working(today)
    number, again = (sent_by_phone(today, order).json()["number"] for _each in range(2))
    desk = caller(today, "control_centre")
    assert [desk.post(f"/refused-steps/{number}/record", key="tap").json()["status"] for _try in range(2)] == ["recorded"] * 2
    order.refresh_from_db()
    assert (order.status, order.events.filter(verb="finish").count()) == ("finished", 1)
    answer = desk.post(f"/refused-steps/{again}/record")
    assert (answer.status_code, Case.objects.get(number=again).status) == (409, "kept")
    unreadable = sent_by_phone(today, order, step="add_material", facts={"no": "such fact"}).json()["number"]
    answer = desk.post(f"/refused-steps/{unreadable}/record")
    assert (answer.status_code, Case.objects.get(number=unreadable).status) == (422, "kept")


def test_it_is_set_aside_with_a_reason_and_taken_away_as_a_workbook(today: World) -> None:
    order = working(today)
    number = sent_by_phone(today, order).json()["number"]
    lead = browser(today, "team_lead")
    lead.post(f"/orders/{number}/dismiss", {"reason": "同事已记"})
    assert "同事已记" in words(lead.read("/team/refused-steps"))
    sent_by_phone(today, order)
    header, row, *_sums = rows_of(lead.get("/exports/refused-steps.xlsx"))
    assert (len(header), order.number in row) == (11, True)
    assert any("已换存水弯" in str(each) for each in row)


def test_who_decides_nothing_here_sees_nothing_of_it(today: World) -> None:
    number = sent_by_phone(today, working(today)).json()["number"]
    assert browser(today, "finance").get("/team/refused-steps").status_code == 403
    assert browser(today, "office_manager").post(f"/team/refused-steps/{number}").status_code == 403
    assert browser(today, "team_lead_elsewhere").post(f"/team/refused-steps/{number}").status_code == 404
    assert number not in browser(today, "team_lead_elsewhere").read("/team/refused-steps")


def test_the_list_asks_the_database_as_often_for_many_as_for_one(today: World, django_assert_max_num_queries: Any) -> None:
    order = working(today)
    for _each in range(6):
        sent_by_phone(today, order)
    lead = browser(today, "team_lead")
    assert Staff.objects.exists()
    with django_assert_max_num_queries(20):
        lead.read("/team/refused-steps")
