"""A slip of the pack whose worker was to be elsewhere at that time: what took place is entered, whatever was planned."""

from datetime import timedelta
from itertools import pairwise

import pytest
from django.utils import timezone

from menling.journal.models import Case
from menling.journal.replay import differences
from menling.orders.models import Order, Visit
from tests.doors.test_emergency_pack import DOWN_FOR, printed, sheet
from tests.doors.web import browser, words
from tests.office import World

pytestmark = pytest.mark.django_db


def booked(world: World, minutes: int, content: str = "换灯泡") -> Case:
    """Return an order sent to the worker so many minutes after the office went down, whom nobody saw at its door."""
    then = world.now - DOWN_FOR + timedelta(minutes=minutes)
    case = world.do(world.file(at=then, content=content), "accept", "control_centre", at=then)
    return world.do(case, "dispatch", "control_centre", at=then, worker=world.staff["repair_worker"].number)


@pytest.mark.clause("MR-1", "MR-4")
@pytest.mark.parametrize(("minutes", "stands"), [(-1, True), (4, True), (40, True), (-600, False)])
def test_a_slip_of_the_past_is_entered_whatever_was_planned_then(today: World, minutes: int, stands: bool) -> None:
    printed(today, "control_centre")
    other = booked(today, minutes)
    assert browser(today, "control_centre").client.post("/emergency-pack/sheet", sheet(today)).status_code == 302
    case = Order.objects.select_related("case").get(content="水管爆裂").case
    assert (case.status, differences(case)) == ("finished", [])
    assert case.events.get(verb="dispatch").facts.get("beside") == (other.number if stands else None)
    other.refresh_from_db()
    assert (other.status, Visit.objects.get(order_id=other.pk).active) == ("dispatched", True), "what was planned stays"
    page = words(browser(today, "control_centre").read(f"/orders/{case.number}"))
    assert ("Planned elsewhere at that time" in page) is stands


@pytest.mark.clause("MR-1")
def test_a_worker_still_in_the_home_stands_beside_several_plans_without_meeting_any(today: World) -> None:
    printed(today, "control_centre")
    plan = booked(today, -1), booked(today, 600, "修门")
    busy = Visit.objects.get(order_id=plan[0].pk).planned
    Visit.objects.filter(order_id=plan[1].pk).update(planned=(busy.lower - timedelta(minutes=30), busy.lower))
    assert browser(today, "control_centre").client.post("/emergency-pack/sheet", sheet(today, finished="")).status_code == 302
    slots = [each.planned for each in Visit.objects.filter(active=True).order_by("planned")]
    assert [earlier.upper <= later.lower for earlier, later in pairwise(slots)] == [True, True]
    assert Visit.objects.get(order__content="水管爆裂").arrived_at is not None


@pytest.mark.clause("MR-1")
def test_whoever_has_still_to_go_is_not_sent_to_two_homes_at_once(today: World) -> None:
    printed(today, "control_centre")
    booked(today, -1)
    typed = sheet(today, arrived="", begun="", finished="")
    answer = browser(today, "control_centre").client.post("/emergency-pack/sheet", typed, follow=True)
    assert "already has a visit planned at that time" in words(answer.content.decode())
    assert Order.objects.get(content="水管爆裂").worker is None


@pytest.mark.clause("MR-2", "HS-4.3.3")
def test_a_slip_left_on_the_door_of_an_order_nobody_was_sent_on_is_told_so(today: World) -> None:
    printed(today, "control_centre")
    desk, worker = browser(today, "control_centre"), today.staff["repair_worker"]
    case = today.do(today.file(), "accept", "control_centre")
    typed = {"key": "door", "paper": "message_slip", "sheet": "EM00001", "order": case.number, "worker": worker.number,
             "reported": f"{timezone.localtime(today.now):%Y-%m-%d %H:%M}"}  # fmt: skip
    refused = words(desk.post("/emergency-pack/sheet", typed, htmx=True).content.decode())
    assert "Nobody is sent on this order." in refused
    assert "assigned to somebody else" not in refused
