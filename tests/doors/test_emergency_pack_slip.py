"""A dispatch slip of the pack entered to its end: taken when, signed by whom, at which prices, and who is not woken for it."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from menling.catalogue.models import PriceItem, PriceList
from menling.journal.models import Case, Outgoing
from menling.journal.sweep import sweep
from menling.mail.laying import lay_out
from menling.orders.models import Order
from menling.premises import clock
from tests.browser.browsing import OfficeTime
from tests.doors.test_emergency_pack import DOWN_FOR, ended, photo, printed, sheet
from tests.doors.test_emergency_pack_paid import at, paid
from tests.doors.web import browser, words
from tests.examples import picture
from tests.office import World

pytestmark = pytest.mark.django_db


def scan() -> SimpleUploadedFile:
    return SimpleUploadedFile("slip.jpg", picture(), "image/jpeg")


def entered(world: World, typed: dict[str, Any], who: str = "control_centre") -> Order:
    """Enter a sheet of a pack that was printed, and return its order."""
    printed(world, "control_centre")
    answer = browser(world, who).client.post("/emergency-pack/sheet", typed)
    assert answer.status_code == 302, answer.content.decode()
    return Order.objects.select_related("case").get(content="水管爆裂")


def signed(world: World, **more: Any) -> dict[str, Any]:
    """Return a paid sheet that bears name, rating and opinion below."""
    below = {"signed": at(51), "signed_by": "王芳", "rating": "4", "opinion": "来得快", "scan": scan()}
    return paid(world) | below | more


@pytest.mark.clause("HS-4.2.3", "MR-4")
@pytest.mark.parametrize(("minutes", "broken"), [(8, False), (9, False), (10, True)])
def test_the_acceptance_on_the_slip_is_the_acknowledgement_at_its_true_time(today: World, minutes: int, broken: bool) -> None:
    order = entered(today, sheet(today, accepted=at(minutes)))
    said = order.case.events.get(verb="acknowledge")
    assert timezone.localtime(said.happened_at).strftime("%Y-%m-%d %H:%M") == at(minutes)
    assert (said.actor_name, said.source) == (today.staff["repair_worker"].name, "paper")
    promised = order.case.deadlines.get(key="acknowledge")
    assert (promised.met_at, promised.broken_at is not None) == (said.happened_at, broken)


@pytest.mark.clause("HS-4.2.3")
def test_without_its_time_nobody_claims_that_a_slip_was_taken_in_time_or_late(today: World) -> None:
    order = entered(today, sheet(today))
    sweep(clock.now())
    assert not order.case.deadlines.filter(key="acknowledge").exists()
    assert order.case.events.get(verb="dispatch").facts["untimed"] is True
    page = words(browser(today, "control_centre").read(f"/orders/{order.case.number}"))
    assert "HS-4.2.3 the worker acknowledges" not in page


@pytest.mark.clause("HS-4.2.3")
def test_whoever_has_still_to_go_and_whose_slip_shows_no_time_is_asked_to_take_it(today: World) -> None:
    order = entered(today, sheet(today, arrived="", begun="", finished=""))
    assert order.case.deadlines.get(key="acknowledge").met_at is None
    assert "untimed" not in order.case.events.get(verb="dispatch").facts


@pytest.mark.clause("MR-40")
def test_nobody_is_sent_out_for_what_the_sheet_says_is_over(today: World) -> None:
    order = entered(today, sheet(today, urgency="ordinary"))
    last = 0
    while (message := lay_out(clock.now(), last)) is not None:
        last = message.pk
    assert not Outgoing.objects.filter(case=order.case, staff_id=today.staff["repair_worker"].pk).exists()


@pytest.mark.clause("MR-40")
def test_whoever_has_still_to_go_is_told_of_a_sheet_that_was_entered_late(today: World) -> None:
    order = entered(today, sheet(today, urgency="ordinary", arrived="", begun="", finished=""))
    while lay_out(clock.now()) is not None:
        pass
    assert Outgoing.objects.filter(case=order.case, staff_id=today.staff["repair_worker"].pk).exists()


@pytest.mark.clause("HC-5.5.1", "MR-49", "OC-4.5")
def test_a_whole_slip_ends_signed_rated_and_paid_as_if_it_had_been_done_on_the_phone(today: World) -> None:
    typed = signed(today)
    order = entered(today, typed)
    assert (order.case.status, order.signed_by, order.rating, order.opinion) == ("signed", "王芳", 4, "来得快")
    assert today.child(order.case, "charge").status == "collected"
    on_file = order.case.events.get(verb="sign_on_paper")
    assert timezone.localtime(on_file.happened_at).strftime("%Y-%m-%d %H:%M") == typed["signed"]
    assert (on_file.actor_name, on_file.recorder_name) == (today.staff["control_centre"].name, "")
    assert order.case.attachments.get(kind="photo").digest == on_file.facts["scan"]
    assert order.case.deadlines.get(key="review").met_at is None
    assert today.do(order.case, "review", "team_lead").status == "reviewed"


@pytest.mark.clause("MR-7", "MR-49")
def test_the_same_slip_sent_twice_is_entered_and_signed_once(today: World) -> None:
    entered(today, signed(today))
    answer = browser(today, "control_centre").client.post("/emergency-pack/sheet", signed(today))
    assert (answer.status_code, Order.objects.count()) == (302, 1)
    assert Order.objects.get().case.events.filter(verb="sign_on_paper").count() == 1


@pytest.mark.clause("MR-49")
@pytest.mark.parametrize(("lacking", "why"), [("scan", "Please photograph the slip"), ("signed_by", "name under the signature")])
def test_a_slip_without_its_picture_or_name_enters_nothing_and_the_form_keeps_what_was_typed(
    today: World, lacking: str, why: str
) -> None:
    printed(today, "control_centre")
    typed, desk = signed(today), browser(today, "control_centre")
    answer = desk.post("/emergency-pack/sheet", {name: typed[name] for name in typed if name != lacking}, htmx=True)
    assert (answer.status_code, Order.objects.count()) == (422, 0)
    assert why in words(answer.content.decode())
    assert desk.client.post("/emergency-pack/sheet", signed(today)).status_code == 302
    assert Order.objects.get().case.status == "signed"


@pytest.mark.clause("MR-49", "MR-40")
@pytest.mark.parametrize("wrong", ["scan", "rating"])
def test_a_picture_or_a_rating_nobody_can_read_is_put_right_on_the_form(today: World, wrong: str) -> None:
    printed(today, "control_centre")
    unread = {"scan": SimpleUploadedFile("slip.jpg", b"no picture", "image/jpeg"), "rating": "9"}[wrong]
    desk = browser(today, "control_centre")
    assert desk.client.post("/emergency-pack/sheet", signed(today, **{wrong: unread})).status_code == 422
    assert not Order.objects.exists()
    assert desk.client.post("/emergency-pack/sheet", signed(today)).status_code == 302


@pytest.mark.clause("MR-49")
def test_a_signature_without_its_time_enters_nothing_and_the_field_is_named(today: World) -> None:
    printed(today, "control_centre")
    answer = browser(today, "control_centre").post("/emergency-pack/sheet", signed(today, signed=""), htmx=True)
    assert (answer.status_code, Order.objects.count()) == (422, 0)
    assert "Signed on paper at" in words(answer.content.decode())


@pytest.mark.clause("HS-3.3", "MR-49")
def test_what_a_worker_may_not_collect_keeps_nobody_from_entering_the_signature(today: World) -> None:
    order = entered(today, signed(today, item="W03"))
    assert (order.case.status, today.child(order.case, "charge").status) == ("signed", "due")


@pytest.mark.clause("EN-3.7", "EN-4.3")
def test_a_slip_of_an_older_day_is_priced_by_the_list_in_force_then(today: World) -> None:
    since = clock.now() - timedelta(hours=1)
    newer = PriceList.objects.create(office=today.office, name="新收费标准", in_force_from=since)
    PriceItem.objects.create(price_list=newer, code="W01", name="疏通厨房下水", price=Decimal("120.00"), per="visit")
    desk = browser(today, "control_centre")
    assert "疏通厨房下水 ¥120.00" in words(desk.read("/emergency-pack"))
    before = timezone.localtime(clock.now()) - DOWN_FOR
    then = words(desk.read(f"/emergency-pack/items?reported={before:%Y-%m-%d+%H:%M}"))
    assert ("疏通厨房下水 ¥86.00" in then, "新收费标准" in then) == (True, False)
    assert "¥120.00" in words(desk.read("/emergency-pack/items?reported=xx")), "what cannot be read is today"
    assert str(entered(today, paid(today)).due) == "86.00"


@pytest.mark.clause("MR-3")
def test_the_timeline_of_an_errand_entered_from_paper_says_who_wrote_it_down(today: World) -> None:
    printed(today, "service_desk")
    desk = browser(today, "service_desk")
    assert desk.client.post("/emergency-pack/sheet", ended(today) | {"scan": photo()}).status_code == 302
    page = words(desk.read(f"/errands/{Case.objects.get(kind='errand').number}"))
    assert page.count(f"recorded by {today.staff['service_desk'].name} (paper)") == 3  # bought, brought, paid
    assert "entered 10:0" in page


@pytest.mark.clause("HC-5.4.1")
def test_an_errand_sheet_with_an_empty_column_is_told_which(today: World) -> None:
    printed(today, "service_desk")
    answer = browser(today, "service_desk").post("/emergency-pack/sheet", ended(today, spec="", brand=""), htmx=True)
    assert "Please fill in: Brand, Specification." in words(answer.content.decode())


@pytest.mark.clause("MR-49", "HC-5.5.1")
@pytest.mark.parametrize("who", ["service_desk", "service_desk_supervisor", "control_centre"])
def test_a_slip_that_comes_back_signed_is_put_on_file_on_the_page_of_its_order(today: World, who: str) -> None:
    case, desk = today.finished(), browser(today, who)
    assert desk.read(f"/orders/{case.number}").count(f'action="/signed-on-paper/{case.number}"') == 1
    typed = {"key": "paper", "name": "王芳", "rating": "5", "opinion": "", "scan": scan()}
    answer = desk.client.post(f"/signed-on-paper/{case.number}", typed, follow=True)
    assert (answer.status_code, Order.objects.get(pk=case.pk).rating) == (200, 5)
    page = desk.read(f"/orders/{case.number}")
    assert "signed-on-paper" not in page
    assert "Signed by 王芳" in words(page)


@pytest.mark.clause("MR-49", "MR-4")
def test_a_slip_put_on_file_later_stands_at_the_time_that_is_written_on_it(today: World, monkeypatch: pytest.MonkeyPatch) -> None:
    case, desk = today.finished(), browser(today, "control_centre")
    signed_at = today.now + timedelta(minutes=8)
    OfficeTime(monkeypatch).later(30)
    assert 'name="happened_at"' in desk.read(f"/orders/{case.number}")
    typed = {"key": "paper", "name": "王芳", "rating": "5", "happened_at": f"{timezone.localtime(signed_at):%H:%M}"}
    unread = desk.client.post(f"/signed-on-paper/{case.number}", typed | {"scan": scan(), "happened_at": "moon"})
    assert (unread.status_code, case.events.filter(verb="sign_on_paper").exists()) == (422, False)
    assert desk.client.post(f"/signed-on-paper/{case.number}", typed | {"scan": scan()}).status_code == 302
    on_file = case.events.get(verb="sign_on_paper")
    assert f"{timezone.localtime(on_file.happened_at):%H:%M}" == typed["happened_at"]
    assert on_file.happened_at < on_file.recorded_at


@pytest.mark.clause("MR-49")
def test_who_takes_part_in_the_work_has_no_form_for_the_signed_slip(today: World) -> None:
    case = today.finished()
    for who in ("repair_worker", "team_lead", "finance"):
        assert browser(today, who).client.post(f"/signed-on-paper/{case.number}", {"key": "x"}).status_code in (403, 404)
    assert "signed-on-paper" not in browser(today, "team_lead").read(f"/orders/{case.number}")
