"""Housekeeping at the desks: taken at the counter in one go, passed on by who does not take it, made of what was passed on."""

import re
from datetime import timedelta

import pytest
from django.utils.timezone import localtime
from django.utils.translation import override

from menling.catalogue.models import PriceItem, PriceList
from menling.doorway.showing import loaded
from menling.journal.models import Case, Event
from menling.orders.models import Batch, Housekeeping, Referral
from menling.orders.queries import picked_up_at
from menling.web.timeline import waits_for
from menling.web.typed import read_instant
from tests import agreed, cleaning
from tests.doors.web import Browser, browser, words
from tests.office import World

pytestmark = pytest.mark.django_db
TYPED = {"unit": "3-2-1201", "reporter": "王芳", "phone": "13800138000", "content": "玻璃、厨房", "channel": "phone"}


def proposed(page: str) -> str:
    return re.search(r'name="begins" value="([^"]+)"', page)[1]  # type: ignore[index]


def filing(desk: Browser, **more: str) -> dict[str, str]:
    begins = proposed(desk.read("/counter", {"q": "3-2-1201"}))
    return TYPED | {"do": "housekeeping", "begins": begins} | more


def test_the_time_proposed_is_a_half_hour_the_lead_allows(today: World) -> None:
    text = proposed(browser(today, "service_desk").read("/counter", {"q": "3-2-1201"}))
    at = read_instant(text, today.now, localtime(today.now).tzinfo)
    assert at is not None
    assert at.minute in (0, 30)
    assert timedelta(minutes=30) <= at - today.now <= timedelta(minutes=63)


def test_filed_priced_and_agreed_in_one_go_it_waits_for_the_next_pick_up(today: World) -> None:
    desk = browser(today, "service_desk")
    later = f"{localtime(today.now) + timedelta(days=3):%m-%d} 10:00"
    answer = desk.post("/new/file", filing(desk, begins=later, amount="240", description="日常保洁", agreed="on"))
    assert answer.status_code == 302
    order = Housekeeping.objects.get()
    assert (order.case.status, order.due, order.agreed, order.agreed_how) == ("agreed", 240, 240, "phone")
    assert [each.verb for each in Event.objects.filter(case=order.case).order_by("pk")] == ["file", "accept", "quote", "consent"]
    shown = words(desk.read(answer.headers["Location"]))
    assert order.case.number in shown
    assert "picked up" in shown


@pytest.mark.clause("HC-5.1.3")
def test_what_was_agreed_waits_for_somebody_to_be_sent_and_no_more_for_its_price(today: World) -> None:
    with override("en"):
        priced, settled = dict(waits_for(cleaning.quoted(today))), dict(waits_for(cleaning.agreed(today)))
    assert "Resident agrees" in priced
    assert "Assign" in settled
    assert "Tell the price" not in settled


def test_for_longer_than_a_month_the_number_of_the_signed_agreement_is_typed(today: World) -> None:
    desk = browser(today, "service_desk")
    far = f"{localtime(today.now).date() + timedelta(days=60)}"
    unknown = desk.post("/new/file", filing(desk, until=far, agreement="XH-L26-99999"), htmx=True)
    assert unknown.status_code == 422
    assert not Housekeeping.objects.exists()
    signed = agreed.in_force(today)
    assert desk.post("/new/file", filing(desk, until=far, agreement=signed.number)).status_code == 302
    assert str(Housekeeping.objects.get().until) == far


def test_pressed_twice_it_is_one_order_with_one_price(today: World) -> None:
    desk = browser(today, "service_desk")
    sent = filing(desk, amount="240", description="日常保洁", agreed="on")
    for _press in range(2):
        assert desk.post("/new/file", sent, key="the-same-form").status_code == 302
    assert Event.objects.filter(verb__in=("file", "quote", "consent")).count() == 3


def test_without_a_price_it_is_accepted_and_the_price_is_told_next(today: World) -> None:
    desk = browser(today, "service_desk")
    answer = desk.post("/new/file", filing(desk))
    assert Case.objects.get(kind="housekeeping").status == "accepted"
    assert "Tell the price" in desk.read(answer.headers["Location"])


@pytest.mark.parametrize(
    ("facts", "field", "status"),
    [({"agreed": "on"}, "amount", 422), ({"begins": "1+1"}, "begins", 422), ({"begins": ""}, "begins", 422),
     ({"amount": "viel"}, "amount", 422), ({"until": "2099-01-01"}, "until", 409)],
)  # fmt: skip
def test_what_cannot_be_is_said_beside_its_field_and_nothing_is_filed(
    today: World, facts: dict[str, str], field: str, status: int
) -> None:
    desk = browser(today, "service_desk")
    answer = desk.post("/new/file", filing(desk, **facts), htmx=True)
    assert answer.status_code == status
    assert f'data-field="{field}"' in answer.content.decode()
    assert not Case.objects.filter(kind="housekeeping").exists()


def test_sooner_than_the_lead_takes_a_reason(today: World) -> None:
    desk = browser(today, "service_desk")
    soon = f"{localtime(today.now + timedelta(minutes=10)):%m-%d %H:%M}"
    refused = desk.post("/new/file", filing(desk, begins=soon), htmx=True)
    assert "HS-4.1.1.2" in refused.content.decode()
    assert desk.post("/new/file", filing(desk, begins=soon, override_reason="客人马上到")).status_code == 302


def test_the_control_centre_passes_it_on_and_the_desk_makes_an_order_of_every_word(today: World) -> None:
    centre, desk = browser(today, "control_centre"), browser(today, "service_desk")
    page = centre.read("/new")
    assert "pass:housekeeping" in page
    assert 'name="begins"' not in page
    assert centre.post("/new/file", TYPED | {"do": "pass:housekeeping"}).status_code == 302
    referral = Referral.objects.get()
    assert f"/new?referral={referral.case.number}" in desk.read("/referrals")
    form = desk.read("/new", {"referral": referral.case.number})
    assert TYPED["content"] in form
    assert "data-f9 open>" in form
    desk.post("/new/file", filing(desk, referral=referral.case.number))
    referral.refresh_from_db()
    assert referral.became == Case.objects.get(kind="housekeeping")


def test_the_control_centre_is_refused_the_order_itself(today: World) -> None:
    desk, centre = browser(today, "service_desk"), browser(today, "control_centre")
    refused = centre.post("/new/file", filing(desk), htmx=True)
    assert refused.status_code == 403
    assert not Case.objects.filter(kind="housekeeping").exists()


def test_a_message_of_the_group_becomes_housekeeping_at_the_service_desk(today: World) -> None:
    desk = browser(today, "service_desk")
    read = desk.post("/paste", {"text": "3-2-1201 想约保洁擦玻璃，电话13800138000，王女士"}).content.decode()
    assert "File housekeeping" in read
    begins = proposed(desk.read("/counter", {"q": "3-2-1201"}))
    sent = TYPED | {"wanted": "housekeeping", "visit_at": begins, "channel": "wechat"}
    assert desk.post("/paste/file", sent).status_code == 302
    assert Housekeeping.objects.get(case__kind="housekeeping").channel == "wechat"


def test_who_called_today_names_housekeeping_by_its_kind(today: World) -> None:
    cleaning.booked(today)
    shown = words(browser(today, "service_desk").read("/counter"))
    assert "Housekeeping 玻璃、厨房" in shown


def test_the_form_asks_for_the_service_and_offers_the_services_of_the_list_that_are_housekeeping(today: World) -> None:
    published = PriceList.objects.get(office=today.office)
    PriceItem.objects.create(price_list=published, code="C01", name="日常保洁", price="240", per="visit", skill="保洁")
    page = browser(today, "service_desk").read("/new")
    assert '<span class="for-housekeeping">What is to be done in the home</span>' in page
    assert 'name="items:C01"' in page
    assert 'name="items:W01"' not in page


def test_a_list_that_names_no_housekeeping_offers_every_service(today: World) -> None:
    page = browser(today, "service_desk").read("/new")
    assert 'name="items:W01"' in page
    assert 'name="items:M01"' not in page


def test_the_pick_up_named_is_the_first_after_the_agreement_whatever_was_noted_since(world: World) -> None:
    case = cleaning.agreed(world, ahead=2000)
    first = picked_up_at(loaded(case))
    assert first is not None
    assert first > world.now
    world.later(minutes=24 * 60)
    case = world.do(case, "note", "service_desk", text="门口有狗")
    assert picked_up_at(loaded(case)) == first
    batch = Batch(office=world.office, pick_up_at=first + timedelta(hours=1))
    assert picked_up_at(laid_out(case, batch)) == batch.pick_up_at


def laid_out(case: Case, batch: Batch) -> Housekeeping:
    order = loaded(case)
    assert isinstance(order, Housekeeping)
    order.batch = batch
    return order


def test_the_leader_who_heard_at_once_waits_for_no_pick_up(world: World) -> None:
    assert picked_up_at(loaded(cleaning.agreed(world, ahead=31))) is None
    assert picked_up_at(loaded(cleaning.quoted(world, ahead=2000))) is None
