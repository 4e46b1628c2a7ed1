"""The counter: whatever the caller says leads to the household, and to an order in a few strokes."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from menling.journal.models import Case, Event
from menling.orders.models import Order, Referral
from menling.premises import clock
from menling.premises.models import Occupancy, Phone
from menling.premises.search import phone_of, search
from tests.doors.web import browser, words
from tests.office import World, make_person, make_unit, move_in

pytestmark = pytest.mark.django_db


def units(world: World, text: str) -> list[str]:
    return [home.unit.code for home in search([world.office.pk], text)]


@pytest.mark.parametrize(
    "typed",
    ["13800138000", "138 0013 8000", "138-0013-8000", "+86 13800138000", "013800138000", "１３８００１３８０００", "1380013"],
)
def test_a_phone_in_any_spelling_finds_its_home(world: World, typed: str) -> None:
    assert units(world, typed) == ["3-2-1201"]


@pytest.mark.parametrize("typed", ["3-2-1201", "3栋2单元1201", "3栋2单元1201室", "３－２－１２０１", "3-1201", "3-2-12", "1201"])
def test_a_room_in_any_spelling_or_by_its_beginning_finds_the_home(world: World, typed: str) -> None:
    assert "3-2-1201" in units(world, typed)


@pytest.mark.parametrize("typed", ["王芳", "芳", "wf", "WF", "wangfang", "wang fang", "wangf"])
def test_a_name_its_sounds_or_its_initials_find_the_home(world: World, typed: str) -> None:
    assert units(world, typed) == ["3-2-1201"]


@pytest.mark.parametrize("typed", ["", "   ", "138", "赵", "zz", "%", "_", "'; --", "9-9-9999", "\x00", "(", "a(b"])
def test_what_nobody_has_finds_nothing_and_breaks_nothing(world: World, typed: str) -> None:
    assert units(world, typed) == []


def test_one_number_may_stand_behind_six_homes_each_with_its_people(world: World) -> None:
    agent = make_person(world.company, "周明", "13900139000")
    for room in range(1, 7):
        move_in(agent, make_unit(world.office, "8", "1", f"{room}01"), "agent")
    homes = search([world.office.pk], "13900139000")
    assert [home.unit.code for home in homes] == [f"8-1-{room}01" for room in range(1, 7)]
    assert all((home.people[0].name, home.people[0].role, home.people[0].found) == ("周明", "agent", True) for home in homes)


def test_an_agents_own_home_stands_before_the_flats_looked_after(world: World) -> None:
    agent = make_person(world.company, "周明", "13900139000")
    for room in (101, 201):
        move_in(agent, make_unit(world.office, "1", "1", str(room)), "agent")
    move_in(agent, make_unit(world.office, "9", "1", "801"), "tenant")
    assert units(world, "13900139000") == ["9-1-801", "1-1-101", "1-1-201"]
    assert units(world, "zm") == ["9-1-801", "1-1-101", "1-1-201"]


@pytest.mark.parametrize("typed", ["8000", "38000", "138000"])
def test_the_last_digits_of_a_number_find_its_home(world: World, typed: str) -> None:
    assert units(world, typed) == ["3-2-1201"]


def test_a_room_stands_before_a_number_that_ends_alike(world: World) -> None:
    neighbour = make_person(world.company, "周明", "13900131201")
    move_in(neighbour, make_unit(world.office, "1", "1", "101"), "owner")
    assert units(world, "1201") == ["3-2-1201", "1-1-101"]


def test_who_moved_out_is_not_found_behind_the_old_home(world: World) -> None:
    Occupancy.objects.filter(person=world.resident).update(until=date(2026, 1, 1))
    assert units(world, "13800138000") == []


def test_nothing_of_another_office_is_found(world: World) -> None:
    stranger = make_person(world.company, "孙丽", "13711112222")
    move_in(stranger, make_unit(world.elsewhere, "3", "2", "1203"), "owner")
    assert units(world, "13711112222") == []
    assert units(world, "sunli") == []
    assert "3-2-1203" not in units(world, "3-2")
    assert phone_of([world.office.pk], Phone.objects.get(person=stranger).pk) is None


@pytest.mark.clause("MR-13")
def test_a_look_at_the_number_of_somebody_of_a_home_stands_in_its_newest_order(world: World) -> None:
    case = world.file()
    number = Phone.objects.get(person=world.resident)
    there = browser(world, "service_desk")
    answer = there.post(f"/counter/{world.unit.pk}/{number.pk}/reveal")
    assert answer.json() == {"phone": "13800138000"}
    event = Event.objects.get(case=case, verb="reveal")
    assert (event.actor_name, event.facts["whose"]) == (world.staff["service_desk"].name, "王芳")
    assert "13800138000" not in str(event.facts)


@pytest.mark.clause("MR-13")
def test_a_number_of_another_home_or_of_a_home_without_orders_is_not_shown(world: World) -> None:
    number = Phone.objects.get(person=world.resident).pk
    there = browser(world, "service_desk")
    assert there.post(f"/counter/{world.unit.pk}/{number}/reveal").status_code == 404
    world.file()
    other = make_unit(world.office, "7", "1", "101")
    assert there.post(f"/counter/{other.pk}/{number}/reveal").status_code == 404
    elsewhere = browser(world, "service_desk_elsewhere")
    assert elsewhere.post(f"/counter/{world.unit.pk}/{number}/reveal").status_code == 404


@pytest.mark.parametrize("typed", ["13800138000", "3-2-1201", "王芳", "wf"])
def test_a_search_is_a_few_queries_whoever_is_meant(world: World, typed: str) -> None:
    for room in range(1, 9):
        move_in(
            make_person(world.company, f"王芳{room}", f"1380013{room:04d}"),
            make_unit(world.office, "6", "1", f"{room}01"),
            "owner",
        )
    with CaptureQueriesContext(connection) as caught:
        search([world.office.pk], typed)
    assert len(caught) <= 5


def test_one_glance_shows_people_masked_numbers_warranty_care_open_orders_and_the_past(world: World) -> None:
    world.unit.warranty_until, world.unit.special_care = date(2027, 6, 1), "独居老人"
    world.unit.save()
    done = world.completed()
    world.file(content="客厅灯不亮")
    page = browser(world, "service_desk").read("/counter", {"q": "wf"})
    said = words(page)
    for part in ("3-2-1201", "王芳", "owner", "138 **** 8000", "until 1 Jun 2027", "独居老人", "客厅灯不亮", "Served before"):
        assert part in said, part
    assert done.number in page
    assert "13800138000" not in page


def test_an_order_number_opens_the_order(world: World) -> None:
    case = world.file()
    assert browser(world, "service_desk").get("/counter", {"q": case.number.lower()})["Location"] == f"/orders/{case.number}"
    assert browser(world, "service_desk_elsewhere").get("/counter", {"q": case.number}).status_code == 200


def test_a_home_of_another_office_is_not_there(world: World) -> None:
    assert browser(world, "service_desk_elsewhere").get("/counter", {"unit": str(world.unit.pk)}).status_code == 404


def test_before_anybody_types_the_desk_sees_who_called_whom_to_call_and_what_waits(world: World) -> None:
    world.now = clock.now()
    case = world.sent(content="客厅灯不亮")
    world.do(case, "delay", "repair_worker", reason="前一户未完", can_come_at=world.now + timedelta(hours=1))
    browser(world, "control_centre").post("/new/file", form_of(world, "control_centre", content="擦玻璃", do="pass:housekeeping"))
    page = words(browser(world, "service_desk").read("/counter"))
    for part in (
        "Who called today",
        "客厅灯不亮",
        "王芳",
        "Call now 1",
        "apologise and agree a new time",
        "this desk 1",
        "擦玻璃",
    ):
        assert part in page


def test_a_caller_with_many_homes_is_answered_with_the_own_home_without_a_click(world: World) -> None:
    agent = make_person(world.company, "周明", "13900139000")
    move_in(agent, make_unit(world.office, "1", "1", "101"), "agent")
    move_in(agent, make_unit(world.office, "9", "1", "801"), "tenant")
    found = browser(world, "service_desk").get("/counter/found", {"q": "13900139000"})
    assert found.context["home"].unit.code == "9-1-801"
    assert "周明 tenant" in words(found.content.decode())


def form_of(world: World, who: str, **typed: str) -> dict[str, Any]:
    there = browser(world, who)
    known = there.get("/counter", {"q": "13800138000"}).context["form"]
    return {"unit": known["unit"], "reporter": known["reporter"], "phone_of": known["phone_of"], "phone": ""} | typed


def test_a_call_becomes_an_accepted_order_with_the_number_nobody_had_to_see(world: World) -> None:
    there = browser(world, "control_centre")
    answer = there.post("/new/file", form_of(world, "control_centre", content="厨房下水堵", do="accept"))
    order = Order.objects.get()
    assert (order.case.status, order.phone, order.reporter, order.unit) == ("accepted", "13800138000", "王芳", world.unit)
    assert answer["Location"] == f"/counter?filed={order.case.number}"
    page = there.read(answer["Location"])
    assert order.case.number in page
    assert "data-search autocomplete" in page
    assert "autofocus" in page.split("data-search", 1)[1].split(">", 1)[0], "ready for the next call"


def test_pressing_twice_files_one_order(world: World) -> None:
    there = browser(world, "control_centre")
    fields = form_of(world, "control_centre", content="厨房下水堵")
    for _press in range(2):
        assert there.post("/new/file", fields, key="one-form").status_code == 302
    assert Order.objects.count() == 1


def test_a_visit_time_is_typed_as_it_is_said(world: World) -> None:
    there = browser(world, "control_centre")
    there.post("/new/file", form_of(world, "control_centre", content="装灯", visit_at="+90"))
    order = Order.objects.get()
    assert not order.at_once
    bad = there.post("/new/file", form_of(world, "control_centre", content="装灯", visit_at="later"), htmx=True)
    assert bad.status_code == 422
    assert 'data-field="visit_at"' in bad.content.decode()
    assert Order.objects.count() == 1


def test_what_is_missing_is_said_beside_the_button_with_its_clause(world: World) -> None:
    answer = browser(world, "control_centre").post("/new/file", form_of(world, "control_centre", content=" "), htmx=True)
    assert answer.status_code in (409, 422)
    assert "HC-5.1.2" in answer.content.decode()
    assert 'data-field="content"' in answer.content.decode()


def test_declining_registers_first_and_then_asks_for_the_reason(world: World) -> None:
    there = browser(world, "control_centre")
    answer = there.post("/new/file", form_of(world, "control_centre", content="修电视", do="decline"))
    case = Case.objects.get(kind="repair")
    assert (case.status, answer["Location"]) == ("reported", f"/orders/{case.number}?do=decline")
    there.post(f"/orders/{case.number}/decline", {"reason": "不在服务范围", "offered": "介绍厂家"})
    case.refresh_from_db()
    assert case.status == "declined"


@pytest.mark.clause("HS-4.2.1")
def test_the_control_centre_hands_housekeeping_over_with_every_typed_word(world: World) -> None:
    there = browser(world, "control_centre")
    there.post("/new/file", form_of(world, "control_centre", content="擦玻璃", requirements="周六上午", do="pass:housekeeping"))
    passed = Referral.objects.get()
    assert (passed.wanted, passed.to_desk, passed.unit_text, passed.reporter, passed.phone, passed.content) == (
        "housekeeping", "service_desk", "3-2-1201", "王芳", "13800138000", "擦玻璃\n周六上午",
    )  # fmt: skip
    assert not Order.objects.exists()


@pytest.mark.clause("HS-4.1.3")
def test_the_service_desk_guides_a_repair_on_and_hands_an_urgent_one_over(world: World) -> None:
    there = browser(world, "service_desk")
    page = there.read("/counter", {"q": "13800138000"})
    assert "Guide to the control centre" in page
    assert "File and accept" not in page
    there.post("/new/file", form_of(world, "service_desk", content="灯不亮", do="pass:repair"))
    assert Referral.objects.get().to_desk == "control_centre"
    there.post("/new/file", form_of(world, "service_desk", content="水管爆裂", do="urgent"))
    order = Order.objects.get()
    assert (order.urgency, order.case.status, order.referred_by) == ("emergency", "reported", world.staff["service_desk"])


@pytest.mark.clause("HS-4.1.3")
def test_an_ordinary_repair_pressed_through_at_the_service_desk_is_refused_with_what_to_do(world: World) -> None:
    answer = browser(world, "service_desk").post("/new/file", form_of(world, "service_desk", content="灯不亮"), htmx=True)
    assert answer.status_code == 403
    assert "HS-4.1.3" in answer.content.decode()
    assert "Guide the resident there" in answer.content.decode()


def test_what_was_handed_over_becomes_an_order_with_the_words_typed_at_the_other_desk(world: World) -> None:
    browser(world, "service_desk").post("/new/file", form_of(world, "service_desk", content="灯不亮", do="pass:repair"))
    number = Case.objects.get(kind="referral").number
    there = browser(world, "control_centre")
    assert "灯不亮" in there.read("/referrals")
    form = there.get("/new", {"referral": number}).context["form"]
    assert (form["content"], form["unit"]) == ("灯不亮", "3-2-1201")
    sent = {key: form[key] for key in ("unit", "reporter", "phone", "content", "referral")}
    assert there.post("/new/file", sent | {"do": "accept"}).status_code == 302
    referral = Referral.objects.get()
    assert (referral.case.status, referral.became) == ("taken", Case.objects.get(kind="repair"))
    assert Event.objects.get(case=referral.case, verb="take").facts["became"] == Case.objects.get(kind="repair").number


def test_a_referral_of_another_office_is_not_there(world: World) -> None:
    browser(world, "service_desk").post("/new/file", form_of(world, "service_desk", content="灯不亮", do="pass:repair"))
    number = Case.objects.get(kind="referral").number
    there = browser(world, "control_centre_elsewhere")
    assert there.get("/new", {"referral": number}).status_code == 404
    assert "灯不亮" not in there.read("/referrals")


def test_a_number_of_another_office_cannot_be_smuggled_into_an_order(world: World) -> None:
    stranger = make_person(world.company, "孙丽", "13711112222")
    move_in(stranger, make_unit(world.elsewhere, "3", "2", "1203"), "owner")
    fields = form_of(world, "control_centre", content="灯不亮") | {"phone_of": str(Phone.objects.get(person=stranger).pk)}
    browser(world, "control_centre").post("/new/file", fields)
    assert Order.objects.get().phone == ""
