"""The office's own apps at WeCom, DingTalk and Feishu, against a receiver on this machine: one person, found by telephone."""

import json
from datetime import timedelta

import pytest

from menling.kernel.refusal import Refused
from menling.mail import inhouse
from menling.mail.models import Channel, Delivery, Reach
from menling.mail.outbox import deliver_waiting
from menling.premises.models import Staff
from tests.mailing import WORKER, channel, tell
from tests.office import World
from tests.receiving import Answer, Endpoint

pytestmark = pytest.mark.django_db
APPS = {"wecom_app": "corpid=ww1&agentid=7", "ding_app": "appkey=ding1&agentid=7", "feishu_app": "app_id=cli_1"}
TOKENS = {"wecom_app": "access_token", "ding_app": "access_token", "feishu_app": "tenant_access_token"}
FOUND = {
    "wecom_app": {"errcode": 0, "userid": "u1"}, "ding_app": {"errcode": 0, "result": {"userid": "u1"}},
    "feishu_app": {"code": 0, "data": {"user_list": [{"user_id": "u1"}]}},
}  # fmt: skip


def app(world: World, gateway: Endpoint, sort: str) -> Channel:
    """Return a channel to an app at the endpoint, the first worker having a telephone; no token is kept from before."""
    inhouse._tokens.clear()
    Staff.objects.filter(pk=world.staff["repair_worker"].pk).update(phone=WORKER)
    return channel(world, sort, f"{gateway.address}?{APPS[sort]}", secret="secret-of-ours")


def willing(sort: str) -> list[Answer]:
    """Return the answers of a service that makes a token, knows the number and takes the message."""
    token = {"errcode": 0, "code": 0, TOKENS[sort]: "token-1"}
    return [Answer(body=token), Answer(body=FOUND[sort]), Answer(body={"errcode": 0, "code": 0})]


READ = {
    "wecom_app": lambda body: (body["touser"], body["text"]["content"], body["agentid"]),
    "ding_app": lambda body: (body["userid_list"], body["msg"]["text"]["content"], body["agent_id"]),
    "feishu_app": lambda body: (body["receive_id"], json.loads(body["content"])["text"], "7"),
}


@pytest.mark.parametrize("sort", sorted(APPS))
def test_a_message_reaches_the_one_person_whose_number_the_app_knows(world: World, gateway: Endpoint, sort: str) -> None:
    app(world, gateway, sort)
    gateway.answers = willing(sort)
    tell(world)
    assert deliver_waiting(world.now) == (1, 0)
    token, found, sent = gateway.posted
    assert "secret-of-ours" in token.path + json.dumps(token.body)
    assert WORKER in json.dumps(found.body)
    who, text, agent = READ[sort](sent.body)
    assert (who, agent) == ("u1", "7")
    assert "门铃" in text
    carried = sent.headers.get("Authorization", "") + sent.path
    assert "token-1" in carried
    assert "secret-of-ours" not in sent.path


@pytest.mark.parametrize("sort", sorted(APPS))
def test_a_token_is_kept_for_the_next_message_and_made_anew_after_a_refusal(world: World, gateway: Endpoint, sort: str) -> None:
    app(world, gateway, sort)
    gateway.answers = [*willing(sort), *willing(sort)[1:]]
    tell(world)
    tell(world)
    assert deliver_waiting(world.now) == (2, 0)
    assert len(gateway.posted) == 5
    gateway.posted.clear()
    refusal = Answer(body={"errcode": 42001, "code": 42001, "errmsg": "token expired"})
    gateway.answers = [refusal, *willing(sort)]
    tell(world)
    assert deliver_waiting(world.now) == (0, 1)
    assert "token expired" in Delivery.objects.latest("pk").error
    assert deliver_waiting(world.now + timedelta(hours=1)) == (1, 0)
    assert len(gateway.posted) == 4


@pytest.mark.parametrize("sort", sorted(APPS))
def test_somebody_the_app_does_not_know_is_told_of_as_not_reached(world: World, gateway: Endpoint, sort: str) -> None:
    app(world, gateway, sort)
    gateway.answers = [willing(sort)[0], Answer(body={"errcode": 0, "code": 0, "data": {"user_list": []}})]
    tell(world)
    assert deliver_waiting(world.now) == (0, 1)
    assert Delivery.objects.get().error == inhouse.UNKNOWN


def test_a_resident_is_never_looked_up_in_the_office_s_app(world: World, gateway: Endpoint) -> None:
    app(world, gateway, "wecom_app")
    tell(world, phone="13800138000")
    deliver_waiting(world.now)
    assert gateway.posted == []


def test_who_wants_no_messages_by_app_gets_only_what_is_urgent(world: World, gateway: Endpoint) -> None:
    app(world, gateway, "wecom_app")
    Reach.objects.create(staff=world.staff["repair_worker"], sorts=["sms"])
    gateway.answers = willing("wecom_app")
    tell(world)
    deliver_waiting(world.now)
    assert gateway.posted == []
    tell(world, urgent=True)
    assert deliver_waiting(world.now) == (1, 0)


@pytest.mark.parametrize(("address", "secret"), [("?corpid=ww1", "s"), ("?agentid=7", "s"), ("?corpid=ww1&agentid=7", " ")])
def test_an_app_without_its_numbers_or_its_secret_is_not_set_up(
    world: World, gateway: Endpoint, address: str, secret: str
) -> None:
    with pytest.raises(Refused) as refusal:
        channel(world, "wecom_app", f"{gateway.address}{address}", secret=secret)
    assert refusal.value.field == ("address" if secret.strip() else "secret")
