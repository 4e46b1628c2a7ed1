"""Equal failures in one line, what comes next of a message, and a channel changed in its place, on the pages of the office."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from menling.journal.models import Outgoing
from menling.mail.alike import DEAD, alike
from menling.mail.models import Channel, Delivery
from menling.mail.outbox import deliver_waiting
from menling.premises.models import Change, Staff
from tests.doors.web import browser, words
from tests.mailing import channel, tell, texts
from tests.office import World
from tests.receiving import Answer, Endpoint, endpoint

pytestmark = [pytest.mark.django_db, pytest.mark.clause("MR-20")]


@pytest.fixture
def gateway() -> Iterator[Endpoint]:
    with endpoint() as kept:
        yield kept


def given_up(world: World, way: Channel, errors: list[str]) -> list[Delivery]:
    """Return messages of a channel that were given up, a minute after each other, each for its reason."""
    return [
        Delivery.objects.create(
            message=tell(world, created_at=world.now + timedelta(minutes=at), sent_at=world.now), office=world.office,
            channel=way, staff=world.staff["repair_worker"], urgent=False, next_at=world.now, dead_at=world.now,
            failing_since=world.now, error=error, attempts=2,
        )
        for at, error in enumerate(errors)
    ]  # fmt: skip


def test_twenty_equal_failures_are_one_line_and_one_press_sends_them_again(today: World, gateway: Endpoint) -> None:
    way = texts(today, gateway)
    given_up(today, way, ["HTTP Error 500: x"] * 20)
    (lone,) = given_up(today, way, ["timed out"])
    there = browser(today, "office_manager")
    for state in ("", "dead"):
        page = words(there.read("/deliveries", {"state": state}))
        assert "20 messages failed for one reason" in page, state
        assert page.count("It answered with HTTP status 500.") == 1
        assert page.count("It did not answer in time.") == 1
    (kind,) = alike(today.office, DEAD)
    assert (kind.count, kind.last - kind.first) == (20, timedelta(minutes=19))
    assert words(there.read("/deliveries", {"like": str(kind.newest)})).count("It answered with HTTP status 500.") == 20
    assert there.post(f"/deliveries/{kind.newest}/resend-alike").status_code == 302
    assert list(Delivery.objects.filter(dead_at__isnull=False)) == [lone]
    deliver_waiting(today.now + timedelta(minutes=1))
    assert len(gateway.posted) == 20


def test_one_reason_in_other_words_is_one_line_and_another_channel_or_reason_is_not(world: World, gateway: Endpoint) -> None:
    way, other = texts(world, gateway), channel(world, "call", f"{gateway.address}/call")
    given_up(world, way, ["<urlopen error [Errno 111] Connection refused>", "Connection refused by 0x7f01", "odd 1", "odd 2"])
    given_up(world, other, ["Connection refused"])
    assert [(each.channel, each.count, each.errors) for each in alike(world.office, DEAD)] == [
        (way, 2, ("Connection refused by 0x7f01", "<urlopen error [Errno 111] Connection refused>"))
    ]


def test_what_is_tried_again_is_one_line_without_a_press_and_comes_by_itself(today: World, gateway: Endpoint) -> None:
    way = texts(today, gateway)
    for each in given_up(today, way, ["HTTP Error 503: x"] * 3):
        Delivery.objects.filter(pk=each.pk).update(dead_at=None, next_at=today.now + timedelta(minutes=3))
    page = browser(today, "office_manager").read("/deliveries", {"state": "again"})
    assert "3 messages failed for one reason" in words(page)
    assert "resend-alike" not in page


def test_a_group_of_another_office_is_not_sent_again(world: World, gateway: Endpoint) -> None:
    (one,) = given_up(world, texts(world, gateway), ["timed out"])
    elsewhere = browser(world, "office_manager_elsewhere")
    assert elsewhere.get("/deliveries", {"like": str(one.pk)}).status_code == 404
    elsewhere.post(f"/deliveries/{one.pk}/resend-alike")
    one.refresh_from_db()
    assert one.dead_at is not None


def test_the_list_asks_as_often_for_many_failures_as_for_few(world: World, gateway: Endpoint) -> None:
    way, there = texts(world, gateway), browser(world, "office_manager")
    asked = []
    for errors in (["timed out"] * 2 + ["odd"], [f"HTTP Error 5{n:02}: x" for n in range(30)] * 2):
        given_up(world, way, errors)
        there.read("/deliveries")
        with CaptureQueriesContext(connection) as queries:
            there.read("/deliveries")
        asked.append(len(queries))
    assert asked[0] == asked[1]


@pytest.mark.parametrize(
    ("minutes", "attempts", "error", "said"),
    [(5, 0, "", "waits until"), (5, 1, "", "is being sent"), (5, 1, "timed out", "waits until"),
     (-1, 0, "", "goes out in a moment"), (-3, 0, "", "due since"), (-3, 2, "timed out", "due since")],
)  # fmt: skip
def test_what_comes_next_is_said_and_no_time_that_is_over_is_promised(
    today: World, gateway: Endpoint, minutes: int, attempts: int, error: str, said: str
) -> None:
    (one,) = given_up(today, texts(today, gateway), [error])
    Delivery.objects.filter(pk=one.pk).update(
        dead_at=None, failing_since=None, attempts=attempts, next_at=today.now + timedelta(minutes=minutes, seconds=30)
    )
    page = words(browser(today, "office_manager").read("/deliveries"))
    states = ("waits until", "is being sent", "goes out in a moment", "due since")
    assert [each for each in states if each in page] == [said]


def test_a_channel_is_changed_in_its_place_and_what_it_failed_at_is_tried_at_once(today: World, gateway: Endpoint) -> None:
    way = texts(today, gateway)
    gateway.answers = [Answer(503)]
    tell(today)
    deliver_waiting(today.now)
    way.refresh_from_db()
    assert way.failing_since == today.now
    there = browser(today, "office_manager")
    form = there.read("/channels", {"change": str(way.pk)})
    assert 'value="sms"' in form
    assert way.address not in form
    sent = {"name": "短信网关", "address": f"{gateway.address}/new?account=4711", "secret": "geheim-2"}
    assert there.post(f"/channels/{way.pk}/change", sent).status_code == 302
    way.refresh_from_db()
    assert (way.name, way.address, way.secret, way.failing_since) == ("短信网关", sent["address"], "geheim-2", None)
    made = Change.objects.get(what="change_channel")
    assert (made.subject, made.before, made.after["changed"]) == ("短信网关", {"name": "sms"}, ["name", "address", "secret"])
    assert "4711" not in str(made.after)
    assert deliver_waiting(today.now + timedelta(seconds=20)) == (1, 0)
    assert gateway.posted[-1].path.startswith("/new")
    assert Outgoing.objects.count() == Delivery.objects.count() == 1


def test_an_empty_field_stays_and_a_new_address_is_never_given_the_old_key(world: World, gateway: Endpoint) -> None:
    way = channel(world, "wecom", f"{gateway.address}/robot?key=12345678", secret="geheim", roles=["team_lead"])
    there = browser(world, "office_manager")
    there.post(f"/channels/{way.pk}/change", {"name": "值班群", "roles": ["service_desk"]})
    way.refresh_from_db()
    assert (way.name, way.secret, way.roles) == ("值班群", "geheim", ["service_desk"])
    there.post(f"/channels/{way.pk}/change", {"name": "值班群", "address": f"{gateway.address}/other?key=87654321"})
    way.refresh_from_db()
    assert (way.address[-8:], way.secret, way.roles) == ("87654321", "", [])


@pytest.mark.parametrize(
    ("sent", "said"),
    [({"name": ""}, "give the channel a name"), ({"name": "x", "address": "sms"}, "cannot be the address"),
     ({"name": "x", "address": "http://sms.example.com/send"}, "not encrypted")],
)  # fmt: skip
def test_a_change_that_cannot_be_is_refused_and_changes_nothing(
    world: World, gateway: Endpoint, sent: dict[str, str], said: str
) -> None:
    way = texts(world, gateway)
    answer = browser(world, "office_manager").post(f"/channels/{way.pk}/change", sent, htmx=True)
    assert answer.status_code == 422
    assert said in words(answer.content.decode())
    assert Channel.objects.get().name == "sms"


def test_who_keeps_no_books_changes_no_channel(world: World, gateway: Endpoint) -> None:
    way = texts(world, gateway)
    Staff.objects.filter(pk=world.staff["repair_worker"].pk).update(phone="")
    for who, status in (("service_desk_supervisor", 403), ("office_manager_elsewhere", 404)):
        assert browser(world, who).post(f"/channels/{way.pk}/change", {"name": "x"}).status_code == status
    assert Channel.objects.get().name == "sms"
