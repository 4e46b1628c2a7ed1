"""What an office and its people choose: channels, sorts of messages, quiet hours."""

from datetime import datetime, timedelta

import pytest

from menling.kernel.refusal import Refused
from menling.mail.keeping import choose, end_channel, masked, resend, try_channel
from menling.mail.letters import ENDED
from menling.mail.models import Delivery
from menling.mail.outbox import deliver_waiting
from menling.policies.values import approve
from menling.premises.models import Change, Office, Shift, Staff
from tests.mailing import SHANGHAI, WORKER, channel, night, pen, tell, texts
from tests.office import World
from tests.receiving import Answer, Endpoint

pytestmark = pytest.mark.django_db


# choices, quiet hours, urgency


def test_who_wants_no_text_messages_gets_none_unless_it_is_urgent(world: World, gateway: Endpoint) -> None:
    texts(world, gateway)
    choose(world.staff["repair_worker"], email="", sorts=["email"])
    tell(world)
    deliver_waiting(world.now)
    assert gateway.posted == []
    tell(world, urgent=True)
    deliver_waiting(world.now)
    assert [each.body["urgent"] for each in gateway.posted] == [True]


def test_only_what_is_urgent_is_called_out_by_voice(world: World, gateway: Endpoint) -> None:
    texts(world, gateway)
    channel(world, "call", f"{gateway.address}/call")
    tell(world)
    tell(world, urgent=True)
    deliver_waiting(world.now)
    called = [each.body["text"] for each in gateway.posted if each.path == "/call"]
    assert len(called) == 1
    assert world.office.name in called[0]
    assert len(gateway.posted) == 3


@pytest.mark.clause("MR-20")
@pytest.mark.parametrize(
    ("hour", "minute", "sent"), [(21, 59, True), (22, 0, False), (23, 30, False), (6, 59, False), (7, 0, True)]
)
def test_in_the_quiet_hours_messages_wait_for_their_end(
    world: World, gateway: Endpoint, hour: int, minute: int, sent: bool
) -> None:
    texts(world, gateway)
    tell(world)
    assert deliver_waiting(night(world, hour, minute)) == (int(sent), 0)
    assert deliver_waiting(datetime(2026, 11, 21 if hour > 7 else 20, 7, tzinfo=SHANGHAI)) == (int(not sent), 0)
    assert len(gateway.posted) == 1


@pytest.mark.clause("MR-20")
def test_at_night_what_is_urgent_and_who_is_on_shift_do_not_wait(world: World, gateway: Endpoint) -> None:
    texts(world, gateway)
    at = night(world, 23)
    tell(world, urgent=True)
    assert deliver_waiting(at) == (1, 0)
    hour = timedelta(hours=1)
    Shift.objects.create(staff=world.staff["repair_worker"], office=world.office, starts_at=at - hour, ends_at=at + hour)
    tell(world)
    assert deliver_waiting(at) == (1, 0)


@pytest.mark.clause("MR-20")
def test_an_office_may_choose_its_quiet_hours_or_have_none(world: World, gateway: Endpoint) -> None:
    texts(world, gateway)
    for key in ("mail.quiet_from", "mail.quiet_until"):
        approve(world.office, key, "12:00", by=world.actor("office_manager"), company_id=world.company.pk,
                in_force_from=world.now, at=world.now)  # fmt: skip
    tell(world)
    assert deliver_waiting(night(world, 23)) == (1, 0)


# channels


@pytest.mark.parametrize(
    ("sort", "address"),
    [("wecom", "qyapi.weixin.qq.com"), ("sms", "file:///etc/passwd"), ("email", "https://example.com"), ("other", "nowhere://x"),
     ("call", "http://"), ("pigeon", "https://example.com"), ("sms", "https://sms.example.com:99999/x"),
     ("call", "https://host:abc/x"), ("sms", "https://[abc"), ("email", "mailtos://me:key@smtp.example.com:99999")],
)  # fmt: skip
def test_what_can_be_no_address_is_refused_by_the_field(world: World, sort: str, address: str) -> None:
    with pytest.raises(Refused) as met:
        channel(world, sort, address)
    assert (met.value.status, met.value.field) == (422, "sort" if sort == "pigeon" else "address")


def test_an_address_is_shown_only_so_far_that_two_can_be_told_apart(world: World) -> None:
    robot = channel(world, "wecom", "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=1234-5678-90ab-cdef")
    mail = channel(world, "email", "mailtos://menling:geheim@smtp.example.com?from=menling@example.com")
    other = channel(world, "other", "feishu://abcdef-123456")
    assert masked(robot) == "https://qyapi.weixin.qq.com/…cdef"
    assert masked(mail) == "mailtos://me…@smtp.example.com"
    assert masked(other) == "feishu://…3456"
    gateway = channel(world, "sms", "https://sms.example.com:8443")
    assert masked(gateway) == "https://sms.example.com:8443", "the host is not its own end"
    gateway.address = "https://sms.example.com/send"
    assert masked(gateway) == "https://sms.example.com/…", "so little could be the whole key"
    robot.address = "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=abc"
    assert masked(robot) == "https://qyapi.weixin.qq.com/…", "nor could four characters be the whole of a short key"
    gateway.address = "https://sms.example.com:99999/send"
    assert masked(gateway) == "…", "one taken before its port was looked at breaks no page"
    assert not any("1234" in str(each.after) + each.subject for each in Change.objects.all()), "nor in the trace"


def test_a_channel_that_ends_gives_up_what_waits_and_nothing_new_takes_it(world: World, gateway: Endpoint) -> None:
    sms = texts(world, gateway)
    tell(world)
    gateway.answers = [Answer(500)]
    deliver_waiting(world.now)
    end_channel(sms, pen(world))
    assert Delivery.objects.get().error == ENDED
    tell(world)
    assert deliver_waiting(world.later(5)) == (1, 0)
    assert len(gateway.posted) == 1
    assert resend(world.office, pen(world)) == 0


def test_a_trial_reaches_the_one_who_asks_even_at_night(world: World, gateway: Endpoint) -> None:
    sms = texts(world, gateway)
    Staff.objects.filter(pk=world.staff["office_manager"].pk).update(phone="13900000099")
    night(world, 23)
    try_channel(sms, pen(world))
    assert deliver_waiting(world.now) == (1, 0)
    assert gateway.posted[0].body["phone"] == "13900000099"


def test_a_channel_is_of_one_office(world: World, gateway: Endpoint) -> None:
    texts(world, gateway)
    Staff.objects.update(phone=WORKER)
    tell(world, office=Office.objects.get(code="LY"), staff_id=world.staff["repair_worker_elsewhere"].pk)
    assert deliver_waiting(world.now) == (1, 0)
    assert gateway.posted == []


def test_nonsense_is_no_e_mail_address(world: World) -> None:
    with pytest.raises(Refused, match="e-mail"):
        choose(world.staff["repair_worker"], email="赵师傅", sorts=[])
