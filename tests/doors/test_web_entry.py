"""Coming in, taking turns, going out."""

import pytest
from django.contrib.auth.hashers import make_password

from menling.kernel.roles import Role
from menling.premises.models import Staff
from tests.doors.web import Browser, browser, words
from tests.office import World, make_staff

pytestmark = pytest.mark.django_db


def test_a_page_asks_who_is_there_and_comes_back_to_where_one_wanted_to_go(world: World) -> None:
    there = Browser()
    asked = there.get("/messages")
    assert (asked.status_code, asked["Location"]) == (302, "/login?next=%2Fmessages")
    inside = there.client.post(asked["Location"], {"number": "a001", "password": "menling-test", "next": "/messages"})
    assert inside["Location"] == "/messages"


def test_a_poll_of_a_page_left_open_leads_the_whole_page_to_the_log_in(world: World) -> None:
    answer = Browser().get("/messages/unseen", **{"HX-Request": "true", "HX-Current-URL": "http://testserver/messages"})
    assert answer["HX-Redirect"] == "/login?next=%2Fmessages"


def test_a_wrong_password_says_so_and_keeps_the_number(world: World) -> None:
    answer = Browser().log_in("A001", "wrong")
    assert answer.status_code == 422
    assert "do not fit together" in answer.content.decode()
    assert 'value="A001"' in answer.content.decode()


def test_after_six_wrong_passwords_even_the_right_one_has_to_wait(world: World) -> None:
    there = Browser()
    for _attempt in range(6):
        there.log_in("A001", "wrong")
    answer = there.log_in("A001")
    assert answer.status_code == 429
    assert "quarter of an hour" in answer.content.decode()


def test_who_has_left_the_company_does_not_come_in(world: World) -> None:
    world.staff["control_centre"].is_active = False
    world.staff["control_centre"].save()
    assert Browser().log_in("A001").status_code == 422


def test_a_pin_puts_another_person_at_an_open_pc(world: World) -> None:
    colleague = world.staff["service_desk"]
    colleague.pin = make_password("4711")
    colleague.save()
    there = browser(world, "control_centre")
    there.client.post("/switch", {"number": colleague.number, "pin": "4711"})
    assert colleague.name in words(there.read("/messages"))


def test_a_wrong_pin_changes_nothing_and_a_pin_alone_opens_no_pc(world: World) -> None:
    there = browser(world, "control_centre")
    world.staff["service_desk"].pin = make_password("4711")
    world.staff["service_desk"].save()
    there.client.post("/switch", {"number": "A002", "pin": "4712"})
    assert world.staff["control_centre"].name in words(there.read("/messages"))
    closed = Browser().client.post("/switch", {"number": "A002", "pin": "4711"})
    assert closed["Location"].startswith("/login")


def test_a_pin_of_another_company_is_no_pin_here(world: World) -> None:
    stranger = world.staff["service_desk"]
    stranger.pin = make_password("4711")
    stranger.company = type(world.company).objects.create(name="别家物业", short_name="别家")
    stranger.save()
    there = browser(world, "control_centre")
    there.client.post("/switch", {"number": stranger.number, "pin": "4711"})
    assert world.staff["control_centre"].name in words(there.read("/messages"))


@pytest.mark.parametrize("bad", ["123", "123456789", "12a4", "1111"])
def test_a_pin_has_four_to_eight_digits_not_all_the_same(world: World, bad: str) -> None:
    answer = browser(world, "control_centre").client.post("/pin", {"password": "menling-test", "pin": bad, "again": bad})
    assert answer.status_code == 422


def test_one_sets_the_own_pin_with_the_password_and_takes_over_with_it(world: World) -> None:
    own = browser(world, "service_desk")
    set_it = own.client.post("/pin", {"password": "menling-test", "pin": "2580", "again": "2580"})
    assert set_it.status_code == 302
    there = browser(world, "control_centre")
    there.client.post("/switch", {"number": "A002", "pin": "2580"})
    assert world.staff["service_desk"].name in words(there.read("/messages"))


def test_logging_out_closes_the_pc(world: World) -> None:
    there = browser(world, "control_centre")
    there.client.post("/logout")
    assert there.get("/messages").status_code == 302


def test_the_language_of_a_person_is_spoken_on_every_pc(world: World) -> None:
    there = browser(world, "control_centre")
    there.client.post("/language", {"language": "en", "next": "/messages"})
    elsewhere = Browser("zh-hans")
    answer = elsewhere.client.post("/login", {"number": "A001", "password": "menling-test"})
    assert answer.cookies["django_language"].value == "en"


def test_a_language_chosen_on_the_log_in_page_is_that_of_who_then_comes_in(world: World) -> None:
    here = Browser("zh-hans")
    assert 'lang="en"' in here.read("/login")
    here.client.post("/language", {"language": "en", "next": "/login"})
    answer = here.client.post("/login", {"number": "A001", "password": "menling-test"})
    assert answer.cookies["django_language"].value == "en"
    assert Staff.objects.get(number="A001").language == "en"
    here.client.post("/switch", {"number": "A002", "pin": "2580"})
    assert Staff.objects.get(number="A002").language == "zh-hans", "the next person at this PC chose nothing"


def test_the_way_back_never_leads_to_another_site(world: World) -> None:
    answer = Browser().client.post("/login?next=https://evil.example/", {"number": "A001", "password": "menling-test"})
    assert answer["Location"] == "/"


def test_a_message_is_read_by_those_it_is_for_and_marked_once(world: World) -> None:
    world.staff["colleague"] = make_staff(world.company, world.office, Role.CONTROL_CENTRE, "A900", "夜班")
    world.file(urgency="emergency")
    there = browser(world, "control_centre")
    assert "Urgent repair at 3-2-1201" in words(there.read("/messages"))
    number = world.office.pk and there.get("/messages").context["unseen"]
    there.client.post("/messages", {"message": number})
    assert there.get("/messages").context["unseen"] == []
    assert "1" in words(browser(world, "colleague").read("/messages/unseen")), "a colleague has yet to read it"
    assert "Urgent repair" not in browser(world, "control_centre_elsewhere").read("/messages")
