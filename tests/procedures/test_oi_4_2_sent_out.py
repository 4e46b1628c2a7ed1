"""OI-4.2, CF-04  What leaves the house: a group is told no home and nothing typed; whom a message told a home is on record."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from pytest_django import Settings

from menling.doorway.showing import shown
from menling.journal.climbing import climb
from menling.journal.models import Case, Outgoing
from menling.mail.outbox import deliver_waiting
from menling.orders.addresses import Reader, views_of
from menling.orders.models import AddressView
from menling.premises.models import OnCall, Shift, Staff
from menling.procedures.privacy import UNSAID, for_a_group
from menling.tracking.commands.opening import open_under
from tests.doors.web import browser, words
from tests.mailing import channel, texts
from tests.office import World
from tests.procedures.given import decide, shanghai
from tests.receiving import Answer, Endpoint, endpoint

pytestmark = [pytest.mark.clause("OI-4.2", "CF-04"), pytest.mark.django_db]
ROOM, PHONE = "1201", "13812345678"


@pytest.fixture
def gateway() -> Iterator[Endpoint]:
    with endpoint() as kept:
        yield kept


def to_group(world: World, gateway: Endpoint) -> str:
    """Return what a group of the desk alone was sent."""
    deliver_waiting(world.now)
    return "\n".join(each.body["text"]["content"] for each in gateway.posted if each.path == "/wecom")


def passed_on(world: World, **typed: object) -> Case:
    """Return what was passed on to the service desk as somebody typed it."""
    answer = world.answer("pass_on", None, "service_desk", kind="referral", wanted="alarm", to_desk="service_desk", **typed)
    return Case.objects.get(number=answer.body["number"])


def test_a_group_reads_numbers_and_times_and_nothing_that_was_typed() -> None:
    values = {"number": "XH-1", "due": "10:20", "unit": "3-2-1201", "content": f"找王芳 {PHONE}"}
    assert for_a_group(values, "星河") == {"number": "XH-1", "due": "10:20", "unit": "星河", "content": UNSAID}
    assert for_a_group({"number": "XH-1"}, "星河") == {"number": "XH-1"}


def test_a_typed_home_goes_to_the_desk_and_not_to_its_group(world: World, gateway: Endpoint, settings: Settings) -> None:
    settings.SITE = "https://menling.example"
    channel(world, "wecom", f"{gateway.address}/wecom", roles=["service_desk"])
    channel(world, "sms", f"{gateway.address}/sms")
    Staff.objects.filter(pk=world.staff["service_desk"].pk).update(phone="13900000099")
    case = passed_on(world, unit="3栋二单元1201 王芳", phone=PHONE, content="装报警器")
    told = to_group(world, gateway)
    for word in ("1201", "3栋", "王芳", PHONE):
        assert word not in told, word
    assert case.number in told
    assert f"https://menling.example/orders/{case.number}" in told
    assert any(ROOM in each.body["text"] for each in gateway.posted if each.path == "/sms")


def test_a_report_for_a_department_keeps_its_words_from_the_group(world: World, gateway: Endpoint) -> None:
    channel(world, "wecom", f"{gateway.address}/wecom")
    world.answer("pass_on", None, "control_centre", kind="referral", wanted="other", unit="", phone=PHONE, department="security",
                 taken_by="保安队长", content=f"3-2-1201 有人翻墙 {PHONE}")  # fmt: skip
    told = to_group(world, gateway)
    assert UNSAID in told
    assert ROOM not in told
    assert PHONE not in told


def test_a_public_place_is_nobodys_home_and_named_in_a_group(world: World, gateway: Endpoint) -> None:
    channel(world, "wecom", f"{gateway.address}/wecom")
    world.file("customer", unit="", place="3栋花坛", content="树倒了", requirements="挡着路", urgency="emergency")
    assert "3栋花坛" in to_group(world, gateway)


def test_a_message_that_named_the_home_is_a_view_of_it_with_the_message(world: World, gateway: Endpoint) -> None:
    texts(world, gateway)
    case = world.sent()
    assert not views_of(case).exists(), "not sent yet"
    deliver_waiting(world.now)
    (view,) = views_of(case)
    slip = Outgoing.objects.get(case=case, staff_id=view.staff_id)
    assert (view.staff, view.at, view.message) == (world.staff["repair_worker"], world.now, slip)
    told = shown(case, world.actor("control_centre"), world.now)["address_views"]
    assert [(each["number"], ROOM in each["message"]) for each in told] == [(view.staff.number, True)]
    page = words(browser(world, "control_centre").read(f"/orders/{case.number}"))
    assert "Who read the address 1" in page
    assert "with the message “New slip" in page


def test_what_did_not_arrive_or_named_no_home_is_no_view(world: World, gateway: Endpoint) -> None:
    texts(world, gateway)
    gateway.answers = [Answer(500)]
    case = world.sent()
    deliver_waiting(world.now)
    assert not AddressView.objects.exists()
    deliver_waiting(world.later(1))
    assert views_of(case).count() == 1


@pytest.mark.parametrize("option", ["on_acceptance", "never_escorted"])
def test_where_the_office_tells_it_later_a_message_is_no_view(world: World, gateway: Endpoint, option: str) -> None:
    decide(world, "privacy.address_release", option)
    texts(world, gateway)
    world.sent()
    deliver_waiting(world.now)
    assert gateway.posted
    assert not AddressView.objects.exists()


def test_a_desk_that_reads_every_home_is_not_written_down_for_a_message(world: World, gateway: Endpoint) -> None:
    texts(world, gateway)
    Staff.objects.filter(pk=world.staff["control_centre"].pk).update(phone="13900000098")
    world.file(urgency="emergency", content="水管爆裂")
    deliver_waiting(world.now)
    assert [each.body["phone"] for each in gateway.posted if ROOM in each.body["text"]] == ["13900000098"]
    assert not AddressView.objects.exists()


def night(world: World) -> Case:
    """Return an emergency of a night whose list names two workers, both with a telephone."""
    world.now = shanghai(20, 23)
    Shift.objects.all().delete()
    for rank, key in enumerate(("repair_worker", "repair_worker_2"), 1):
        OnCall.objects.create(office=world.office, day=world.now.date(), rank=rank, staff=world.staff[key])
        Staff.objects.filter(pk=world.staff[key].pk).update(phone=f"1390000000{rank}")
    return world.file(urgency="emergency", content="水管爆裂")


def test_each_one_called_out_by_text_message_is_on_record(world: World, gateway: Endpoint) -> None:
    texts(world, gateway)
    case = night(world)
    deliver_waiting(world.now)
    world.now += timedelta(minutes=5, seconds=1)
    climb(world.now)
    deliver_waiting(world.now)
    assert {view.staff.number for view in views_of(case)} == {
        world.staff[key].number for key in ("repair_worker", "repair_worker_2")
    }


def tracked(world: World, order: Case, tracker: str = "") -> Case:
    """Return the coordination order under an order, given to somebody by work number."""
    (coordination, _taken), *_more = open_under(
        order, by=world.actor("team_lead"), at=world.now, reason="缺件", clause="EN-D.4", warranty=False, tracker=tracker,
        owner_told=False,
    )  # fmt: skip
    return coordination.case


def test_who_tracks_an_order_is_told_which_home_it_is_about(world: World, gateway: Endpoint) -> None:
    texts(world, gateway)
    case = tracked(world, world.at_home(), world.staff["repair_worker"].number)
    deliver_waiting(world.now)
    said = [each.body["text"] for each in gateway.posted if case.number in each.body["text"]]
    assert [ROOM in each for each in said] == [True]
    assert [view.staff for view in views_of(case)] == [world.staff["repair_worker"]]
    assert "Who read the address 1" in words(browser(world, "team_lead").read(f"/coordinations/{case.number}"))


def test_who_is_called_out_reads_the_home_of_what_was_opened_under_the_emergency(world: World) -> None:
    order = night(world)
    under = Case.objects.get(pk=tracked(world, order).pk)
    read = [ROOM in str(Reader(world.actor(who), world.now).text(under)) for who in ("repair_worker", "repair_worker_2")]
    assert read == [True, False]
    world.do(order, "accept", "control_centre")
    world.do(order, "dispatch", "control_centre", worker=world.staff["repair_worker_2"].number)
    world.do(order, "acknowledge", "repair_worker_2")
    assert ROOM not in str(Reader(world.actor("repair_worker"), world.now).text(under))
