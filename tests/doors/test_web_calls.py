"""The pages of the call department, of the shift hand-over, of a resident's wish and of a leaver's open work."""

from datetime import timedelta

import pytest

from menling.journal.models import Case
from menling.premises import clock
from menling.premises.models import Post, Shift, Staff
from tests.doors.api import caller
from tests.doors.web import browser, words
from tests.examples import CALLED
from tests.office import SINCE, World

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]


def test_an_order_of_the_call_department_goes_to_the_office_and_its_result_comes_back(world: World) -> None:
    phone, desk = browser(world, "call_department"), browser(world, "control_centre")
    placed = phone.post("/calls/place", CALLED | {"office": world.office.code, "wanted": "repair"})
    assert placed.status_code == 302, placed.content
    case = Case.objects.get(kind="call_order")
    assert case.number in words(desk.read("/calls"))
    assert desk.post(f"/steps/{case.number}/accept").status_code == 302
    assert desk.post(f"/steps/{case.number}/make_order").status_code == 302
    page = words(desk.read(f"/calls/{case.number}"))
    assert world.child(case, "repair").number in page
    desk.post(f"/steps/{case.number}/tell", {"outcome": "not_needed", "words": "邻居修好了"})
    assert "邻居修好了" in words(phone.read("/calls"))
    phone.post(f"/steps/{case.number}/see")
    case.refresh_from_db()
    assert case.status == "seen"


def test_the_page_names_another_office_with_somebody_free_and_passes_on_with_one_press(world: World) -> None:
    case = Case.objects.get(number=world.answer("place", None, "call_department", kind="call_order", **CALLED).body["number"])
    desk = browser(world, "service_desk")
    now = clock.now()
    assert world.elsewhere.name not in words(desk.read(f"/calls/{case.number}"))
    Shift.objects.create(staff=world.staff["repair_worker_elsewhere"], office=world.elsewhere, starts_at=now - timedelta(hours=1),
                         ends_at=now + timedelta(hours=1))  # fmt: skip
    assert world.elsewhere.name in words(desk.read(f"/calls/{case.number}"))
    assert desk.post(f"/steps/{case.number}/pass_on", {"to": world.elsewhere.code}).status_code == 302
    assert Case.objects.filter(parent=case, office=world.elsewhere).exists()
    assert browser(world, "service_desk_elsewhere").get(f"/calls/{case.number}").status_code == 404


def test_a_shift_is_written_given_and_taken_on_the_page(world: World) -> None:
    order = world.sent()
    leaves, comes = browser(world, "control_centre"), browser(world, "service_desk")
    leaves.post("/shifts/prepare", {"keys": "6 把", "remarks": "二号电梯在修"})
    shift = Case.objects.get(kind="shift_handover")
    assert order.number in words(leaves.read("/shifts"))
    leaves.post(f"/steps/{shift.number}/give", {"to": world.staff["service_desk"].number})
    assert "二号电梯在修" in words(comes.read("/shifts"))
    assert comes.post(f"/steps/{shift.number}/acknowledge").status_code == 302
    shift.refresh_from_db()
    assert shift.status == "acknowledged"
    assert browser(world, "service_desk_elsewhere").read("/shifts").count(shift.number) == 0


def test_the_page_names_the_closing_sheet_that_is_still_open_and_says_why_nothing_is_given(world: World) -> None:
    order = world.finished()
    sheet = Case.objects.get(
        number=world.answer("prepare", None, "control_centre", kind="closing_sheet", desk="control_centre").body["number"]
    )
    leaves = browser(world, "control_centre")
    leaves.post("/shifts/prepare", {"keys": "6 把"})
    shift = Case.objects.get(kind="shift_handover")
    assert f'data-sheet="{sheet.number}"' in leaves.read("/shifts")
    answer = leaves.post(f"/steps/{shift.number}/give", {"to": world.staff["service_desk"].number}, htmx=True)
    assert (answer.status_code, "HS-4.3.4" in answer.content.decode(), sheet.number in answer.content.decode()) == (
        409,
        True,
        True,
    )
    world.do(order, "explain", "control_centre", reason="业主外出，晚间补签")
    world.do(sheet, "close_day", "control_centre")
    assert "data-sheet" not in leaves.read("/shifts")
    assert leaves.post(f"/steps/{shift.number}/give", {"to": world.staff["service_desk"].number}).status_code == 302


def test_whoever_hears_a_wish_tells_the_desk_with_unit_and_words(world: World) -> None:
    guard = browser(world, "finance")
    assert guard.post("/tell", {"unit": "", "wanted": "housekeeping"}).status_code == 422
    assert guard.post("/tell", {"unit": "3-2-1201", "content": "想擦玻璃", "wanted": "housekeeping"}).status_code == 302
    assert "想擦玻璃" in words(browser(world, "service_desk").read("/referrals"))


def test_the_page_of_a_person_lists_what_is_held_and_refuses_to_write_out(world: World) -> None:
    world.staff["administrator"] = made = Staff(company=world.company, number="A900", name="管理员")
    made.set_password("menling-test")
    made.save()
    Post.objects.create(staff=made, office=world.office, role="administrator", since=SINCE)
    order, worker = world.sent(), world.staff["repair_worker"]
    there = browser(world, "administrator")
    assert order.number in words(there.read(f"/people/{worker.number}"))
    no = there.post(f"/people/{worker.number}/left", {"on": "2026-11-20"}, htmx=True)
    assert (no.status_code, order.number in no.content.decode()) == (409, True)
    assert Staff.objects.get(pk=worker.pk).is_active


def test_the_api_lists_what_is_held_and_hands_it_on_order_by_order(world: World) -> None:
    order, worker = world.sent(), world.staff["repair_worker"].number
    lead = caller(world, "team_lead")
    assert [each["number"] for each in lead.get(f"/staff/{worker}/holding").json()["items"]] == [order.number]
    asked = {"orders": {order.number: world.staff["repair_worker_2"].number}, "reason": "生病"}
    for _again in range(2):
        answer = lead.post(f"/staff/{worker}/hand-on", asked, key="ill")
        assert (answer.status_code, answer.json()["items"][0]["why"]) == (200, "")
    assert lead.get(f"/staff/{worker}/holding").json()["items"] == []
    for who in ("team_lead_elsewhere", "housekeeper", "customer"):
        assert caller(world, who).get(f"/staff/{worker}/holding").status_code == 404


def test_where_nothing_waits_the_page_says_what_will_appear_there(world: World) -> None:
    empty = "The call department asks nothing of this office."
    desk = browser(world, "control_centre")
    assert empty in words(desk.read("/calls"))
    world.answer("place", None, "call_department", kind="call_order", **CALLED)
    assert empty not in words(desk.read("/calls"))


def test_the_button_that_places_an_order_is_named_by_the_verb_and_not_by_the_noun(world: World) -> None:
    page = words(browser(world, "call_department", "zh-hans").read("/calls"))
    assert "下单" in page
    assert "地点" not in page
