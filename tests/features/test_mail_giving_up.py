"""MR-20  What fails is tried again ever more slowly and given up after the office's minutes; who keeps the channels sees why."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from menling.journal.models import Outgoing
from menling.kernel.refusal import Refused
from menling.mail.alerting import UNDELIVERED
from menling.mail.failing import stuck
from menling.mail.keeping import choose, resend
from menling.mail.letters import NO_ADDRESS
from menling.mail.models import Channel, Delivery
from menling.mail.outbox import _claimed, deliver_waiting
from menling.mail.reasons import raw, reason
from menling.premises.models import Staff
from tests.mailing import channel, night, pen, tell, texts
from tests.office import World
from tests.receiving import Answer, Endpoint, endpoint, silence


@pytest.fixture
def dead() -> Iterator[str]:
    """An address at which nobody listens."""
    with silence() as place:
        yield f"http://{place}/"


@pytest.mark.django_db
@pytest.mark.clause("MR-20")
def test_an_emergency_nobody_could_be_sent_is_told_to_those_with_a_phone_after_five_minutes(world: World, dead: str) -> None:
    channel(world, "wecom", dead)
    tell(world, urgent=True)
    begun = world.now
    while world.now < begun + timedelta(minutes=5):
        deliver_waiting(world.now)
        assert not Delivery.objects.filter(dead_at__isnull=False).exists()
        world.later(seconds=15)
    deliver_waiting(world.now)
    assert Delivery.objects.filter(channel__isnull=False).first().dead_at == world.now
    assert Outgoing.objects.filter(sentence=UNDELIVERED).count() == 1


@pytest.mark.django_db
@pytest.mark.clause("MR-20")
def test_what_is_put_off_until_the_morning_begins_anew_then(world: World, gateway: Endpoint) -> None:
    texts(world, gateway)
    tell(world)
    gateway.answers = [Answer(500)] * 2
    assert deliver_waiting(night(world, 21, 59)) == (0, 1)
    assert deliver_waiting(night(world, 22)) == (0, 0)
    assert deliver_waiting(night(world, 7, day=21)) == (0, 1)
    assert Delivery.objects.get().dead_at is None
    assert deliver_waiting(night(world, 7, 1, day=21)) == (1, 0)


@pytest.mark.django_db
def test_it_is_counted_what_is_tried_again_since_when_until_it_went_out(world: World, gateway: Endpoint) -> None:
    sms = texts(world, gateway)
    begun = world.now
    for _each in range(2):
        tell(world)
    gateway.answers = [Answer(500)] * 4
    assert (stuck(world.office, begun).count, stuck(world.office, begun).channels) == (0, ())
    deliver_waiting(begun)
    deliver_waiting(world.later(1))
    assert (stuck(world.office, world.now).count, stuck(world.office, world.now).since) == (2, begun)
    world.later(2)
    assert stuck(world.office, world.now).channels == (sms,)
    assert deliver_waiting(world.now) == (2, 0)
    assert (stuck(world.office, world.now).count, stuck(world.office, world.now).channels) == (0, ())
    assert Channel.objects.get().failing_since is None


@pytest.mark.django_db
@pytest.mark.parametrize(("minutes", "waits"), [(2, True), (3, False)])
def test_a_channel_that_was_down_takes_at_once_what_it_missed(world: World, gateway: Endpoint, minutes: int, waits: bool) -> None:
    texts(world, gateway)
    tell(world)
    gateway.answers = [Answer(500)] * 2
    deliver_waiting(world.now)
    deliver_waiting(world.later(1))  # the next try of this one comes two minutes later
    world.later(minutes - 1)
    Delivery.objects.update(next_at=world.now + timedelta(minutes=30))
    tell(world)
    assert deliver_waiting(world.now) == (1 if waits else 2, 0)


@pytest.mark.django_db
def test_what_another_process_is_sending_when_a_channel_is_back_goes_out_once(world: World, gateway: Endpoint) -> None:
    texts(world, gateway)
    for _each in range(2):
        tell(world)
    gateway.answers = [Answer(500)] * 4
    deliver_waiting(world.now)
    deliver_waiting(world.later(1))
    under_way = _claimed(world.later(2), ())
    assert under_way is not None
    assert deliver_waiting(world.now) == (1, 0)
    under_way.refresh_from_db()
    assert (under_way.sent_at, under_way.attempts) == (None, 3)


@pytest.mark.django_db
def test_somebody_without_a_number_makes_no_channel_a_failing_one(world: World, gateway: Endpoint) -> None:
    sms = texts(world, gateway)
    tell(world)
    deliver_waiting(world.now)
    delivery = Delivery.objects.get()
    Delivery.objects.update(sent_at=None, next_at=world.now)
    Staff.objects.filter(pk=delivery.staff_id).update(phone="")
    assert deliver_waiting(world.now) == (0, 1)
    assert (Delivery.objects.get().error, Channel.objects.get(pk=sms.pk).failing_since) == (NO_ADDRESS, None)


@pytest.mark.django_db
def test_what_was_given_up_starts_its_minutes_anew_when_it_is_sent_again(world: World, dead: str) -> None:
    channel(world, "wecom", dead)
    tell(world, urgent=True)
    deliver_waiting(world.now)
    deliver_waiting(world.later(5))
    assert resend(world.office, pen(world)) == 1
    deliver_waiting(world.now)
    assert Delivery.objects.get(message__sentence="门铃", channel__isnull=False).dead_at is None


# why


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("sort", "address", "said"),
    [("wecom", "http://{}/", "No connection is taken there"), ("email", "mailto://{}?from=a@b.example", "No connection"),
     ("other", "json://{}", "No connection is taken there"),
     ("wecom", "http://nowhere.invalid/robot", "The name in the address is unknown.")],
)  # fmt: skip
def test_what_a_real_receiver_does_not_take_is_said_in_words(world: World, sort: str, address: str, said: str) -> None:
    choose(world.staff["repair_worker"], email="zhao@example.com", sorts=["email"])
    with silence() as place:
        kept = channel(world, sort, address.format(place), in_the_open=True)
        tell(world)
        deliver_waiting(world.now)
    error = Delivery.objects.get(channel=kept).error
    assert said in str(reason(error))
    assert raw(error) == error


@pytest.mark.parametrize(
    ("error", "said"),
    [("HTTP Error 502: Bad Gateway", "It answered with HTTP status 502."), ("timed out", "It did not answer in time."),
     ("HTTP Error 401: Unauthorized", "Login or key were refused."), ("93000: invalid webhook url", "with code 93000."),
     ("Socket Exception: (535, b'authentication failed')", "Login or key were refused."),
     ("Failed to send JSON notification: Bad Request, error=400.", "It answered with HTTP status 400."),
     ("[SSL: CERTIFICATE_VERIFY_FAILED] self-signed", "Its certificate cannot be trusted."),
     ("Remote end closed connection without response", "The connection broke off."), ("whatever", "It could not be sent.")],
)  # fmt: skip
def test_what_channels_say_when_they_fail_is_put_into_words(error: str, said: str) -> None:
    assert str(reason(error)).endswith(said)


def test_a_reason_of_ours_stays_as_it_is_and_has_nothing_behind_it() -> None:
    assert (str(reason(NO_ADDRESS)), raw(NO_ADDRESS)) == (NO_ADDRESS, "")


# what others could read


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("sort", "address"),
    [("sms", "http://sms.example.com/send"), ("email", "mailto://smtp.example.com?from=a@b.example"),
     ("other", "json://hooks.example.com"), ("other", "gotify://hooks.example.com/token"), ("wecom", "http://10.0.0.7/robot")],
)  # fmt: skip
def test_an_address_others_could_read_on_the_way_is_asked_about(world: World, sort: str, address: str) -> None:
    with pytest.raises(Refused) as met:
        channel(world, sort, address)
    assert (met.value.status, met.value.field) == (422, "in_the_open")
    assert channel(world, sort, address, in_the_open=True).pk


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("sort", "address"),
    [("sms", "https://sms.example.com/send"), ("sms", "http://localhost:8080/send"), ("sms", "http://127.0.0.1:8080/send"),
     ("email", "mailtos://u:p@smtp.example.com?from=a@b.example"), ("other", "jsons://hooks.example.com"),
     ("other", "tgram://123456789:abcdefg_hijklmnop/12315544/")],
)  # fmt: skip
def test_an_encrypted_address_and_one_on_this_machine_are_taken(world: World, sort: str, address: str) -> None:
    assert channel(world, sort, address).pk


@pytest.mark.django_db
def test_a_backlog_on_a_dead_channel_is_given_up_within_the_same_minutes(world: World, dead: str) -> None:
    with endpoint() as other:
        channel(world, "wecom", dead)
        channel(world, "dingtalk", f"{other.address}/robot?access_token=1")
        for _each in range(30):
            tell(world, urgent=True)
        begun = world.now
        while world.now <= begun + timedelta(minutes=5):
            deliver_waiting(world.now)
            world.later(seconds=15)
        assert len(other.posted) >= 30
        assert Delivery.objects.filter(channel__sort="wecom", dead_at__isnull=False).count() >= 30
