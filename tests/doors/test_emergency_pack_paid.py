"""What a sheet of the emergency pack says beside the steps: the visit agreed, the price agreed, the money collected."""

from datetime import timedelta

import pytest
from django.utils import timezone

from menling.errands.models import Errand
from menling.journal.models import Case
from menling.kernel.roles import Role
from menling.orders.models import Order
from menling.premises import clock
from tests.doors.test_emergency_pack import DOWN_FOR, on_paper, printed, sheet
from tests.doors.web import browser, words
from tests.office import World, make_staff

pytestmark = pytest.mark.django_db


def at(minutes: int) -> str:
    """Return a time as it is typed, so many minutes after the office went down."""
    return f"{timezone.localtime(clock.now()) - DOWN_FOR + timedelta(minutes=minutes):%Y-%m-%d %H:%M}"


def paid(world: World, **more: str) -> dict[str, str]:
    """Return a sheet of paid work: the drain cleared for 86 yuan, which the resident gave the worker in cash."""
    return sheet(world, urgency="ordinary", item="W01", agreed=at(12), paid=at(52), method="cash") | more


@pytest.mark.clause("EN-3.7", "HC-5.4.6", "MR-4")
def test_paid_work_is_entered_with_its_price_its_consent_and_its_money(today: World) -> None:
    printed(today, "control_centre")
    desk, typed = browser(today, "control_centre"), paid(today)
    assert "疏通厨房下水 ¥86.00" in words(desk.read("/emergency-pack"))
    assert [desk.client.post("/emergency-pack/sheet", typed).status_code for _press in range(2)] == [302, 302]
    order = Order.objects.get(content="水管爆裂")
    steps = [row.verb for row in order.case.events.order_by("pk")]
    assert [verb for verb in steps if verb in ("arrive", "quote", "consent", "start", "finish")] == [
        "arrive", "quote", "consent", "start", "finish"]  # fmt: skip
    assert (str(order.agreed), order.agreed_how) == ("86.00", "paper")
    charge = today.child(order.case, "charge")
    collected = charge.events.get(verb="collect")
    assert (charge.status, collected.actor_name) == ("collected", today.staff["repair_worker"].name)
    assert timezone.localtime(collected.happened_at).strftime("%Y-%m-%d %H:%M") == typed["paid"]


@pytest.mark.clause("HC-5.2.5", "MR-4")
def test_water_that_was_stopped_before_the_price_was_agreed_stays_in_that_turn(today: World) -> None:
    printed(today, "control_centre")
    typed = paid(today, urgency="emergency", agreed=at(30))
    assert browser(today, "control_centre").client.post("/emergency-pack/sheet", typed).status_code == 302
    order = Order.objects.get(content="水管爆裂")
    steps = [row.verb for row in order.case.events.order_by("pk") if row.verb in ("start", "quote", "consent", "finish")]
    assert steps == ["start", "quote", "consent", "finish"]


@pytest.mark.clause("EN-3.7")
def test_a_price_without_the_time_it_was_agreed_at_enters_nothing(today: World) -> None:
    printed(today, "control_centre")
    answer = browser(today, "control_centre").post("/emergency-pack/sheet", paid(today, agreed=""), htmx=True)
    assert (answer.status_code, Case.objects.filter(kind="repair").count()) == (422, 0)


@pytest.mark.clause("MR-4")
@pytest.mark.parametrize(("wrong", "minutes", "fits"), [
    ("arrived", 51, False), ("arrived", 50, True), ("begun", 11, False), ("begun", 12, True),
    ("paid", 49, False), ("paid", 50, True),
])  # fmt: skip
def test_a_sheet_whose_times_run_backwards_files_nothing(today: World, wrong: str, minutes: int, fits: bool) -> None:
    printed(today, "control_centre")
    typed = paid(today, item="", agreed="", paid="") if wrong != "paid" else paid(today)
    typed |= {"begun": ""} if wrong == "arrived" else {}
    answer = browser(today, "control_centre").post("/emergency-pack/sheet", typed | {wrong: at(minutes)}, htmx=True)
    filed = Case.objects.filter(kind="repair")
    if fits:
        assert [case.status for case in filed] == ["finished"]
        return
    assert (answer.status_code, filed.count()) == (409, 0)
    assert "follow one another" in words(answer.content.decode())
    right = browser(today, "control_centre").client.post("/emergency-pack/sheet", typed)
    assert (right.status_code, [case.status for case in filed]) == (302, ["finished"])


@pytest.mark.clause("HS-3.3")
@pytest.mark.parametrize(("item", "charged", "status"), [("W01", "86.00", "collected"), ("W03", "100.00", "due")])
def test_from_100_yuan_the_paper_makes_no_collector_of_a_worker(today: World, item: str, charged: str, status: str) -> None:
    printed(today, "control_centre")
    answer = browser(today, "control_centre").client.post("/emergency-pack/sheet", paid(today, item=item), follow=True)
    order = Order.objects.get(content="水管爆裂")
    assert (str(order.due), today.child(order.case, "charge").status) == (charged, status)
    assert order.case.status == "finished"
    assert ("business lead" in words(answer.content.decode())) is (status == "due")


@pytest.mark.clause("EN-2.4", "HC-5.1.2")
def test_a_visit_agreed_on_paper_is_entered_as_the_visit_it_is(today: World) -> None:
    printed(today, "control_centre")
    typed = sheet(
        today, urgency="ordinary", visit_at=at(240), requirements="请带梯子", sent="", arrived="", begun="", finished=""
    )
    assert browser(today, "control_centre").client.post("/emergency-pack/sheet", typed).status_code == 302
    order = Order.objects.get(content="水管爆裂")
    assert (order.at_once, order.requirements, order.case.status) == (False, "请带梯子", "accepted")
    assert timezone.localtime(order.visit_at).strftime("%Y-%m-%d %H:%M") == typed["visit_at"]


@pytest.mark.clause("MR-3")
def test_an_errand_bought_by_somebody_without_a_trade_is_entered_and_nothing_else_of_that_person(today: World) -> None:
    today.staff["employee"] = make_staff(today.company, today.office, Role.EMPLOYEE, "A950", "内勤")
    printed(today, "control_centre")
    answer = browser(today, "control_centre").client.post("/emergency-pack/sheet", on_paper(today) | {"buyer": "A950"})
    assert answer.status_code == 302
    errand = Errand.objects.get()
    assert (errand.case.status, errand.case.events.get(verb="buy").actor_name) == ("delivered", "内勤")
    case, control = today.sent(), browser(today, "control_centre")
    refused = control.post(f"/steps/{case.number}/arrive", {"on_behalf_of": "A950", "source": "radio"}, htmx=True)
    assert "MR-3" in refused.content.decode()


def test_whoever_works_here_can_have_bought_what_stands_on_an_errand_sheet(today: World) -> None:
    page = browser(today, "service_desk").read("/emergency-pack")
    buyers = page.split('name="buyer"')[1].split("</select>")[0]
    assert today.staff["service_desk"].number in buyers
    assert today.staff["finance"].number not in buyers
