"""Channels, deliveries and choices on the pages of the office."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from menling.mail.models import Channel, Delivery, Reach
from menling.mail.outbox import deliver_waiting
from menling.premises.models import Staff
from tests.doors.web import browser, words
from tests.office import World
from tests.receiving import Answer, Endpoint, endpoint

pytestmark = pytest.mark.django_db


@pytest.fixture
def gateway() -> Iterator[Endpoint]:
    with endpoint() as kept:
        yield kept


def set_up(world: World, gateway: Endpoint) -> Channel:
    there = browser(world, "office_manager")
    fields = {"sort": "sms", "name": "Gateway", "address": f"{gateway.address}/sms?account=20264711", "secret": "geheim-1"}
    assert there.post("/channels/add", fields).status_code == 302
    Staff.objects.filter(pk=world.staff["repair_worker"].pk).update(phone="13900000005")
    return Channel.objects.get()


def test_a_channel_is_set_up_and_its_secrets_are_never_shown_again(world: World, gateway: Endpoint) -> None:
    set_up(world, gateway)
    there = browser(world, "office_manager")
    page = there.read("/channels")
    assert "Gateway" in words(page)
    assert "…4711" in words(page)
    assert "20264711" not in page
    for path in ("/channels", "/administration/changes", "/deliveries"):
        assert not any(secret in there.read(path) for secret in ("account=", "geheim")), path


def test_an_address_that_is_none_is_said_beside_the_button(world: World) -> None:
    fields = {"sort": "sms", "name": "Gateway", "address": "sms.example.com"}
    answer = browser(world, "office_manager").post("/channels/add", fields, htmx=True)
    assert answer.status_code == 422
    assert "cannot be the address" in words(answer.content.decode())


def test_what_was_given_up_is_listed_and_sent_again_with_one_press(world: World, gateway: Endpoint) -> None:
    set_up(world, gateway)
    case = world.sent()
    gateway.answers = [Answer(500)]
    deliver_waiting(world.now)
    gateway.answers = [Answer(500)]
    deliver_waiting(world.later(120))
    there = browser(world, "service_desk_supervisor")
    page = words(there.read("/deliveries", {"state": "dead"}))
    assert "1 message was not delivered" in page
    assert case.number in page
    assert "It answered with HTTP status 500. details HTTP Error 500" in page
    dead = Delivery.objects.get(dead_at__isnull=False)
    assert there.post(f"/deliveries/{dead.pk}/resend").status_code == 302
    assert "Every message was delivered" in words(there.read("/deliveries"))
    assert "HTTP Error 500" in words(browser(world, "office_manager").read("/channels"))
    deliver_waiting(there.get("/deliveries").context["now"])
    assert gateway.posted[-1].body["id"] == dead.mark
    assert case.number in words(there.read("/deliveries"))


@pytest.mark.clause("MR-20")
def test_what_is_tried_again_and_a_failing_channel_stand_where_they_are_looked_for(today: World, gateway: Endpoint) -> None:
    set_up(today, gateway)
    today.sent()
    there = browser(today, "office_manager")
    gateway.answers = [Answer(503)] * 10
    deliver_waiting(today.now)
    assert "1 message is being tried again, since" in words(there.read("/deliveries"))
    assert "It answered with HTTP status 503." in words(there.read("/deliveries", {"state": "again"}))
    assert "failing since" not in words(there.read("/channels"))
    assert "none is failing" in words(there.read("/administration"))
    Channel.objects.update(failing_since=today.now - timedelta(minutes=4))
    assert "failing since" in words(there.read("/channels"))
    for path in ("/deliveries", "/administration"):
        assert "Gateway has taken nothing since" in words(there.read(path)), path
    gateway.answers = []
    deliver_waiting(today.now + timedelta(minutes=1))
    assert "Every message was delivered" in words(there.read("/deliveries"))
    assert "none is failing" in words(there.read("/administration"))


def test_an_address_others_could_read_is_taken_when_it_is_said_so(world: World) -> None:
    there = browser(world, "office_manager")
    fields = {"sort": "sms", "name": "Gateway", "address": "http://sms.example.com/send"}
    answer = there.post("/channels/add", fields, htmx=True)
    assert answer.status_code == 422
    assert "not encrypted" in words(answer.content.decode())
    assert there.post("/channels/add", fields | {"in_the_open": "on"}).status_code == 302


def test_a_second_press_of_the_same_form_changes_nothing(world: World, gateway: Endpoint) -> None:
    channel = set_up(world, gateway)
    there = browser(world, "office_manager")
    for _press in range(2):
        assert there.post(f"/channels/{channel.pk}/try", key="one form").status_code == 302
    assert Delivery.objects.count() == 1


def test_a_channel_of_another_office_is_not_there(world: World, gateway: Endpoint) -> None:
    channel = set_up(world, gateway)
    other = browser(world, "office_manager_elsewhere")
    assert other.post(f"/channels/{channel.pk}/end").status_code == 404
    assert "Gateway" not in words(other.read("/channels"))


def test_the_worker_chooses_and_the_desk_sees_no_list_of_deliveries(world: World) -> None:
    worker = browser(world, "repair_worker")
    assert "How I hear of things" in words(worker.read("/messages/reach"))
    assert worker.post("/messages/reach", {"email": "zhao@example.com", "sorts": ["email"]}).status_code == 302
    reach = Reach.objects.get()
    assert (reach.staff, reach.email, reach.sorts) == (world.staff["repair_worker"], "zhao@example.com", ["email"])
    assert browser(world, "service_desk").get("/deliveries").status_code == 403
    assert browser(world, "service_desk_supervisor").get("/channels").status_code == 403
