"""Messages leave the house once, in the words of reader and channel, and whatever fails is tried again or told."""

import logging
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from menling.journal.models import Outgoing
from menling.kernel.refusal import Refused
from menling.kernel.roles import Role
from menling.mail.alerting import UNDELIVERED
from menling.mail.keeping import ENDED, add_channel, choose, end_channel, masked, resend, try_channel
from menling.mail.laying import NOBODY
from menling.mail.models import Channel, Delivery
from menling.mail.outbox import LEASE, MOST_TRIES, deliver_waiting
from menling.mail.posting import PATIENCE
from menling.mail.wording import said
from menling.policies.values import approve
from menling.premises.administration.books import Pen
from menling.premises.models import Change, Office, Post, Shift, Staff
from tests.office import World, make_staff
from tests.receiving import Answer, Endpoint, Mailbox, endpoint, mail_server
from tests.together import together

pytestmark = pytest.mark.django_db
SHANGHAI = ZoneInfo("Asia/Shanghai")
WORKER = "13900000005"


@pytest.fixture
def gateway() -> Iterator[Endpoint]:
    with endpoint() as kept:
        yield kept


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    with mail_server() as box:
        yield box


def pen(world: World, who: str = "office_manager") -> Pen:
    return Pen(world.actor(who), world.now, f"pen-{Change.objects.count()}-{who}")


def channel(world: World, sort: str, address: str, **more: object) -> Channel:
    return add_channel(world.office, pen(world), sort=sort, name=sort, address=address, **more)


def texts(world: World, gateway: Endpoint) -> Channel:
    Staff.objects.filter(pk=world.staff["repair_worker"].pk).update(phone=WORKER)
    return channel(world, "sms", f"{gateway.address}/sms")


def tell(world: World, **more: object) -> Outgoing:
    """A message to the first worker unless it says otherwise."""
    given = {"staff_id": world.staff["repair_worker"].pk} if not {"roles", "phone"} & set(more) else {}
    return Outgoing.objects.create(**{"office": world.office, "sentence": "门铃", "created_at": world.now} | given | more)


def night(world: World, hour: int, minute: int = 0, day: int = 20) -> datetime:
    world.now = datetime(2026, 11, day, hour, minute, tzinfo=SHANGHAI)
    return world.now


# without a channel: the log


def test_without_a_channel_a_message_stands_in_the_log_once_with_the_office_s_time(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    case = world.sent()
    with caplog.at_level(logging.INFO, "menling.mail"):
        assert deliver_waiting(world.now) == (1, 0)
        assert deliver_waiting(world.now) == (0, 0)
    (line,) = [record.getMessage() for record in caplog.records]
    worker = world.staff["repair_worker"]
    assert line.startswith(f"{worker.number} {worker.name}: ")
    assert case.number in line
    assert "3-2-1201" in line
    assert "11-20 10:19" in line
    message = Outgoing.objects.get(case=case)
    assert (message.sent_at, message.deliveries.get().sent_at) == (world.now, world.now)


def test_the_log_hides_the_middle_of_a_phone(world: World, caplog: pytest.LogCaptureFixture) -> None:
    tell(world, phone="13800138000", sentence="已派工")
    with caplog.at_level(logging.INFO, "menling.mail"):
        deliver_waiting(world.now)
    assert [record.getMessage() for record in caplog.records] == ["138****8000: 已派工"]


def test_readers_of_two_languages_each_get_their_own(world: World, caplog: pytest.LogCaptureFixture) -> None:
    Staff.objects.filter(pk=world.staff["control_centre"].pk).update(language="en")
    make_staff(world.company, world.office, Role.CONTROL_CENTRE, "A900", "夜班")
    tell(world, roles=["control_centre"], sentence="Urgent repair at {unit}: {number}. Please take it now.",
         values={"unit": "3-2-1201", "number": "XH-1"})  # fmt: skip
    with caplog.at_level(logging.INFO, "menling.mail"):
        deliver_waiting(world.now)
    english, chinese = sorted(record.getMessage() for record in caplog.records)
    assert english.startswith("A001")
    assert "Urgent repair at 3-2-1201" in english
    assert chinese.startswith("A900")
    assert "Urgent" not in chinese


def test_a_promise_in_a_message_is_translated_and_what_somebody_typed_is_not() -> None:
    values = {"unit": "at the door", "promise": "at the door", "due": "2026-11-20T02:19:00+00:00"}
    sentence = "{unit}: “{promise}” was due {due} and is late."
    english, chinese = said(sentence, values, "en", SHANGHAI), said(sentence, values, "zh-hans", SHANGHAI)
    assert "at the door: “at the door” was due 11-20 10:19" in english
    assert chinese.count("at the door") == 1


# whom it reaches


def test_a_message_to_a_role_reaches_everybody_who_holds_it_here_today_and_nobody_elsewhere(
    world: World, gateway: Endpoint
) -> None:
    texts(world, gateway)
    make_staff(world.company, world.office, Role.CONTROL_CENTRE, "A900", "夜班")
    left = make_staff(world.company, world.office, Role.CONTROL_CENTRE, "A901", "已离职")
    Post.objects.filter(staff=left).update(until=date(2026, 1, 31))
    for number in ("A001", "A900", "A901", "B001"):
        Staff.objects.filter(number=number).update(phone=f"1390000{number[1:]}0")
    tell(world, roles=["control_centre"])
    assert deliver_waiting(world.now) == (2, 0)
    assert sorted(each.body["phone"] for each in gateway.posted) == ["13900000010", "13900009000"]


def test_a_text_message_carries_id_phone_company_and_key_as_its_gateway_wants_them(world: World, gateway: Endpoint) -> None:
    Staff.objects.filter(pk=world.staff["repair_worker"].pk).update(phone=WORKER)
    channel(world, "sms", f"{gateway.address}/sms", secret="key-of-ours")
    tell(world)
    assert deliver_waiting(world.now) == (1, 0)
    (post,) = gateway.posted
    mark = Delivery.objects.get().mark
    assert post.path == "/sms"
    assert post.body.pop("text") in ("【安居物业】门铃", "[安居物业] 门铃")
    assert post.body == {"id": mark, "phone": WORKER, "urgent": False}
    assert (post.headers["Idempotency-Key"], post.headers["Authorization"]) == (mark, "Bearer key-of-ours")


def test_an_e_mail_goes_to_the_address_somebody_gave_with_its_mark(world: World, mailbox: Mailbox) -> None:
    choose(world.staff["repair_worker"], email="zhao@example.com", sorts=["email"])
    channel(world, "email", f"mailto://127.0.0.1:{mailbox.port}?from=menling@example.com")
    case = world.sent()
    assert deliver_waiting(world.now) == (1, 0)
    ((to, mail),) = mailbox.mails
    mark = Delivery.objects.get().mark
    assert to == ["zhao@example.com"]
    assert case.number in mail["Subject"]
    assert mail["X-Menling-Message"] == mark
    assert case.number in mail.get_content()
    assert mark in mail.get_content()


def test_a_mail_server_that_is_busy_gets_it_later(world: World, mailbox: Mailbox) -> None:
    choose(world.staff["repair_worker"], email="zhao@example.com", sorts=["email"])
    channel(world, "email", f"mailto://127.0.0.1:{mailbox.port}?from=menling@example.com")
    tell(world)
    mailbox.busy = True
    assert deliver_waiting(world.now) == (0, 1)
    assert Delivery.objects.get().error
    mailbox.busy = False
    assert deliver_waiting(world.later(1)) == (1, 0)
    assert len(mailbox.mails) == 1


@pytest.mark.parametrize(
    ("sort", "read"),
    [
        ("wecom", lambda body: (body["text"]["content"], body["text"]["mentioned_mobile_list"])),
        ("dingtalk", lambda body: (body["text"]["content"], body["at"]["atMobiles"])),
        ("feishu", lambda body: (body["content"]["text"], [WORKER])),
    ],
)
def test_a_group_is_told_once_with_the_names_of_those_it_is_for(world: World, gateway: Endpoint, sort: str, read: object) -> None:
    Staff.objects.filter(pk=world.staff["control_centre"].pk).update(phone=WORKER)
    make_staff(world.company, world.office, Role.CONTROL_CENTRE, "A900", "夜班")
    channel(world, sort, f"{gateway.address}/robot?key=1")
    tell(world, roles=["control_centre"])
    assert deliver_waiting(world.now) == (1, 0)
    (post,) = gateway.posted
    text, mentioned = read(post.body)
    first, named, mark = text.splitlines()
    assert (first, mark, mentioned) == ("门铃", f"#{Delivery.objects.get().mark}", [WORKER])
    assert "夜班" in named
    assert world.staff["control_centre"].name in named


@pytest.mark.parametrize(("sort", "signed"), [("dingtalk", "path"), ("feishu", "body")])
def test_a_robot_with_a_secret_gets_a_signature(world: World, gateway: Endpoint, sort: str, signed: str) -> None:
    channel(world, sort, f"{gateway.address}/robot?access_token=1", secret="SEC1")
    tell(world)
    deliver_waiting(world.now)
    (post,) = gateway.posted
    assert ("&sign=" in post.path and "&timestamp=" in post.path) if signed == "path" else post.body["sign"]


def test_a_robot_that_refuses_with_a_friendly_200_has_not_taken_it(world: World, gateway: Endpoint) -> None:
    channel(world, "wecom", f"{gateway.address}/robot?key=1")
    tell(world)
    gateway.answers = [Answer(body={"errcode": 93000, "errmsg": "invalid webhook url"}), Answer(body="welcome")]
    assert deliver_waiting(world.now) == (0, 1)
    assert Delivery.objects.get().error == "93000: invalid webhook url"
    assert deliver_waiting(world.later(1)) == (0, 1)
    assert deliver_waiting(world.later(2)) == (1, 0)


def test_a_group_hears_only_what_concerns_its_roles(world: World, gateway: Endpoint) -> None:
    channel(world, "wecom", f"{gateway.address}/repairs", roles=["repair_worker"])
    tell(world)
    tell(world, roles=["repair_worker", "team_lead"])
    tell(world, roles=["finance"])
    tell(world, phone="13800138000")
    deliver_waiting(world.now)
    assert len(gateway.posted) == 2


def test_any_other_service_is_reached_by_its_apprise_address(world: World, gateway: Endpoint) -> None:
    channel(world, "other", f"{gateway.address.replace('http', 'json')}/notify")
    tell(world)
    assert deliver_waiting(world.now) == (1, 0)
    assert gateway.posted[0].body["message"].startswith("门铃")


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


def test_one_channel_that_fails_holds_up_no_other_and_is_tried_once_in_a_run(world: World, gateway: Endpoint) -> None:
    with endpoint() as other:
        texts(world, gateway)
        channel(world, "wecom", f"{other.address}/robot")
        for _each in range(3):
            tell(world)
        gateway.answers = [Answer(500)]
        assert deliver_waiting(world.now) == (3, 1)
        assert len(gateway.posted) == 1
        assert deliver_waiting(world.later(seconds=10)) == (2, 0)


def test_a_message_is_given_up_after_its_last_try_and_the_desk_is_told_once_for_many(world: World, gateway: Endpoint) -> None:
    texts(world, gateway)
    tell(world)
    tell(world)
    gateway.answers = [Answer(500)] * 3 * MOST_TRIES
    night(world, 8)
    for _minute in range(300):
        deliver_waiting(world.later(1))
    assert {each.attempts for each in Delivery.objects.filter(channel__sort="sms")} == {MOST_TRIES}
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
    message = tell(world, roles=["warehouse"])
    deliver_waiting(world.now)
    dead = message.deliveries.get()
    assert (dead.dead_at, dead.error) == (world.now, NOBODY)
    assert Outgoing.objects.filter(sentence=UNDELIVERED).count() == 1
    keeper = make_staff(world.company, world.office, Role.WAREHOUSE, "A905", "仓管")
    Staff.objects.filter(pk=keeper.pk).update(phone="13900000905")
    assert resend(world.office, pen(world), dead.pk) == 1
    deliver_waiting(world.now)
    assert [each.body["phone"] for each in gateway.posted] == ["13900000905"]


def test_a_number_written_down_afterwards_reaches_the_person_when_it_is_sent_again(world: World, gateway: Endpoint) -> None:
    texts(world, gateway)
    tell(world)
    Delivery.objects.all().delete()
    gateway.answers = [Answer(400)] * MOST_TRIES
    deliver_waiting(world.now)
    Delivery.objects.update(attempts=MOST_TRIES - 1, next_at=world.now)
    deliver_waiting(world.now)
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


# channels


@pytest.mark.parametrize(
    ("sort", "address"),
    [("wecom", "qyapi.weixin.qq.com"), ("sms", "file:///etc/passwd"), ("email", "https://example.com"), ("other", "nowhere://x"),
     ("call", "http://"), ("pigeon", "https://example.com")],
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
    assert "geheim" not in masked(mail)
    assert masked(other) == "feishu://…3456"
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
