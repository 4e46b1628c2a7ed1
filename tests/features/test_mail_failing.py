"""Messages leave the house once, and whatever fails is tried again or told."""

import pytest

from menling.journal.models import Outgoing
from menling.kernel.refusal import Refused
from menling.kernel.roles import Role
from menling.mail.alerting import UNDELIVERED
from menling.mail.keeping import add_channel, resend
from menling.mail.letters import NOBODY
from menling.mail.models import Delivery
from menling.mail.outbox import LEASE, LOST, deliver_waiting
from menling.mail.posting import PATIENCE
from menling.premises.models import Staff
from tests.mailing import channel, night, pen, tell, texts
from tests.office import World, make_staff
from tests.receiving import Answer, Endpoint, endpoint
from tests.together import together

pytestmark = pytest.mark.django_db


# what fails


def test_an_endpoint_that_fails_twice_gets_it_the_third_time_each_wait_twice_as_long(world: World, gateway: Endpoint) -> None:
    texts(world, gateway)
    tell(world)
    gateway.answers = [Answer(503), Answer(hangs_up=True)]
    assert deliver_waiting(world.now) == (0, 1)
    assert "503" in Delivery.objects.get().error
    assert deliver_waiting(world.later(seconds=59)) == (0, 0)
    assert deliver_waiting(world.later(seconds=1)) == (0, 1)
    assert deliver_waiting(world.later(seconds=119)) == (0, 0)
    assert deliver_waiting(world.later(seconds=1)) == (1, 0)
    delivery = Delivery.objects.get()
    assert (delivery.attempts, delivery.error, delivery.sent_at) == (3, "", world.now)
    assert len({each.body["id"] for each in gateway.posted}) == 1, "the receiver can tell that it is the same"


def test_a_redirect_is_no_success(world: World, gateway: Endpoint) -> None:
    texts(world, gateway)
    tell(world)
    gateway.answers = [Answer(302, headers={"Location": f"{gateway.address}/elsewhere"})]
    assert deliver_waiting(world.now) == (0, 1)
    assert len(gateway.posted) == 1


def test_a_receiver_that_never_answers_is_left_after_a_while(
    world: World, gateway: Endpoint, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("menling.mail.posting.PATIENCE", 0.2)
    assert LEASE.total_seconds() > PATIENCE
    texts(world, gateway)
    tell(world)
    gateway.answers = [Answer(after=1)]
    assert deliver_waiting(world.now) == (0, 1)
    assert "timed out" in Delivery.objects.get().error


def test_a_channel_that_fails_waits_for_the_others_and_is_then_tried_for_all_that_is_due(world: World, gateway: Endpoint) -> None:
    with endpoint() as other:
        texts(world, gateway)
        channel(world, "wecom", f"{other.address}/robot")
        for _each in range(3):
            tell(world)
        gateway.answers = [Answer(500), Answer(500)]
        other.answers = [Answer(after=0.05, body={"errcode": 0}) for _each in range(3)]
        assert deliver_waiting(world.now) == (4, 2)
        assert (len(gateway.posted), len(other.posted)) == (3, 3)
        assert deliver_waiting(world.later(1)) == (2, 0)


def test_a_run_loses_only_so_long_on_a_channel_that_fails(
    world: World, gateway: Endpoint, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("menling.mail.posting.PATIENCE", 0.2)
    monkeypatch.setattr("menling.mail.outbox.LOST", 0.3)
    assert LOST < PATIENCE, "one that does not answer at all is left after its first try"
    texts(world, gateway)
    for _each in range(5):
        tell(world)
    gateway.answers = [Answer(after=1) for _each in range(5)]
    assert deliver_waiting(world.now) == (0, 2)


def test_a_message_is_given_up_after_its_last_try_and_the_desk_is_told_once_for_many(world: World, gateway: Endpoint) -> None:
    texts(world, gateway)
    tell(world)
    tell(world)
    gateway.answers = [Answer(500)] * 100
    night(world, 8)
    for _minute in range(121):
        deliver_waiting(world.later(1))
    assert [each.attempts for each in Delivery.objects.filter(channel__sort="sms", dead_at__isnull=False)] == [8, 8]
    alert = Outgoing.objects.get(sentence=UNDELIVERED)
    assert alert.roles == ["control_centre", "service_desk_supervisor"]
    assert alert.values["channel"] == "sms"
    assert "500" in alert.values["error"]


def test_what_is_urgent_is_tried_again_after_seconds(world: World, gateway: Endpoint) -> None:
    texts(world, gateway)
    tell(world, urgent=True)
    gateway.answers = [Answer(500)]
    assert deliver_waiting(world.now) == (0, 1)
    assert deliver_waiting(world.later(seconds=15)) == (1, 0)


def test_a_message_for_a_role_nobody_holds_is_told_to_the_desk_and_goes_out_when_somebody_does(
    world: World, gateway: Endpoint
) -> None:
    texts(world, gateway)
    message = tell(world, roles=["security"])
    deliver_waiting(world.now)
    dead = message.deliveries.get()
    assert (dead.dead_at, dead.error) == (world.now, NOBODY)
    assert Outgoing.objects.filter(sentence=UNDELIVERED).count() == 1
    guard = make_staff(world.company, world.office, Role.SECURITY, "A905", "保安")
    Staff.objects.filter(pk=guard.pk).update(phone="13900000905")
    assert resend(world.office, pen(world), dead.pk) == 1
    deliver_waiting(world.now)
    assert [each.body["phone"] for each in gateway.posted] == ["13900000905"]


def test_a_number_written_down_afterwards_reaches_the_person_when_it_is_sent_again(world: World, gateway: Endpoint) -> None:
    texts(world, gateway)
    tell(world)
    Delivery.objects.all().delete()
    gateway.answers = [Answer(400)] * 2
    deliver_waiting(world.now)
    deliver_waiting(world.later(minutes=120))
    dead = Delivery.objects.get(dead_at__isnull=False)
    Staff.objects.filter(pk=dead.staff_id).update(phone="13911112222")
    gateway.answers = []
    assert resend(world.office, pen(world, "service_desk_supervisor")) == 1
    assert deliver_waiting(world.later(1))[0] >= 1
    assert gateway.posted[-1].body["phone"] == "13911112222"
    assert gateway.posted[-1].body["id"] == dead.mark


@pytest.mark.parametrize("who", ["repair_worker", "service_desk", "office_manager_elsewhere"])
def test_only_those_named_for_it_set_up_channels_and_send_again(world: World, who: str) -> None:
    with pytest.raises(Refused) as met:
        resend(world.office, pen(world, who))
    assert (met.value.clause, met.value.status) == ("MR-12", 403)
    with pytest.raises(Refused) as met:
        add_channel(world.office, pen(world, who), sort="sms", name="短信", address="https://sms.example.com")
    assert (met.value.clause, met.value.status) == ("MR-12", 403)


# once


def test_a_message_laid_out_again_goes_out_no_second_time(world: World, gateway: Endpoint) -> None:
    texts(world, gateway)
    tell(world)
    deliver_waiting(world.now)
    Outgoing.objects.update(sent_at=None)
    assert deliver_waiting(world.now) == (0, 0)
    assert len(gateway.posted) == 1


def test_a_delivery_whose_process_died_goes_out_again_with_the_same_mark(world: World, gateway: Endpoint) -> None:
    texts(world, gateway)
    tell(world)
    deliver_waiting(world.now)
    Delivery.objects.update(sent_at=None)  # what a process leaves behind that dies between sending and marking
    assert deliver_waiting(world.later(4)) == (0, 0)
    assert deliver_waiting(world.later(1)) == (1, 0)
    assert len({each.headers["Idempotency-Key"] for each in gateway.posted}) == 1


@pytest.mark.django_db(transaction=True)
def test_four_processes_at_once_send_each_message_once(world: World, gateway: Endpoint) -> None:
    texts(world, gateway)
    for _each in range(12):
        tell(world)
    gateway.answers = [Answer(after=0.05) for _each in range(12)]
    answers = together([lambda: deliver_waiting(world.now)] * 4)
    assert sum(sent for sent, _failed in answers) == 12
    assert len(gateway.posted) == 12
    assert len({each.body["id"] for each in gateway.posted}) == 12
