"""The page of an order: what can be done stands there as buttons, what cannot is said beside them."""

import re
from datetime import timedelta
from typing import Any

import pytest

from menling.journal.models import Event
from menling.premises import clock
from tests.doors.web import browser, words
from tests.office import World

pytestmark = pytest.mark.django_db


def posted(there: Any, number: str, verb: str, fields: dict[str, Any] | None = None, **more: Any) -> Any:
    return there.post(f"/orders/{number}/{verb}", fields, **more)


def test_the_page_shows_the_five_elements_and_the_steps_open_now(world: World) -> None:
    case = world.do(world.file(), "accept", "control_centre")
    page = browser(world, "control_centre").read(f"/orders/{case.number}")
    for said in ("3-2-1201", "王芳", "138 **** 8000", "厨房下水堵", "accepted", "Dispatch"):
        assert said in words(page)
    assert "13800138000" not in page
    assert page.count("btn-primary") == 1 + page.count("Take over</button>")


def test_the_status_and_the_verbs_are_those_of_the_paper_in_chinese(world: World) -> None:
    case = world.sent()
    page = words(browser(world, "control_centre", "zh-hans").read(f"/orders/{case.number}"))
    assert "已派单" in page
    assert "改派" in page


def test_an_order_of_another_office_is_not_there(world: World) -> None:
    case = world.file()
    there = browser(world, "control_centre_elsewhere")
    assert there.get(f"/orders/{case.number}").status_code == 404
    assert posted(there, case.number, "accept").status_code == 404
    assert there.get(f"/orders/{case.number}/dispatch").status_code == 404
    assert posted(there, case.number, "reveal").status_code == 404


def test_a_nul_in_the_address_of_a_page_is_not_there(world: World) -> None:
    desk = browser(world, "control_centre")
    assert {desk.get(f"/{address}%00").status_code for address in ("orders/", "r/", "calls/", "")} == {404}


def test_a_worker_is_chosen_from_those_who_can_go_and_sent(world: World) -> None:
    case = world.do(world.file(), "accept", "control_centre")
    there = browser(world, "control_centre")
    form = there.read(f"/orders/{case.number}/dispatch")
    assert world.staff["repair_worker"].name in form
    answer = posted(there, case.number, "dispatch", {"worker": world.staff["repair_worker"].number})
    case.refresh_from_db()
    assert (answer.status_code, answer["Location"], case.status) == (302, f"/orders/{case.number}", "dispatched")


def test_the_return_of_a_stub_is_offered_while_one_is_out_and_a_new_time_first_where_nobody_was_home(world: World) -> None:
    case = world.at_home()
    there = browser(world, "service_desk")
    assert "return_stub" not in there.read(f"/orders/{case.number}")
    world.do(case, "absent", "repair_worker", slip="0001")
    assert "return_stub" in there.read(f"/orders/{case.number}")
    page = browser(world, "control_centre").read(f"/orders/{case.number}")
    assert re.search(r'btn-primary"[^>]*/move', page) or re.search(r'/move"[^>]*btn-primary', page)
    world.do(case, "return_stub", "service_desk", slip="0001")
    assert "return_stub" not in there.read(f"/orders/{case.number}")


def test_pressing_twice_is_one_step(world: World) -> None:
    case = world.file()
    there = browser(world, "control_centre")
    for _press in range(2):
        assert posted(there, case.number, "accept", key="the-key-of-this-form").status_code == 302
    assert case.events.filter(verb="accept").count() == 1


def test_a_step_without_a_key_is_not_carried_out(world: World) -> None:
    case = world.file()
    answer = browser(world, "control_centre").client.post(f"/orders/{case.number}/accept", {}, headers={"HX-Request": "true"})
    case.refresh_from_db()
    assert (answer.status_code, case.status) == (400, "reported")


def test_a_refusal_stands_beside_the_button_with_its_clause_and_its_wording(world: World) -> None:
    case = world.file(phone="")
    world.do(case, "accept", "control_centre")
    there = browser(world, "control_centre")
    answer = posted(there, case.number, "dispatch", {"worker": world.staff["repair_worker"].number}, htmx=True)
    said = words(answer.content.decode())
    assert answer.status_code == 409
    assert "phone is missing. Add it, then dispatch." in said
    assert "EN-F.2" in said
    assert "<html" not in answer.content.decode()


def test_what_is_missing_is_refused_by_the_procedure_and_names_the_field(world: World) -> None:
    case = world.sent()
    answer = posted(browser(world, "control_centre"), case.number, "cancel", {"reason": " "}, htmx=True)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'data-field="reason"' in page
    assert "HS-4.3.2" in page


def test_what_cannot_be_taken_back_is_said_before_it_is_done(world: World) -> None:
    case = world.sent()
    form = words(browser(world, "control_centre").read(f"/orders/{case.number}/cancel"))
    assert "The order ends here. Whoever was sent is told at once; nothing is charged." in form


def test_a_time_that_is_none_is_said_beside_its_field(world: World) -> None:
    case = world.sent()
    answer = posted(browser(world, "control_centre"), case.number, "move", {"visit_at": "soon"}, htmx=True)
    assert answer.status_code == 422
    assert "“soon” is no time" in answer.content.decode()
    assert 'data-field="visit_at"' in answer.content.decode()


def test_a_step_that_is_somebody_elses_is_refused_with_whose_it_is(world: World) -> None:
    case = world.file()
    answer = posted(browser(world, "finance"), case.number, "accept", htmx=True)
    assert answer.status_code == 403
    assert "HS-4.2.1" in answer.content.decode()


def test_a_desk_records_what_the_worker_told_by_radio_with_the_true_time(world: World) -> None:
    case = world.do(world.sent(), "acknowledge", "repair_worker")
    there = browser(world, "control_centre")
    assert "True time" in there.read(f"/orders/{case.number}/arrive")
    posted(there, case.number, "arrive", {"source": "radio", "happened_at": f"{world.now:%Y-%m-%d} 10:04"})
    event = Event.objects.get(case=case, verb="arrive")
    assert (event.source, event.actor_name, event.recorder_name) == (
        "radio", world.staff["repair_worker"].name, world.staff["control_centre"].name,
    )  # fmt: skip
    page = words(there.read(f"/orders/{case.number}"))
    assert f"recorded by {world.staff['control_centre'].name}" in page


def test_nobody_records_the_residents_signature(world: World) -> None:
    case = world.finished()
    answer = posted(browser(world, "control_centre"), case.number, "sign", {"source": "phone"}, htmx=True)
    assert answer.status_code == 403
    assert "OC-4.5" in answer.content.decode()


@pytest.mark.clause("MR-13")
def test_a_number_is_masked_and_each_look_at_it_is_on_record(world: World) -> None:
    case = world.sent()
    there = browser(world, "control_centre")
    answer = posted(there, case.number, "reveal")
    assert answer.json() == {"phone": "13800138000"}
    event = Event.objects.get(case=case, verb="reveal")
    assert (event.actor_name, event.clauses) == (world.staff["control_centre"].name, ["MR-13"])
    assert "13800138000" not in there.read(f"/orders/{case.number}")


@pytest.mark.clause("MR-13")
def test_who_need_not_call_sees_no_number(world: World) -> None:
    case = world.sent()
    answer = posted(browser(world, "finance"), case.number, "reveal", htmx=True)
    assert answer.status_code == 403
    assert "13800138000" not in answer.content.decode()


def test_one_tap_ticks_a_card_of_reminders_and_the_timeline_names_its_clauses(world: World) -> None:
    case = world.sent()
    there = browser(world, "control_centre")
    assert "Calling about a delay" in words(there.read(f"/orders/{case.number}"))
    posted(there, case.number, "tick", {"group": "call_late"})
    assert Event.objects.get(case=case, verb="tick").clauses == ["HS-4.3.1"]
    assert "ticked" in words(there.read(f"/orders/{case.number}"))


def test_money_stands_on_the_order_and_its_steps_lead_to_the_charge(world: World) -> None:
    case = world.finished("86.00")
    world.do(world.child(case, "charge"), "collect", "repair_worker")
    page = browser(world, "control_centre").read(f"/orders/{case.number}")
    assert "¥86.00" in words(page)
    assert re.search(r"XH-P\d\d-\d{5}", page)
    charge = world.child(case, "charge")
    assert browser(world, "finance").get(f"/orders/{charge.number}")["Location"] == f"/orders/{case.number}"


def test_finance_settles_on_the_page_and_is_told_what_is_missing(world: World) -> None:
    case = world.finished("86.00")
    world.do(world.child(case, "charge"), "collect", "repair_worker")
    settlement = world.child(case, "settlement")
    answer = posted(browser(world, "finance"), settlement.number, "settle", htmx=True)
    assert answer.status_code == 409
    assert "HS-4.2.3" in answer.content.decode()


@pytest.mark.clause("HS-4.3.1")
def test_the_reminder_to_call_about_a_delay_waits_for_a_delay(world: World) -> None:
    world.now = clock.now()
    case = world.sent()
    there = browser(world, "control_centre")
    assert "Calling about a delay" not in there.read(f"/orders/{case.number}")
    world.do(case, "delay", "repair_worker", reason="前一户未完", can_come_at=world.now + timedelta(hours=2))
    page = there.read(f"/orders/{case.number}")
    assert "Calling about a delay" in page
    assert "The resident does not accept the new time" in page


def test_a_promise_about_to_break_reminds_of_the_call_without_a_report(world: World) -> None:
    world.now = clock.now() - timedelta(minutes=40)
    case = world.sent()
    assert "Calling about a delay" in browser(world, "control_centre").read(f"/orders/{case.number}")


def test_cancelling_the_order_and_leaving_the_form_are_not_called_alike(world: World) -> None:
    case = world.sent()
    page = words(browser(world, "control_centre", "zh-hans").read(f"/orders/{case.number}/cancel"))
    assert "取消订单" in page
    assert "返回" in page


def test_a_step_of_a_worker_may_be_given_again_with_a_time_and_a_reason(world: World) -> None:
    case = world.sent()
    form = browser(world, "control_centre").read(f"/orders/{case.number}/reassign")
    for field in ("worker", "reason", "visit_at", "release"):
        assert f'name="{field}"' in form
