"""What the worker's phone needs of the server: a way in, the day, the background of a visit, the app itself."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.contrib.auth.hashers import make_password
from django.contrib.staticfiles import finders
from django.test import Client

from menling.doorway.keys import holder, link_text
from menling.premises.clock import now
from menling.premises.models import Staff, Token
from tests import buying
from tests.doors.api import Caller, caller
from tests.office import World

PASSWORD = "menling-test"
PIN = "2846"


def login(number: str, **secret: str) -> Any:
    """Return the answer to a log-in."""
    return Caller(None).post("/login", {"number": number, **secret}, key="")


def with_pin(staff: Staff) -> Staff:
    """Give somebody a PIN."""
    staff.pin = make_password(PIN)
    staff.save(update_fields=["pin"])
    return staff


@pytest.mark.django_db
def test_work_number_and_password_give_a_token_that_acts(today: World) -> None:
    staff = today.staff["repair_worker"]
    answer = login(staff.number.lower(), password=PASSWORD)
    assert answer.status_code == 200
    assert answer.json()["name"] == staff.name
    wide = "".join(chr(ord(each) + 0xFEE0) for each in staff.number)
    assert login(f" {wide} ", password=PASSWORD).status_code == 200
    assert Caller(answer.json()["token"]).get("/me").json()["number"] == staff.number


@pytest.mark.django_db
def test_work_number_and_pin_give_a_token_too(today: World) -> None:
    staff = with_pin(today.staff["repair_worker"])
    answer = login(staff.number, pin=PIN)
    assert answer.status_code == 200
    assert Caller(answer.json()["token"]).get("/my/day").status_code == 200


@pytest.mark.django_db
def test_a_pin_opens_one_shift_and_a_password_a_month(today: World) -> None:
    staff = with_pin(today.staff["repair_worker"])
    by_pin, by_password = login(staff.number, pin=PIN).json()["token"], login(staff.number, password=PASSWORD).json()["token"]
    assert all(holder(each, now() + timedelta(hours=hours)) for each, hours in ((by_pin, 11), (by_password, 13)))
    assert holder(by_pin, now() + timedelta(hours=12, minutes=1)) is None
    assert Caller(by_pin).post("/logout").status_code == 204
    assert holder(by_pin, now()) is None


@pytest.mark.django_db
def test_a_wrong_or_missing_secret_lets_nobody_in(today: World) -> None:
    staff = today.staff["repair_worker"]
    gone = today.staff["repair_worker_2"]
    gone.is_active = False
    gone.save(update_fields=["is_active"])
    for number, secret in ((staff.number, {"password": "wrong"}), (staff.number, {"pin": PIN}), (staff.number, {"pin": ""}),
                           (staff.number, {}), ("nobody", {"password": PASSWORD}), ("nobody", {"pin": PIN}),
                           (gone.number, {"password": PASSWORD})):  # fmt: skip
        answer = login(number, **secret)
        assert answer.status_code == 401, (number, secret)
        assert answer.json()["why_zh"]
    assert not Token.objects.filter(name="doorstep").exists()


@pytest.mark.django_db
def test_guessing_is_stopped_for_a_while(today: World) -> None:
    staff = with_pin(today.staff["repair_worker"])
    answers = [login(staff.number, pin=f"{guess:04d}") for guess in range(8)]
    assert answers[0].status_code == 401
    assert answers[-1].status_code == 429
    assert answers[-1]["Content-Type"] == "application/problem+json"
    assert login(staff.number, pin=PIN).status_code == 429
    assert login(today.staff["repair_worker_2"].number, password=PASSWORD).status_code == 200


@pytest.mark.django_db
def test_a_token_given_back_acts_no_more(today: World) -> None:
    token = login(today.staff["repair_worker"].number, password=PASSWORD).json()["token"]
    assert Caller(token).post("/logout").status_code == 204
    assert Caller(token).get("/me").status_code == 401


@pytest.mark.django_db
def test_the_day_holds_the_own_orders_with_their_promises(today: World) -> None:
    mine = today.sent()
    today.file(content="客厅灯不亮")
    orders = caller(today, "repair_worker").get("/my/day").json()["orders"]
    assert [each["number"] for each in orders] == [mine.number]
    assert {"acknowledge", "arrive"} <= {each["key"] for each in orders[0]["deadlines"]}
    assert caller(today, "repair_worker_2").get("/my/day").json()["orders"] == []


@pytest.mark.django_db
def test_a_cancelled_order_stays_in_the_day_until_its_worker_has_seen_it(today: World) -> None:
    case = today.do(today.sent(), "acknowledge", "repair_worker")
    today.do(case, "cancel", "control_centre", reason="自己修好了")
    worker = caller(today, "repair_worker")
    shown = worker.get("/my/day").json()["orders"]
    assert [(each["status"], each["seen"]) for each in shown] == [("cancelled", False)]
    assert worker.post(f"/orders/{case.number}/acknowledge").status_code == 200
    assert worker.get("/my/day").json()["orders"] == []


@pytest.mark.clause("HC-5.4.2", "HC-5.4.3")
@pytest.mark.django_db
def test_the_day_holds_what_its_reader_is_sent_to_buy_until_the_resident_has_paid(today: World) -> None:
    case, buyer = buying.errand(today), caller(today, buying.BUYER)
    (shown,) = buyer.get("/my/day").json()["errands"]
    assert (shown["number"], shown["item"], shown["quantity"]) == (case.number, "角阀", "2.00")
    assert [each["key"] for each in shown["deadlines"]] == ["buy"]
    assert caller(today, "repair_worker_2").get("/my/day").json()["errands"] == []
    verbs = {each["verb"] for each in buyer.get(f"/errands/{case.number}").json()["actions"]}
    assert {"buy", "delay", "not_bought"} <= verbs
    bought = buyer.post(f"/errands/{case.number}/buy", {"amount": "86.00", "invoice": "00123456"}, key="bought")
    assert bought.status_code == 200
    assert buyer.get("/my/day").json()["errands"][0]["status"] == "bought"
    today.do(case, "deliver", buying.BUYER)
    today.do(case, "sign", "customer", checked=True)
    today.do(case, "settle", buying.BUYER)
    assert buyer.get("/my/day").json()["errands"] == []


@pytest.mark.django_db
def test_the_day_counts_the_cash_for_finance(today: World) -> None:
    case = today.signed("86.00")
    today.do(today.child(case, "charge"), "collect", "repair_worker", amount=Decimal("86.00"))
    worker = caller(today, "repair_worker")
    bag = worker.get("/my/day").json()["bags"][0]
    assert (bag["status"], bag["expected"], bag["charges"][0]["unit"]) == ("open", "86.00", "3-2-1201")
    assert bag["deadline"]["key"] == "handover"
    assert worker.post(f"/handovers/{bag['number']}/hand_over", {"amount": "86.00"}).status_code == 200
    assert worker.get("/my/day").json()["bags"][0]["status"] == "handed_over"
    assert caller(today, "repair_worker_2").get("/my/day").json()["bags"] == []


@pytest.mark.django_db
def test_messages_are_the_own_ones_and_are_read_once(today: World) -> None:
    today.sent()
    worker = caller(today, "repair_worker")
    messages = worker.get("/my/day").json()["messages"]
    assert [(each["mine"], each["seen"]) for each in messages] == [(True, False)]
    assert "T" not in messages[0]["text"].split("3-2-1201")[1]
    ids = [each["id"] for each in messages]
    assert caller(today, "repair_worker_2").post("/my/messages/seen", {"ids": ids}, key="").json() == {"seen": 0}
    assert worker.post("/my/messages/seen", {"ids": ids}, key="").json() == {"seen": 1}
    assert worker.get("/my/day").json()["messages"][0]["seen"] is True


@pytest.mark.django_db
def test_the_background_of_a_visit_has_the_residents_link_and_who_collects(today: World) -> None:
    today.unit.special_care = "听力不好"
    today.unit.save(update_fields=["special_care"])
    case = today.sent()
    known = caller(today, "repair_worker").get(f"/orders/{case.number}/background").json()
    assert known["link"].endswith(f"/r/{link_text(case)}")
    assert known["qr"].startswith("<svg")
    assert known["reporter_role"] == "owner"
    assert known["special_care"] == "听力不好"
    assert known["collects_below"] == "100.00"
    assert caller(today, "business_lead").get(f"/orders/{case.number}/background").json()["collects_below"] is None


@pytest.mark.django_db
def test_day_and_background_are_for_staff_who_may_see_the_order(today: World) -> None:
    case = today.sent()
    resident = Caller(link_text(case))
    assert resident.get("/my/day").status_code == 404
    assert resident.get(f"/orders/{case.number}/background").status_code == 404
    assert caller(today, "repair_worker_2").get(f"/orders/{case.number}/background").status_code == 404
    assert Caller(None).get("/my/day").status_code == 401


@pytest.mark.django_db
def test_reminders_carry_short_titles_in_both_languages(today: World) -> None:
    case = today.sent()
    cards = caller(today, "repair_worker").get(f"/orders/{case.number}").json()["prompts"]
    lines = [line for card in cards for line in card["lines"]]
    assert lines
    assert all(line["title"] and line["title_en"] and line["text"] and line["text_en"] for line in lines)


@pytest.mark.django_db
def test_the_app_is_served_with_a_manifest(today: World) -> None:
    shell = Client().get("/doorstep/")
    assert shell.status_code == (200 if finders.find("doorstep/app.js") else 503)
    assert today.company.short_name in shell.content.decode()
    manifest = Client().get("/doorstep/manifest.webmanifest").json()
    assert (manifest["start_url"], manifest["scope"], manifest["display"]) == ("/doorstep/", "/doorstep/", "standalone")


@pytest.mark.django_db
def test_who_came_in_at_the_log_in_page_is_not_asked_again_by_the_app(today: World) -> None:
    worker, phone = today.staff["housekeeper"], Client()
    assert phone.post("/doorstep/enter").status_code == 401
    phone.post("/login", {"number": worker.number, "password": PASSWORD})
    assert b"data-entered" in phone.get("/doorstep/").content
    known = phone.post("/doorstep/enter").json()
    assert known["number"] == worker.number
    assert Caller(known["token"]).get("/my/day").status_code == 200
    assert Token.objects.get(name="doorstep app").doorstep  # MR-22
    assert holder(known["token"], now() + timedelta(hours=12, minutes=1)) is None


@pytest.mark.django_db
def test_who_leaves_the_app_is_not_let_in_again_by_the_log_in_page(today: World) -> None:
    phone = Client()
    phone.post("/login", {"number": today.staff["housekeeper"].number, "password": PASSWORD})
    assert phone.post("/doorstep/leave").status_code == 204
    assert phone.post("/doorstep/enter").status_code == 401
    assert b"data-entered" not in phone.get("/doorstep/").content


@pytest.mark.django_db
def test_another_page_cannot_enter_the_app_for_somebody(today: World) -> None:
    phone = Client(enforce_csrf_checks=True)
    phone.force_login(today.staff["housekeeper"], backend="menling.web.pins.PinBackend")
    assert phone.post("/doorstep/enter").status_code == 403
    assert not Token.objects.filter(name="doorstep app").exists()


def entered(browser: Client, number: str) -> str:
    """Come in at the log-in page, open the app, and return the token it got."""
    browser.post("/login", {"number": number, "password": PASSWORD})
    return str(browser.post("/doorstep/enter").json()["token"])


@pytest.mark.clause("MR-22")
@pytest.mark.django_db
@pytest.mark.parametrize("how", ["/logout", "/doorstep/leave", "/switch", "/login"])
def test_the_app_is_over_with_the_session_that_opened_it(today: World, how: str) -> None:
    first, then = with_pin(today.staff["repair_worker"]), with_pin(today.staff["housekeeper"])
    counter = Client()
    tokens = [entered(counter, first.number), counter.post("/doorstep/enter").json()["token"]]
    own = login(first.number, password=PASSWORD).json()["token"]
    assert counter.post(how, {"number": then.number, "pin": PIN, "password": PASSWORD}).status_code in (204, 302)
    assert [Caller(token).get("/my/day").status_code for token in tokens] == [401, 401]
    assert Caller(own).get("/my/day").status_code == 200  # the own phone goes on


@pytest.mark.clause("MR-22")
@pytest.mark.django_db
def test_a_wrong_pin_at_the_counter_ends_nobodys_app(today: World) -> None:
    counter = Client()
    token = entered(counter, today.staff["repair_worker"].number)
    counter.post("/switch", {"number": today.staff["housekeeper"].number, "pin": PIN})
    assert Caller(token).get("/my/day").status_code == 200


@pytest.mark.clause("MR-22")
@pytest.mark.django_db
def test_the_app_is_told_who_sits_at_the_counter_now(today: World) -> None:
    counter, then = Client(), with_pin(today.staff["housekeeper"])
    entered(counter, today.staff["repair_worker"].number)
    counter.post("/switch", {"number": then.number, "pin": PIN})
    assert f'data-number="{then.number}"' in counter.get("/doorstep/").content.decode()
    assert counter.post("/doorstep/enter").json()["number"] == then.number
