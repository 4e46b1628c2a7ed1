"""Messages leave the house in the words of reader and channel, and reach those they are for."""

import logging
from datetime import date

import pytest

from menling.journal.models import Outgoing
from menling.kernel.roles import Role
from menling.mail.keeping import choose
from menling.mail.models import Delivery
from menling.mail.outbox import deliver_waiting
from menling.mail.wording import said
from menling.premises.models import Post, Staff
from tests.mailing import SHANGHAI, WORKER, channel, tell, texts
from tests.office import World, make_staff
from tests.receiving import Answer, Endpoint, Mailbox

pytestmark = pytest.mark.django_db


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
    assert "11月20日 周五 10:19" in line
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
    assert "at the door: “at the door” was due Fri 20 Nov 10:19" in english
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
